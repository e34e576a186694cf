package journal

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/figures"
)

// index are the tables in which SQLite keeps the trigrams: they are made from
// the wording and are no evidence.
var index = [][]string{{"trigrams_data", "id", "block"}, {"trigrams_idx", "segid", "term", "pgno"}, {"trigrams_docsize", "id", "sz"}, {"trigrams_config", "k", "v"}}

func TestAnyByteOfTheFileThatIsChangedIsFoundOrWasNotUsed(t *testing.T) {
	begun := time.Now()
	tries := figures.Tries(150)
	path, o, _ := oddDay(t)
	o.Anchor = "" // closing would move it to what was tampered with
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := contents(path, allTables...)
	if err != nil {
		t.Fatal(err)
	}
	trigrams, err := contents(path, index...)
	if err != nil {
		t.Fatal(err)
	}
	var used []int // most of so small a file is zeros that nobody reads
	for i, b := range whole {
		if b != 0 {
			used = append(used, i)
		}
	}
	var next, found, searched, unused, unfound atomic.Uint64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		target := filepath.Join(t.TempDir(), "journal.db")
		all.Go(func() {
			for n := next.Add(1); n <= tries; n = next.Add(1) {
				r := rand.New(rand.NewPCG(4, n))
				at, bit := used[r.IntN(len(used))], r.IntN(8)
				if n%10 == 0 {
					at = r.IntN(len(whole))
				}
				copied := bytes.Clone(whole)
				copied[at] ^= 1 << bit
				for _, log := range []string{"-wal", "-shm"} {
					_ = os.Remove(target + log) // of the try before
				}
				if err := os.WriteFile(target, copied, 0o600); err != nil {
					t.Error(err)
				}
				same, err := contents(target, allTables...)
				changed := err != nil || same != rows
				left, err := contents(target, index...)
				switch {
				case foundOut(t, target, o):
					found.Add(1)
				case changed:
					unfound.Add(1)
					t.Errorf("try %d: bit %d of byte %d was flipped and not found", n, bit, at)
				case err != nil || left != trigrams:
					searched.Add(1)
				default:
					unused.Add(1)
				}
			}
		})
	}
	all.Wait()
	if found.Load() < tries/5 {
		t.Errorf("only %d flips were found: the test is weak", found.Load())
	}
	figures.Write(t, figures.Row{
		What: "flipped bits of the journal's file", Tried: tries,
		Among: []figures.Count{
			{N: found.Load(), What: "found"}, {N: searched.Load(), What: "in the search index alone"},
			{N: unused.Load(), What: "where nothing is kept"},
		},
		Wrong: []figures.Count{{N: unfound.Load(), What: "not found"}},
		Took:  time.Since(begun),
	})
}
