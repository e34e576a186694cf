package till

import "time"

// Clock is the till's only source of time, so that a test can drive it.
type Clock interface {
	// Now is the time, with a monotonic reading where the clock has one.
	Now() time.Time
	// After sends once when the duration has passed; stop frees it early.
	After(d time.Duration) (c <-chan time.Time, stop func())
}

// runner is a Clock that knows how long it has run, whatever is done to its
// time. One that is none has a monotonic reading in its Now, as the system's.
type runner interface {
	// Running is how long the clock has run since some moment; it only grows.
	Running() time.Duration
}

// ran is how long this till has run, however the machine's clock was set
// meanwhile.
func (t *Till) ran() time.Duration {
	if r, ok := t.config.Clock.(runner); ok {
		return r.Running() - t.startedAt
	}
	return t.config.Clock.Now().Sub(t.started)
}

type systemClock struct{}

// SystemClock is the machine's clock.
func SystemClock() Clock { return systemClock{} }

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) After(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTimer(d)
	return t.C, func() { t.Stop() }
}
