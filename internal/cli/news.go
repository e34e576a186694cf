package cli

import (
	"context"
	"errors"
	"sync"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// lookPause is how often the counter looks whether another process wrote to
// the journal.
const lookPause = time.Second

// news carries what the till says to the screens. The till's goroutines only
// put it down here; one goroutine hands it on and keeps the header true.
type news struct {
	mu      sync.Mutex
	queue   []till.Update
	stale   bool // the header must be drawn anew
	till    *till.Till
	journal *journal.Journal
	last    till.Status
	wake    chan struct{}
}

// add takes an update from the till.
func (n *news) add(u till.Update) {
	n.mu.Lock()
	n.queue = append(n.queue, u)
	n.mu.Unlock()
	n.nudge()
}

// refresh asks for a new header.
func (n *news) refresh() {
	n.mu.Lock()
	n.stale = true
	n.mu.Unlock()
	n.nudge()
}

func (n *news) nudge() {
	select {
	case n.wake <- struct{}{}: // nil, and so never, before start
	default:
	}
}

// opened tells that the till is there.
func (n *news) opened(t *till.Till, j *journal.Journal) {
	n.mu.Lock()
	n.till, n.journal = t, j
	n.mu.Unlock()
	n.refresh()
}

// parts gives the till and its journal, nil before they are opened.
func (n *news) parts() (*till.Till, *journal.Journal) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.till, n.journal
}

// start hands news on until the context ends.
func (n *news) start(ctx context.Context, c *counter) {
	n.wake = make(chan struct{}, 1)
	go func() {
		look := time.NewTicker(lookPause)
		defer look.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-n.wake:
			case <-look.C:
				if t, _ := n.parts(); t != nil {
					if err := errors.Join(t.TakeUp(ctx), c.lookAtKeys(ctx, t)); err != nil && ctx.Err() == nil {
						c.log.Error("what another process changed could not be read", "error", err)
					}
				}
			}
			n.deliver(ctx, c)
		}
	}()
}

// deliver gives the screens what has come, and the header when it changed.
func (n *news) deliver(ctx context.Context, c *counter) {
	n.mu.Lock()
	queue, stale, t := n.queue, n.stale, n.till
	n.queue, n.stale = nil, false
	n.mu.Unlock()
	for _, u := range queue {
		c.bell.hear(u)
		c.app.Send(desk.UpdateMsg{Update: u})
	}
	if t == nil || len(queue) == 0 && !stale {
		return
	}
	st, err := t.Status(ctx)
	if err != nil && ctx.Err() == nil {
		c.log.Error("the journal could not be read", "error", err)
	}
	n.mu.Lock()
	n.last = st
	n.mu.Unlock()
	c.app.Send(ui.HeaderMsg{Header: header(c.settings, c.desk, st)})
}

// lastStatus is how things stood when news last came.
func (n *news) lastStatus() till.Status {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.last
}
