package journal

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
)

const (
	// newest is how many rows a search looks through when its text is too
	// short for the index: some 20 ms of work however old the shop is.
	newest = 50_000
	// narrow is up to how many rows a span of time is read by its index and
	// then sorted; more are read in the journal's order, which needs no sorting.
	narrow = 5_000
)

// conditions collect a WHERE clause.
type conditions struct {
	sql  []string
	args []any
}

func (c *conditions) add(condition string, args ...any) {
	c.sql = append(c.sql, condition)
	c.args = append(c.args, args...)
}

func (c *conditions) where() string {
	if len(c.sql) == 0 {
		return ""
	}
	return "WHERE " + strings.Join(c.sql, " AND ") + " "
}

// oneOf adds "column is one of values"; no values are all values.
func oneOf[T ~string](c *conditions, column string, values []T) {
	if len(values) == 0 {
		return
	}
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = string(v)
	}
	c.add(column+" IN (?"+strings.Repeat(", ?", len(values)-1)+")", args...)
}

// source is how the rows of a query are found.
type source struct {
	from     string // begins with the table that gives the order
	order    string // its column with the row's number
	c        conditions
	before   int64
	searched int
}

// plan decides how to find the rows, so that each query is answered in the
// journal's order from an index and stops at its limit.
func plan(ctx context.Context, tx *sql.Tx, q Query) (source, error) {
	s := source{from: "attempts a ", order: "a.row"}
	all := words(q.Text)
	if m := match(all); m != "" {
		// CROSS JOIN keeps SQLite from turning the order round.
		s.from, s.order = "trigrams t CROSS JOIN attempts a ON a.row = t.rowid JOIN wording w ON w.row = a.row ", "t.rowid"
		s.c.add("trigrams MATCH ?", m)
	} else if len(all) > 0 {
		s.from, s.order = "wording w CROSS JOIN attempts a ON a.row = w.row ", "w.row"
		if err := s.bound(ctx, tx); err != nil {
			return s, err
		}
	}
	s.c.short(all)
	if q.Session != "" {
		s.c.add("a.session = ?", q.Session)
	}
	if q.Operator != "" {
		s.c.add(plus(q.Session != "")+"a.operator = ?", q.Operator)
	}
	oneOf(&s.c, "a.provider", q.Providers)
	return s, s.span(ctx, tx, q)
}

// bound limits the search to the newest rows.
func (s *source) bound(ctx context.Context, tx *sql.Tx) error {
	var beyond int64
	err := tx.QueryRowContext(ctx, "SELECT row FROM wording ORDER BY row DESC LIMIT 1 OFFSET ?", newest).Scan(&beyond)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	s.searched = newest
	s.c.add("w.row > ?", beyond)
	return err
}

// span adds the bounds of time.
func (s *source) span(ctx context.Context, tx *sql.Tx, q Query) error {
	if q.Since.IsZero() && q.Until.IsZero() {
		return nil
	}
	since, until := int64(0), nanos(storable(q.Until))
	if !q.Since.IsZero() {
		since = nanos(storable(q.Since))
	}
	if q.Until.IsZero() {
		until = 1<<63 - 1
	}
	var rows int
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT 1 FROM attempts WHERE created_at >= ? AND created_at < ? LIMIT ?)",
		since, until, narrow).Scan(&rows)
	if err != nil {
		return err
	}
	column := plus(rows == narrow || s.order != "a.row" || q.Session != "" || q.Operator != "") + "a.created_at"
	s.c.add(column+" >= ?", since)
	s.c.add(column+" < ?", until)
	return nil
}

// plus keeps SQLite from using a column's index where another one is better.
func plus(keep bool) string {
	if keep {
		return "+"
	}
	return ""
}

// pageSQL is the query of one page. Several states are asked for one by one
// and put together: a list of them would be sorted as a whole first.
func (s source) pageSQL(q Query, limit int) (string, []any) {
	if s.before > 0 {
		s.c.add(s.order+" < ?", s.before)
	}
	driven := s.order != "a.row" || q.Session != "" || q.Operator != ""
	if len(q.States) < 2 || driven {
		oneOf(&s.c, plus(driven)+"a.state", q.States)
		return s.branch(s.c, limit)
	}
	var branches []string
	var args []any
	for _, state := range q.States {
		c := conditions{sql: slices.Clone(s.c.sql), args: slices.Clone(s.c.args)}
		c.add("a.state = ?", string(state))
		text, more := s.branch(c, limit)
		branches = append(branches, "SELECT * FROM ("+text+")")
		args = append(args, more...)
	}
	return strings.Join(branches, " UNION ALL ") + " ORDER BY 1 DESC LIMIT " + strconv.Itoa(limit), args
}

func (s source) branch(c conditions, limit int) (string, []any) {
	return "SELECT " + picked + " FROM " + s.from + withPeople + c.where() +
		"ORDER BY " + s.order + " DESC LIMIT " + strconv.Itoa(limit), c.args
}
