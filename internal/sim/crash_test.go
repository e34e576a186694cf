package sim

import (
	"context"
	"fmt"
	"os"
	"time"
)

// point is a moment at which the program may be killed: the countdown says at
// which one it is. The journal's files are copied as they are then, and nothing
// that the dead program does afterwards is seen by anybody.
func (r *run) point(where string) {
	w := r.w
	if r.dead.Load() || w.calm.Load() || w.crashIn.Load() == 0 || w.crashIn.Add(-1) > 0 {
		return
	}
	r.dead.Store(true)
	r.ended = time.Now()
	w.tell("CRASH: %s", where)
	w.count(counts{Crashes: 1})
	dir, err := folder(r.dir)
	if err != nil {
		w.fail(otherwise, "the journal could not be copied: %v", err)
	}
	r.cut()
	w.crashed <- dir
}

// crashSoon lets the program be killed at one of the next moments at which it
// can be.
func (w *world) crashSoon() { w.crashIn.Store(int64(1 + w.luck.below(12))) }

// gone clears away what is left of a program that has ended.
func (r *run) gone() {
	r.till.Close()
	writers.Delete(r.journal.Path())
	_ = r.journal.Close() // of a dead program it is nobody's any more
	_ = os.RemoveAll(r.dir)
}

// afterCrash is the next start, some time later, perhaps by somebody else, with
// another version, on a machine whose clock has moved.
func (w *world) afterCrash(dir string) {
	old := w.run
	old.gone()
	w.restart(dir, old)
}

// quit ends the program in good order, and starts it again.
func (w *world) quit() {
	old := w.run
	w.tell("%s quits the program", old.session.Name)
	w.calm.Store(true)
	old.till.Close()
	writers.Delete(old.journal.Path())
	if err := old.journal.Close(); err != nil && !old.broken.Load() && !old.full.Load() {
		w.fail(otherwise, "the journal does not close: %v", err)
	}
	old.dead.Store(true)
	old.ended = time.Now()
	old.cut()
	dir, err := folder(old.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	_ = os.RemoveAll(old.dir)
	w.calm.Store(false)
	w.rest()
	w.restart(dir, old)
}

// loseDisk takes the journal's disk away: nothing can be written or read any
// more, until somebody mends it and starts the program again.
func (w *world) loseDisk() {
	w.tell("DISK GONE")
	w.calm.Store(true)
	w.run.broken.Store(true)
	_ = w.run.journal.Close() // the anchor does not matter here
	for range 1 + w.staff.below(3) {
		w.pass(w.wait())
		d := w.draft()
		if a, err := w.run.till.Begin(context.Background(), w.run.session, d); err == nil {
			w.fail(unrecorded, "%s began without a journal", w.label(a.ID))
		}
		w.rest()
	}
	w.quit()
}

func (w *world) restart(dir string, old *run) {
	w.ran += old.ended.Sub(old.began)
	switch n := w.luck.below(24); {
	case n == 0: // a weekend
		time.Sleep(w.luck.between(20*time.Hour, 72*time.Hour) + w.apart())
	case n < 12:
		time.Sleep(w.luck.between(time.Second, 30*time.Second) + w.apart())
	case n < 20:
		time.Sleep(w.luck.between(time.Second, 15*time.Minute) + w.apart())
	default:
		time.Sleep(w.luck.between(time.Minute, 3*time.Hour) + w.apart())
	}
	version, shift := old.version, time.Duration(old.shift.Load())
	if w.luck.one(3) {
		version = fmt.Sprintf("1.%d", w.runs)
	}
	switch w.luck.below(8) {
	case 0:
		shift = w.luck.between(-6*time.Hour, 6*time.Hour).Truncate(time.Second)
	case 1:
		shift = w.luck.between(-3*time.Minute, 3*time.Minute).Truncate(time.Second)
	case 2:
		shift = 0
	}
	w.setBack = w.setBack || shift < time.Duration(old.shift.Load())
	w.rest()
	w.start(dir, version, shift)
	w.signIn()
}
