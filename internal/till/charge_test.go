package till

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cashdesk/providers"
)

func TestASaleIsRecordedThenSentThenApproved(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "6199010203"))
	if a.State != providers.Recorded {
		t.Fatalf("Begin returned %q", a.State)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	a = c.becomes(a.ID, providers.Approved)
	if a.ProviderRef != "52011913" || a.Sends != 1 || a.Operator != "tom" || !a.Test {
		t.Errorf("the row is %+v", a)
	}
	want := []providers.EventType{providers.EventRecorded, providers.EventSent, providers.EventAnswered}
	if got := c.events(a.ID); !slices.Equal(got, want) {
		t.Errorf("events %v, want %v", got, want)
	}
}

func TestADeclineIsFinalAndNothingIsSentAgain(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(5000, "130000"))
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	c.till.Close() // waits for the drivers: had one been waiting to resend, it would be cut
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d sends", n)
	}
}

func TestALostReplyIsResentUnchangedAtTheDesignsPaceUntilItIsKnown(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	first := c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	// A version upgrade and a change of operator must not change the bytes.
	c.till.config.Version = "another"
	for i, want := range []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 40 * time.Second, 60 * time.Second, 60 * time.Second} {
		if got := c.passes(); got != want {
			t.Errorf("resend %d after %v, want %v", i+1, got, want)
		}
		if again := c.oxipay.gets(); again != first {
			t.Fatalf("resend %d sent %q, the first was %q", i+1, again, first)
		}
		if i < 5 {
			c.oxipay.answers <- lost
			continue
		}
		c.oxipay.answers <- approved
	}
	a = c.becomes(a.ID, providers.Approved)
	if a.Sends != 7 {
		t.Errorf("%d sends in the row", a.Sends)
	}
}

func TestAfterTheWindowNothingIsSentWithoutAPersonsYes(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	for spent := time.Duration(0); ; {
		spent += c.passes()
		if spent >= c.till.config.ResendWindow {
			break
		}
		c.oxipay.gets()
		c.oxipay.answers <- lost
	}
	before := len(c.oxipay.bodies())
	err := c.till.CheckNow(context.Background(), c.tom, a.ID, false)
	var risk *ChargeRiskError
	if !errors.As(err, &risk) {
		t.Fatalf("checking outside the window gave %v, not the warning", err)
	}
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, true); err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	if n := len(c.oxipay.bodies()); n != before+1 {
		t.Errorf("%d sends after one yes", n-before)
	}
}

func TestClosingAnUnknownSaleStopsTheResendsAndALateApprovalIsStillHeard(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.passes()
	c.oxipay.gets() // the second request is on its way when the sale is closed
	if _, err := c.till.CloseUnknown(context.Background(), c.tom, a.ID, "customer left"); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- approved
	a = c.becomes(a.ID, providers.Approved)
	if !a.Closed {
		t.Error("it is no longer marked as closed")
	}
	if w := c.till.Words(a); w.Staff != "Approved after the sale was closed." {
		t.Errorf("staff read %q", w.Staff)
	}
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends", n)
	}
}

func TestAClosedSaleIsNeverResentByItselfNotEvenAfterARestart(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if _, err := c.till.CloseUnknown(context.Background(), c.tom, a.ID, "paid in cash"); err != nil {
		t.Fatal(err)
	}
	c.reopen()
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, true); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("an operator may check a closed sale: %v", err)
	}
	if err := c.till.CheckNow(context.Background(), c.mia, a.ID, true); err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d sends, the manager asked for one", n)
	}
}

func TestAnOperatorChecksAClosedSaleOnAManagersWord(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	first := c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	ctx := context.Background()
	if _, err := c.till.CloseUnknown(ctx, c.tom, a.ID, "customer left"); err != nil {
		t.Fatal(err)
	}
	if err := c.till.CheckWith(ctx, c.tom, Permit{}, a.ID); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("checked without a permit: %v", err)
	}
	permit, err := c.till.Permit(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "2468"}, "the customer is back")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.till.CheckWith(ctx, c.tom, permit, a.ID); err != nil {
		t.Fatal(err)
	}
	if again := c.oxipay.gets(); again != first {
		t.Errorf("sent %q, the first was %q", again, first)
	}
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	if got := c.events(a.ID); !slices.Contains(got, providers.EventNoted) {
		t.Errorf("the manager's word is not in the journal: %v", got)
	}
}

func TestTwoPressesAtOnceAreOnePayment(t *testing.T) {
	c := newCounter(t)
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() { _, errs[i] = c.till.Begin(context.Background(), c.tom, sale(12550, "010203")) })
	}
	wg.Wait()
	began := 0
	for _, err := range errs {
		var used *InUseError
		if err == nil {
			began++
		} else if !errors.As(err, &used) {
			t.Errorf("a second press got %v", err)
		}
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	if began != 1 || len(c.oxipay.bodies()) != 1 {
		t.Errorf("%d payments began, %d sent", began, len(c.oxipay.bodies()))
	}
}

func TestACodeThatPaidNamesItsSaleAndIsNotSentAgain(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "6199010203"))
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	_, err := c.till.Begin(context.Background(), c.tom, sale(3000, "010203")) // without its 6199
	var used *InUseError
	if !errors.As(err, &used) || used.Attempt.ID != a.ID {
		t.Fatalf("got %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d sends", n)
	}
}

func TestTheSameAmountAsksWhileAPaymentIsNotKnown(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)

	next := sale(12550, "010999")
	_, err := c.till.Begin(context.Background(), c.tom, next)
	var same *SameAmountError
	if !errors.As(err, &same) || same.Attempt.ID != a.ID {
		t.Fatalf("got %v", err)
	}
	// Another amount does not ask.
	if err := c.till.Check(context.Background(), c.tom, sale(12551, "010999")); err != nil {
		t.Errorf("another amount: %v", err)
	}
	// Yes needs a manager's PIN and a reason.
	if _, err := c.till.Permit(context.Background(), c.tom, Override, Manager{ID: "tom", PIN: "1357"}, "queue"); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("an operator permitted it: %v", err)
	}
	permit, err := c.till.Permit(context.Background(), c.tom, Override, Manager{ID: "mia", PIN: "2468"}, "pays with another code")
	if err != nil {
		t.Fatal(err)
	}
	next.SameCustomer = &permit
	b := c.begin(next)
	if got := c.events(b.ID); !slices.Contains(got, providers.EventNoted) {
		t.Errorf("the manager's yes is not in the journal: %v", got)
	}
}

func TestAReplayedApprovalOfAnotherSaleIsNotAnApproval(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	b := c.begin(sale(8900, "010204"))
	c.oxipay.gets()
	c.oxipay.answers <- approved // the same purchase number
	b = c.becomes(b.ID, providers.Unknown)
	if b.Reason != providers.PurchaseReused || b.ProviderRef != "" {
		t.Errorf("the row is %+v", b)
	}
}

func TestARefusalOfAResendSaysNothingAboutTheFirstSend(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.passes()
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Refused, Code: "EVAL01", HTTPStatus: 200}
	u := c.until(a.ID, func(a providers.Attempt) bool { return a.Code == "EVAL01" })
	if u.Attempt.State != providers.Unknown {
		t.Errorf("it became %q", u.Attempt.State)
	}
}

func TestASuspectedKeyStopsResendsAndNewSalesUntilAManagerSettles(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Unknown, Code: "ESIG01", Reason: providers.SuspectedKey, KeySuspected: true, HTTPStatus: 200}
	c.becomes(a.ID, providers.Unknown)
	_, err := c.till.Begin(context.Background(), c.tom, sale(700, "010999"))
	if providers.KindOf(err) != providers.Credentials {
		t.Errorf("a new sale began: %v", err)
	}
	for _, way := range []string{"F2, F4 keys", "F4 there registers this device", "cashdesk keys register"} {
		if !strings.Contains(providers.HintOf(err), way) {
			t.Errorf("the way out is not named (%s): %s", way, providers.HintOf(err))
		}
	}
	permit, err := c.till.Permit(context.Background(), c.mia, Settle, Manager{}, "portal shows nothing")
	if err != nil {
		t.Fatal(err)
	}
	a, err = c.till.Settle(context.Background(), c.mia, permit, a.ID, false)
	if err != nil || a.State != providers.Declined || !a.Settled {
		t.Fatalf("settled: %+v, %v", a, err)
	}
	c.begin(sale(700, "010999"))
	c.oxipay.gets()
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends: the suspect was resent", n)
	}
}

func TestAVerdictThatCannotBeSavedIsShownAndStopsNewSales(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	_ = c.journal.Close() // the disk goes away between send and answer
	c.oxipay.answers <- approved
	u := c.until(a.ID, func(a providers.Attempt) bool { return a.State == providers.Approved || a.State == providers.Sent })
	for u.Attempt.State == providers.Sent {
		u = c.until(a.ID, func(a providers.Attempt) bool { return true })
	}
	if !u.NotSaved {
		t.Error("the verdict does not say that it is not saved")
	}
	if _, err := c.till.Begin(context.Background(), c.tom, sale(100, "010777")); err == nil {
		t.Error("a new sale began")
	}
}

func TestTheNextAttemptOfADeclinedSaleHasItsOwnReference(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "130203"))
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	again := sale(12550, "010203")
	again.Sale = a.Sale
	b := c.begin(again)
	if b.Sale != a.Sale || b.Reference != a.Sale+"-2" {
		t.Errorf("sale %q reference %q after %q", b.Sale, b.Reference, a.Reference)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(b.ID, providers.Approved)
	again.Code = "010204"
	if _, err := c.till.Begin(context.Background(), c.tom, again); providers.KindOf(err) != providers.Conflict {
		t.Errorf("a paid sale was charged again: %v", err)
	}
}
