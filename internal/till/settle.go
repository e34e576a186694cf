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

// Settle decides by hand what became of an attempt that is not known, after
// somebody looked at the provider's portal. paid says which way.
func (t *Till) Settle(ctx context.Context, s Session, p Permit, id string, paid bool) (providers.Attempt, error) {
	if err := t.need(ctx, s, p, Settle); err != nil {
		return providers.Attempt{}, err
	}
	to := providers.Declined
	if paid {
		to = providers.Approved
	}
	a, err := t.change(ctx, providers.Event{Type: providers.EventSettled, Attempt: id, By: p.By, Session: s.ID, To: to, Note: p.Reason})
	switch {
	case err != nil || !paid:
	case a.Kind == providers.UndoRefund:
		t.tellRefund(ctx, a)
	default:
		t.noteDouble(ctx, a)
	}
	return a, err
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
