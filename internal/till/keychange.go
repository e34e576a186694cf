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

// keyTaken is the number of the event by which a provider's signing key was
// seen in use after another one; 0 if there was no other.
func (t *Till) keyTaken(ctx context.Context, p providers.Provider) (int64, error) {
	last, other, err := t.lastSeen(ctx, signingKeys[p])
	if err != nil || !other {
		return 0, err
	}
	return last.Seq, nil
}

// standing says how an attempt stands to the key that signed it. old: another
// one is in use since. spent: its bytes went out since that was said, however
// often.
func (t *Till) standing(ctx context.Context, a providers.Attempt) (old, spent bool, err error) {
	changed, err := t.keyChanged(ctx, a.Provider)
	if err != nil || changed == 0 {
		return false, false, err
	}
	// Another process says that the key is another one a moment before this one
	// reads it: what began in between was still signed with the old one.
	taken, err := t.keyTaken(ctx, a.Provider)
	if err != nil {
		return false, false, err
	}
	timeline, err := t.config.Journal.Timeline(ctx, a.ID)
	if err != nil {
		return false, false, err
	}
	for _, e := range timeline {
		switch e.Type {
		case providers.EventRecorded: // its bytes were signed just before
			old = e.Seq < max(changed, taken)
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

// suspects says that an attempt is why the key may be wrong.
func suspects(a providers.Attempt) bool { return a.State == providers.Unknown && a.KeySuspected }

// clearSuspects gives up on what was suspected under an earlier key.
func (t *Till) clearSuspects(ctx context.Context) error {
	all, err := t.config.Journal.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if !suspects(a) {
			continue
		}
		old, _, err := t.standing(ctx, a)
		if err == nil && old {
			_, err = t.giveUpOn(ctx, a.ID, "", "", "the key was changed")
		}
		// One that became known meanwhile is no suspect any more.
		if err != nil && providers.KindOf(err) != providers.Conflict {
			return err
		}
	}
	return nil
}
