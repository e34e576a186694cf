package sim

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var (
	oneSeed   = flag.Uint64("seed", 1, "the seed that TestSeed plays and tells")
	manySeeds = flag.Uint64("seeds", 150, "how many seeds TestTheBooksAgree plays")
	firstSeed = flag.Uint64("from", 1, "the first seed that TestTheBooksAgree plays")
)

func TestMain(m *testing.M) {
	flag.Parse()
	dir, err := template()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	debug.SetGCPercent(400) // many short lives; memory is not what is short
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

// play plays one seed from beginning to end.
func play(t *testing.T, seed uint64) (w *world) {
	synctest.Test(t, func(t *testing.T) {
		w = newWorld(t, seed)
		dir, err := template()
		if err == nil {
			dir, err = folder(dir)
		}
		if err != nil {
			t.Fatal(err)
		}
		w.start(dir, "1.0", 0)
		w.signIn()
		for range 12 + w.staff.below(20) {
			w.pass(w.wait())
			w.act()
		}
		w.drain()
		w.compare()
		w.end()
	})
	return w
}

// drain is the end of the day: no more faults, every customer has paid or gone,
// and enough time passes for everything that still happens by itself.
func (w *world) drain() {
	w.fair.Store(true)
	w.crashIn.Store(0)
	w.wrongKey.Store(false)
	w.pass(time.Second)
	w.tell("the faults end")
	for _, link := range w.links {
		_ = w.server.Expire(link.ref) // whoever has paid has paid
	}
	soon := w.resolvable()
	w.pass(17 * time.Minute)
	w.resolved(soon)
	if w.seed%50 == 0 {
		w.pass(26 * time.Hour)
	}
}

func (w *world) end() {
	w.calm.Store(true)
	w.run.gone()
	w.run.dead.Store(true)
	w.run.cut()
	_ = w.listener.Close()
	time.Sleep(10 * time.Minute) // what the providers still have in hand
}

// tale is the story with its seed, and how to hear it again.
func (w *world) tale() string {
	return fmt.Sprintf("seed %d: %s\n%s\nagain: go test ./internal/sim -run TestSeed -seed=%d", w.seed,
		strings.Join(w.failures, "; "), strings.Join(w.story, "\n"), w.seed)
}

func TestSeed(t *testing.T) {
	w := play(t, *oneSeed)
	if len(w.failures) > 0 {
		t.Fatal(w.tale())
	}
	t.Log(w.tale())
}

func TestTheSameSeedTellsTheSameStory(t *testing.T) {
	for seed := uint64(1); seed <= 15; seed++ {
		a, b := play(t, seed), play(t, seed)
		if !slices.Equal(a.story, b.story) {
			i := 0
			for i < min(len(a.story), len(b.story)) && a.story[i] == b.story[i] {
				i++
			}
			t.Errorf("seed %d: two stories, from line %d on:\n%s\n\n%s", seed, i,
				strings.Join(a.story[max(0, i-8):min(i+5, len(a.story))], "\n"), strings.Join(b.story[max(0, i-8):min(i+5, len(b.story))], "\n"))
		}
	}
}

func TestTheBooksAgree(t *testing.T) { playMany(t, *firstSeed, *manySeeds) }

// playMany plays seeds on all processors, as many as the time-out of the tests
// allows, and prints what happened in them.
func playMany(t *testing.T, from, n uint64) {
	began := time.Now()
	var mu sync.Mutex
	var sum counts
	var played, failed int
	t.Run("seeds", func(t *testing.T) {
		workers := uint64(runtime.GOMAXPROCS(0))
		for worker := range workers {
			t.Run(fmt.Sprint(worker), func(t *testing.T) {
				t.Parallel()
				for seed := from + worker; seed < from+n && !late(t); seed += workers {
					w := play(t, seed)
					mu.Lock()
					sum.add(w.counts)
					played++
					if len(w.failures) > 0 {
						if failed++; failed <= 3 {
							t.Error(w.tale())
						} else {
							t.Errorf("seed %d: %s", seed, w.failures[0])
						}
					}
					mu.Unlock()
				}
			})
		}
	})
	took := time.Since(began)
	t.Logf("%d seeds, %d failed, in %s (%s each): %+v", played, failed, took.Round(time.Second), took/time.Duration(max(played, 1)), sum)
}

// late says that the time-out of the tests is near.
func late(t *testing.T) bool {
	end, ok := t.Deadline()
	return ok && time.Until(end) < 10*time.Second
}
