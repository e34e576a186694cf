package journal

import (
	"context"
	"database/sql"
	"errors"

	"cashdesk/providers"
)

// ErrHeld: another attempt holds what the provider calls this payment; nothing
// was written.
var ErrHeld = errors.New("provider's reference held by another attempt")

// errTold stops an event that tells nothing new.
var errTold = errors.New("nothing new")

// AppendOwn is Append for what a provider says, from whichever process. In the
// transaction it holds the provider's reference against all other attempts:
// ErrHeld if one of them has it, since an old approval, replayed, verifies for
// ever. A look that tells nothing new is not written: the attempt comes back as
// it is.
func (j *Journal) AppendOwn(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	return j.AppendSeen(ctx, e, 0)
}

// AppendSeen is AppendOwn for who has decided by how the attempt stood at an
// event: if there is a newer one, it is ErrMoved. 0 takes it however it stands.
func (j *Journal) AppendSeen(ctx context.Context, e providers.Event, seen int64) (providers.Attempt, error) {
	var before providers.Attempt
	a, err := j.appendIf(ctx, e, func(ctx context.Context, tx writer) (err error) {
		_, before, err = scanAttempt(tx.QueryRowContext(ctx, selectAttempt+"WHERE a.id = ?", e.Attempt))
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("such attempt")
		}
		if err != nil {
			return err
		}
		return news(ctx, tx, before, e, seen)
	})
	if errors.Is(err, errTold) {
		return before, nil
	}
	return a, err
}

// news says why an event is not written for an attempt that stands so, or nil.
func news(ctx context.Context, tx writer, before providers.Attempt, e providers.Event, seen int64) error {
	if seen != 0 && seen != before.Seq {
		return fault(providers.Conflict, ErrMoved, "the payment has moved on", "look at it again in the history", nil)
	}
	if e.Type != providers.EventAnswered && e.Type != providers.EventWatched {
		return nil
	}
	if e.ProviderRef != "" && e.ProviderRef != before.ProviderRef && !before.Kind.Returns() {
		if err := unheld(ctx, tx, before, e.ProviderRef); err != nil {
			return err
		}
	}
	if told(before, e) {
		return errTold
	}
	return nil
}

// unheld refuses a provider's reference that another attempt has. A refund goes
// by the reference of its sale.
func unheld(ctx context.Context, tx writer, a providers.Attempt, ref string) error {
	var holders int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM attempts WHERE provider_ref = ? AND provider_ref <> '' AND provider = ? AND id <> ? AND kind NOT IN (?, ?)",
		ref, string(a.Provider), a.ID, string(providers.Refund), string(providers.UndoRefund)).Scan(&holders)
	if err == nil && holders > 0 {
		err = fault(providers.Conflict, ErrHeld, "another payment has this reference of the provider's", "look it up in the history", nil)
	}
	return err
}

// told says that a look at an attempt tells nothing that its row does not have.
func told(before providers.Attempt, e providers.Event) bool {
	if e.Type != providers.EventWatched {
		return false
	}
	e.ExpiresAt = storable(e.ExpiresAt)
	after, err := providers.Apply(before, e)
	if err != nil {
		return false
	}
	after.Seq, after.UpdatedAt = before.Seq, before.UpdatedAt
	return after == before
}
