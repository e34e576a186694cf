package cli

import (
	"context"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// hear takes the till's news: a verdict that is not saved is in no journal.
func (c *clerk) hear(u till.Update) {
	c.mu.Lock()
	if u.NotSaved {
		c.unsaved[u.Attempt.ID] = u.Attempt
	} else {
		delete(c.unsaved, u.Attempt.ID)
	}
	c.mu.Unlock()
}

// now is an attempt as it stands; as it stood where the journal cannot be read.
func (c *clerk) now(ctx context.Context, a providers.Attempt) providers.Attempt {
	if held, unsaved := c.held(a.ID); unsaved {
		return held
	}
	if current, err := c.journal.Attempt(ctx, a.ID); err == nil {
		return current
	}
	return a
}

// held is a verdict that only the till's memory has.
func (c *clerk) held(id string) (providers.Attempt, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, unsaved := c.unsaved[id]
	return a, unsaved
}

// await waits until an attempt is as far as enough says, whoever works on it,
// or until the context ends. each sees every step; it may be nil.
func (c *clerk) await(ctx context.Context, a providers.Attempt, enough func(providers.Attempt) bool, each func(providers.Attempt)) providers.Attempt {
	last, err := c.till.AwaitUntil(ctx, a.ID, func(now providers.Attempt) bool {
		if each != nil {
			each(now)
		}
		return enough(now)
	})
	if err != nil { // stopped, or the journal cannot be read: how it stood last
		return c.now(context.WithoutCancel(ctx), a)
	}
	return last
}

// outcome waits for what became of an attempt, at most for the time that
// --timeout says; without it, for as long as the provider may take.
func (c *clerk) outcome(ctx context.Context, a providers.Attempt) providers.Attempt {
	ctx, cancel := context.WithTimeout(ctx, c.patience(a.Provider))
	defer cancel()
	return c.await(ctx, a, decided, nil)
}

// patience is how long an outcome is waited for. Where nobody says, it is a
// little more than the client's own limit, so that it is the client who gives
// up and the journal knows it.
func (c *clerk) patience(p providers.Provider) time.Duration {
	const more = 5 * time.Second
	switch {
	case c.flags.timeout > 0:
		return c.flags.timeout
	case p == providers.Oxipay:
		return c.settings.Oxipay.Timeout + more
	}
	return providers.DefaultTimeout + more
}

// decided says that nothing more comes by itself soon: it is known, or nobody
// asks again.
func decided(a providers.Attempt) bool {
	switch a.State {
	case providers.Recorded, providers.Sent:
		return false
	case providers.Unknown:
		return a.Kind == providers.Invite || a.Closed || a.KeySuspected
	}
	return true
}
