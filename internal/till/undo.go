package till

import (
	"context"
	"errors"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Undo takes a refund back, by the signature of the request that made it: one
// that is approved, or one that is not known, which is closed first. From then
// on it is not sent again: what came after the undoing would be a new refund.
func (t *Till) Undo(ctx context.Context, s Session, p Permit, refundID string) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Refund); err != nil {
		return providers.Attempt{}, err
	}
	t.begin.Lock()
	defer t.begin.Unlock()
	if err := t.noteKeys(ctx); err != nil {
		return providers.Attempt{}, err
	}
	refund, err := t.config.Journal.Attempt(ctx, refundID)
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := undoable(refund); err != nil {
		return providers.Attempt{}, err
	}
	signature, err := t.signatureOf(ctx, refund)
	if err != nil {
		return providers.Attempt{}, err
	}
	// Before anything is closed for it.
	if err := t.blocked(ctx, refund.Provider); err != nil {
		return providers.Attempt{}, err
	}
	if err := t.still(ctx, s, p, refund); err != nil {
		return providers.Attempt{}, err
	}
	return t.giveBack(ctx, s, p, refund, providers.Order{Kind: providers.UndoRefund, Amount: refund.Amount, RefundSignature: signature})
}

// undoable says why a refund cannot be undone, or nil.
func undoable(a providers.Attempt) error {
	switch {
	case a.Kind != providers.Refund:
		return conflict("only a refund can be undone", "")
	case a.State == providers.Recorded, a.State == providers.Sent:
		return conflict("this refund is on its way", "wait for the answer, then undo it")
	case a.State != providers.Approved && a.State != providers.Unknown:
		return conflict("this refund is "+a.State.Word()+": there is nothing to undo", "")
	case a.Sends == 0:
		return conflict("this refund was made at the provider", "undo it there")
	}
	return nil
}

// signatureOf reads the signature of a refund's request from the bytes that are
// kept of it.
func (t *Till) signatureOf(ctx context.Context, refund providers.Attempt) (string, error) {
	refunder, can := t.gateways[refund.Provider].(providers.Refunder)
	if !can {
		return "", conflict(refund.Provider.Title()+" undoes no refund from here", "look at the provider's portal")
	}
	body, err := t.config.Journal.Body(ctx, refund.ID)
	if err != nil {
		return "", err
	}
	if len(body.Kept) == 0 || hash(body.Kept) != body.Hash {
		return "", conflict("the request of this refund is no longer kept, so it cannot be undone from here", "have it undone at the provider")
	}
	return refunder.SignatureOf(body.Kept)
}

// still closes a refund that is not known and sees to it that no request about
// it is on its way. The journal holds to the same when the undoing is recorded.
func (t *Till) still(ctx context.Context, s Session, p Permit, refund providers.Attempt) error {
	if refund.State != providers.Unknown {
		return nil
	}
	if !refund.Closed {
		if _, err := t.change(ctx, providers.Event{Type: providers.EventClosed, Attempt: refund.ID, By: p.By, Session: s.ID, Note: "it is to be undone: " + p.Reason}); err != nil {
			return err
		}
	}
	open, seen, err := t.unanswered(ctx, refund.ID)
	if err != nil || !open {
		return err
	}
	// Whoever sent it is busy from before the journal said so until the answer
	// came; nobody else sends while we have the claim.
	if err := t.adopt(ctx, refund, 0); err != nil {
		return err
	}
	asked := conflict("this refund is being asked about right now", "wait for the answer, then undo it")
	if t.Live(refund.ID).Busy {
		return asked
	}
	_, err = t.config.Journal.AppendSeen(ctx, providers.Event{
		Type: providers.EventAnswered, Attempt: refund.ID, To: providers.Unknown, Reason: providers.Interrupted, Version: t.config.Version,
	}, seen)
	if errors.Is(err, journal.ErrMoved) { // it was sent again since we read it, or answered
		return asked
	}
	return err
}

// unanswered says that the journal has a send of an attempt and no word of what
// came of it, up to an event.
func (t *Till) unanswered(ctx context.Context, id string) (open bool, last int64, err error) {
	timeline, err := t.config.Journal.Timeline(ctx, id)
	for _, e := range timeline {
		last = e.Seq
		switch e.Type {
		case providers.EventSent, providers.EventResent:
			open = true
		case providers.EventAnswered, providers.EventInterrupted:
			open = false
		}
	}
	return open, last, err
}

// notUndone refuses to ask about a refund that is being undone: what was sent
// again would be a new one.
func (t *Till) notUndone(ctx context.Context, a providers.Attempt) error {
	if a.Kind != providers.Refund {
		return nil
	}
	all, err := t.refundsWith(ctx, a)
	if err == nil && all.Undo(a.ID).ID != "" {
		err = conflict("this refund is being undone: asking about it again could make it anew", "look at the undoing")
	}
	return err
}

// returnWord is what money that goes back is called.
func returnWord(k providers.Kind) string {
	if k == providers.UndoRefund {
		return "undoing of the refund"
	}
	return "refund"
}

// tellRefund lets a refund know that its undoing was approved: by that the
// provider says that the refund had been made.
func (t *Till) tellRefund(ctx context.Context, undo providers.Attempt) {
	refund, err := t.config.Journal.Attempt(ctx, undo.Of)
	if err != nil {
		t.config.Log.Error("a refund could not be told that it was undone", "undo", undo.ID, "error", err)
		return
	}
	if refund.State != providers.Unknown {
		t.config.Notify(Update{Attempt: refund}) // it shows as undone from now on
		return
	}
	t.save(ctx, refund, providers.Event{
		Type: providers.EventAnswered, Attempt: refund.ID, To: providers.Approved, Code: refund.Code,
		Note: "its undoing was approved, so it had been made",
	})
}

// findUndone tells the refunds whose undoing was approved just before its
// program stopped, this one or another.
func (t *Till) findUndone(ctx context.Context, unfinished []providers.Attempt) error {
	for _, a := range unfinished {
		if a.Kind != providers.Refund || a.State != providers.Unknown {
			continue
		}
		all, err := t.refundsWith(ctx, a)
		if err != nil {
			return err
		}
		if undo := all.Undo(a.ID); undo.State == providers.Approved {
			t.tellRefund(ctx, undo)
		}
	}
	return nil
}

// refundsWith are the refunds of the sale that a refund is of.
func (t *Till) refundsWith(ctx context.Context, refund providers.Attempt) (journal.Refunds, error) {
	return t.config.Journal.Refunds(ctx, refund.Of)
}
