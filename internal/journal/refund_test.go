package journal

import (
	"errors"
	"testing"

	"cashdesk/providers"
)

// refundOf is a refund that is about to be recorded.
func refundOf(of providers.Attempt, n int, minor int64) providers.Attempt {
	a := sale(n)
	a.Of, a.Sale, a.Provider, a.Kind, a.Personal = of.ID, of.Sale, of.Provider, providers.Refund, providers.Personal{}
	a.Amount.Minor = minor
	return a
}

// undoOf is the undoing of a refund.
func undoOf(of providers.Attempt, n int) providers.Attempt {
	a := refundOf(of, n, of.Amount.Minor)
	a.Kind = providers.UndoRefund
	return a
}

// became records an attempt and takes it to a state by its first answer.
func became(t *testing.T, j *Journal, a providers.Attempt, to providers.State) providers.Attempt {
	t.Helper()
	a = record(t, j, a)
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: a.ID})
	return add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: to})
}

// unrecorded says that an attempt is not recorded, and why.
func unrecorded(t *testing.T, j *Journal, a providers.Attempt, why error) {
	t.Helper()
	if _, err := j.Record(t.Context(), a, request()); !errors.Is(err, why) {
		t.Errorf("%s of %s: %v, want %v", a.Kind, a.Amount, err, why)
	}
	if _, err := j.Attempt(t.Context(), a.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("it stands in the journal: %v", err)
	}
}

func TestARefundFitsWhatRemainsOfItsSaleOrIsNotRecorded(t *testing.T) {
	j := fresh(t)
	unknown := became(t, j, sale(1), providers.Unknown)
	unrecorded(t, j, refundOf(unknown, 50, 100), ErrStep)
	a := became(t, j, sale(2), providers.Approved)
	unrecorded(t, j, refundOf(a, 51, 12551), ErrRemaining)
	unrecorded(t, j, refundOf(a, 52, 0), ErrStep)
	other := refundOf(a, 53, 100)
	other.Sale = unknown.Sale
	unrecorded(t, j, other, ErrStep)
	foreign := refundOf(a, 54, 100)
	foreign.Amount.Currency.Code = "NZD"
	unrecorded(t, j, foreign, ErrStep)
	nobody := refundOf(a, 55, 100)
	nobody.Of = "NOBODY"
	unrecorded(t, j, nobody, ErrNotFound)

	first := record(t, j, refundOf(a, 3, 2000))
	unrecorded(t, j, refundOf(a, 56, 100), ErrPending)
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: first.ID})
	unrecorded(t, j, refundOf(a, 57, 100), ErrPending)
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: first.ID, To: providers.Unknown})
	unrecorded(t, j, refundOf(a, 58, 100), ErrPending)
	first = add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: first.ID, To: providers.Approved})
	unrecorded(t, j, refundOf(first, 59, 100), ErrStep) // a refund is no sale
	unrecorded(t, j, refundOf(a, 60, 10551), ErrRemaining)
	became(t, j, refundOf(a, 4, 10551-1), providers.Declined)
	became(t, j, refundOf(a, 5, 10550), providers.Approved)
	unrecorded(t, j, refundOf(a, 61, 1), ErrRemaining)
}

func TestAContradictedSaleIsRefundedOnlyIfItWasPaidTwice(t *testing.T) {
	j := fresh(t)
	for n, double := range []bool{false, true} {
		a := became(t, j, sale(n+1), providers.Approved)
		add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: a.ID, Double: double})
		if double {
			record(t, j, refundOf(a, 10, 100))
		} else {
			unrecorded(t, j, refundOf(a, 11, 100), ErrStep)
		}
	}
}

func TestARefundIsUndoneOnceAndNotWhileSomethingIsOnItsWay(t *testing.T) {
	j := fresh(t)
	a := became(t, j, sale(1), providers.Approved)
	back := became(t, j, refundOf(a, 2, 2000), providers.Unknown)
	unrecorded(t, j, undoOf(a, 50), ErrStep)
	unrecorded(t, j, undoOf(back, 51), ErrStep) // it may still be sent again by itself
	add(t, j, providers.Event{Type: providers.EventResent, Attempt: back.ID})
	back = add(t, j, providers.Event{Type: providers.EventClosed, Attempt: back.ID})
	unrecorded(t, j, undoOf(back, 52), ErrPending)
	back = add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: back.ID, To: providers.Unknown})
	half := undoOf(back, 53)
	half.Amount.Minor = 1000
	unrecorded(t, j, half, ErrStep)

	became(t, j, undoOf(back, 3), providers.Declined)
	undo := record(t, j, undoOf(back, 4))
	unrecorded(t, j, undoOf(back, 54), ErrUndone)
	if _, err := j.Append(t.Context(), providers.Event{Type: providers.EventResent, Attempt: back.ID}); !errors.Is(err, ErrStep) {
		t.Errorf("the refund is sent while it is undone: %v", err)
	}
	unrecorded(t, j, refundOf(a, 55, 100), ErrPending) // nobody knows yet
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: undo.ID})
	undo = add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: undo.ID, To: providers.Approved})
	unrecorded(t, j, undoOf(undo, 56), ErrStep)
	unrecorded(t, j, undoOf(back, 57), ErrUndone)
	all, err := j.Refunds(t.Context(), a.ID)
	if err != nil || len(all.All) != 1 || all.Gone() != 0 || !all.Undone(back.ID) || all.Pending().ID != "" {
		t.Errorf("the refunds are %+v, %v", all, err)
	}
	record(t, j, refundOf(a, 5, 12550))
}

func TestARefundThatMayHaveBeenMadeAfterAllStandsInTheWayUntilSomebodyLooked(t *testing.T) {
	j := fresh(t)
	a := became(t, j, sale(1), providers.Approved)
	back := became(t, j, refundOf(a, 2, 12550), providers.Unknown)
	add(t, j, providers.Event{Type: providers.EventSettled, Attempt: back.ID, To: providers.Declined})
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: back.ID})
	unrecorded(t, j, refundOf(a, 50, 12550), ErrPending)
	add(t, j, providers.Event{Type: providers.EventReviewed, Attempt: back.ID})
	back = became(t, j, refundOf(a, 3, 12550), providers.Approved)

	undo := became(t, j, undoOf(back, 4), providers.Declined)
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: undo.ID})
	unrecorded(t, j, undoOf(back, 51), ErrUndone)
	add(t, j, providers.Event{Type: providers.EventReviewed, Attempt: undo.ID})
	undo = became(t, j, undoOf(back, 5), providers.Approved)
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: undo.ID})
	unrecorded(t, j, refundOf(a, 52, 100), ErrRemaining) // it may never have been undone
	if page, err := j.Page(t.Context(), Query{}); err != nil || len(page.Undone) != 0 {
		t.Errorf("the list shows %v as undone, %v", page.Undone, err)
	}
}

func TestARefundThatAnAnswerSaysWasMadeCountsUntilItIsSettled(t *testing.T) {
	j := fresh(t)
	a := became(t, j, sale(1), providers.Approved)
	back := became(t, j, refundOf(a, 2, 12550), providers.Declined)
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: back.ID, Says: providers.Approved})
	add(t, j, providers.Event{Type: providers.EventReviewed, Attempt: back.ID})
	unrecorded(t, j, refundOf(a, 50, 1), ErrRemaining)
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("the journal: %+v", r)
	}
	add(t, j, providers.Event{Type: providers.EventSettled, Attempt: back.ID, To: providers.Declined})
	back = became(t, j, refundOf(a, 3, 12550), providers.Approved)

	undo := became(t, j, undoOf(back, 4), providers.Declined)
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: undo.ID, Says: providers.Approved})
	add(t, j, providers.Event{Type: providers.EventReviewed, Attempt: undo.ID})
	unrecorded(t, j, undoOf(back, 51), ErrUndone)
	unrecorded(t, j, refundOf(a, 52, 1), ErrRemaining)
	add(t, j, providers.Event{Type: providers.EventSettled, Attempt: undo.ID, To: providers.Approved})
	record(t, j, refundOf(a, 5, 12550))
}

func TestARefundWhoseAnswerCameAfterItWasSettledCanBeUndone(t *testing.T) {
	j := fresh(t)
	back := became(t, j, refundOf(became(t, j, sale(1), providers.Approved), 2, 2000), providers.Unknown)
	add(t, j, providers.Event{Type: providers.EventResent, Attempt: back.ID})
	add(t, j, providers.Event{Type: providers.EventSettled, Attempt: back.ID, To: providers.Declined})
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: back.ID, Says: providers.Approved})
	back = add(t, j, providers.Event{Type: providers.EventSettled, Attempt: back.ID, To: providers.Approved})
	record(t, j, undoOf(back, 3))
}

func TestARefundThatWasMadeAtTheProviderIsNotUndoneFromHere(t *testing.T) {
	j := fresh(t)
	a := became(t, j, sale(1), providers.Approved)
	back := record(t, j, refundOf(a, 2, 2000))
	back = add(t, j, providers.Event{Type: providers.EventElsewhere, Attempt: back.ID, ProviderRef: "tx 1"})
	unrecorded(t, j, undoOf(back, 50), ErrStep)
	unrecorded(t, j, refundOf(a, 51, 10551), ErrRemaining)
	if held, err := j.ByProviderRef(t.Context(), a.Provider, "tx 1"); err != nil || len(held) != 0 {
		t.Errorf("what a manager wrote down counts as a payment's name: %+v, %v", held, err)
	}
}

func TestAReceiptNumberNamesOnePayment(t *testing.T) {
	j := fresh(t)
	a, b := became(t, j, sale(1), providers.Approved), became(t, j, sale(2), providers.Approved)
	add(t, j, providers.Event{Type: providers.EventReceipt, Attempt: a.ID, Receipt: "R-1"})
	for _, taken := range []struct {
		of     providers.Attempt
		number string
	}{{b, "R-1"}, {b, a.Reference}, {a, "R-2"}} {
		if _, err := j.Append(t.Context(), providers.Event{Type: providers.EventReceipt, Attempt: taken.of.ID, Receipt: taken.number}); !errors.Is(err, ErrReceipt) {
			t.Errorf("%s gets %s: %v", taken.of.Reference, taken.number, err)
		}
	}
	c := sale(3)
	c.Reference = "R-1" // a refund of the one would be of the other
	unrecorded(t, j, c, ErrExists)
	waiting, err := j.ReceiptsWaiting(t.Context())
	if err != nil || len(waiting) != 1 || waiting[0].ID != a.ID {
		t.Errorf("waiting are %+v, %v", waiting, err)
	}
	add(t, j, providers.Event{Type: providers.EventReceiptRefused, Attempt: a.ID, Receipt: "R-1", Code: "FSER02"})
	due, err := j.ReceiptsDue(t.Context())
	if err != nil || len(due) != 1 || due[0].ID != a.ID {
		t.Errorf("due are %+v, %v", due, err)
	}
	add(t, j, providers.Event{Type: providers.EventReceipt, Attempt: a.ID, Receipt: a.Reference}) // it may be its own
	for _, late := range []providers.EventType{providers.EventReceiptStored, providers.EventReceiptRefused} {
		if _, err := j.Append(t.Context(), providers.Event{Type: late, Attempt: a.ID, Receipt: "R-1", Code: "FSER02"}); !errors.Is(err, ErrStep) {
			t.Errorf("%s of the earlier number: %v", late, err)
		}
	}
	if now, err := j.Attempt(t.Context(), a.ID); err != nil || now.ReceiptStored || now.ReceiptCode != "" {
		t.Errorf("it stands as %+v, %v", now, err)
	}
}
