package till

import (
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/oxipay"
)

// A refund that the counter goes on asking about is undone by a command beside
// it: from then on neither of the two sends it again.
func TestARefundIsUndoneFromAnotherProcessAndNeverSentAgain(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.taken(12550, "010203")
	r.faults.Store(oxipay.CallSalesAdjustment, unheard)
	back := r.refunds(a, 2000)
	r.becomes(back.ID, providers.Unknown)
	if err := r.clock.rests(t.Context()); err != nil { // the counter waits to send it again
		t.Fatal(err)
	}
	other := r.beside()
	undo, err := other.Undo(t.Context(), r.mia, Permit{right: Refund, By: "mia", Reason: "typed wrong"}, back.ID)
	if err != nil {
		t.Fatal(err)
	}
	made := func(a providers.Attempt) bool { return a.State == providers.Approved }
	if _, err := other.AwaitUntil(t.Context(), back.ID, made); err != nil { // by its undoing
		t.Fatal(err)
	}
	r.faults.Delete(oxipay.CallSalesAdjustment)
	if err := r.till.TakeUp(t.Context()); err != nil { // the counter hears of it
		t.Fatal(err)
	}
	r.becomes(back.ID, providers.Approved)
	r.stop() // whatever was on its way has arrived
	if n := len(r.calls(oxipay.CallSalesAdjustment)); n != 1 {
		t.Errorf("the refund went out %d times", n)
	}
	if books := r.box.Refunds(); len(books) != 1 || books[0].UndoneBy != undo.Reference {
		t.Errorf("the provider has %+v", books)
	}
	r.start()
	r.remains(a, 12550)
}

func TestAnUndoingWhoseProcessDiedIsToldByTheCounter(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	// What another process wrote before it died.
	if _, err := c.journal.Append(t.Context(), providers.Event{Type: providers.EventAnswered, Attempt: undo.ID, To: providers.Approved}); err != nil {
		t.Fatal(err)
	}
	c.clock.run(takeUpPause)
	if err := c.till.TakeUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if now := c.attempt(back.ID); now.State != providers.Approved {
		t.Errorf("its refund is %s", now.State)
	}
	c.remains(a, 5000)
}
