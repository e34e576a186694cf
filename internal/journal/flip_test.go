package journal

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/figures"
)

// tampering is one thing that somebody does to a journal, and what Verify has
// to say of it.
type tampering struct {
	what    string
	first   int64  // the first bad event; 0 if no event is touched
	attempt string // the attempt to be named, if no event is touched
	do      []change
}

type change struct {
	text string
	args []any
}

func (t *tampering) add(text string, args ...any) { t.do = append(t.do, change{text, args}) }

// kinds are the ways to tamper, and how often of a hundred each one is tried.
var kinds = []struct {
	what string
	of   int
	make func(b *bench, r *rand.Rand, anchored int64) tampering
}{
	{"flips", 76, flip},
	{"deletions", 6, deletion},
	{"swaps", 6, swap},
	{"forged rows", 6, forgery},
	{"cut tails", 6, cut},
}

// flip changes one bit of one value of one row.
func flip(b *bench, r *rand.Rand, _ int64) tampering {
	names := allTables[r.IntN(len(allTables))]
	t := b.tables[names[0]]
	row := t.rows[r.IntN(len(t.rows))]
	col := r.IntN(len(t.columns))
	value := flipped(row[col], r)
	out := tampering{what: fmt.Sprintf("%s %v: %s becomes %#v", t.name, row[0], t.columns[col], value)}
	out.add("UPDATE "+t.name+" SET "+t.columns[col]+" = ? WHERE rowid = ?", value, row[0])
	b.expect(&out, t.name, row[0].(int64))
	to, moved := value.(int64)
	switch {
	case col > 0 || !moved:
	case t.name == "events":
		out.first = max(1, min(out.first, to))
	case t.name == "personal" && to > 0 && slices.Contains(b.tables["events"].numbers(), to):
		out.first = min(out.first, to)
	}
	return out
}

func flipped(value any, r *rand.Rand) any {
	switch v := value.(type) {
	case int64:
		return v ^ 1<<r.IntN(64)
	case string:
		return string(flippedBytes([]byte(v), r))
	case []byte:
		return flippedBytes(v, r)
	}
	panic(fmt.Sprintf("a %T in a table", value))
}

// flippedBytes flips a bit; of nothing there is none to flip, so a byte is added.
func flippedBytes(b []byte, r *rand.Rand) []byte {
	if len(b) == 0 {
		return []byte{byte(r.IntN(256))}
	}
	b = slices.Clone(b)
	b[r.IntN(len(b))] ^= 1 << r.IntN(8)
	return b
}

// expect says what is to be named when a row of a table is changed.
func (b *bench) expect(out *tampering, name string, row int64) {
	if name == "events" || name == "personal" {
		out.first = row
		return
	}
	for _, a := range b.tables["attempts"].rows {
		if a[0] == row {
			out.attempt = a[1].(string)
		}
	}
}

func deletion(b *bench, r *rand.Rand, _ int64) tampering {
	t := b.tables[allTables[r.IntN(len(allTables))][0]]
	row := t.some(r)
	out := tampering{what: fmt.Sprintf("%s %d is deleted", t.name, row)}
	out.add("DELETE FROM "+t.name+" WHERE rowid = ?", row)
	b.expect(&out, t.name, row)
	if all := b.tables["events"].numbers(); t.name == "events" && row == all[len(all)-1] {
		return deletion(b, r, 0) // a tail behind the anchor: see the test of what cannot be found
	}
	return out
}

func swap(b *bench, r *rand.Rand, _ int64) tampering {
	t := b.tables[allTables[r.IntN(len(allTables))][0]]
	x, y := t.pair(r)
	out := tampering{what: fmt.Sprintf("%s %d and %d are swapped", t.name, x, y)}
	for _, move := range [][2]int64{{x, math.MinInt64}, {y, x}, {math.MinInt64, y}} {
		out.add("UPDATE "+t.name+" SET "+t.columns[0]+" = ? WHERE rowid = ?", move[1], move[0])
	}
	b.expect(&out, t.name, x)
	return out
}

// cut takes away the end of the chain, from before the anchor: the events
// alone, or everything that shows that there was more.
func cut(b *bench, r *rand.Rand, anchored int64) tampering {
	last := r.Int64N(anchored)
	out := tampering{what: fmt.Sprintf("cut after event %d", last), first: last + 1}
	tables := []string{"events", "personal", "attempts", "people", "wording"}[:1+r.IntN(5)]
	for _, name := range tables {
		out.add("DELETE FROM "+name+" WHERE rowid > ?", last)
	}
	return out
}

func TestVerifyFindsWhateverWasDoneAndNamesTheFirstBadEvent(t *testing.T) {
	begun := time.Now()
	tries := figures.Tries(2000)
	path, o, anchored := oddDay(t)
	counts := make([]atomic.Uint64, len(kinds))
	var next, unfound, misnamed atomic.Uint64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		b := newBench(t, path, o)
		all.Go(func() {
			for n := next.Add(1); n <= tries; n = next.Add(1) {
				kind, found, named := b.try(t, n, anchored)
				counts[kind].Add(1)
				if !found {
					unfound.Add(1)
				} else if !named {
					misnamed.Add(1)
				}
			}
			if r, err := b.verify(context.Background()); err != nil || !r.OK() {
				t.Errorf("what was taken back is still found: %+v, %v", r.Faults, err)
			}
		})
	}
	all.Wait()
	var among []figures.Count
	for i, k := range kinds {
		among = append(among, figures.Count{N: counts[i].Load(), What: k.what})
	}
	figures.Write(t, figures.Row{
		What: "tamperings with the journal", Tried: tries, Among: among,
		Wrong: []figures.Count{{N: unfound.Load(), What: "not found"}, {N: misnamed.Load(), What: "named wrongly"}},
		Took:  time.Since(begun),
	})
}

// try tampers once, in the way that its number says, and takes it back.
func (b *bench) try(t *testing.T, n uint64, anchored int64) (kind int, found, named bool) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(3, n))
	for {
		for at := r.IntN(100); at >= kinds[kind].of; kind++ {
			at -= kinds[kind].of
		}
		what := kinds[kind].make(b, r, anchored)
		if err := b.exec(ctx, "SAVEPOINT try"); err != nil {
			t.Error(err)
			return kind, false, false
		}
		var refused error
		for _, c := range what.do {
			if refused = b.exec(ctx, c.text, c.args...); refused != nil {
				break
			}
		}
		var report Report
		var err error
		if refused == nil {
			report, err = b.verify(ctx)
		}
		if back := b.exec(ctx, "ROLLBACK TO try"); back != nil {
			t.Error(back)
		}
		if back := b.exec(ctx, "RELEASE try"); back != nil {
			t.Error(back)
		}
		if refused != nil { // two rows of one number: not even SQLite can write that
			kind = 0
			continue
		}
		found, named = err != nil || !report.OK(), what.named(report)
		if !found || !named {
			t.Errorf("try %d: %s: the report is %+v, %v; want event %d, attempt %q", n, what.what, report, err, what.first, what.attempt)
		}
		return kind, found, named
	}
}

// named says whether the report names what was tampered with, first of all.
func (t tampering) named(r Report) bool {
	if r.First != t.first || t.first > 0 && r.Faults[0].Seq != t.first {
		return false
	}
	return t.attempt == "" || slices.ContainsFunc(r.Faults, func(f Fault) bool { return f.Attempt == t.attempt })
}
