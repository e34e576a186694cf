package journal

import (
	"context"
	"slices"
	"strconv"
	"strings"

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

// Totals adds up the attempts that q chooses, by state and currency, in the
// order of providers.States; first the sales, then refunds, then what was undone
// of them. Before and Limit do not matter to it. It may take
// long in an old shop: end ctx to stop it.
func (j *Journal) Totals(ctx context.Context, q Query) ([]Total, error) {
	tx, err := j.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer rollback(tx)
	s, err := plan(ctx, tx, q)
	if err != nil {
		return nil, translate(err)
	}
	oneOf(&s.c, plus(s.order != "a.row")+"a.state", q.States)
	// No money is in an invitation, also when its answer was lost: it must not
	// add to the money that is not known.
	rows, err := tx.QueryContext(ctx, "SELECT iif(a.kind = 'invite' AND a.state = 'unknown', 'invited', a.state) AS shown,"+
		" iif(a.kind IN ('refund', 'undo_refund'), a.kind, '') AS back, a.currency, a.decimals, count(*), sum(a.amount_minor) FROM "+s.from+
		s.c.where()+"GROUP BY shown, back, a.currency, a.decimals", s.c.args...)
	if err != nil {
		return nil, translate(err)
	}
	defer rows.Close()
	var totals []Total
	for rows.Next() {
		var t Total
		if err := rows.Scan(&t.State, &t.Kind, &t.Currency.Code, &t.Currency.Decimals, &t.Count, &t.Minor); err != nil {
			return nil, translate(err)
		}
		totals = append(totals, t)
	}
	slices.SortFunc(totals, func(a, b Total) int {
		if d := strings.Compare(string(a.Kind), string(b.Kind)); d != 0 {
			return d
		}
		if d := slices.Index(providers.States, a.State) - slices.Index(providers.States, b.State); d != 0 {
			return d
		}
		return strings.Compare(a.Currency.Code, b.Currency.Code)
	})
	return totals, translate(rows.Err())
}
