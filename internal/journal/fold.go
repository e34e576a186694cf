package journal

import (
	"context"
	"database/sql"
	"errors"

	"cashdesk/providers"
)

// apply folds the event into its attempt's row and writes the row.
func (j *Journal) apply(ctx context.Context, tx writer, e providers.Event) (providers.Attempt, error) {
	if e.Attempt == "" {
		if !ofCounter[e.Type] {
			return providers.Attempt{}, fault(providers.Internal, ErrStep, "this event belongs to an attempt", "", nil)
		}
		return providers.Attempt{}, nil
	}
	if e.Type == providers.EventRecorded {
		return insert(ctx, tx, e)
	}
	if err := sameBytes(ctx, tx, e); err != nil {
		return providers.Attempt{}, err
	}
	row, before, err := scanAttempt(tx.QueryRowContext(ctx, selectAttempt+"WHERE a.id = ?", e.Attempt))
	if errors.Is(err, sql.ErrNoRows) {
		return providers.Attempt{}, notFound("such attempt")
	}
	if err != nil {
		return providers.Attempt{}, err
	}
	if err := fits(ctx, tx, before, e); err != nil {
		return providers.Attempt{}, err
	}
	after, err := providers.Apply(before, e)
	if err != nil {
		return providers.Attempt{}, fault(providers.Conflict, ErrStep,
			"the payment has moved on: this does not fit how it stands now", "look at it again in the history", err)
	}
	if _, err := tx.ExecContext(ctx, updateAttempt, append(fields(after), row)...); err != nil {
		return providers.Attempt{}, err
	}
	if e.Type == providers.EventForgotten {
		if err := forget(ctx, tx, row, e.Attempt); err != nil {
			return providers.Attempt{}, err
		}
	} else if after.Personal != before.Personal {
		if err := writePeople(ctx, tx, row, after.Personal); err != nil {
			return providers.Attempt{}, err
		}
	}
	return after, reword(ctx, tx, row, after)
}

// fits refuses an event that does not fit how other attempts stand.
func fits(ctx context.Context, tx writer, before providers.Attempt, e providers.Event) error {
	switch {
	case e.Type == providers.EventReceipt:
		return receiptFree(ctx, tx, before, e)
	case e.Type == providers.EventForgotten:
		return nobodyWaits(ctx, tx, e.Attempt)
	case e.Type == providers.EventResent && before.Kind == providers.Refund:
		return notUndone(ctx, tx, before)
	}
	return nil
}

// sameBytes refuses a send of other bytes than those that were recorded.
func sameBytes(ctx context.Context, tx writer, e providers.Event) error {
	if e.BodyHash == "" {
		return nil
	}
	l, p, err := first(ctx, tx, e.Attempt)
	if err != nil {
		return err
	}
	recorded, _, err := decode(l, p)
	if err != nil {
		return damaged(err)
	}
	if recorded.BodyHash != e.BodyHash {
		return fault(providers.Internal, ErrStep, "these are not the bytes that were recorded: nothing may be sent",
			"begin the payment again", nil)
	}
	return nil
}

// insert makes the row of a new attempt.
func insert(ctx context.Context, tx writer, e providers.Event) (providers.Attempt, error) {
	a := e.Recorded
	var used int
	// A receipt number names its sale to the provider as a reference does.
	err := tx.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM attempts WHERE id = ?1 OR reference = ?2)"+
		" + (SELECT count(*) FROM attempts WHERE receipt = ?2 AND receipt <> '')", a.ID, a.Reference).Scan(&used)
	if err != nil {
		return providers.Attempt{}, err
	}
	if used > 0 {
		return providers.Attempt{}, &providers.Error{
			Kind: providers.Conflict, Field: "reference", Err: ErrExists,
			Text: "a payment with this reference is recorded already", Hint: "look it up in the history",
		}
	}
	if a.Kind.Returns() {
		if err := mayReturn(ctx, tx, *a, e.BodyHash == ""); err != nil {
			return providers.Attempt{}, err
		}
	}
	after, err := providers.Apply(providers.Attempt{}, e)
	if err != nil {
		return providers.Attempt{}, fault(providers.Internal, ErrStep, "the attempt cannot be recorded", "", err)
	}
	if _, err := tx.ExecContext(ctx, insertAttempt, append([]any{e.Seq}, fields(after)...)...); err != nil {
		return providers.Attempt{}, err
	}
	if err := writePeople(ctx, tx, e.Seq, after.Personal); err != nil {
		return providers.Attempt{}, err
	}
	return after, reword(ctx, tx, e.Seq, after)
}

func writePeople(ctx context.Context, tx writer, row int64, p providers.Personal) error {
	if p == (providers.Personal{}) {
		return nil
	}
	_, err := tx.ExecContext(ctx,
		"INSERT OR REPLACE INTO people (row, pre_approval, bare_code, mobile, email, message) VALUES (?, ?, ?, ?, ?, ?)",
		row, p.PreApproval, providers.BareCode(p.PreApproval), p.Mobile, p.Email, p.Message)
	return err
}
