package journal

import (
	"context"
	"errors"
	"strconv"

	"cashdesk/providers"
)

// ErrMoved: another attempt was recorded, or something happened to this one, since
// the caller looked; nothing was written. Look again, then try again.
var ErrMoved = errors.New("written to since")

// Newest is the number of the newest attempt that is recorded, 0 if there is none.
func (j *Journal) Newest(ctx context.Context) (int64, error) {
	return newestRow(ctx, j.found)
}

func newestRow(ctx context.Context, q rowQuerier) (row int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM attempts").Scan(&row)
	return row, translate(err)
}

// RecordAfter is Record for who has looked at all attempts up to the newest one
// and found nothing against this one. If any process has recorded another since,
// it is ErrMoved: two that charge one customer at the same moment would each
// have looked before the other wrote.
func (j *Journal) RecordAfter(ctx context.Context, newestSeen int64, a providers.Attempt, body Body) (providers.Attempt, error) {
	return j.recordIf(ctx, a, body, func(ctx context.Context, tx writer) error {
		now, err := newestRow(ctx, tx)
		if err == nil && now != newestSeen {
			err = fault(providers.Conflict, ErrMoved, "another payment was begun at the same moment", "try again", nil)
		}
		return err
	})
}

// Head is the number of the newest event, 0 if there is none.
func (j *Journal) Head(ctx context.Context) (seq int64, err error) {
	err = j.found.QueryRowContext(ctx, "SELECT coalesce(max(seq), 0) FROM events").Scan(&seq)
	return seq, translate(err)
}

// mostSince is how many attempts Since gives at most.
const mostSince = 1000

// Since gives the attempts to which something happened after an event, in the
// order of it, the newest 1,000 of them: those whose personal data was removed
// and nothing else are left out.
func (j *Journal) Since(ctx context.Context, seq int64) ([]providers.Attempt, error) {
	return j.some(ctx, `WHERE a.row IN (
		SELECT row FROM attempts WHERE id IN (SELECT attempt FROM events WHERE seq > ? AND attempt <> '' AND type <> 'forgotten')
		ORDER BY seq DESC LIMIT `+strconv.Itoa(mostSince)+`
	) ORDER BY a.seq`, seq)
}
