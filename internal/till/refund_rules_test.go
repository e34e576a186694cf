package till

import (
	"errors"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

func TestNoMoreGoesBackThanWasTaken(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	for _, wrong := range []int64{5001, 0, -100} {
		if _, err := c.refund(a, wrong); err == nil {
			t.Errorf("%d cents of 5000 go back", wrong)
		}
	}
	c.refunded(a, 2000, approved)
	c.refunded(a, 3000, declined)
	c.remains(a, 3000)
	if _, err := c.refund(a, 3001); !errors.Is(err, journal.ErrRemaining) || !strings.Contains(err.Error(), "only 30.00 AUD") {
		t.Errorf("more than remains: %v", err)
	}
	c.refunded(a, 3000, approved)
	if _, err := c.refund(a, 1); !errors.Is(err, journal.ErrRemaining) || err.Error() != "this sale is refunded already" {
		t.Errorf("a cent more than all: %v", err)
	}
	left, err := c.till.Refundable(t.Context(), a.ID)
	if err != nil || left.Remaining.Minor != 0 || left.Why != "it is refunded already" || len(left.Refunds) != 3 {
		t.Errorf("it is refundable as %+v, %v", left, err)
	}
	if n := len(c.oxipay.bodies()); n != 4 { // the sale and three refunds
		t.Errorf("%d requests were sent", n)
	}
}

func TestOfASaleFinancedInPartOnlyThatPartGoesBackThroughOxipay(t *testing.T) {
	c := newCounter(t)
	d := sale(5000, "010203")
	d.FinanceMinor = 3000
	a := c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	c.remains(a, 3000)
	if _, err := c.refund(a, 3001); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("more than was financed: %v", err)
	}
	c.refunded(a, 3000, approved)
}

func TestWhatIsNotApprovedSaysWhyNothingGoesBack(t *testing.T) {
	c := newCounter(t)
	unknown := c.unknownSale(5000, "010203")
	no := c.begin(sale(4000, "010204"))
	c.oxipay.gets()
	c.oxipay.answers <- declined
	no = c.becomes(no.ID, providers.Declined)
	for id, why := range map[string]string{
		unknown.ID: "it is not known, so nothing can be given back yet",
		no.ID:      "it is declined: no money was taken",
	} {
		left, err := c.till.Refundable(t.Context(), id)
		if err != nil || left.Why != why || left.Remaining.Minor != 0 || left.Elsewhere {
			t.Errorf("it is refundable as %+v, %v; want %q", left, err, why)
		}
		if _, err := c.refund(providers.Attempt{ID: id}, 100); err == nil || err.Error() != why {
			t.Errorf("the refund was refused with %v", err)
		}
	}
}

func TestASaleThatAManagerSettledAsPaidCanBeRefundedEitherWay(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(5000, "010203")
	if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), a.ID, true); err != nil {
		t.Fatal(err)
	}
	c.refunded(a, 1000, approved)
	left, err := c.till.Refundable(t.Context(), a.ID)
	if err != nil || left.Why != "" || !left.Elsewhere {
		t.Fatalf("it is refundable as %+v, %v", left, err)
	}
	if _, err := c.till.RefundElsewhere(t.Context(), c.mia, c.permit(Refund), a.ID, money(4001), "portal 7"); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("more than remains, by hand: %v", err)
	}
	if _, err := c.till.RefundElsewhere(t.Context(), c.mia, c.permit(Refund), a.ID, money(4000), "portal 7"); err != nil {
		t.Error(err)
	}
	c.remains(a, 0)
}

func TestAnInvoiceIsRefundedAtTheProviderAndWrittenDownHere(t *testing.T) {
	c := newCounter(t)
	a := c.paidInvoice(3500)
	left, err := c.till.Refundable(t.Context(), a.ID)
	if err != nil || !left.Elsewhere || !strings.HasPrefix(left.Why, "refund at the provider") {
		t.Fatalf("it is refundable as %+v, %v", left, err)
	}
	if _, err := c.till.Refund(t.Context(), c.mia, c.permit(Refund), a.ID, a.Amount); providers.KindOf(err) != providers.Conflict {
		t.Errorf("refunded from here: %v", err)
	}
	for _, wrong := range []string{"", " ", "two\nlines", strings.Repeat("x", 65)} {
		if _, err := c.till.RefundElsewhere(t.Context(), c.mia, c.permit(Refund), a.ID, a.Amount, wrong); providers.KindOf(err) != providers.Input {
			t.Errorf("the reference %q: %v", wrong, err)
		}
	}
	part := providers.Amount{Minor: 1500, Currency: a.Amount.Currency}
	back, err := c.till.RefundElsewhere(t.Context(), c.mia, c.permit(Refund), a.ID, part, "tx 0xabc")
	if err != nil || back.State != providers.Approved || back.ProviderRef != "tx 0xabc" || back.Sends != 0 {
		t.Fatalf("it is written down as %+v, %v", back, err)
	}
	if c.till.Words(back) != elsewhereWords {
		t.Errorf("it says %+v", c.till.Words(back))
	}
	if left, _ = c.till.Refundable(t.Context(), a.ID); left.Remaining.Minor != 2000 {
		t.Errorf("%s remain", left.Remaining)
	}
	if _, err := c.undo(back); err == nil {
		t.Error("what was made at the provider is undone from here")
	}
	if n := len(c.oxapay.bodies()); n != 1 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestARefundIsNoPaymentOfItsSale(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 5000, lost)
	if err := c.till.Check(t.Context(), c.tom, sale(5000, "010999")); err != nil {
		t.Errorf("the next customer is taken for the one who gets money back: %v", err)
	}
	c.passes()
	c.oxipay.gets()
	c.oxipay.answers <- approved
	back = c.becomes(back.ID, providers.Approved)
	for _, one := range []string{a.ID, back.ID} {
		if now := c.attempt(one); now.PossibleDouble || now.Contradicted {
			t.Errorf("a sale and its refund are taken for a double payment: %+v", now)
		}
	}
	c.reopen()
	if now := c.attempt(a.ID); now.PossibleDouble {
		t.Error("after a restart they are")
	}
}

func TestWhatWentBackIsAddedUpByItself(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, approved)
	net := func(want int64) {
		t.Helper()
		totals, err := c.till.Totals(t.Context(), c.mia, Query{})
		var sum, takings int64
		for _, one := range totals {
			sum += one.Net()
			if one.Takings() {
				takings += one.Minor
			}
		}
		if err != nil || sum != want || takings != 5000 {
			t.Errorf("taken %d, in all %d, want %d; %v", takings, sum, want, err)
		}
	}
	net(3000)
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	net(3000) // nobody knows yet
	c.oxipay.answers <- approved
	c.becomes(undo.ID, providers.Approved)
	net(5000)
	page, err := c.till.History(t.Context(), c.mia, Query{})
	if err != nil || len(page.Undone) != 1 || !page.Undone[back.ID] {
		t.Errorf("the page marks %v as undone, %v", page.Undone, err)
	}
}

func TestAnUnknownRefundIsOnTheManagersListAndIsSettledThere(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	open, err := c.till.Unsettled(t.Context())
	if err != nil || len(open) != 1 || open[0].ID != back.ID || open[0].Reason != providers.TimedOut {
		t.Errorf("the list has %+v, %v", open, err)
	}
	if st, err := c.till.Status(t.Context()); err != nil || st.Unknown != 1 {
		t.Errorf("%d are not known, %v", st.Unknown, err)
	}
	if back, err = c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, false); err != nil || c.till.Words(back) != settledNotReturned {
		t.Errorf("settled as %+v, %v", c.till.Words(back), err)
	}
	c.remains(a, 5000)
	back = c.refunded(a, 2000, lost)
	if back, err = c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, true); err != nil || c.till.Words(back) != settledRefunded {
		t.Errorf("settled as %+v, %v", c.till.Words(back), err)
	}
	c.remains(a, 3000)
}

func TestARefundThatWasMadeAfterItWasSettledAsNotMadeIsNotMadeTwice(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 5000, lost)
	c.passes()
	c.oxipay.gets()
	if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, false); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- approved
	c.until(back.ID, func(a providers.Attempt) bool { return a.Contradicted })
	c.remains(a, 0)
	if _, err := c.refund(a, 5000); !errors.Is(err, journal.ErrPending) {
		t.Errorf("it is given back once more: %v", err)
	}
	if left, err := c.till.Refundable(t.Context(), a.ID); err != nil || !strings.Contains(left.Why, "may have been made after all") {
		t.Errorf("why not: %q, %v", left.Why, err)
	}
	if back, _ = c.till.Review(t.Context(), c.mia, c.permit(Settle), back.ID); back.Contradicted || !strings.Contains(c.till.Words(back).Staff, "it counts as made") {
		t.Errorf("after somebody looked at it: %+v, %+v", back, c.till.Words(back))
	}
	c.remains(a, 0)
	if left, err := c.till.Refundable(t.Context(), a.ID); err != nil || left.Why != "a refund of 50.00 AUD of this sale may have been made after all" {
		t.Errorf("why not: %q, %v", left.Why, err)
	}
	if _, err := c.refund(a, 1); !errors.Is(err, journal.ErrRemaining) {
		t.Errorf("after somebody looked at it a cent more goes back: %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 3 { // the sale, the refund and its repeat
		t.Errorf("%d requests were sent", n)
	}
	if r, err := c.journal.Verify(t.Context()); err != nil || !r.OK() {
		t.Errorf("the journal: %+v, %v", r, err)
	}
	// Only who settles it says which is true.
	if back, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, true); err != nil || c.till.Words(back) != settledRefunded {
		t.Errorf("settled as %+v, %v", c.till.Words(back), err)
	}
	c.remains(a, 0)
	if r, err := c.journal.Verify(t.Context()); err != nil || !r.OK() {
		t.Errorf("the journal: %+v, %v", r, err)
	}
}

func TestARefundThatAnAnswerDoesNotProveIsSettledAsNotMade(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 5000, lost)
	c.passes()
	c.oxipay.gets()
	if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, false); err != nil {
		t.Fatal(err)
	}
	c.oxipay.answers <- approved
	c.until(back.ID, func(a providers.Attempt) bool { return a.Contradicted })
	back, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, false)
	if err != nil || back.State != providers.Declined || back.Contradicted {
		t.Fatalf("settled as %+v, %v", back, err)
	}
	c.remains(a, 5000)
	if _, err := c.till.Settle(t.Context(), c.mia, c.permit(Settle), back.ID, true); err == nil {
		t.Error("it is settled anew, and nothing speaks for it")
	}
}

func TestWhileARefundIsNotKnownItsSaleIsNotForgotten(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	if _, err := c.journal.Forget(t.Context(), a.ID, "", "old"); !errors.Is(err, journal.ErrStep) {
		t.Errorf("the sale was forgotten: %v", err)
	}
	c.passes()
	c.oxipay.gets()
	c.oxipay.answers <- approved
	back = c.becomes(back.ID, providers.Approved)
	c.clock.jump(100 * 24 * time.Hour)
	before := c.clock.Now().Add(-90 * 24 * time.Hour)
	if n, err := c.journal.ForgetOlder(t.Context(), before, "", "old", func() bool { return true }); err != nil || n != 2 {
		t.Fatalf("%d were forgotten, %v", n, err)
	}
	if _, err := c.undo(back); err == nil || !strings.Contains(err.Error(), "no longer kept") {
		t.Errorf("it is undone without its bytes: %v", err)
	}
}
