package desktest

import (
	"sync"
	"time"
)

// clock is the till's clock. The counter moves it.
type clock struct {
	happened func()

	mu     sync.Mutex
	now    time.Time
	timers []*timer
}

type timer struct {
	at time.Time
	c  chan time.Time
}

// Now is the counter's time.
func (k *clock) Now() time.Time {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.now
}

// After sends once when the counter's time has come so far.
func (k *clock) After(d time.Duration) (<-chan time.Time, func()) {
	k.mu.Lock()
	t := &timer{at: k.now.Add(d), c: make(chan time.Time, 1)}
	k.timers = append(k.timers, t)
	k.mu.Unlock()
	k.happened()
	return t.c, func() { k.drop(t) }
}

func (k *clock) drop(t *timer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, other := range k.timers {
		if other == t {
			k.timers = append(k.timers[:i], k.timers[i+1:]...)
			return
		}
	}
}

// set moves the time and rings every timer that is due.
func (k *clock) set(now time.Time) (rang int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now = now
	var left []*timer
	for _, t := range k.timers {
		if t.at.After(now) {
			left = append(left, t)
			continue
		}
		t.c <- now
		rang++
	}
	k.timers = left
	return rang
}

// waiting is how many timers are set.
func (k *clock) waiting() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.timers)
}
