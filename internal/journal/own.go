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
	if e.Type != providers.EventAnswered && e.Type != providers.EventWatched {
		return j.Append(ctx, e)
	}
	var before providers.Attempt
	a, err := j.appendIf(ctx, e, func(ctx context.Context, tx writer) (err error) {
		_, before, err = scanAttempt(tx.QueryRowContext(ctx, selectAttempt+"WHERE a.id = ?", e.Attempt))
		if errors.Is(err, sql.ErrNoRows) {
			return notFound("such attempt")
		}
		if err == nil && e.ProviderRef != "" && e.ProviderRef != before.ProviderRef && !before.Kind.Returns() {
			err = unheld(ctx, tx, before, e.ProviderRef)
		}
		if err == nil && told(before, e) {
			err = errTold
		}
		return err
	})
	if errors.Is(err, errTold) {
		return before, nil
	}
	return a, err
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
