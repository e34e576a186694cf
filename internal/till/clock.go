package till

import "time"

// Clock is the till's only source of time, so that a test can drive it.
type Clock interface {
	// Now is the time, with a monotonic reading where the clock has one.
	Now() time.Time
	// After sends once when the duration has passed; stop frees it early.
	After(d time.Duration) (c <-chan time.Time, stop func())
}

type systemClock struct{}

// SystemClock is the machine's clock.
func SystemClock() Clock { return systemClock{} }

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) After(d time.Duration) (<-chan time.Time, func()) {
	t := time.NewTimer(d)
	return t.C, func() { t.Stop() }
}
