package journal

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"cashdesk/providers"
)

// oddDay writes a small journal with events of every kind, closes it, and tells
// where its anchor is: three events before the end.
func oddDay(t *testing.T) (path string, o Options, anchored int64) {
	t.Helper()
	path, o = filepath.Join(t.TempDir(), "journal.db"), options()
	o.Anchor = filepath.Join(t.TempDir(), "anchor")
	j := open(t, path, o)
	c := newClock()
	say := func(kind providers.EventType) { add(t, j, providers.Event{Type: kind, By: "anna", Note: "front"}) }
	step := func(n int, kind providers.EventType, to providers.State) {
		add(t, j, providers.Event{
			Type: kind, Attempt: sale(n).ID, To: to, By: "mia", Note: "seen", ExpiresAt: c.at,
			Received: "1.00", Message: fmt.Sprintf("for Kim-%05d", n),
		})
	}
	say(providers.EventSignIn)
	serve(t, j, 1)
	begin(t, j, 2)
	step(2, providers.EventInterrupted, providers.Unknown)
	step(2, providers.EventResent, providers.Unknown)
	step(2, providers.EventClosed, providers.Unknown)
	step(2, providers.EventSettled, providers.Declined)
	step(2, providers.EventContradicted, providers.Declined)
	step(2, providers.EventReviewed, providers.Declined)
	say(providers.EventPINTry)
	begin(t, j, 3)
	step(3, providers.EventAnswered, providers.Open)
	step(3, providers.EventWatched, providers.PartlyPaid)
	step(3, providers.EventAside, providers.PartlyPaid)
	a, body := customer(4)
	if _, err := j.Record(t.Context(), a, body); err != nil {
		t.Fatal(err)
	}
	step(4, providers.EventCancelled, providers.Cancelled)
	if _, err := j.Forget(t.Context(), sale(1).ID, "", "its time was over"); err != nil {
		t.Fatal(err)
	}
	say(providers.EventSignOut)
	anchored = counted(t, j)
	say(providers.EventSignIn)
	begin(t, j, 5)
	witness, err := os.ReadFile(o.Anchor)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil { // writes the anchor anew
		t.Fatal(err)
	}
	write(t, o.Anchor, witness)
	return path, o, anchored
}

// table is one table of the closed journal: its columns, the first of which
// numbers the rows, and all that they hold.
type table struct {
	name    string
	columns []string
	rows    [][]any
}

func (t table) numbers() (all []int64) {
	for _, r := range t.rows {
		all = append(all, r[0].(int64))
	}
	return all
}

// some is the number of one of the rows.
func (t table) some(r *rand.Rand) int64 { return t.rows[r.IntN(len(t.rows))][0].(int64) }

// pair is the numbers of two rows, the smaller one first.
func (t table) pair(r *rand.Rand) (a, b int64) {
	i := r.IntN(len(t.rows) - 1)
	k := i + 1 + r.IntN(len(t.rows)-i-1)
	return t.rows[i][0].(int64), t.rows[k][0].(int64)
}

// bench is a copy of the journal whose triggers are gone, to tamper with: each
// try is taken back. Its statements stay compiled.
type bench struct {
	conn   *sql.Conn
	texts  map[string]*sql.Stmt
	j      *Journal
	tables map[string]table
}

func newBench(t *testing.T, path string, o Options) *bench {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(t.TempDir(), "journal.db")
	write(t, own, whole)
	db := raw(t, own)
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	b := &bench{conn: conn, texts: map[string]*sql.Stmt{}, j: &Journal{opt: o}, tables: map[string]table{}}
	setUp := "PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF;" +
		"DROP TRIGGER events_no_update; DROP TRIGGER events_no_delete; DROP TRIGGER personal_no_update; DROP TRIGGER attempts_no_delete"
	if _, err := conn.ExecContext(t.Context(), setUp); err != nil {
		t.Fatal(err)
	}
	if err := conn.QueryRowContext(t.Context(), "SELECT CAST(value AS TEXT) FROM facts WHERE name = 'id'").Scan(&b.j.id); err != nil {
		t.Fatal(err)
	}
	for _, names := range allTables {
		b.tables[names[0]] = b.load(t, names)
	}
	return b
}

func (b *bench) load(t *testing.T, names []string) table {
	t.Helper()
	out := table{name: names[0], columns: names[1:]}
	rows, err := b.QueryContext(t.Context(), "SELECT * FROM "+out.name+" ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		values, into := make([]any, len(out.columns)), make([]any, len(out.columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		out.rows = append(out.rows, values)
	}
	return out
}

func (b *bench) statement(ctx context.Context, text string) *sql.Stmt {
	s := b.texts[text]
	if s == nil {
		var err error
		if s, err = b.conn.PrepareContext(ctx, text); err != nil {
			panic(fmt.Sprintf("%s: %v", text, err)) // a mistake of the test
		}
		b.texts[text] = s
	}
	return s
}

// QueryContext is that of the connection.
func (b *bench) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return b.statement(ctx, text).QueryContext(ctx, args...)
}

// QueryRowContext is that of the connection.
func (b *bench) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	return b.statement(ctx, text).QueryRowContext(ctx, args...)
}

func (b *bench) exec(ctx context.Context, text string, args ...any) error {
	_, err := b.statement(ctx, text).ExecContext(ctx, args...)
	return err
}

// verify is Journal.Verify without SQLite's own look at its pages and the
// comparison of the triggers, which are gone here.
func (b *bench) verify(ctx context.Context) (Report, error) {
	v := verifier{j: b.j, tx: b}
	err := v.run(ctx, v.contents())
	return v.r, err
}
