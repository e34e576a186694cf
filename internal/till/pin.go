package till

import (
	"context"
	"fmt"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// maxTries is how many wrong PINs in a row lock an operator.
const maxTries = 5

// mostTries is how many of the newest tries are looked at: so many wrong ones
// in a row lock as long as more would.
const mostTries = 50

func unknownPerson() error {
	return &providers.Error{Kind: providers.Forbidden, Field: "pin", Text: "that operator or PIN is not right", Hint: "try again, or ask a manager"}
}

// checkPIN journals the try, then checks it, then journals what came of it: a
// try that was cut off counts as a wrong one.
func (t *Till) checkPIN(ctx context.Context, id, pin string) (keystore.Member, error) {
	member, ok := t.config.Staff.Member(id)
	if !ok || member.Disabled {
		return keystore.Member{}, unknownPerson()
	}
	wait, err := t.pinWait(ctx, member)
	if err != nil {
		return keystore.Member{}, err
	}
	if wait > 0 {
		return keystore.Member{}, &providers.Error{
			Kind: providers.Forbidden, Field: "pin",
			Text: fmt.Sprintf("%s is locked for another %s after %d wrong PINs", member.Name, roundUp(wait), maxTries),
			Hint: "somebody else can sign in meanwhile; payments go on",
		}
	}
	if _, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventPINTry, By: id}); err != nil {
		return keystore.Member{}, err
	}
	t.mu.Lock()
	t.tried[id] = t.ran()
	t.mu.Unlock()
	if !t.config.Staff.CheckPIN(id, pin) {
		return keystore.Member{}, unknownPerson()
	}
	if _, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventPINRight, By: id}); err != nil {
		return keystore.Member{}, err
	}
	return member, nil
}

// pinWait is how long a person must wait before the next try. A lock runs only
// while the program does: by its running time from the last wrong try, or from
// its start, with what earlier runs noted when they ended. What a run that was
// killed had served does not count, and no clock can shorten it.
func (t *Till) pinWait(ctx context.Context, m keystore.Member) (time.Duration, error) {
	lock, last, err := t.pinLock(ctx, m)
	if err != nil || lock == 0 {
		return 0, err
	}
	served, err := t.served(ctx, m.ID, last)
	return lock - served, err
}

// pinLock is how long a person is locked from their last wrong try, the event
// with the number last; 0 if not at all.
func (t *Till) pinLock(ctx context.Context, m keystore.Member) (lock time.Duration, last int64, err error) {
	events, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventPINTry, providers.EventPINRight}, m.ID, time.Time{}, mostTries)
	if err != nil {
		return 0, 0, err
	}
	wrong := 0
	for _, e := range events { // newest first
		if e.Type == providers.EventPINRight {
			break
		}
		wrong++
	}
	switch {
	case wrong < maxTries:
		return 0, 0, nil
	case t.lastManager(m):
		// The only manager must never be locked out, only slowed down.
		return min(time.Minute<<min(wrong-maxTries, 4), 15*time.Minute), events[0].Seq, nil
	}
	return t.config.PINLock, events[0].Seq, nil
}

// served is how much of a lock has run since the last wrong try.
func (t *Till) served(ctx context.Context, id string, last int64) (time.Duration, error) {
	t.mu.Lock()
	at, here := t.tried[id]
	t.mu.Unlock()
	if here {
		return t.ran() - at, nil
	}
	events, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventPINServed}, id, time.Time{}, 1)
	if err != nil || len(events) == 0 || events[0].Seq < last {
		return t.ran(), err
	}
	return t.ran() + events[0].Took, nil
}

// keepLocks notes how much of each lock has run, for the next start.
func (t *Till) keepLocks(ctx context.Context) {
	for _, m := range t.config.Staff.Staff() {
		lock, last, err := t.pinLock(ctx, m)
		if err != nil || lock == 0 {
			continue
		}
		served, err := t.served(ctx, m.ID, last)
		if err == nil && served > 0 && served < lock {
			_, err = t.config.Journal.Append(ctx, providers.Event{Type: providers.EventPINServed, By: m.ID, Took: served})
		}
		if err != nil {
			t.config.Log.Error("a lock begins anew at the next start", "operator", m.ID, "error", err)
		}
	}
}

func (t *Till) lastManager(m keystore.Member) bool {
	if m.Role != keystore.Manager {
		return false
	}
	for _, other := range t.config.Staff.Staff() {
		if other.ID != m.ID && other.Role == keystore.Manager && !other.Disabled {
			return false
		}
	}
	return true
}

func roundUp(d time.Duration) string {
	if d > time.Minute {
		return fmt.Sprintf("%d min", int((d+time.Minute-1)/time.Minute))
	}
	return fmt.Sprintf("%d s", int((d+time.Second-1)/time.Second))
}
