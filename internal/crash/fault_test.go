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
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/internal/terminal"
	"cashdesk/providers"
)

// complaints are how the screen says that the disk fails, as far as they stand
// on one line of it.
var complaints = []string{
	"ournal could not be read", "ournal cannot be written", "disk with the journal is full", "ournal is damaged",
	"Not saved: write this down", "result could not be saved", "result is not saved",
}

func complaining(s terminal.Screen) string {
	for _, text := range complaints {
		if s.Contains(text) {
			return text
		}
	}
	return ""
}

// diskFault is one way in which a disk fails.
type diskFault struct {
	at    int // the call on the journal's files, counted from the program's start
	errno syscall.Errno
	until int // 0: this call alone; -1: all that follow
}

// errnos are a broken disk, a full one, and one that is read-only by now.
var errnos = []syscall.Errno{syscall.EIO, syscall.ENOSPC, syscall.EROFS}

// faulty is a shop whose disk fails in each life.
type faulty struct {
	shop   *shop
	faults faults
	silent uint64 // what could not be done, and nothing was said

	lives, refused, served, unsaved uint64
	shut                            int // sign-ins in a row that the fault cut off
}

// live is one life of the program on a disk that fails, with one sale, and
// where the fault passes one more. It is then killed.
func (f *faulty) live(ctx context.Context, d diskFault) error {
	s := f.shop
	if err := f.unlock(ctx); err != nil {
		return err
	}
	log := s.path("ops.json")
	if err := os.Remove(log); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	before, err := s.onDisk()
	if err != nil {
		return err
	}
	s.trace = plan{Calls: everything, Under: s.path("data"), Not: "-shm", Log: log, Data: true, At: d.at, Until: d.until, Do: "fail", Errno: int(d.errno)}.String()
	l, err := s.start(ctx, nil)
	if err != nil {
		return err
	}
	defer l.over()
	f.lives++
	if err := f.serve(l, d, s.way()); err != nil {
		return err
	}
	_ = l.Kill() // it may have ended
	if _, err := l.Wait(); err != nil {
		return err
	}
	all, err := s.read(ctx, &f.faults, true)
	if err != nil {
		return err
	}
	s.compare(&f.faults, all, false)
	return f.lasts(ctx, before, log)
}

// unlock is a life on a sound disk before the next, once several sign-ins were
// cut off: a try whose end is not known counts as a wrong one, as it should, and
// five of them lock.
func (f *faulty) unlock(ctx context.Context) error {
	if f.shut < 4 {
		return nil
	}
	f.shut, f.shop.trace = 0, ""
	l, err := f.shop.start(ctx, nil)
	if err != nil {
		return err
	}
	defer l.over()
	if err := l.signIn(); err != nil {
		return err
	}
	_ = l.Kill() // it may have ended
	_, err = l.Wait()
	return err
}

// serve makes the sale, and says what the screen said of it.
func (f *faulty) serve(l *life, d diskFault, w way) error {
	arrived := len(f.shop.door.bodies())
	f.shut++
	err := l.signIn()
	if err == nil {
		f.shut = 0
		err = l.serve(w)
	}
	var said *trouble
	switch {
	case err == nil && f.shop.shown[len(f.shop.shown)-1].state == providers.Cancelled:
		f.refused++
	case err == nil:
		f.served++
	case errors.As(err, &said):
		if len(f.shop.door.bodies()) == arrived {
			f.refused++
		} else {
			f.unsaved++
		}
	case errors.Is(err, terminal.ErrEnded), errors.Is(err, context.DeadlineExceeded):
		f.faults.add(&f.silent, "call %d, %v, until %d: nothing was said: %v", d.at, d.errno, d.until, err)
	default:
		return err
	}
	return nil
}

// onDisk are the journal's files as they are.
func (s *shop) onDisk() (map[string][]byte, error) {
	files := map[string][]byte{}
	for _, path := range []string{s.settings.Paths.Journal, s.settings.Paths.Journal + "-wal", s.settings.Paths.Anchor} {
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		name, err := filepath.Rel(s.dir, path)
		if err != nil {
			return nil, err
		}
		files[name] = data
	}
	return files, nil
}

// lasts says that what the counter believed to last does so although a sync
// failed. A sync that fails may leave the pages in memory as if they were
// written, so that no later one brings them to the disk (Linux does it so):
// whatever was not written again since is lost.
func (f *faulty) lasts(ctx context.Context, before map[string][]byte, log string) error {
	s := f.shop
	ops, err := logged(log)
	if err != nil {
		return err
	}
	d := newDisk(s.dir)
	for name, data := range before {
		file := &inode{kept: data}
		d.names[name], d.kept[name] = file, file
	}
	for _, o := range ops {
		d.play(o)
	}
	kept := map[string][]byte{}
	for name, file := range d.names { // a log's name is on the disk with its content
		kept[name] = file.kept
	}
	seen, err := s.openImage(ctx, kept)
	if err != nil {
		return err
	}
	if seen.err != nil {
		f.faults.add(&f.faults.broken, "after the power went: %v", seen.err)
		return nil
	}
	s.compare(&f.faults, seen.attempts, false)
	return nil
}

// TestWhenTheDiskFailsTheCounterRefusesAndSaysSo lets each call on the
// journal's files fail, once and from then on, in every way a disk does.
func TestWhenTheDiskFailsTheCounterRefusesAndSaysSo(t *testing.T) {
	t.Parallel()
	needTracer(t)
	begun := time.Now()
	lives := int(figures.Tries(16))
	var mu sync.Mutex
	sum := &faulty{}
	next := 0
	take := func() (int, bool) {
		mu.Lock()
		defer mu.Unlock()
		next++
		return next - 1, next <= lives && !t.Failed()
	}
	var work sync.WaitGroup
	for worker := range 4 * runtime.GOMAXPROCS(0) {
		work.Go(func() {
			f, err := newFaulty(t.Context(), uint64(worker))
			if f != nil {
				defer f.shop.close()
			}
			for n, ok := take(); ok && err == nil; n, ok = take() {
				err = f.live(t.Context(), faultOf(n, lives))
			}
			if err != nil {
				t.Error(err)
			}
			if f != nil {
				mu.Lock()
				defer mu.Unlock()
				sum.take(f)
			}
		})
	}
	work.Wait()
	for _, said := range sum.faults.said {
		t.Error(said)
	}
	figures.Write(t, figures.Row{
		What: "disk faults", Tried: sum.lives,
		Among: []figures.Count{
			{N: sum.refused, What: "refused before anything was sent"}, {N: sum.unsaved, What: "verdicts shown as not saved"},
			{N: sum.served, What: "that kept nobody from paying"},
		},
		Wrong: append(sum.faults.counts(), figures.Count{N: sum.silent, What: "without a word on the screen"}),
		Took:  time.Since(begun),
	})
}

// mostCalls is more than a life with a sale makes.
const mostCalls = 160

// faultOf spreads the lives over the calls, the errors, and once or for ever.
func faultOf(n, lives int) diskFault {
	d := diskFault{errno: errnos[n%3], until: -(n / 3 % 2)}
	d.at = 1 + n/6
	if lives < 6*mostCalls {
		d.at = 1 + n*mostCalls/lives
	}
	if d.at > mostCalls {
		d.at = 1 + d.at%mostCalls
	}
	return d
}

// newFaulty has a shop with a journal, which the last life left as it was.
func newFaulty(ctx context.Context, seed uint64) (*faulty, error) {
	s, err := newShop(newDice(seed))
	if err != nil {
		return nil, err
	}
	f := &faulty{shop: s}
	l, err := s.start(ctx, nil)
	if err != nil {
		return f, err
	}
	defer l.over()
	if err := l.signIn(); err != nil {
		return f, err
	}
	if err := l.serve(ways[0]); err != nil {
		return f, err
	}
	s.complain = complaining
	return f, nil
}

func (f *faulty) take(g *faulty) {
	f.lives, f.refused, f.served, f.unsaved = f.lives+g.lives, f.refused+g.refused, f.served+g.served, f.unsaved+g.unsaved
	f.silent += g.silent
	f.faults.take(g.faults, fmt.Sprintf("shop %d", g.shop.dice.seed))
}

// TestAReadOnlyDiskWithAPaymentLeftUnfinishedStillOpensAndSaysSo: the counter
// once waited for such a disk for ever, on a page that said nothing.
func TestAReadOnlyDiskWithAPaymentLeftUnfinishedStillOpensAndSaysSo(t *testing.T) {
	t.Parallel()
	needTracer(t)
	s, err := newShop(newDice(1))
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	l, err := s.start(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.door.on(1, asArrived, l.kill)
	if err := l.signIn(); err != nil {
		t.Fatal(err)
	}
	if err := l.serve(ways[0]); !errors.Is(err, terminal.ErrEnded) {
		t.Fatalf("not killed: %v", err)
	}
	l.over()
	came := len(s.door.bodies())

	p := plan{Calls: writes, Under: s.path("data"), Not: "-shm", At: 1, Until: -1, Do: "fail", Errno: int(syscall.EROFS)}
	s.trace = p.String()
	if l, err = s.start(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	defer l.over()
	screen, err := l.WaitText("A result is not saved", "Who is at the counter?")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(screen.Text(), "opening the journal") || len(s.door.bodies()) != came {
		t.Errorf("%d requests came; the screen says\n%s", len(s.door.bodies())-came, screen.Text())
	}
}
