package till

import (
	"context"
	"sync"
	"time"

	"cashdesk/providers"
)

// turns has the open invoices of a provider asked about one after the other, as
// by one poller, however many there are.
type turns struct {
	mu    sync.Mutex
	seats map[providers.Provider]chan struct{}
	next  map[providers.Provider]time.Duration // in running time: before that it is asked by hand only
}

// seat is where the one sits that asks.
func (t *turns) seat(p providers.Provider) chan struct{} {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seats == nil {
		t.seats, t.next = map[providers.Provider]chan struct{}{}, map[providers.Provider]time.Duration{}
	}
	if t.seats[p] == nil {
		t.seats[p] = make(chan struct{}, 1)
	}
	return t.seats[p]
}

// wait is how long the provider is left alone from now on.
func (t *turns) wait(p providers.Provider, now time.Duration) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.next[p] - now
}

// turn waits until the driver's attempt may be asked about.
func (d *driver) turn(ctx context.Context, a providers.Attempt, byHand bool) (leave func(pause time.Duration), ok bool) {
	return d.till.turn(ctx, a, byHand, func(rest time.Duration) (byHand, ok bool) {
		w, woken, ok := d.wait(ctx, rest)
		return woken && w.byHand(), ok
	})
}

// turn waits until an attempt may be asked about. Whoever asks by hand waits for the
// others, but not for the pause, which may be an hour: nobody sits through it in the
// seat, but in wait, which says whether somebody asked by hand meanwhile. leave is told
// what pause the provider wants; ok is false when the program ends.
func (t *Till) turn(ctx context.Context, a providers.Attempt, byHand bool, wait func(time.Duration) (byHand, ok bool)) (leave func(pause time.Duration), ok bool) {
	gap := policyOf(a).gap
	if gap == 0 {
		return func(time.Duration) {}, true
	}
	turns := &t.turns
	seat := turns.seat(a.Provider)
	for {
		select {
		case seat <- struct{}{}:
		case <-ctx.Done():
			return nil, false
		}
		rest := turns.wait(a.Provider, t.ran())
		if rest <= 0 || byHand {
			break
		}
		<-seat
		if byHand, ok = wait(rest); !ok {
			return nil, false
		}
	}
	return func(pause time.Duration) {
		turns.mu.Lock()
		turns.next[a.Provider] = t.ran() + max(gap, pause)
		turns.mu.Unlock()
		<-seat
	}, true
}
