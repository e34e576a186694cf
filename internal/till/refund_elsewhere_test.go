package till

import (
	"errors"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// elsewhere writes down that a refund was made at the provider.
func (c *counter) elsewhere(sale providers.Attempt, minor int64) error {
	c.t.Helper()
	back := providers.Amount{Minor: minor, Currency: sale.Amount.Currency}
	_, err := c.till.RefundElsewhere(c.t.Context(), c.mia, c.permit(Refund), sale.ID, back, "portal 7")
	return err
}

// tells has the provider tell how an invoice stands.
func (c *counter) tells(g *scripted, a providers.Attempt, answer providers.Answer) providers.Attempt {
	c.t.Helper()
	c.passes()
	g.gets()
	answer.HTTPStatus = 200
	g.answers <- answer
	return c.until(a.ID, func(a providers.Attempt) bool { return a.State == answer.State && a.Received == answer.Received }).Attempt
}

// takings are approved sales, and what is left of them.
func (c *counter) takings(approved, net int64) {
	c.t.Helper()
	totals, err := c.till.Totals(c.t.Context(), c.mia, Query{})
	var taken, left int64
	for _, one := range totals {
		left += one.Net()
		if one.Takings() {
			taken += one.Minor
		}
	}
	if err != nil || taken != approved || left != net {
		c.t.Errorf("taken %d, left %d; want %d and %d; %v", taken, left, approved, net, err)
	}
}

// onlyElsewhere says how much of a sale can be given back, and not from here.
func (c *counter) onlyElsewhere(a providers.Attempt, minor int64, why string) {
	c.t.Helper()
	left, err := c.till.Refundable(c.t.Context(), a.ID)
	if err != nil || !left.Elsewhere || left.Remaining.Minor != minor || left.Why != why {
		c.t.Errorf("it is refundable as %+v, %v; want %d and %q", left, err, minor, why)
	}
	if _, err := c.till.Refund(c.t.Context(), c.mia, c.permit(Refund), a.ID, providers.Amount{Minor: 1, Currency: a.Amount.Currency}); providers.KindOf(err) != providers.Conflict {
		c.t.Errorf("refunded from here: %v", err)
	}
}

// verifies has the journal hold its rows against its events.
func (c *counter) verifies() {
	c.t.Helper()
	if r, err := c.journal.Verify(c.t.Context()); err != nil || !r.OK() {
		c.t.Errorf("the journal: %+v, %v", r, err)
	}
}

func TestARefundOfATransferIsWrittenDownAndTakesNothingOffTheTakings(t *testing.T) {
	c := newCounter(t)
	a := c.handsOver()
	c.onlyElsewhere(a, 1000, "refund at the provider: no money is confirmed here")
	if err := c.elsewhere(a, 1001); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("more than was handed over: %v", err)
	}
	if err := c.elsewhere(a, 1000); err != nil {
		t.Fatal(err)
	}
	c.takings(0, 0)
	if err := c.elsewhere(a, 1); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("once more: %v", err)
	}
	// Its server tells at last that it was paid: then it was taken, and went back.
	c.tells(c.payneteasy, a, providers.Answer{State: providers.Approved, Code: "approved"})
	c.takings(1000, 0)
	c.verifies()
}

func TestOfAnInvoiceThatIsNotPaidWhatCameGoesBack(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 5000))
	if err := c.elsewhere(a, 1); err == nil {
		t.Error("nothing came, and it goes back")
	}
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.PartlyPaid, Code: "PaidPartial", Received: "30.005", Shortfall: "19.995"})
	c.onlyElsewhere(a, 3000, "refund at the provider: it is partly paid, and money came for it")
	if err := c.elsewhere(a, 3001); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("more than came: %v", err)
	}
	if err := c.elsewhere(a, 3000); err != nil {
		t.Fatal(err)
	}
	c.takings(0, 0)
	// The customer had paid the whole price meanwhile.
	c.tells(c.xaigate, a, providers.Answer{State: providers.Approved, Code: "Paid", Received: "80.00"})
	c.takings(8000, 5000)
	if err := c.elsewhere(a, 5000); err != nil {
		t.Fatal(err)
	}
	c.takings(8000, 0)
	c.verifies()
}

func TestAnExpiredInvoiceGivesBackOnlyWhatCame(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 5000))
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.Expired, Code: "Expired"})
	if left, err := c.till.Refundable(t.Context(), a.ID); err != nil || left.Elsewhere || left.Remaining.Minor != 0 {
		t.Errorf("nothing came, and it is refundable as %+v, %v", left, err)
	}
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.Expired, Code: "Expired", Received: "10.00", Shortfall: "40.00"})
	c.onlyElsewhere(a, 1000, "refund at the provider: it is expired, and money came for it")
}

func TestOfAnOverpaidInvoiceAllThatCameGoesBack(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	a = c.tells(c.oxapay, a, providers.Answer{State: providers.Approved, Code: "Paid", Received: "36.50"})
	c.takings(3650, 3650)
	if err := c.elsewhere(a, 150); err != nil {
		t.Fatal(err)
	}
	c.takings(3650, 3500)
	if err := c.elsewhere(a, 3501); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("more than came: %v", err)
	}
	if err := c.elsewhere(a, 3500); err != nil {
		t.Fatal(err)
	}
	c.takings(3650, 0)
}

func TestOfASaleFinancedInPartThatPartIsTheTakings(t *testing.T) {
	c := newCounter(t)
	d := sale(12550, "010203")
	d.FinanceMinor = 10000
	a := c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	c.takings(10000, 10000)
	c.refunded(a, 10000, approved)
	c.takings(10000, 0)
}

// deniedSale is a sale that was settled as not paid, and approved after that.
func (c *counter) deniedSale() providers.Attempt {
	c.t.Helper()
	a := c.unknownSale(5000, "010203")
	c.passes()
	c.oxipay.gets()
	if _, err := c.till.Settle(c.t.Context(), c.mia, c.permit(Settle), a.ID, false); err != nil {
		c.t.Fatal(err)
	}
	c.oxipay.answers <- approved
	return c.until(a.ID, func(a providers.Attempt) bool { return a.Contradicted }).Attempt
}

func TestASaleThatIsSaidToBePaidAfterAllNeverSaysThatNoMoneyWasTaken(t *testing.T) {
	c := newCounter(t)
	a := c.deniedSale()
	left, err := c.till.Refundable(t.Context(), a.ID)
	if err != nil || left.Elsewhere || left.Why != "an answer came later that says otherwise" {
		t.Errorf("it is refundable as %+v, %v", left, err)
	}
	if err := c.elsewhere(a, 5000); providers.KindOf(err) != providers.Conflict {
		t.Errorf("before a manager looked: %v", err)
	}
	a, err = c.till.Review(t.Context(), c.mia, c.permit(Settle), a.ID)
	if err != nil || c.till.Words(a).Staff != "It is declined, but an answer came later that says otherwise. A manager has looked at it." {
		t.Errorf("it says %+v, %v", c.till.Words(a), err)
	}
	c.onlyElsewhere(a, 5000, "an answer came later that says otherwise")
	if err := c.elsewhere(a, 5000); err != nil {
		t.Fatal(err)
	}
	c.remains(a, 0)
	c.takings(0, 0)
	c.verifies()
}

func TestAManagerSettlesASaleThatIsSaidToBePaidAfterAllAndItIsRefundedFromHere(t *testing.T) {
	c := newCounter(t)
	a := c.deniedSale()
	a, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, true)
	if err != nil || a.State != providers.Approved || a.Contradicted || c.till.Words(a) != settledPaid {
		t.Fatalf("settled as %+v, %v", a, err)
	}
	c.takings(5000, 5000)
	c.refunded(a, 5000, approved)
	c.takings(5000, 0)
	c.verifies()
}

func TestAPartThatCameIsTakenForThePriceByAManager(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 5000))
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.PartlyPaid, Code: "PaidPartial", Received: "48.00", Shortfall: "2.00"})
	if _, err := c.till.Settle(t.Context(), c.tom, Permit{}, a.ID, true); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("Tom settles it: %v", err)
	}
	a, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, true)
	if err != nil || a.State != providers.Approved || !a.Settled {
		t.Fatalf("settled as %+v, %v", a, err)
	}
	if open, err := c.till.Unsettled(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("it stays on the list: %+v, %v", open, err)
	}
	c.takings(4800, 4800)
	c.onlyElsewhere(a, 4800, "refund at the provider: XaiGate takes none from here")
	c.verifies()
}

func TestAPartThatCameIsNotAcceptedOnceItsTimeIsOver(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 5000))
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.PartlyPaid, Code: "PaidPartial", Received: "30.00", Shortfall: "20.00"})
	if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, false); providers.KindOf(err) != providers.Conflict {
		t.Errorf("while the customer can still pay the rest: %v", err)
	}
	c.clock.jump(2 * time.Hour)
	a, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, false)
	if err != nil || a.State != providers.Declined || c.till.Words(a) != notTaken(a) {
		t.Fatalf("settled as %+v, %v", a, err)
	}
	if open, err := c.till.Unsettled(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("it stays on the list: %+v, %v", open, err)
	}
	c.onlyElsewhere(a, 3000, "refund at the provider: it is declined, and money came for it")
	if err := c.elsewhere(a, 3000); err != nil {
		t.Fatal(err)
	}
	c.takings(0, 0)
	c.verifies()
}

func TestAnInvoiceForWhichNothingCameIsNotSettledByHand(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 5000))
	a = c.tells(c.xaigate, a, providers.Answer{State: providers.Expired, Code: "Expired"})
	for _, paid := range []bool{true, false} {
		if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, paid); providers.KindOf(err) != providers.Conflict {
			t.Errorf("as paid %t: %v", paid, err)
		}
	}
}
