package journal

import (
	"context"
	"database/sql"
	"fmt"

	"cashdesk/providers"
)

// rows rebuilds every attempt from its events and compares it with its row.
// Both are read in the order of the attempts' ids, side by side, so that a
// million of them need no memory.
func (v *verifier) rows(ctx context.Context) error {
	events, err := v.tx.QueryContext(ctx, selectLine+"WHERE e.attempt <> '' ORDER BY e.attempt, e.seq")
	if err != nil {
		return err
	}
	defer events.Close()
	held, err := v.tx.QueryContext(ctx, "SELECT "+picked+", coalesce(p.bare_code, ''), coalesce(w.text, '') FROM attempts a "+
		withPeople+"LEFT JOIN wording w ON w.row = a.row ORDER BY a.id")
	if err != nil {
		return err
	}
	defer held.Close()
	fold := folder{v: v, rows: events}
	want, more := fold.next()
	for held.Next() {
		var code, text string
		row, a, err := scanAttempt(held, &code, &text)
		if err != nil {
			v.add(0, "", "the row of an attempt cannot be read")
			continue
		}
		for more && want.attempt.ID < a.ID {
			v.add(0, want.attempt.ID, "its events are there, and it is missing in the list")
			want, more = fold.next()
		}
		if !more || want.attempt.ID != a.ID {
			v.add(0, a.ID, "it stands in the list, and no event tells of it")
			continue
		}
		v.compare(want, row, a, code, text)
		want, more = fold.next()
	}
	for ; more; want, more = fold.next() {
		v.add(0, want.attempt.ID, "its events are there, and it is missing in the list")
	}
	if err := events.Err(); err != nil {
		return err
	}
	return held.Err()
}

// compare holds an attempt's row, its people and its wording against its events.
func (v *verifier) compare(want folded, row int64, a providers.Attempt, code, text string) {
	v.r.Attempts++
	switch {
	case want.broken:
	case row != want.first || a != want.attempt || code != providers.BareCode(a.Personal.PreApproval):
		v.add(0, a.ID, "what stands in the list is not what its events say")
	case text != wording(a):
		v.add(0, a.ID, "what it is found by is not what its events say")
	}
}

// folded is an attempt rebuilt from its events.
type folded struct {
	first   int64 // sequence number of its first event
	attempt providers.Attempt
	broken  bool // an event did not fit; it was named already
}

// folder folds events that come in the order of their attempts.
type folder struct {
	v     *verifier
	rows  *sql.Rows
	ahead *providers.Event // read already, belongs to the next attempt
}

// next folds the events of the next attempt.
func (f *folder) next() (folded, bool) {
	e, ok := f.event()
	if !ok {
		return folded{}, false
	}
	out := folded{first: e.Seq}
	for id := e.Attempt; ok && e.Attempt == id; e, ok = f.event() {
		after, err := providers.Apply(out.attempt, e)
		if err != nil && !out.broken {
			f.v.add(e.Seq, id, fmt.Sprintf("event %d could not follow the ones before it", e.Seq))
			out.broken = true
		}
		if err == nil {
			out.attempt = after
		}
		out.attempt.ID = id
	}
	if ok {
		f.ahead = &e
	}
	return out, true
}

// event gives the next event that can be read.
func (f *folder) event() (providers.Event, bool) {
	if f.ahead != nil {
		e := *f.ahead
		f.ahead = nil
		return e, true
	}
	for f.rows.Next() {
		l, p, err := scanLine(f.rows)
		if err == nil {
			var e providers.Event
			if e, _, err = decode(l, p); err == nil {
				return e, true
			}
		}
		f.v.add(l.seq, l.attempt, fmt.Sprintf("event %d cannot be read", l.seq))
	}
	return providers.Event{}, false
}
