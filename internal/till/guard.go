package till

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"cashdesk/providers"
)

// InUseError says that a pre-approval code belongs to an earlier attempt: one
// that is not known yet, one that it paid, or may have paid after all.
type InUseError struct{ Attempt providers.Attempt }

// Error tells which.
func (e *InUseError) Error() string {
	switch {
	case e.Attempt.State == providers.Approved:
		return fmt.Sprintf("this code has already paid %s (purchase %s)", e.Attempt.Amount, e.Attempt.ProviderRef)
	case e.Attempt.Contradicted:
		return fmt.Sprintf("the payment of %s with this code is %s", e.Attempt.Amount, stands(e.Attempt))
	}
	return fmt.Sprintf("the payment of %s with this code is not known yet", e.Attempt.Amount)
}

// SameAmountError asks whether this is the customer whose payment of the same
// amount is not known yet, was handed over, or may be paid after all, or whose
// invoice can still be paid.
type SameAmountError struct{ Attempt providers.Attempt }

// Error asks.
func (e *SameAmountError) Error() string {
	return fmt.Sprintf("is this the customer whose payment of %s is %s?", e.Attempt.Amount, stands(e.Attempt))
}

// stands is how an attempt stands, with what was heard against it.
func stands(a providers.Attempt) string {
	if a.Contradicted {
		return a.State.Word() + ", but may be paid after all"
	}
	return a.State.Word()
}

// guard keeps a customer from being charged twice.
func (t *Till) guard(ctx context.Context, d Draft) error {
	if d.Kind == providers.Invite {
		return t.guardInvite(ctx, d)
	}
	if d.Code != "" {
		used, err := t.config.Journal.ByCode(ctx, d.Code)
		if err != nil {
			return err
		}
		for _, a := range used {
			if a.State == providers.Approved || a.State == providers.Sent || a.State == providers.Unknown || a.State == providers.Recorded || a.Contradicted {
				return &InUseError{Attempt: a}
			}
		}
	}
	if agreed(d) {
		return nil
	}
	same, err := t.waiting(ctx, d)
	if err == nil && same.ID != "" {
		err = &SameAmountError{Attempt: same}
	}
	return err
}

// agreed says that a manager agreed to charge the same customer again.
func agreed(d Draft) bool { return d.SameCustomer != nil && d.SameCustomer.right == Override }

// waiting finds the oldest recent payment of a draft's amount that is on its
// way, not known, can still be paid or may be paid after all, and whose customer
// this may be. It is empty if there is none.
func (t *Till) waiting(ctx context.Context, d Draft) (providers.Attempt, error) {
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return providers.Attempt{}, err
	}
	// Of a day: what is recent is measured in running time, whatever was done to
	// the clock.
	begun, err := t.config.Journal.Recent(ctx, providers.HandedOver, t.config.Clock.Now().Add(-lateWatch), lookBackMost)
	if err != nil {
		return providers.Attempt{}, err
	}
	slices.Reverse(begun) // oldest first, as the others
	for _, a := range append(all, begun...) {
		if a.Sale == d.Sale && !agreed(d) {
			continue // nobody asks whose it is: see standsInTheWay
		}
		if t.recent(a) && t.mayBePaid(a) && a.Amount == d.Amount && !slices.Contains(d.OtherCustomers, a.ID) {
			return a, nil
		}
	}
	return providers.Attempt{}, nil
}

// mayBePaid says that what an attempt asks for may still be paid, or may have
// been unseen.
func (t *Till) mayBePaid(a providers.Attempt) bool {
	switch {
	case a.Kind == providers.Invite, a.Kind.Returns(), a.State == providers.Approved:
		return false
	case a.State == providers.Recorded: // as good as sent: Enter was pressed twice, or another process is about to
		return true
	case a.State == providers.Open && a.Kind == providers.Invoice && a.Link == "" && a.Came() == "" && !a.Confirming:
		return a.Contradicted // it was looked up after its answer was lost: nobody was ever shown where to pay
	case a.State == providers.HandedOver: // the customer is at it on their phone
		return t.recent(a) || a.Contradicted
	}
	return a.State.MoneyMayMove() || a.Contradicted
}

// remember notes when an attempt of this run began, and forgets what is too old
// to be asked about.
func (t *Till) remember(id string) {
	now := t.ran()
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.DeleteFunc(t.begun, func(_ string, at time.Duration) bool { return now-at >= guardTime })
	t.begun[id] = now
}

// recent says that an attempt began within the guard's time: of this run by
// its running time, whatever was done to the clock. For one of an earlier run
// the machine's clock must do; set back, it makes the guard ask.
func (t *Till) recent(a providers.Attempt) bool {
	t.mu.Lock()
	at, mine := t.begun[a.ID]
	t.mu.Unlock()
	if mine {
		return t.ran()-at < guardTime
	}
	return t.config.Clock.Now().Sub(a.CreatedAt) < guardTime
}
