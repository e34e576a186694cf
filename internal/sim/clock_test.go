package sim

import "time"

// jumpClock sets the machine's clock, by hours one way or the other, while the
// program runs: its timers go on as if nothing had happened.
func (w *world) jumpClock() {
	before := time.Duration(w.run.shift.Load())
	after := w.luck.between(-6*time.Hour, 6*time.Hour).Truncate(time.Second)
	if w.luck.one(4) {
		after = 0 // somebody puts it right
	}
	w.run.shift.Store(int64(after))
	w.setBack = w.setBack || after < before
	w.count(counts{ClockJumps: 1})
	w.tell("THE CLOCK JUMPS: from %s off to %s off", before, after)
}
