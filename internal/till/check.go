package till

import (
	"context"
	"fmt"

	"cashdesk/providers"
)

// ChargeRiskError says that checking now may itself charge the customer: the
// resend window is over, and if the provider never had the first request, the
// same bytes would now be a charge.
type ChargeRiskError struct{ Attempt providers.Attempt }

// Error says so.
func (e *ChargeRiskError) Error() string {
	return fmt.Sprintf("if %s never received this, checking now charges the customer %s", e.Attempt.Provider.Title(), e.Attempt.Amount)
}

// CheckNow asks about an attempt at once instead of at the next time due.
// Outside the resend window, or after the sale was closed, it returns a
// *ChargeRiskError unless sure is set; for a closed sale only a manager may be
// sure. What comes of it arrives as an Update.
func (t *Till) CheckNow(ctx context.Context, s Session, id string, sure bool) error {
	if err := t.require(ctx, s, Charge); err != nil {
		return err
	}
	a, err := t.Journal.Attempt(ctx, id)
	if err != nil {
		return err
	}
	p := policyOf(a)
	switch {
	case a.State == providers.Unknown && p.resend:
		t.mu.Lock()
		d := t.drivers[id]
		t.mu.Unlock()
		if d == nil || !d.mayResend(a) {
			if !sure {
				return &ChargeRiskError{Attempt: a}
			}
			if a.Closed || a.KeySuspected {
				if err := t.require(ctx, s, Settle); err != nil {
					return err
				}
			}
		}
	case a.State == providers.Unknown && p.find,
		a.State == providers.Open, a.State == providers.PartlyPaid, a.State == providers.Expired:
	default:
		return conflict("there is nothing to check: it is "+a.State.Word(), "")
	}
	t.drive(a, nil) // it may have no driver: watched out, or ended by an earlier fault
	t.mu.Lock()
	d := t.drivers[id]
	t.mu.Unlock()
	if d == nil {
		return conflict("it is being settled already", "")
	}
	d.ask(wish{sure: sure, by: s.Operator, closed: a.Closed, suspected: a.KeySuspected})
	return nil
}

// Live is what an attempt's driver is doing.
type Live struct {
	Busy   bool // a request is on its way
	NextIn int  // seconds until the next one, 0 for none
}

// Live says what is going on for an attempt in the background.
func (t *Till) Live(id string) Live {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.drivers[id]
	if d == nil {
		return Live{}
	}
	live := Live{Busy: d.busy}
	if left := d.nextAt.Sub(t.Clock.Now()); !d.nextAt.IsZero() && left > 0 {
		live.NextIn = int(left.Seconds() + 0.999)
	}
	return live
}
