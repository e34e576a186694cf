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
	if e.Attempt.Kind.Returns() {
		return fmt.Sprintf("if %s never received this, checking now makes the %s of %s", e.Attempt.Provider.Title(), returnWord(e.Attempt.Kind), e.Attempt.Amount)
	}
	return fmt.Sprintf("if %s never received this, checking now charges the customer %s", e.Attempt.Provider.Title(), e.Attempt.Amount)
}

// CheckNow asks about an attempt at once instead of at the next time due.
// Outside the resend window, or after the sale was closed, it returns a
// *ChargeRiskError unless sure is set; for a closed sale, or one whose key is
// suspected, that yes is a manager's: see CheckWith. What comes of it arrives as
// an Update.
func (t *Till) CheckNow(ctx context.Context, s Session, id string, sure bool) error {
	if err := t.require(ctx, s, Charge); err != nil {
		return err
	}
	a, risky, err := t.checkable(ctx, id)
	if err != nil {
		return err
	}
	if risky && !sure {
		return &ChargeRiskError{Attempt: a}
	}
	if risky && (a.Closed || a.KeySuspected || a.Kind.Returns()) {
		if err := t.require(ctx, s, Settle); err != nil {
			return err
		}
	}
	return t.check(a, s.Operator, sure)
}

// CheckWith is CheckNow with a manager's yes to the risk.
func (t *Till) CheckWith(ctx context.Context, s Session, p Permit, id string) error {
	if err := t.need(ctx, s, p, Settle); err != nil {
		return err
	}
	a, _, err := t.checkable(ctx, id)
	if err != nil {
		return err
	}
	if _, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventNoted, Attempt: id, By: p.By, Session: s.ID, Note: "checked on a manager's word: " + p.Reason}); err != nil {
		return err
	}
	return t.check(a, p.By, true)
}

// checkable finds an attempt about which there is something to ask. risky says
// that asking may itself charge the customer.
func (t *Till) checkable(ctx context.Context, id string) (a providers.Attempt, risky bool, err error) {
	if a, err = t.attended(ctx, id); err != nil {
		return a, false, err
	}
	p := policyOf(a)
	switch {
	case a.State == providers.Unknown && p.resend:
		return t.resendable(ctx, a)
	case a.State == providers.Unknown && p.find, t.follows(a):
		return a, false, nil
	}
	return a, false, conflict("there is nothing to check: it is "+a.State.Word(), "")
}

// attended reads an attempt, after it was taken up if nobody drives it: its
// driver may have died, and how long its bytes may go again by themselves is for
// a driver to say.
func (t *Till) attended(ctx context.Context, id string) (providers.Attempt, error) {
	a, err := t.config.Journal.Attempt(ctx, id)
	if err != nil || t.driverOf(id) != nil || a.State != providers.Recorded && a.State != providers.Sent && a.State != providers.Unknown {
		return a, err
	}
	if err := t.adopt(ctx, a, 0); err != nil {
		return a, err
	}
	return t.config.Journal.Attempt(ctx, id)
}

// resendable says whether the same bytes may go again on a person's word, and
// whether that may charge.
func (t *Till) resendable(ctx context.Context, a providers.Attempt) (providers.Attempt, bool, error) {
	_, spent, err := t.standing(ctx, a)
	if err != nil {
		return a, false, err
	}
	if err := t.notUndone(ctx, a); err != nil {
		return a, false, err
	}
	if spent || givenUp(a) {
		return a, false, conflict("it was signed with a key that is no longer in use: asking again tells nothing", "a manager settles it against the provider's portal")
	}
	d := t.driverOf(a.ID)
	return a, d == nil || !d.mayResend(ctx, a), nil
}

// givenUp says that an attempt was marked as not resolvable from here.
func givenUp(a providers.Attempt) bool { return a.Closed && a.Reason == providers.KeyChanged }

// check wakes the attempt's driver, or gives it one: it may have none because
// it was watched long enough, or ended by an earlier fault.
func (t *Till) check(a providers.Attempt, by string, sure bool) error {
	if err := t.adopt(t.running(), a, 0); err != nil {
		return err
	}
	d := t.driverOf(a.ID)
	if d == nil {
		return conflict("it is being settled already", "")
	}
	d.ask(wish{sure: sure, by: by, closed: a.Closed, suspected: a.KeySuspected})
	return nil
}

func (t *Till) driverOf(id string) *driver {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.drivers[id]
}

// blindAfter is how many looks in a row must tell nothing before the counter says
// that the provider cannot be asked: one lost answer is an everyday thing.
const blindAfter = 3

// Live is what an attempt's driver is doing.
type Live struct {
	Busy   bool // a request is on its way
	NextIn int  // seconds until the next one, 0 for none
	Looks  int  // how often its driver has looked at the provider's for what became of it
	Lost   int  // how many of the newest looks told nothing; a useful one makes it 0
	News   bool // the newest look brought something that was not known
}

// Blind says that nothing is known of how the payment stands now: the last looks
// brought no usable answer.
func (l Live) Blind() bool { return l.Lost >= blindAfter }

// Live says what is going on for an attempt in the background.
func (t *Till) Live(id string) Live {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.drivers[id]
	if d == nil {
		return Live{}
	}
	live := Live{Busy: d.busy, Looks: d.looks, Lost: d.lost, News: d.news}
	if left := d.nextAt.Sub(t.config.Clock.Now()); !d.nextAt.IsZero() && left > 0 {
		live.NextIn = int(left.Seconds() + 0.999)
	}
	return live
}
