package journal

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"cashdesk/providers"
)

// ForgetOlder removes the personal data of every payment that is over, that
// nobody has to look at, and to which nothing has happened since before; each in
// a transaction of its own. by and why are written down with it. Before each
// one it asks ready, which may wait, and ends when that says no. n is how many
// there were, also beside an error. Wipe comes after it.
func (j *Journal) ForgetOlder(ctx context.Context, before time.Time, by, why string, ready func() bool) (n int, err error) {
	for after := int64(0); ; {
		ids, next, err := j.forgettable(ctx, before, after, forgetBatch)
		if err != nil {
			return n, err
		}
		for _, id := range ids {
			if !ready() {
				return n, ctx.Err()
			}
			_, err := j.Forget(ctx, id, by, why)
			if errors.Is(err, ErrStep) {
				continue // something has happened to it after all
			}
			if err != nil {
				return n, err
			}
			n++
		}
		if next == 0 {
			return n, nil
		}
		after = next
	}
}

// forgetBatch is how many are looked for at a time.
const forgetBatch = 50

// forgettable lists attempts whose personal data may be removed, in the
// journal's order. It looks at limit rows of the side table behind the place
// after (0 is the beginning); next is the place to go on from, 0 at the end.
func (j *Journal) forgettable(ctx context.Context, before time.Time, after int64, limit int) (ids []string, next int64, err error) {
	tx, err := j.begin(ctx)
	if err != nil {
		return nil, 0, err
	}
	defer rollback(tx)
	at := nanos(storable(before))
	// What is newer is not even looked at: it is most of an old shop's data.
	var newest sql.NullInt64
	err = tx.QueryRowContext(ctx, "SELECT max(row) FROM attempts INDEXED BY attempts_created WHERE created_at < ?", at).Scan(&newest)
	if err != nil || newest.Int64 <= after {
		return nil, 0, translate(err)
	}
	// CROSS JOIN keeps the order, so that it stops at the limit.
	rows, err := tx.QueryContext(ctx, `SELECT p.seq, a.id, a.state, a.contradicted, a.possible_double
		FROM personal p CROSS JOIN events e ON e.seq = p.seq CROSS JOIN attempts a ON a.id = e.attempt
		WHERE p.seq > ? AND p.seq <= ? AND a.updated_at < ? AND (a.state <> 'expired' OR iif(a.expires_at = 0, a.answered_at, a.expires_at) < ?)
		ORDER BY p.seq LIMIT ?`, after, newest.Int64, at, at, limit)
	if err != nil {
		return nil, 0, translate(err)
	}
	defer rows.Close()
	found := 0
	for rows.Next() {
		var a providers.Attempt
		if err := rows.Scan(&next, &a.ID, &a.State, &a.Contradicted, &a.PossibleDouble); err != nil {
			return nil, 0, translate(err)
		}
		found++
		if a.Forgettable() && !slices.Contains(ids, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	if found < limit {
		next = 0
	}
	return ids, next, translate(rows.Err())
}

// Forget removes the personal data of an attempt, with its salts, from the
// side table, the row and the search, and writes down that by did and why. An
// attempt that is not over is ErrStep. The bytes are gone from the file once
// Wipe has run.
func (j *Journal) Forget(ctx context.Context, id, by, why string) (providers.Attempt, error) {
	return j.Append(ctx, providers.Event{Type: providers.EventForgotten, Attempt: id, By: by, Note: why})
}

// forget removes an attempt's personal data in the transaction of its event.
// Its salts go with it: what the chain says of the data tells nothing then.
func forget(ctx context.Context, tx writer, row int64, id string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM personal WHERE seq IN (SELECT seq FROM events WHERE attempt = ? AND attempt <> '')", id)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM people WHERE row = ?", row)
	return err
}

// Wipe empties the write-ahead log into the file, so that nothing of what was
// removed is left in it, and throws away the copies whose time is over. It
// waits for nobody: done is false when somebody was reading or writing, and it
// has to be tried again.
func (j *Journal) Wipe(ctx context.Context) (done bool, err error) {
	forgetCopies(j.path, j.now())
	// A connection of its own: an append must not queue behind the wait for
	// those who read.
	db, err := sql.Open("sqlite", dsn(j.path))
	if err != nil {
		return false, translate(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "PRAGMA busy_timeout(0)"); err != nil {
		return false, translate(err)
	}
	var busy, frames, moved int
	// Most of it is done while others write.
	for _, how := range []string{"PASSIVE", "TRUNCATE"} {
		if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint("+how+")").Scan(&busy, &frames, &moved); err != nil {
			return false, translate(err)
		}
	}
	return busy == 0, nil
}
