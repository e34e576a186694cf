package journal

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"cashdesk/providers"
)

func BenchmarkAppend(b *testing.B) {
	j := fresh(b)
	a := record(b, j, sale(1))
	add(b, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: a.ID})
	add(b, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: providers.Open})
	for b.Loop() {
		add(b, j, providers.Event{Type: providers.EventWatched, Attempt: a.ID, To: providers.Open, Received: "1.00"})
	}
}

func BenchmarkRecordToApproved(b *testing.B) {
	j := fresh(b)
	n := 0
	for b.Loop() {
		n++
		a := record(b, j, sale(n))
		approve(b, j, a.ID, fmt.Sprintf("PN-%d", n))
	}
}

// oldShop is a journal of many attempts, in one transaction for speed; only
// its rows and search text, since pages need no events.
func oldShop(b *testing.B, rows int) *Journal {
	b.Helper()
	ctx := context.Background()
	j := open(b, filepath.Join(b.TempDir(), "journal.db"), options())
	tx, err := j.write.BeginTx(ctx, nil)
	if err != nil {
		b.Fatal(err)
	}
	for n := 1; n <= rows; n++ {
		a := sale(n)
		a.Personal.PreApproval = fmt.Sprintf("6199%06d", (n*7919)%1_000_000)
		a.Amount.Minor = int64(100 + (n*6367)%90_000)
		a.State, a.Session = providers.Approved, fmt.Sprintf("S%d", n/200)
		if n%1000 == 0 {
			a.State = providers.Unknown
		}
		a.CreatedAt = j.now()
		args := append([]any{n}, fields(a)...)
		if _, err := tx.Exec(insertAttempt, args...); err != nil {
			b.Fatal(err)
		}
		if err := writePeople(ctx, tx, int64(n), a.Personal); err != nil {
			b.Fatal(err)
		}
		if err := reword(ctx, tx, int64(n), a); err != nil {
			b.Fatal(err)
		}
	}
	// The next event continues behind the rows.
	if _, err := tx.Exec("INSERT INTO events (seq, at, type, attempt, payload, digest, mac) VALUES (?, 0, 'noted', '', '{}', x'', x'')", rows); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return j
}

func BenchmarkPageOf100000(b *testing.B) {
	j := oldShop(b, 100_000)
	for name, q := range map[string]Query{
		"newest":         {},
		"state":          {States: []providers.State{providers.Unknown}},
		"states":         {States: []providers.State{providers.Unknown, providers.Open, providers.Approved}},
		"session":        {Session: "S3"},
		"session+state":  {Session: "S3", States: []providers.State{providers.Approved}},
		"old day":        {Since: newClock().at, Until: newClock().at.Add(1e12)},
		"code":           {Text: "6199203001"},
		"reference":      {Text: "ref-77"},
		"everywhere":     {Text: "oxipay"},
		"nowhere":        {Text: "zzzzzz"},
		"two characters": {Text: "9z"},
		"all words":      {Text: "oxipay 125.5 anna"},
	} {
		b.Run(strings.ReplaceAll(name, " ", "_"), func(b *testing.B) {
			for b.Loop() {
				if _, err := j.Page(context.Background(), q); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("totals", func(b *testing.B) {
		for b.Loop() {
			if _, err := j.Totals(context.Background(), Query{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("record to approved", func(b *testing.B) {
		n := 100_000
		for b.Loop() {
			n++
			approve(b, j, record(b, j, sale(n)).ID, fmt.Sprintf("PN-%d", n))
		}
	})
}
