package journal

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"cashdesk/providers"
)

// Totals adds up the attempts that q chooses, by state and currency, in the
// order of providers.States; first the sales, then refunds, then what was undone
// of them. A sale counts with what its provider takes: of one that is financed in
// part that part, of an overpaid invoice all that came. Before and Limit do not
// matter to it. It may take long in an old shop: end ctx to stop it.
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
	totals, err := sums(ctx, tx, s)
	if err != nil {
		return nil, translate(err)
	}
	if err := addCame(ctx, tx, s, totals); err != nil {
		return nil, translate(err)
	}
	slices.SortFunc(totals, compareTotals)
	return totals, nil
}

// sums are the totals by what was asked for. No money is in an invitation, also
// when its answer was lost: it must not add to the money that is not known. What
// went back of a sale that is not approved was never counted as taken.
func sums(ctx context.Context, tx *sql.Tx, s source) ([]Total, error) {
	rows, err := tx.QueryContext(ctx, "SELECT iif(a.kind = 'invite' AND a.state = 'unknown', 'invited', a.state) AS shown,"+
		" iif(a.kind IN ('refund', 'undo_refund'), a.kind, '') AS back,"+
		" a.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM attempts o WHERE o.id = a.of AND o.state = 'approved') AS apart,"+
		" a.currency, a.decimals, count(*), sum(iif(a.finance_minor > 0, a.finance_minor, a.amount_minor)) FROM "+s.from+
		s.c.where()+"GROUP BY shown, back, apart, a.currency, a.decimals", s.c.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var totals []Total
	for rows.Next() {
		var t Total
		if err := rows.Scan(&t.State, &t.Kind, &t.Apart, &t.Currency.Code, &t.Currency.Decimals, &t.Count, &t.Minor); err != nil {
			return nil, err
		}
		totals = append(totals, t)
	}
	return totals, rows.Err()
}

// addCame corrects the approved sales by what came for invoices: decimal text,
// which is not for SQL to count with.
func addCame(ctx context.Context, tx *sql.Tx, s source, totals []Total) error {
	s.c = conditions{sql: slices.Clone(s.c.sql), args: s.c.args}
	s.c.add("+a.state = 'approved'")
	s.c.add("a.received <> ''")
	rows, err := tx.QueryContext(ctx, "SELECT a.currency, a.decimals, a.amount_minor, a.settled, a.received, count(*) FROM "+s.from+
		s.c.where()+"GROUP BY a.currency, a.decimals, a.amount_minor, a.settled, a.received", s.c.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		a := providers.Attempt{State: providers.Approved}
		var count int64
		if err := rows.Scan(&a.Amount.Currency.Code, &a.Amount.Currency.Decimals, &a.Amount.Minor, &a.Settled, &a.Received, &count); err != nil {
			return err
		}
		for i, t := range totals {
			if t.Takings() && t.Currency == a.Amount.Currency {
				totals[i].Minor += count * (a.Taken().Minor - a.Amount.Minor)
			}
		}
	}
	return rows.Err()
}

func compareTotals(a, b Total) int {
	if d := strings.Compare(string(a.Kind), string(b.Kind)); d != 0 {
		return d
	}
	if d := slices.Index(providers.States, a.State) - slices.Index(providers.States, b.State); d != 0 {
		return d
	}
	if a.Apart != b.Apart {
		if a.Apart {
			return 1
		}
		return -1
	}
	return strings.Compare(a.Currency.Code, b.Currency.Code)
}
