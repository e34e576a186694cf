//go:build unix

package crash

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// everything is every call that a disk must know of.
var everything = append([]string{"open", "openat"}, writes...)

// written is a story as the disk saw it.
type written struct {
	shop *shop
	ops  []op
	// least are the events that had been made to last behind each op, most
	// those that had been written by the next sync.
	least, most []int64
}

// opened is what came of opening an image.
type opened struct {
	events   int64
	attempts map[string]providers.Attempt
	err      error
}

// openImage opens the journal of an image and checks all of it.
func (s *shop) openImage(ctx context.Context, files map[string][]byte) (opened, error) {
	dir, err := image(files)
	defer os.RemoveAll(dir)
	if err != nil {
		return opened{}, err
	}
	path := filepath.Join(dir, "data", "journal.db")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return opened{}, nil
	}
	o := opened{attempts: map[string]providers.Attempt{}}
	j, err := journal.Open(ctx, path, journal.Options{Key: s.key, Mode: journal.Test, Anchor: filepath.Join(dir, "anchor", "journal.anchor")})
	if err != nil {
		o.err = err
		return o, nil
	}
	defer j.Close()
	r, err := j.Verify(ctx)
	if err == nil && !r.OK() {
		err = fmt.Errorf("opens, and is not in order: %v", r.Faults)
	}
	o.events, o.err = r.Events, err
	page, err := j.Page(ctx, journal.Query{Limit: 1000})
	for _, a := range page.Attempts {
		o.attempts[a.Reference] = a
	}
	return o, err
}

// traced runs lives of the program and gives all that they wrote.
func (s *shop) traced(ctx context.Context, lives ...func(*life) error) ([]op, error) {
	log := s.path("ops.json")
	s.trace = plan{Calls: append([]string{"connect"}, everything...), Under: s.dir, Not: "-shm", Log: log, Data: true}.String()
	defer func() { s.trace = "" }()
	for _, do := range lives {
		l, err := s.start(ctx, nil)
		if err != nil {
			return nil, err
		}
		if err = l.signIn(); err == nil {
			err = do(l)
		}
		l.over()
		if err != nil {
			return nil, err
		}
	}
	return logged(log)
}

// day is a life with some sales, to its orderly end.
func day(sales ...way) func(*life) error {
	return func(l *life) error {
		for _, w := range sales {
			if err := l.sell(w); err != nil {
				return err
			}
		}
		return l.end()
	}
}

// byCounter has a story written by the program that ships.
func byCounter(ctx context.Context) (*written, error) {
	s, err := newShop(newDice(1))
	if err != nil {
		return nil, err
	}
	w := &written{shop: s}
	if w.ops, err = s.traced(ctx, day(ways...), day(ways[0], ways[0]), day()); err == nil {
		err = w.weigh(ctx, 20)
	}
	return w, err
}

// weigh finds out, for each op, how many events must be there behind it and
// how many can be: what a killed program leaves, which is all that was written,
// at the last sync of the log and at the next.
func (w *written) weigh(ctx context.Context, events int64) error {
	w.least, w.most = make([]int64, len(w.ops)), make([]int64, len(w.ops))
	d := newDisk(w.shop.dir)
	var least int64
	from := 0
	for i, o := range w.ops {
		d.play(o)
		if o.Call == "fsync" && strings.HasSuffix(o.Path, "/journal.db-wal") {
			seen, err := w.shop.openImage(ctx, d.killed())
			if err != nil || seen.err != nil {
				return fmt.Errorf("a killed program leaves a journal that is not whole: %w", errors.Join(err, seen.err))
			}
			least = seen.events
			for ; from <= i; from++ {
				w.most[from] = least
			}
		}
		w.least[i] = least
	}
	for ; from < len(w.ops); from++ {
		w.most[from] = least
	}
	if least < events {
		return fmt.Errorf("only %d events were made to last", least)
	}
	return nil
}

// cuts are what was counted of power cuts.
type cuts struct {
	early, lost, empty, damaged, broken atomic.Uint64
}

// pass plays the story once, and cuts the power behind one op in every few.
func (w *written) pass(t *testing.T, c *cuts, by *dice, every int, left *atomic.Int64) {
	d := newDisk(w.shop.dir)
	for at, o := range w.ops {
		if d.play(o); !by.in(every) {
			continue
		}
		if left.Add(-1) < 0 {
			return
		}
		seen, err := w.shop.openImage(t.Context(), d.cut(by))
		if err != nil {
			t.Error(err)
			return
		}
		if wrong := c.judge(seen, w.least[at], w.most[at]); wrong != "" {
			t.Errorf("seed %d, behind op %d (%s %s): %s", by.seed, at, o.Call, d.name(o.Path), wrong)
		}
	}
}

// judge says what is wrong with a journal after a cut.
func (c *cuts) judge(seen opened, least, most int64) (wrong string) {
	switch {
	case errors.Is(seen.err, journal.ErrDamaged):
		c.damaged.Add(1)
		return seen.err.Error()
	case seen.err != nil:
		c.broken.Add(1)
		return seen.err.Error()
	case least > 0 && seen.events == 0:
		c.empty.Add(1)
		return "there is no journal, or an empty one"
	case seen.events < least || seen.events > most:
		c.lost.Add(1)
		return fmt.Sprintf("%d events, at least %d were made to last, %d written", seen.events, least, most)
	case least == 0:
		c.early.Add(1)
	}
	return ""
}

// TestWhenThePowerFailsNothingThatWasSaidToLastIsLost cuts the power behind
// any write of a story, and loses, tears and reorders what was not made to
// last. The stories are one of the program that ships and, in a long run, one
// long enough for SQLite to begin its log anew.
func TestWhenThePowerFailsNothingThatWasSaidToLastIsLost(t *testing.T) {
	t.Parallel()
	needTracer(t)
	begun := time.Now()
	tries := figures.Tries(120)
	stories := []func(context.Context) (*written, error){byCounter}
	if tries >= 2000 {
		stories = append(stories, byClerk)
	}
	c, ops := &cuts{}, 0
	for _, story := range stories {
		w, err := story(t.Context())
		if w != nil {
			defer w.shop.close()
		}
		if err != nil {
			t.Fatal(err)
		}
		ops += len(w.ops)
		w.cutOften(t, c, int(tries)/len(stories))
	}
	figures.Write(t, figures.Row{
		What: "power cuts", Tried: tries,
		Among: []figures.Count{{N: uint64(ops), What: "writes to cut behind"}, {N: c.early.Load(), What: "before the first event"}},
		Wrong: []figures.Count{
			{N: c.lost.Load(), What: "lost"}, {N: c.empty.Load(), What: "opened as empty"},
			{N: c.damaged.Load(), What: "journals damaged"}, {N: c.broken.Load(), What: "chains broken"},
		},
		Took: time.Since(begun),
	})
}

// cutOften makes so many cuts, by as many workers as there are processors.
func (w *written) cutOften(t *testing.T, c *cuts, tries int) {
	var left atomic.Int64
	var seeds atomic.Uint64
	left.Store(int64(tries))
	every := max(1, 2*len(w.ops)/tries)
	var work sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		work.Go(func() {
			for left.Load() > 0 && !t.Failed() {
				w.pass(t, c, newDice(seeds.Add(1)), every, &left)
			}
		})
	}
	work.Wait()
}

// TestWhatIsSentLastsBeforeTheFirstByteGoesOut: at the moment of the first
// connection to a provider, the disk alone, without anything that was not
// synced, holds the payment as sent. For each of the five calls.
func TestWhatIsSentLastsBeforeTheFirstByteGoesOut(t *testing.T) {
	t.Parallel()
	needTracer(t)
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			s, err := newShop(newDice(1))
			if err != nil {
				t.Fatal(err)
			}
			defer s.close()
			ops, err := s.traced(t.Context(), func(l *life) error { return l.serve(w) })
			if err != nil {
				t.Fatal(err)
			}
			first := slices.IndexFunc(ops, func(o op) bool { return strings.HasPrefix(o.Path, "socket:") })
			if first < 0 || !slices.ContainsFunc(ops[first:], func(o op) bool { return o.Call == "write" && strings.HasPrefix(o.Path, "socket:") }) {
				t.Fatal("nothing went out")
			}
			d := newDisk(s.dir)
			for _, o := range ops[:first] {
				d.play(o)
			}
			bare := map[string][]byte{}
			for name, f := range d.kept {
				bare[name] = f.kept
			}
			seen, err := s.openImage(t.Context(), bare)
			if err != nil || seen.err != nil || len(seen.attempts) != 1 {
				t.Fatalf("before the first byte the disk holds %+v, %v", seen, err)
			}
			for _, a := range seen.attempts {
				if a.State != providers.Sent {
					t.Errorf("before the first byte the disk holds %s", brief(a))
				}
			}
		})
	}
}

// TestTheFolderOfANewJournalLastsToo: a new name lasts only when the folder
// that it stands in was synced.
func TestTheFolderOfANewJournalLastsToo(t *testing.T) {
	t.Parallel()
	needTracer(t)
	s, err := newShop(newDice(1))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	ops, err := s.traced(t.Context(), func(*life) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	above := slices.IndexFunc(ops, func(o op) bool { return o.Call == "fsync" && o.Path == s.dir })
	event := slices.IndexFunc(ops, func(o op) bool { return strings.HasSuffix(o.Path, "/journal.db-wal") })
	if above < 0 || event < above {
		t.Errorf("the folder above the journal's was synced by op %d, the first event was written by op %d", above, event)
	}
}
