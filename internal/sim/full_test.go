package sim

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"modernc.org/sqlite"

	"cashdesk/internal/till"
)

// writers are the connections that write, by the path of their journal: SQLite
// itself can be told that there are no more pages.
var writers sync.Map

func init() {
	sqlite.RegisterConnectionHook(func(c sqlite.ExecQuerierContext, dsn string) error {
		if u, err := url.Parse(dsn); err == nil && strings.Contains(u.RawQuery, "journal_mode") {
			writers.Store(u.Path, c)
		}
		return nil
	})
}

// pages says how many pages the journal may have: what it has already counts
// as well.
func (r *run) pages(most string) {
	c, ok := writers.Load(r.journal.Path())
	if !ok {
		r.w.fail(otherwise, "no connection writes to %s", r.journal.Path())
		return
	}
	if _, err := c.(sqlite.ExecQuerierContext).ExecContext(context.Background(), "PRAGMA max_page_count = "+most, nil); err != nil {
		r.w.fail(otherwise, "the disk cannot be filled: %v", err)
	}
}

// fillDisk is a disk that is full for a while, so that not even the reserve
// helps, while the counter goes on.
func (w *world) fillDisk() {
	r := w.run
	if r.dead.Load() {
		return
	}
	w.sell() // its answer finds no room
	if w.run != r || r.dead.Load() {
		return
	}
	w.count(counts{Fulls: 1})
	w.tell("DISK FULL")
	r.full.Store(true)
	r.pages("1")
	for range 1 + w.staff.below(4) {
		if w.staff.one(2) {
			w.sell()
		} else {
			w.check()
		}
		w.pass(w.wait())
		if w.run != r || r.dead.Load() {
			return // the next start finds room
		}
	}
	r.pages("4294967294")
	r.full.Store(false)
	w.tell("there is room on the disk again")
	w.pass(10 * time.Second)
	if w.run != r || r.dead.Load() {
		return
	}
	for _, id := range w.notSaved() {
		w.fail(lost, "what became of %s is still not saved, and there is room", w.label(id))
	}
}

// notSaved are the attempts of this run whose last news could not be saved.
func (w *world) notSaved() (ids []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for id, all := range w.shown {
		if last := all[len(all)-1]; last.NotSaved && last.run == w.run {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// shown is what a run of the program told the screens.
type shown struct {
	till.Update
	run *run
}
