package till

import (
	"context"
	"time"

	"cashdesk/providers"
)

// noteKeys finds out whether a signing key is another one than the journal saw
// in use last, whoever changed it: another process, somebody who put an older
// keystore back, or this one just before it died. The journal knows each by a
// mark.
func (t *Till) noteKeys(ctx context.Context) error {
	t.keys.Lock()
	defer t.keys.Unlock()
	return t.noteKeysHeld(ctx)
}

// takeKeys is noteKeys where something may be suspected under an earlier key
// although no mark is news: another process may have set the same key once more.
func (t *Till) takeKeys(ctx context.Context) error {
	t.keys.Lock()
	defer t.keys.Unlock()
	t.cleared = false
	return t.noteKeysHeld(ctx)
}

// noteKeysHeld is noteKeys for who holds the lock. What it could not finish it
// goes on with the next time; a start counts as a change, for the run before may
// have died right after one.
func (t *Till) noteKeysHeld(ctx context.Context) error {
	for p, name := range signingKeys {
		mark := t.mark(name)
		if mark == "" || mark == t.marks[name] {
			continue // without a key nothing is sent
		}
		t.cleared = false
		if err := t.noteMark(ctx, p, name, mark); err != nil {
			return err
		}
		t.marks[name] = mark
		t.clerk.wake()
	}
	if t.cleared {
		return nil
	}
	if err := t.clearSuspects(ctx); err != nil {
		return err
	}
	t.cleared = true
	return nil
}

// mark tells the present key from another one; "" if none is set, or if nobody
// but this till changes keys.
func (t *Till) mark(name string) string {
	if t.config.KeyMark == nil {
		return ""
	}
	return t.config.KeyMark(name)
}

// noteMark has the journal know which key is in use and, unless it was told
// already, that it is another one.
func (t *Till) noteMark(ctx context.Context, p providers.Provider, name, mark string) error {
	last, _, err := t.lastSeen(ctx, name)
	if err != nil || last.Fingerprint == mark {
		return err
	}
	changed, err := t.keyChanged(ctx, p)
	if err == nil && last.Seq > 0 && changed < last.Seq {
		_, err = t.config.Journal.Append(ctx, providers.Event{Type: providers.EventKeySet, Note: name})
	}
	if err == nil {
		_, err = t.config.Journal.Append(ctx, providers.Event{Type: providers.EventKeySeen, Note: name, Fingerprint: mark})
	}
	return err
}

// lastSeen is the event by which the journal saw a key in use last; empty if it
// never did. other: it saw another one in use before.
func (t *Till) lastSeen(ctx context.Context, name string) (last providers.Event, other bool, err error) {
	seen, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventKeySeen}, "", time.Time{}, mostKeys)
	for _, e := range seen { // newest first
		switch {
		case e.Note != name:
		case last.Seq == 0:
			last = e
		default:
			return last, true, err
		}
	}
	return last, false, err
}
