package till

import (
	"context"
	"time"

	"cashdesk/providers"
)

// awaitPause is how often an attempt is read that another process drives.
const awaitPause = 100 * time.Millisecond

// Await waits for the first outcome of an attempt, whichever process is sending
// it: until it is neither recorded nor sent. One whose driver died is taken up.
// The error is the context's, or the journal's; beside the context's the attempt
// is as it stands.
func (t *Till) Await(ctx context.Context, id string) (providers.Attempt, error) {
	return t.AwaitUntil(ctx, id, func(a providers.Attempt) bool {
		return a.State != providers.Recorded && a.State != providers.Sent
	})
}

// AwaitUntil waits until an attempt is as somebody wants it. While it is recorded
// or sent and nobody drives it any more, it is taken up.
func (t *Till) AwaitUntil(ctx context.Context, id string, done func(providers.Attempt) bool) (providers.Attempt, error) {
	for {
		news := t.hearing.next() // before it is read
		// However little time there was: how it stands is what is asked.
		a, err := t.config.Journal.Attempt(context.WithoutCancel(ctx), id)
		if err != nil || done(a) {
			return a, err
		}
		if a.State == providers.Recorded || a.State == providers.Sent {
			_ = t.adopt(ctx, a, 0) // mostly somebody drives it; else the log has why
		}
		timer, stop := t.config.Clock.After(awaitPause)
		select {
		case <-ctx.Done():
			stop()
			return a, ctx.Err()
		case <-news:
		case <-timer:
		}
		stop()
	}
}
