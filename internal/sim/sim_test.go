package sim

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers/sandbox"
)

var (
	oneSeed   = flag.Uint64("seed", 1, "the seed that TestSeed plays and tells")
	firstSeed = flag.Uint64("from", 1, "the first seed that TestTheBooksAgree plays")
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := makeRoot(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	debug.SetGCPercent(400) // many short lives; memory is not what is short
	code := m.Run()
	_ = os.RemoveAll(root)
	os.Exit(code)
}

// play plays one seed from beginning to end, and keeps its story.
func play(t *testing.T, seed uint64) *world { return perform(t, seed, false, nil) }

// perform does it, quietly or not, with a till that is bent or not.
func perform(t *testing.T, seed uint64, quiet bool, bend func(*till.Config)) (w *world) {
	synctest.Test(t, func(t *testing.T) {
		w = newWorld(t, seed)
		w.quiet, w.bend = quiet, bend
		dir, err := folder(template)
		if err != nil {
			t.Fatal(err)
		}
		w.start(dir, "1.0", 0)
		w.signIn()
		if w.luck.one(4) {
			w.crashSoon()
		}
		for n := range w.length() {
			w.pass(w.wait())
			if n == 0 {
				w.sell() // without a payment there is little to do
			} else {
				w.act()
			}
			w.rest()
		}
		w.drain()
		w.compare()
		w.end()
	})
	return w
}

// length is how much somebody does. Most counters have a short story, dense
// with faults and crashes, which finds as much as a long one for a fraction of
// the time; a few go on for longer, for what needs several customers.
func (w *world) length() int {
	switch n := w.luck.below(200); {
	case n < 187:
		return 2 + w.luck.below(3)
	case n < 199:
		return 10 + w.luck.below(12)
	}
	return 25 + w.luck.below(25)
}

// drain is the end of the day: no more faults, every customer has paid or gone,
// and enough time passes for everything that still happens by itself.
func (w *world) drain() {
	w.fair.Store(true)
	w.crashIn.Store(0)
	w.pass(time.Second)
	w.tell("the faults end")
	w.setKey(sandbox.OxipayKey)
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
	return fmt.Sprintf("seed %d: %s\n%s\nagain: go test ./internal/sim -run TestSeed -seed=%d", w.seed, w.complaint(), strings.Join(w.story, "\n"), w.seed)
}

// complaint is what went wrong.
func (w *world) complaint() string {
	var all []string
	for _, f := range w.failures {
		all = append(all, string(f.Kind)+": "+f.Text)
	}
	return strings.Join(all, "; ")
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
