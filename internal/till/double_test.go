package till

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestEnterPressedTwiceBeginsOneInvoiceNotTwo(t *testing.T) {
	c := newCounter(t)
	c.till.Close() // no driver starts any more: the first is still only recorded
	a := c.begin(invoice(providers.OxaPay, 3500))
	var same *SameAmountError
	if _, err := c.till.Begin(context.Background(), c.tom, invoice(providers.OxaPay, 3500)); !errors.As(err, &same) || same.Attempt.ID != a.ID {
		t.Errorf("the second press got %v", err)
	}
}

// unknownSale is a sale whose answer was lost.
func (c *counter) unknownSale(minor int64, code string) providers.Attempt {
	c.t.Helper()
	d := sale(minor, code)
	var same *SameAmountError
	for errors.As(c.till.Check(context.Background(), c.tom, d), &same) {
		d.OtherCustomers = append(d.OtherCustomers, same.Attempt.ID)
	}
	a := c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- lost
	return c.becomes(a.ID, providers.Unknown)
}

// agree is the manager's word that a customer is charged again.
func (c *counter) agree() *Permit {
	c.t.Helper()
	permit, err := c.till.Permit(context.Background(), c.mia, Override, Manager{}, "pays with another code")
	if err != nil {
		c.t.Fatal(err)
	}
	return &permit
}

func TestEachOfTwoUnknownPaymentsOfAnAmountIsAskedAbout(t *testing.T) {
	c := newCounter(t)
	first, second := c.unknownSale(12550, "010001"), c.unknownSale(12550, "010002")
	d := sale(12550, "010003")
	for _, want := range []providers.Attempt{first, second} {
		var same *SameAmountError
		if err := c.till.Check(context.Background(), c.tom, d); !errors.As(err, &same) || same.Attempt.ID != want.ID {
			t.Fatalf("got %v, want a question about %s", err, want.Personal.PreApproval)
		}
		d.OtherCustomers = append(d.OtherCustomers, want.ID)
	}
	if err := c.till.Check(context.Background(), c.tom, d); err != nil {
		t.Errorf("another customer than both: %v", err)
	}
}

func TestASecondChargeOfOneBasketIsMarkedWhenBothTurnOutApproved(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	d := sale(12550, "010002")
	d.SameCustomer = c.agree()
	b := c.begin(d)
	if b.Sale != a.Sale || b.Reference != a.Sale+"-2" {
		t.Errorf("it is sale %s, reference %s: not the next attempt of %s", b.Sale, b.Reference, a.Sale)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(b.ID, providers.Approved)
	c.passes() // the first one is asked about again
	c.oxipay.gets()
	other := approved
	other.ProviderRef = "52011914"
	c.oxipay.answers <- other
	for _, id := range []string{a.ID, b.ID} {
		c.until(id, func(a providers.Attempt) bool { return a.PossibleDouble })
	}
	open, err := c.till.Unsettled(context.Background())
	if err != nil || len(open) != 2 {
		t.Fatalf("%d payments to look at, %v", len(open), err)
	}
	if st, err := c.till.Status(context.Background()); err != nil || st.Unknown != 2 {
		t.Errorf("the header counts %d, %v", st.Unknown, err)
	}
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "the second was refunded")
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range open {
		if one, err = c.till.Review(context.Background(), c.mia, permit, one.ID); err != nil || one.PossibleDouble || one.State != providers.Approved {
			t.Errorf("reviewed: %+v, %v", one, err)
		}
	}
}

func TestAPaymentSettledAsPaidBesideAnApprovedOneIsMarkedToo(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	d := sale(12550, "010002")
	d.SameCustomer = c.agree()
	b := c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(b.ID, providers.Approved)
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "the portal has it")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.till.Settle(context.Background(), c.mia, permit, a.ID, true); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{a.ID, b.ID} {
		if !c.attempt(id).PossibleDouble {
			t.Errorf("%s is not marked", c.attempt(id).Reference)
		}
	}
}

func TestADoublePaymentApprovedJustBeforeTheProgramDiedIsMarkedAtTheNextStart(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	d := sale(12550, "010002")
	d.SameCustomer = c.agree()
	b := c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(b.ID, providers.Approved)
	c.till.Close()
	// The first one's approval is the last thing that reaches the disk.
	e := providers.FromAnswer(providers.EventAnswered, a.ID, approved)
	e.ProviderRef = "52011914"
	if _, err := c.journal.Append(context.Background(), e); err != nil {
		t.Fatal(err)
	}
	c.reopen()
	for _, id := range []string{a.ID, b.ID} {
		if !c.attempt(id).PossibleDouble {
			t.Errorf("%s is not marked", c.attempt(id).Reference)
		}
	}
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "refunded one")
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{a.ID, b.ID} {
		if _, err := c.till.Review(context.Background(), c.mia, permit, id); err != nil {
			t.Fatal(err)
		}
	}
	c.reopen()
	if open, err := c.till.Unsettled(context.Background()); err != nil || len(open) != 0 {
		t.Errorf("what a manager has looked at is asked about again: %d, %v", len(open), err)
	}
}

func TestAManagersWordIsNoWordForAPaymentThatIsKnownByNow(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	d := sale(12550, "010002")
	d.SameCustomer = c.agree()
	c.passes() // while the manager types
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	if _, err := c.till.Begin(context.Background(), c.tom, d); providers.KindOf(err) != providers.Conflict {
		t.Errorf("the customer was charged again: %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends", n)
	}
}

func TestOfSeveralWishesDuringARequestTheNewestCounts(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	c.passes()
	c.oxipay.gets() // the second request is on its way
	ctx := context.Background()
	if err := c.till.CheckNow(ctx, c.tom, a.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := c.till.CloseUnknown(ctx, c.tom, a.ID, "paid in cash"); err != nil {
		t.Fatal(err)
	}
	// The manager's own yes, given for the closed sale, is the one that counts.
	if err := c.till.CheckNow(ctx, c.mia, a.ID, true); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- lost
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	if n := len(c.oxipay.bodies()); n != 3 {
		t.Errorf("%d sends, want the first, the second, and the manager's", n)
	}
}

func TestAYesGivenBeforeClosingOrBeforeTheKeyWasSuspectedSendsNothing(t *testing.T) {
	a := providers.Attempt{State: providers.Unknown}
	yes := wish{sure: true}
	suspect, closed := a, a
	suspect.KeySuspected, closed.Closed = true, true
	if !yes.covers(a) || yes.covers(suspect) || yes.covers(closed) {
		t.Error("a yes is about the attempt as it stood")
	}
	if (wish{closed: true}).covers(closed) {
		t.Error("closing a sale is no yes")
	}
}

func TestASaleThatWasApprovedAfterItWasSettledAsUnpaidIsNotChargedAgain(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	c.passes()
	c.oxipay.gets() // the second request is on its way
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "the portal has nothing")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.till.Settle(context.Background(), c.mia, permit, a.ID, false); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- approved
	c.until(a.ID, func(a providers.Attempt) bool { return a.Contradicted })
	again := sale(12550, "010002")
	again.Sale = a.Sale
	if _, err := c.till.Begin(context.Background(), c.tom, again); providers.KindOf(err) != providers.Conflict {
		t.Errorf("it was charged again: %v", err)
	}
	if _, err := c.till.Review(context.Background(), c.mia, permit, a.ID); err != nil {
		t.Fatal(err)
	}
	if err := c.till.Check(context.Background(), c.tom, again); err != nil {
		t.Errorf("a manager has looked at it: %v", err)
	}
}

func TestATimeOutIsNoEvidenceAgainstWhatAManagerSettled(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010001")
	c.passes()
	c.oxipay.gets() // the second request is on its way
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "the portal has nothing")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.till.Settle(context.Background(), c.mia, permit, a.ID, false); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- lost
	// The driver is done when the attempt has none any more.
	c.until(a.ID, func(a providers.Attempt) bool { return a.Settled })
	c.till.work.Wait()
	if a = c.attempt(a.ID); a.Contradicted || slices.Contains(c.events(a.ID), providers.EventContradicted) {
		t.Errorf("it is contradicted by nothing: %v", c.events(a.ID))
	}
}

func TestASuspectedKeyStaysSuspectedWhenTheNextAnswerIsLost(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010001"))
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Unknown, Code: "ESIG01", Reason: providers.SuspectedKey, KeySuspected: true, HTTPStatus: 200}
	c.becomes(a.ID, providers.Unknown)
	if err := c.till.CheckNow(context.Background(), c.mia, a.ID, true); err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- lost
	u := c.until(a.ID, func(a providers.Attempt) bool { return a.Reason == providers.TimedOut })
	if !u.Attempt.KeySuspected {
		t.Error("a lost answer cleared the key")
	}
	if _, err := c.till.Begin(context.Background(), c.tom, sale(700, "010999")); providers.KindOf(err) != providers.Credentials {
		t.Errorf("a new sale began: %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends: the suspect was sent again by itself", n)
	}
}

func TestAnotherCustomersInvoiceIsNotShown(t *testing.T) {
	for _, one := range []struct {
		provider providers.Provider
		want     providers.State
	}{{providers.OxaPay, providers.Unknown}, {providers.XaiGate, providers.Refused}} {
		t.Run(string(one.provider), func(t *testing.T) {
			c := newCounter(t)
			g := c.script(one.provider)
			first := c.opens(g, invoice(one.provider, 3500))
			b := c.begin(invoice(one.provider, 1850))
			g.gets()
			g.answers <- opened // the answer to the first, replayed
			b = c.becomes(b.ID, one.want)
			if b.Link != "" || b.ProviderRef != "" || b.Reason != providers.WrongEcho {
				t.Errorf("the customer is shown %q of %s", b.Link, first.Reference)
			}
		})
	}
}

// settledUnpaid is a sale that a manager settled as not paid, and whose approval
// came all the same.
func (c *counter) settledUnpaid(minor int64, code string) providers.Attempt {
	c.t.Helper()
	a := c.unknownSale(minor, code)
	c.passes()
	c.oxipay.gets() // the second request is on its way
	if _, err := c.till.Settle(context.Background(), c.mia, c.permit(Settle), a.ID, false); err != nil {
		c.t.Fatal(err)
	}
	c.oxipay.answers <- approved
	return c.until(a.ID, func(a providers.Attempt) bool { return a.Contradicted }).Attempt
}

func TestWhatMayBePaidAfterAllIsAskedAboutUntilAManagerHasLooked(t *testing.T) {
	c := newCounter(t)
	a := c.settledUnpaid(12550, "010001")
	var used *InUseError
	if err := c.till.Check(t.Context(), c.tom, sale(990, "010001")); !errors.As(err, &used) || !strings.Contains(used.Error(), "declined, but may be paid after all") {
		t.Errorf("its code is charged again: %v", err)
	}
	d := sale(12550, "010002")
	var same *SameAmountError
	if err := c.till.Check(t.Context(), c.tom, d); !errors.As(err, &same) || same.Attempt.ID != a.ID || !strings.Contains(same.Error(), "declined, but may be paid after all") {
		t.Errorf("the same amount is charged again: %v", err)
	}
	d.SameCustomer = c.agree()
	if err := c.till.Check(t.Context(), c.tom, d); providers.KindOf(err) != providers.Conflict {
		t.Errorf("the same customer is charged before a manager has looked: %v", err)
	}
	if _, err := c.till.Review(t.Context(), c.mia, c.permit(Settle), a.ID); err != nil {
		t.Fatal(err)
	}
	for _, d := range []Draft{sale(12550, "010002"), sale(990, "010001")} {
		if err := c.till.Check(t.Context(), c.tom, d); err != nil {
			t.Errorf("a manager has looked at it: %v", err)
		}
	}
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends", n)
	}
}
