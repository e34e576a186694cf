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
	if !t.config.Staff.CheckPIN(id, pin) {
		return keystore.Member{}, unknownPerson()
	}
	if _, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventPINRight, By: id}); err != nil {
		return keystore.Member{}, err
	}
	return member, nil
}

// pinWait is how long a person must wait before the next try. The lock counts
// from the last wrong try, or from this program's start when that is later: a
// restart or a clock that was moved cannot shorten it.
func (t *Till) pinWait(ctx context.Context, m keystore.Member) (time.Duration, error) {
	events, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventPINTry, providers.EventPINRight}, m.ID, time.Time{}, mostTries)
	if err != nil {
		return 0, err
	}
	wrong := 0
	var last time.Time
	for _, e := range events { // newest first
		if e.Type == providers.EventPINRight {
			break
		}
		if wrong == 0 {
			last = e.At
		}
		wrong++
	}
	if wrong < maxTries {
		return 0, nil
	}
	now := t.config.Clock.Now()
	if last.Before(t.started) || last.After(now) {
		last = t.started
	}
	lock := t.config.PINLock
	if t.lastManager(m) {
		// The only manager must never be locked out, only slowed down.
		lock = min(time.Minute<<min(wrong-maxTries, 4), 15*time.Minute)
	}
	return last.Add(lock).Sub(now), nil
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
