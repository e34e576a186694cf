package till

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	// forgetStart is how long after a start the first removal begins: the first
	// minutes belong to customers, and to the first word of a provider's clock.
	forgetStart = 5 * time.Minute
	forgetEvery = 24 * time.Hour
	// forgetPause stands between one payment and the next, so that nobody at
	// the counter ever waits for more than one of them.
	forgetPause = 20 * time.Millisecond
	// forgetWait is the pause while somebody is being served, or reads.
	forgetWait = time.Second
)

// ForgetAfter has personal data removed when nothing has happened to its payment
// for so long; soon after the start, and every day while the counter runs. It
// is called once, after Start. Zero keeps everything.
func (t *Till) ForgetAfter(keep time.Duration) {
	ctx := t.running()
	if keep <= 0 || ctx.Err() != nil {
		return
	}
	t.work.Go(func() {
		for pause := forgetStart; t.rest(ctx, pause); pause = forgetEvery {
			n, err := t.forgetOld(ctx, keep)
			switch {
			case ctx.Err() != nil:
			case err != nil:
				t.config.Log.Error("personal data could not be removed", "removed", n, "error", err)
			case n > 0:
				t.config.Log.Info("personal data removed", "payments", n)
			}
		}
	})
}

// forgetOld removes what is older than keep, one payment after the other.
func (t *Till) forgetOld(ctx context.Context, keep time.Duration) (n int, err error) {
	if t.clockDoubted() {
		return 0, errors.New("this machine's clock differs from a provider's: nothing is removed by it")
	}
	before := t.config.Clock.Now().Add(-keep)
	why := fmt.Sprintf("nothing had happened for %d days", int(keep/(24*time.Hour)))
	n, err = t.config.Journal.ForgetOlder(ctx, before, "", why, func() bool { return t.quiet(ctx) })
	if err != nil {
		return n, err
	}
	// Also when nothing was removed: a run before may have been cut off here.
	for {
		done, err := t.config.Journal.Wipe(ctx)
		if err != nil || done || !t.rest(ctx, forgetWait) {
			return n, err
		}
	}
}

// quiet waits until nobody is being served; false says that the program ends.
func (t *Till) quiet(ctx context.Context) bool {
	for pause := forgetPause; t.rest(ctx, pause); pause = forgetWait {
		if !t.serving() {
			return true
		}
	}
	return false
}

// serving says that a request is on its way.
func (t *Till) serving() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, d := range t.drivers {
		if d.busy {
			return true
		}
	}
	return false
}

// clockDoubted says that a provider's clock contradicts this machine's. What is
// removed is gone for ever: a wrong year must not remove it.
func (t *Till) clockDoubted() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.offset.Abs() > clockSlack
}

// rest waits; false says that the program ends.
func (t *Till) rest(ctx context.Context, pause time.Duration) bool {
	timer, stop := t.config.Clock.After(pause)
	defer stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer:
		return true
	}
}
