package till

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

func TestARefundThatWasNotSentWhenTheProgramDiedNeverHappened(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	c.till.Close() // nothing is sent any more
	back := c.refunds(a, 2000)
	c.reopen()
	if now := c.attempt(back.ID); now.State != providers.Cancelled {
		t.Errorf("it is %s", now.State)
	}
	c.remains(a, 5000)
	if n := len(c.oxipay.bodies()); n != 0 {
		t.Errorf("%d sends after the start", n)
	}
}

func TestARefundThatWasSentWhenTheProgramDiedIsSentAgainUnchanged(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunds(a, 2000)
	first := c.oxipay.gets()
	c.reopen()
	if now := c.attempt(back.ID); now.State != providers.Unknown || now.Reason != providers.Interrupted {
		t.Errorf("it is %s, %s", now.State, now.Reason)
	}
	if _, err := c.refund(a, 1000); !errors.Is(err, journal.ErrPending) {
		t.Errorf("a second refund: %v", err)
	}
	c.passes()
	if again := c.oxipay.gets(); again != first {
		t.Errorf("sent %q, and %q before", again, first)
	}
	c.oxipay.answers <- approved
	c.becomes(back.ID, providers.Approved)
	c.remains(a, 3000)
}

func TestARefundWithARequestOnItsWayIsNotUndone(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunds(a, 2000)
	c.oxipay.gets()
	if _, err := c.undo(back); providers.KindOf(err) != providers.Conflict {
		t.Errorf("at its first send: %v", err)
	}
	c.oxipay.answers <- lost
	c.becomes(back.ID, providers.Unknown)
	c.passes()
	c.oxipay.gets() // the resend is on its way
	if _, err := c.undo(back); providers.KindOf(err) != providers.Conflict || err.Error() != "this refund is being asked about right now" {
		t.Errorf("at its resend: %v", err)
	}
	c.oxipay.answers <- lost
	c.until(back.ID, func(a providers.Attempt) bool {
		events := c.events(a.ID) // that it was closed is news as well
		return events[len(events)-1] == providers.EventAnswered
	})
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(back.ID, providers.Approved)
	if c.attempt(undo.ID).State != providers.Approved {
		t.Error("the undoing is not approved")
	}
	c.remains(a, 5000)
}

func TestARefundThatWasBeingAskedAboutWhenTheProgramDiedCanBeUndone(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	c.passes()
	c.oxipay.gets()
	c.reopen()
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	if body := c.oxipay.gets(); body != c.bodyOf(undo.ID) {
		t.Errorf("sent was %q, not the undoing", body)
	}
	// Whatever is asked of it now, the refund does not go out again: it would be
	// a new one.
	if err := c.till.CheckWith(t.Context(), c.mia, c.permit(Settle), back.ID); providers.KindOf(err) != providers.Conflict {
		t.Errorf("it may be asked about: %v", err)
	}
	if _, err := c.journal.Append(t.Context(), providers.Event{Type: providers.EventResent, Attempt: back.ID}); !errors.Is(err, journal.ErrStep) {
		t.Errorf("the journal takes its resend: %v", err)
	}
	c.oxipay.answers <- approved
	c.becomes(back.ID, providers.Approved)
	if sent := c.oxipay.bodies(); len(sent) != 1 {
		t.Errorf("sent after the start: %q", sent)
	}
}

// takenUp does something at the moment when a till takes an attempt up.
type takenUp struct {
	slog.Handler
	do func()
}

func (h takenUp) Enabled(context.Context, slog.Level) bool { return true }

func (h takenUp) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "taken up" {
		h.do()
	}
	return nil
}

func TestARefundThatIsSentAgainWhileItsUndoingBeginsIsNotUndone(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	c.passes()
	c.oxipay.gets()
	c.stop() // and nobody knows what came of that repeat
	b := c.beside()
	b.till.gateways[providers.Oxipay] = scriptedOxipay{b.oxipay}
	b.till.config.Log = slog.New(takenUp{slog.DiscardHandler, func() {
		// Its new driver was asked on a manager's word just before it was closed.
		if _, err := b.journal.Append(t.Context(), providers.Event{Type: providers.EventResent, Attempt: back.ID}); err != nil {
			t.Error(err)
		}
	}})
	if _, err := b.undo(back); providers.KindOf(err) != providers.Conflict || err.Error() != "this refund is being asked about right now" {
		t.Errorf("it is undone: %v", err)
	}
	all, err := b.journal.Refunds(t.Context(), a.ID)
	if err != nil || all.Undo(back.ID).ID != "" {
		t.Errorf("an undoing is recorded: %+v, %v", all.Undo(back.ID), err)
	}
	b.nothingSent()
	b.stop()
	c.open()
}

func TestAnUndoingThatWasApprovedJustBeforeTheProgramDiedIsTold(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.stop()
	c.open() // not known yet
	if _, err := c.journal.Append(t.Context(), providers.Event{Type: providers.EventAnswered, Attempt: undo.ID, To: providers.Approved}); err != nil {
		t.Fatal(err)
	}
	c.reopen()
	if now := c.attempt(back.ID); now.State != providers.Approved {
		t.Errorf("its refund is %s", now.State)
	}
	c.remains(a, 5000)
}

func TestAnUndoingThatFindsNoRefundLeavesItToTheManager(t *testing.T) {
	c := newCounter(t)
	a := c.sold(5000, "010203")
	back := c.refunded(a, 2000, lost)
	undo, err := c.undo(back)
	if err != nil {
		t.Fatal(err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Declined, Code: "FPAR01", Signature: providers.SignatureValid, HTTPStatus: 200}
	c.becomes(undo.ID, providers.Declined)
	now := c.attempt(back.ID)
	if now.State != providers.Unknown || !now.Closed || c.till.Words(now) != closedRefundWords {
		t.Errorf("the refund is %s and says %+v", now.State, c.till.Words(now))
	}
	c.remains(a, 3000) // nobody has said that it was not made
	if err := c.till.CheckNow(t.Context(), c.tom, back.ID, true); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("Tom sends it again: %v", err)
	}
	var risk *ChargeRiskError
	if err := c.till.CheckNow(t.Context(), c.mia, back.ID, false); !errors.As(err, &risk) || risk.Error() != "if Oxipay never received this, checking now makes the refund of 20.00 AUD" {
		t.Errorf("a manager is told %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 3 {
		t.Errorf("%d sends", n)
	}
	if all := c.events(back.ID); slices.Contains(all, providers.EventResent) {
		t.Errorf("it was sent again: %v", all)
	}
}

// bodyOf is what the journal keeps of a request.
func (c *counter) bodyOf(id string) string {
	c.t.Helper()
	body, err := c.journal.Body(c.t.Context(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	return string(body.Kept)
}
