package journal

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cashdesk/providers"
)

// busyDay writes a small journal and closes it: four sales of three events
// each, and a sign-in.
func busyDay(t testing.TB) (path string, o Options) {
	t.Helper()
	path, o = filepath.Join(t.TempDir(), "journal.db"), options()
	j := open(t, path, o)
	for n := 1; n <= 4; n++ {
		approve(t, j, record(t, j, sale(n)).ID, fmt.Sprintf("PN-%d", n))
	}
	add(t, j, providers.Event{Type: providers.EventSignIn, By: "anna"})
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	return path, o
}

// tamper changes the closed file as somebody with a database tool would, who
// also puts the triggers back.
func tamper(t testing.TB, path string, statements ...string) {
	t.Helper()
	db := raw(t, path)
	rows, err := db.Query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
	if err != nil {
		t.Fatal(err)
	}
	var drop, restore []string
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			t.Fatal(err)
		}
		drop, restore = append(drop, "DROP TRIGGER "+name), append(restore, text)
	}
	rows.Close()
	for _, s := range append(append(drop, statements...), restore...) {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyNamesTheFirstBadEvent(t *testing.T) {
	for name, c := range map[string]struct {
		first  int64
		change []string
	}{
		"a changed payload":    {5, []string{`UPDATE events SET payload = replace(payload, 'sent', 'Sent') WHERE seq = 5`}},
		"a changed time":       {7, []string{`UPDATE events SET at = at + 1 WHERE seq = 7`}},
		"a changed type":       {6, []string{`UPDATE events SET type = 'settled' WHERE seq = 6`}},
		"a changed attempt":    {2, []string{`UPDATE events SET attempt = attempt || ' ' WHERE seq = 2`}},
		"a changed digest":     {3, []string{`UPDATE events SET digest = randomblob(32) WHERE seq = 3`}},
		"a changed MAC":        {9, []string{`UPDATE events SET mac = randomblob(32) WHERE seq = 9`}},
		"the first deleted":    {1, []string{`DELETE FROM events WHERE seq = 1`}},
		"one deleted":          {4, []string{`DELETE FROM events WHERE seq = 4`}},
		"one deleted, renamed": {4, []string{`DELETE FROM events WHERE seq = 4`, `UPDATE events SET seq = -(seq - 1) WHERE seq > 4`, `UPDATE events SET seq = -seq WHERE seq < 0`}},
		"two swapped":          {5, []string{`UPDATE events SET seq = -5 WHERE seq = 5`, `UPDATE events SET seq = 5 WHERE seq = 8`, `UPDATE events SET seq = 8 WHERE seq = -5`}},
		"one added at the end": {14, []string{`INSERT INTO events SELECT 14, at, type, attempt, payload, digest, mac FROM events WHERE seq = 13`}},
		"personal data changed": {6, []string{
			`UPDATE personal SET data = CAST(replace(data, 'Kim', 'Tim') AS BLOB) WHERE seq = 6`}},
		"kept bytes changed": {4, []string{`UPDATE personal SET kept = CAST(replace(kept, '203001', '203002') AS BLOB) WHERE seq = 4`}},
		"personal data gone": {7, []string{`DELETE FROM personal WHERE seq = 7`}},
		"personal data invented": {8, []string{
			`INSERT INTO personal SELECT 8, salt, data, kept, record FROM personal WHERE seq = 7`}},
		"a tail of a changed chain": {2, []string{
			`UPDATE events SET payload = payload || ' ' WHERE seq IN (2, 9)`}},
	} {
		t.Run(name, func(t *testing.T) {
			path, o := busyDay(t)
			tamper(t, path, c.change...)
			r := mustVerify(t, open(t, path, o))
			if r.First != c.first || len(r.Faults) == 0 || r.Faults[0].Seq != c.first {
				t.Errorf("the first bad event is %d, named %d: %+v", c.first, r.First, r.Faults)
			}
		})
	}
}

func TestVerifyFindsWhatWasDoneToTheRows(t *testing.T) {
	id := sale(2).ID
	for name, change := range map[string]string{
		"all moved":    `UPDATE attempts SET row = 100 WHERE row = 4; UPDATE people SET row = 100 WHERE row = 4; UPDATE wording SET row = 100 WHERE row = 4`,
		"state":        `UPDATE attempts SET state = 'declined' WHERE id = '` + id + `'`,
		"amount":       `UPDATE attempts SET amount_minor = 1 WHERE id = '` + id + `'`,
		"time":         `UPDATE attempts SET created_at = created_at + 1 WHERE id = '` + id + `'`,
		"flag":         `UPDATE attempts SET contradicted = 1 WHERE id = '` + id + `'`,
		"not a flag":   `UPDATE attempts SET contradicted = 7 WHERE id = '` + id + `'`,
		"row number":   `UPDATE attempts SET row = 100 WHERE id = '` + id + `'`,
		"id":           `UPDATE attempts SET id = 'Z' WHERE id = '` + id + `'`,
		"gone":         `DELETE FROM attempts WHERE id = '` + id + `'`,
		"mobile":       `UPDATE people SET mobile = '0' WHERE row = 4`,
		"bare code":    `UPDATE people SET bare_code = '0' WHERE row = 4`,
		"people gone":  `DELETE FROM people WHERE row = 4`,
		"stray people": `INSERT INTO people VALUES (99, '', '', '', '', '')`,
		"wording":      `UPDATE wording SET text = 'x' WHERE row = 4`,
		"invented":     `INSERT INTO attempts SELECT 99, 'Z', sale, 'Z' ` + rest() + ` FROM attempts WHERE id = '` + id + `'`,
		"a trigger":    `CREATE TRIGGER extra AFTER INSERT ON events BEGIN SELECT 1; END`,
	} {
		t.Run(name, func(t *testing.T) {
			path, o := busyDay(t)
			tamper(t, path, change)
			if r := mustVerify(t, open(t, path, o)); r.OK() || r.First != 0 {
				t.Errorf("first bad event %d, faults %+v; want a fault of a row", r.First, r.Faults)
			}
		})
	}
}

// rest is the columns of attempts after the reference.
func rest() string { return ", " + strings.Join(columns[3:], ", ") }

func TestTheFileItselfRefusesToChangeEvents(t *testing.T) {
	path, _ := busyDay(t)
	db := raw(t, path)
	for _, s := range []string{
		"UPDATE events SET at = 1", "DELETE FROM events", "DELETE FROM events WHERE seq = 1",
		"UPDATE personal SET data = x''", "DELETE FROM attempts",
	} {
		if _, err := db.Exec(s); err == nil {
			t.Errorf("%s was taken", s)
		}
	}
}

var (
	eventTable = []string{"events", "seq", "at", "type", "attempt", "payload", "digest", "mac"}
	allTables  = [][]string{
		eventTable,
		{"personal", "seq", "salt", "data", "kept", "record"},
		append([]string{"attempts", "row"}, columns...),
		{"people", "row", "pre_approval", "bare_code", "mobile", "email", "message"},
		{"wording", "row", "text"},
	}
)

// contents is everything that the tables hold, as text with types.
func contents(path string, tables ...[]string) (string, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var b strings.Builder
	for _, table := range tables {
		var all []string
		for _, c := range table[1:] {
			all = append(all, "typeof("+c+") || quote("+c+")")
		}
		var text sql.NullString
		query := "SELECT group_concat(" + strings.Join(all, "||','||") + ", char(10)) FROM " + table[0]
		if err := db.QueryRow(query).Scan(&text); err != nil {
			return "", err
		}
		b.WriteString(text.String)
	}
	return b.String(), nil
}

func TestAnEventOfAnotherHistoryOfTheSameJournalIsFound(t *testing.T) {
	path, o := filepath.Join(t.TempDir(), "journal.db"), options()
	j := open(t, path, o)
	add(t, j, providers.Event{Type: providers.EventSignIn, By: "anna"})
	fork := copyFiles(t, path)
	for _, by := range []string{"anna", "bob", "carl", "dora"} {
		add(t, j, providers.Event{Type: providers.EventPINTry, By: by})
	}
	j.Close()
	other := open(t, fork, o)
	for range 4 {
		add(t, other, providers.Event{Type: providers.EventPINRight, By: "eve"})
	}
	other.Close()
	tamper(t, path, `ATTACH '`+fork+`' AS fork`, `DELETE FROM events WHERE seq = 4`,
		`INSERT INTO main.events SELECT * FROM fork.events WHERE seq = 4`)
	// It was made with the right key, for this very place: only what came
	// before it was different.
	if r := mustVerify(t, open(t, path, o)); r.First != 4 {
		t.Errorf("verify: %+v", r)
	}
}

func TestAChangedTypeOfTheSameBytesIsNamed(t *testing.T) {
	path, o := busyDay(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, err := contents(path, eventTable)
	if err != nil {
		t.Fatal(err)
	}
	// The types of a row's values stand just before the values.
	payload := bytes.Index(whole, []byte(`{"by":"anna","session":"S1","version"`))
	if payload < 0 {
		t.Fatal("no payload found")
	}
	changed := 0
	for at := payload - 70; at < payload; at++ {
		copied := bytes.Clone(whole)
		copied[at] ^= 1
		target := filepath.Join(t.TempDir(), "journal.db")
		write(t, target, copied)
		if after, err := contents(target, eventTable); err != nil || after == before {
			continue
		}
		changed++
		if r := mustVerify(t, open(t, target, o)); r.First == 0 {
			t.Errorf("%d bytes before the payload: no event is named: %+v", payload-at, r.Faults)
		}
	}
	if changed < 20 {
		t.Errorf("only %d flips changed an event: the test is weak", changed)
	}
}

// foundOut says whether opening or verifying the file finds it wrong.
func foundOut(t *testing.T, path string, o Options) bool {
	t.Helper()
	j, err := Open(context.Background(), path, o)
	if err != nil {
		return true
	}
	defer j.Close()
	r, err := j.Verify(context.Background())
	return err != nil || !r.OK()
}

func TestChangedBytesAreNeverGivenOutToBeSent(t *testing.T) {
	path, o := busyDay(t)
	tamper(t, path, `UPDATE personal SET kept = CAST(replace(kept, '203001', '203002') AS BLOB) WHERE seq = 4`)
	j := open(t, path, o)
	b, err := j.Body(context.Background(), sale(2).ID)
	if !errors.Is(err, ErrDamaged) || b.Kept != nil {
		t.Errorf("got %q, %v", b.Kept, err)
	}
	if _, err := j.Body(context.Background(), sale(1).ID); err != nil {
		t.Errorf("the untouched one: %v", err)
	}
}
