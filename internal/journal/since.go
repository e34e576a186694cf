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

// RecordAfter is Record for who has looked at everything up to the newest event,
// see Head, and found nothing against this attempt. If any process has recorded
// another since, it is ErrMoved: two that charge one customer at the same moment
// would each have looked before the other wrote. So it is if a process has begun
// since to ask for another signing key: this attempt is signed with the old one.
// Money that goes back is held against its like by Record itself.
func (j *Journal) RecordAfter(ctx context.Context, head int64, a providers.Attempt, body Body) (providers.Attempt, error) {
	return j.recordIf(ctx, a, body, func(ctx context.Context, tx writer) error {
		if !a.Kind.Returns() {
			if err := noneAfter(ctx, tx, head); err != nil {
				return err
			}
		}
		var registered bool
		err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM events WHERE seq > ? AND type = ?)", head, string(providers.EventRegistering)).Scan(&registered)
		if err == nil && registered {
			err = fault(providers.Conflict, ErrMoved, "this device was registered at the same moment", "try again", nil)
		}
		return err
	})
}

// AppendAfter is Append for who has looked at all attempts up to the newest event,
// see Head. If any process has recorded one since, it is ErrMoved.
func (j *Journal) AppendAfter(ctx context.Context, head int64, e providers.Event) (providers.Attempt, error) {
	return j.appendIf(ctx, e, func(ctx context.Context, tx writer) error { return noneAfter(ctx, tx, head) })
}

// noneAfter refuses where an attempt was recorded after an event. The row of an
// attempt has the number of the event that recorded it.
func noneAfter(ctx context.Context, tx writer, head int64) error {
	var newest int64
	err := tx.QueryRowContext(ctx, "SELECT coalesce(max(row), 0) FROM attempts").Scan(&newest)
	if err == nil && newest > head {
		err = fault(providers.Conflict, ErrMoved, "another payment was begun at the same moment", "try again", nil)
	}
	return err
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
