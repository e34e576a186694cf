package till

import (
	"context"
	"sync"
	"sync/atomic"
)

// hearing is what this till has heard of attempts: from itself, and through the
// journal from other processes.
type hearing struct {
	missed atomic.Bool // others' news that could not be read

	mu    sync.Mutex
	head  int64            // the newest event that was looked at
	known bool             // head is known
	told  map[string]int64 // by attempt: the newest event after head that was told
	news  chan struct{}    // closed and replaced whenever something is told
}

// hears is notify, with a note of what was told.
func (t *Till) hears(notify func(Update)) func(Update) {
	h := &t.hearing
	h.told, h.news = map[string]int64{}, make(chan struct{})
	return func(u Update) {
		h.mu.Lock()
		if !u.NotSaved {
			h.told[u.Attempt.ID] = max(h.told[u.Attempt.ID], u.Attempt.Seq)
		}
		close(h.news)
		h.news = make(chan struct{})
		h.mu.Unlock()
		notify(u)
	}
}

// next is closed when something is told.
func (h *hearing) next() <-chan struct{} {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.news
}

// hearFrom notes from where on others' news are news.
func (t *Till) hearFrom(ctx context.Context) {
	head, err := t.config.Journal.Head(ctx)
	if err != nil {
		t.config.Log.Error("the journal could not be read", "error", err)
		return
	}
	h := &t.hearing
	h.mu.Lock()
	defer h.mu.Unlock()
	h.head, h.known = head, true
}

// hearOthers tells what other processes did to attempts, and has the drivers of
// those look at them anew.
func (t *Till) hearOthers(ctx context.Context) error {
	h := &t.hearing
	h.missed.Store(true)
	h.mu.Lock()
	head, known := h.head, h.known
	h.mu.Unlock()
	if !known {
		t.hearFrom(ctx)
		return nil
	}
	now, err := t.config.Journal.Head(ctx)
	if err != nil {
		return err
	}
	all, err := t.config.Journal.Since(ctx, head)
	if err != nil {
		return err
	}
	for _, a := range all {
		if h.heard(a.ID, a.Seq) {
			continue
		}
		if d := t.driverOf(a.ID); d != nil {
			d.nudge()
		}
		t.config.Notify(Update{Attempt: a})
	}
	h.forget(now)
	h.missed.Store(false)
	return nil
}

// heard says that an event of an attempt, or a later one, was told.
func (h *hearing) heard(id string, seq int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.told[id] >= seq
}

// forget drops what nobody asks about again.
func (h *hearing) forget(head int64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.head = head
	for id, seq := range h.told {
		if seq <= head {
			delete(h.told, id)
		}
	}
}
