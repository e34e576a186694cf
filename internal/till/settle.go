package till

import (
	"context"

	"cashdesk/providers"
)

// CloseUnknown closes a sale that is not known yet, because the customer left
// or paid otherwise. Nothing is sent for it by itself any more; it stays on
// the manager's list, and a late answer is still heard.
func (t *Till) CloseUnknown(ctx context.Context, s Session, id, why string) (providers.Attempt, error) {
	if err := t.require(ctx, s, CloseSale); err != nil {
		return providers.Attempt{}, err
	}
	return t.change(ctx, providers.Event{Type: providers.EventClosed, Attempt: id, By: s.Operator, Session: s.ID, Note: why})
}

// Settle decides by hand what became of an attempt, after somebody looked at the
// provider's portal: of one that is not known, of one about which two answers say
// different things, and of an invoice on which a part came. paid says which way;
// of a part, that it is taken for the price.
func (t *Till) Settle(ctx context.Context, s Session, p Permit, id string, paid bool) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Settle); err != nil {
		return providers.Attempt{}, err
	}
	a, err := t.config.Journal.Attempt(ctx, id)
	if err != nil {
		return a, err
	}
	if err := t.settleable(a, paid); err != nil {
		return providers.Attempt{}, err
	}
	to := providers.Declined
	switch {
	case paid:
		to = providers.Approved
	case a.State == providers.Refused, a.State == providers.Cancelled:
		to = a.State
	}
	a, err = t.change(ctx, providers.Event{Type: providers.EventSettled, Attempt: id, By: p.By, Session: s.ID, To: to, Note: p.Reason})
	switch {
	case err != nil || !paid:
	case a.Kind == providers.UndoRefund:
		t.tellRefund(ctx, a)
	default:
		t.noteDouble(ctx, a)
	}
	return a, err
}

// settleable says why an attempt is not settled by hand in one way, or nil. What
// its state does not allow the journal refuses.
func (t *Till) settleable(a providers.Attempt, paid bool) error {
	switch {
	case a.State == providers.Expired && a.Returnable().Minor == 0:
		return conflict("nothing came for it, so there is nothing to settle", "")
	case a.State == providers.PartlyPaid && !paid && t.config.Clock.Now().Before(a.ExpiresAt):
		return conflict("the customer can still pay the rest", "wait until the time to pay is over")
	}
	return nil
}

// Review closes a contradiction or a possible double payment after a manager
// looked at it.
func (t *Till) Review(ctx context.Context, s Session, p Permit, id string) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Settle); err != nil {
		return providers.Attempt{}, err
	}
	return t.change(ctx, providers.Event{Type: providers.EventReviewed, Attempt: id, By: p.By, Session: s.ID, Note: p.Reason})
}

// PutAside takes an invoice off the screen; it stays watched, since nobody can
// cancel a provider's invoice.
func (t *Till) PutAside(ctx context.Context, s Session, id string) (providers.Attempt, error) {
	if err := t.require(ctx, s, Charge); err != nil {
		return providers.Attempt{}, err
	}
	return t.change(ctx, providers.Event{Type: providers.EventAside, Attempt: id, By: s.Operator, Session: s.ID})
}

// change appends a person's decision and wakes the driver, which then sees
// that its attempt has changed.
func (t *Till) change(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	a, err := t.config.Journal.Append(ctx, e)
	if err != nil {
		if isState(err) {
			return a, conflict("it has changed meanwhile", "look at it again")
		}
		return a, err
	}
	t.config.Notify(Update{Attempt: a})
	if d := t.driverOf(e.Attempt); d != nil && e.Type != providers.EventAside {
		d.ask(wish{by: e.By})
	}
	return a, nil
}
