package till

import (
	"context"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// signingKeys names the key that signs a provider's kept bytes. Once it is
// another one, those bytes may go once more at most: the provider may not know
// them any more, and its answer may be signed with either.
var signingKeys = map[providers.Provider]string{providers.Oxipay: keystore.OxipaySigningKey}

// mostKeys is how many of the newest changes of keys are looked at. A key that
// is not among them counts as changed with the oldest of them.
const mostKeys = 100

// keyChanged is the number of the newest event by which a provider's signing
// key became another one; 0 if it never did, or nothing of it is signed.
func (t *Till) keyChanged(ctx context.Context, p providers.Provider) (int64, error) {
	name, signed := signingKeys[p]
	if !signed {
		return 0, nil
	}
	changes, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventKeySet}, "", time.Time{}, mostKeys)
	if err != nil {
		return 0, err
	}
	for _, e := range changes {
		if e.Note == name {
			return e.Seq, nil
		}
	}
	if len(changes) == mostKeys {
		return changes[mostKeys-1].Seq, nil
	}
	return 0, nil
}

// standing says how an attempt stands to the key that signed it. old: another
// one is in use since. spent: its bytes went out once more since, or more often.
func (t *Till) standing(ctx context.Context, a providers.Attempt) (old, spent bool, err error) {
	changed, err := t.keyChanged(ctx, a.Provider)
	if err != nil || changed == 0 {
		return false, false, err
	}
	timeline, err := t.config.Journal.Timeline(ctx, a.ID)
	if err != nil {
		return false, false, err
	}
	for _, e := range timeline {
		switch e.Type {
		case providers.EventRecorded: // its bytes were signed just before
			old = e.Seq < changed
		case providers.EventSent, providers.EventResent:
			spent = spent || e.Seq > changed
		}
	}
	return old, old && spent, nil
}

// underItsKey is an answer with what the change of a key leaves of it: that old
// bytes are signed wrongly says nothing against the present key.
func (t *Till) underItsKey(ctx context.Context, a providers.Attempt, answer providers.Answer) providers.Answer {
	if !answer.KeySuspected {
		return answer
	}
	old, _, err := t.standing(ctx, a)
	if err == nil && old {
		answer.KeySuspected, answer.Reason = false, providers.KeyChanged
	}
	return answer
}

// giveUpOn marks an attempt as not resolvable from here: it stays not known and
// on the manager's list, and nothing is sent for it any more.
func (t *Till) giveUpOn(ctx context.Context, id, by, session, why string) (providers.Attempt, error) {
	return t.change(ctx, providers.Event{Type: providers.EventUnresolvable, Attempt: id, By: by, Session: session, Note: why})
}

// noteKeys finds out whether a signing key is another one than the journal saw
// in use last, whoever changed it: another process, somebody who put an older
// keystore back, or this one just before it died. The journal knows each by a
// mark.
func (t *Till) noteKeys(ctx context.Context) error {
	t.keys.Lock()
	defer t.keys.Unlock()
	return t.noteKeysHeld(ctx)
}

// takeKeys is what a start does about keys: it finds out what was changed, and
// finishes what an earlier run began when it died.
func (t *Till) takeKeys(ctx context.Context) error {
	if err := t.noteKeys(ctx); err != nil {
		return err
	}
	for p := range signingKeys {
		if err := t.clearSuspects(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

// noteKeysHeld is noteKeys for who holds the lock.
func (t *Till) noteKeysHeld(ctx context.Context) error {
	if t.config.KeyMark == nil {
		return nil
	}
	for p, name := range signingKeys {
		mark := t.config.KeyMark(name)
		if mark == "" || mark == t.marks[name] {
			continue // without a key nothing is sent
		}
		if err := t.noteMark(ctx, p, name, mark); err != nil {
			return err
		}
		t.marks[name] = mark
	}
	return nil
}

// noteMark has the journal know which key is in use and, unless it was told
// already, that it is another one.
func (t *Till) noteMark(ctx context.Context, p providers.Provider, name, mark string) error {
	last, err := t.lastSeen(ctx, name)
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
	if err == nil {
		err = t.clearSuspects(ctx, p)
	}
	return err
}

// lastSeen is the event by which the journal saw a key in use last; empty if it
// never did.
func (t *Till) lastSeen(ctx context.Context, name string) (providers.Event, error) {
	seen, err := t.config.Journal.CounterEvents(ctx, []providers.EventType{providers.EventKeySeen}, "", time.Time{}, mostKeys)
	for _, e := range seen {
		if e.Note == name {
			return e, err
		}
	}
	return providers.Event{}, err
}

// suspects says that an attempt is why the key may be wrong.
func suspects(a providers.Attempt) bool { return a.State == providers.Unknown && a.KeySuspected }

// clearSuspects gives up on what was suspected under an earlier key. A start
// does it too: the program may have died right after the change.
func (t *Till) clearSuspects(ctx context.Context, p providers.Provider) error {
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if a.Provider != p || !suspects(a) {
			continue
		}
		old, _, err := t.standing(ctx, a)
		if err == nil && old {
			_, err = t.giveUpOn(ctx, a.ID, "", "", "the key was changed")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
