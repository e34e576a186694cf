package journal

import (
	"context"
	"strconv"

	"cashdesk/providers"
)

const (
	defaultLimit = 50
	maxLimit     = 1000
)

// Page gives the attempts that q chooses, newest first. Pages are found by the
// last row of the page before: what is recorded meanwhile neither repeats a row
// nor leaves one out.
func (j *Journal) Page(ctx context.Context, q Query) (Page, error) {
	tx, err := j.begin(ctx)
	if err != nil {
		return Page{}, err
	}
	defer rollback(tx)
	s, err := plan(ctx, tx, q)
	if err != nil {
		return Page{}, translate(err)
	}
	if q.Before != "" {
		before, err := strconv.ParseInt(q.Before, 36, 64)
		if err != nil || before <= 0 {
			return Page{}, providers.Invalid("page", "this page of the history does not exist", "begin at the newest")
		}
		s.before = before
	}
	limit := q.Limit
	if limit <= 0 {
		limit = defaultLimit
	}
	limit = min(limit, maxLimit)
	text, args := s.pageSQL(q, limit+1)
	attempts, rows, err := collect(ctx, tx, text, args...)
	if err != nil {
		return Page{}, err
	}
	page := Page{Attempts: attempts, Searched: s.searched}
	if len(attempts) > limit {
		page.Attempts = attempts[:limit]
		page.Next = strconv.FormatInt(rows[limit-1], 36)
	}
	page.Undone, err = undone(ctx, tx, page.Attempts)
	return page, err
}
