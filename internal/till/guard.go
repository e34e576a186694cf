package till

import (
	"context"
	"fmt"

	"cashdesk/providers"
)

// InUseError says that a pre-approval code belongs to an earlier attempt: one
// that is not known yet, or one that it paid.
type InUseError struct{ Attempt providers.Attempt }

// Error tells which.
func (e *InUseError) Error() string {
	if e.Attempt.State == providers.Approved {
		return fmt.Sprintf("this code has already paid %s (purchase %s)", e.Attempt.Amount, e.Attempt.ProviderRef)
	}
	return fmt.Sprintf("the payment of %s with this code is not known yet", e.Attempt.Amount)
}

// SameAmountError asks whether this is the customer whose payment of the same
// amount is not known yet, or whose invoice can still be paid.
type SameAmountError struct{ Attempt providers.Attempt }

// Error asks.
func (e *SameAmountError) Error() string {
	return fmt.Sprintf("is this the customer whose payment of %s is %s?", e.Attempt.Amount, e.Attempt.State.Word())
}

// guard keeps a customer from being charged twice.
func (t *Till) guard(ctx context.Context, d Draft) error {
	if d.Kind == providers.Invite {
		return nil
	}
	if d.Code != "" {
		used, err := t.Journal.ByCode(ctx, d.Code)
		if err != nil {
			return err
		}
		for _, a := range used {
			if a.State == providers.Approved || a.State == providers.Sent || a.State == providers.Unknown || a.State == providers.Recorded {
				return &InUseError{Attempt: a}
			}
		}
	}
	if d.OtherCustomer || d.SameCustomer != nil && d.SameCustomer.right == Override {
		return nil
	}
	waiting, err := t.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	now := t.Clock.Now()
	for _, a := range waiting {
		recent := now.Sub(a.CreatedAt).Abs() < guardTime
		if recent && a.Amount == d.Amount && a.State.MoneyMayMove() && a.Kind != providers.Invite {
			return &SameAmountError{Attempt: a}
		}
	}
	return nil
}
