package till

import (
	"context"
	"errors"
	"sync"
	"time"
)

// handClock is a clock that stands still until the test moves it.
type handClock struct {
	mu     sync.Mutex
	now    time.Time
	ran    time.Duration
	timers map[*handTimer]bool
	change chan struct{} // closed and replaced whenever timers change
}

type handTimer struct {
	at time.Duration // when the clock has run so long
	c  chan time.Time
}

func newHandClock(at time.Time) *handClock {
	return &handClock{now: at, timers: map[*handTimer]bool{}, change: make(chan struct{})}
}

func (h *handClock) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

// Running is how much time has passed, however the clock was set.
func (h *handClock) Running() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.ran
}

// run lets time pass without firing anything.
func (h *handClock) run(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now, h.ran = h.now.Add(d), h.ran+d
}

func (h *handClock) After(d time.Duration) (<-chan time.Time, func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	timer := &handTimer{at: h.ran + d, c: make(chan time.Time, 1)}
	h.timers[timer] = true
	h.changed()
	return timer.c, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.timers, timer)
		h.changed()
	}
}

func (h *handClock) changed() {
	close(h.change)
	h.change = make(chan struct{})
}

// jump sets the clock without firing anything, as an administrator would.
func (h *handClock) jump(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// next waits until exactly n timers wait, moves the clock to the earliest and
// fires it. It returns how long that was.
func (h *handClock) next(ctx context.Context, n int) (time.Duration, error) {
	if err := h.waits(ctx, n); err != nil {
		return 0, err
	}
	defer h.mu.Unlock()
	var first *handTimer
	for timer := range h.timers {
		if first == nil || timer.at < first.at {
			first = timer
		}
	}
	pause := first.at - h.ran
	h.now, h.ran = h.now.Add(pause), first.at
	delete(h.timers, first)
	first.c <- h.now
	return pause, nil
}

// waits waits until exactly n timers wait; without an error the clock is locked.
func (h *handClock) waits(ctx context.Context, n int) error {
	for {
		h.mu.Lock()
		if len(h.timers) == n {
			return nil
		}
		change := h.change
		h.mu.Unlock()
		select {
		case <-change:
		case <-ctx.Done():
			return errors.New("the timers never came")
		}
	}
}

// rests waits until the driver of the only payment waits for its time.
func (h *handClock) rests(ctx context.Context) error {
	err := h.waits(ctx, 1)
	if err == nil {
		h.mu.Unlock()
	}
	return err
}
