package sim

import (
	"time"

	"cashdesk/providers"
)

// say adds what somebody saw to the story; of a dead program nobody sees more.
func (w *world) say(format string, args ...any) {
	if !w.run.dead.Load() {
		w.tell(format, args...)
	}
}

// act is one thing that somebody at the counter does.
func (w *world) act() {
	deeds := []struct {
		weight int
		do     func()
	}{
		{30, w.sell}, {8, w.sellTwice}, {8, w.again}, {5, w.other}, {3, w.rescan}, {14, w.check}, {6, w.closeUnknown}, {5, w.settle}, {3, w.review},
		{3, w.putAside}, {10, w.pay}, {4, w.handOver}, {3, w.mistype}, {2, w.quit}, {1, w.loseDisk}, {2, w.fillDisk}, {5, w.changeKey}, {2, w.jumpClock},
		{4, w.meanwhile}, {16, w.refund}, {6, w.undo}, {6, w.receipt},
		{10, w.crashSoon},
	}
	total := 0
	for _, d := range deeds {
		total += d.weight
	}
	n := w.staff.below(total)
	for _, d := range deeds {
		if n -= d.weight; n < 0 {
			d.do()
			break
		}
	}
	w.rest()
}

// last is how an attempt was shown last.
func (w *world) last(id string) providers.Attempt {
	w.mu.Lock()
	defer w.mu.Unlock()
	if all := w.shown[id]; len(all) > 0 {
		return all[len(all)-1].Attempt
	}
	return providers.Attempt{}
}

// wait is how long it takes until somebody does something.
func (w *world) wait() time.Duration {
	switch n := w.staff.below(100); {
	case n < 55:
		return w.staff.between(10*time.Millisecond, 4*time.Second)
	case n < 88:
		return w.staff.between(4*time.Second, 90*time.Second)
	case n < 98:
		return w.staff.between(90*time.Second, 13*time.Minute)
	}
	return w.staff.between(13*time.Minute, 40*time.Minute)
}
