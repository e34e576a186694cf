package till

import (
	"context"
	"errors"
	"fmt"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// Sealed is the part of the keystore that tells one state of it from another.
type Sealed interface {
	// Generation counts the changes.
	Generation() int
	// Fingerprint tells two of the same generation apart.
	Fingerprint() string
	// Reload reads the keystore again.
	Reload() error
}

// ErrKeystore: the keystore is not the one that the journal noted last. An
// older copy was put back, or another one was put in its place.
var ErrKeystore = errors.New("keystore behind the journal")

// CheckKeystore compares the keystore with what the journal noted last. doubt
// is nil, or ErrKeystore in a sentence. A keystore of a higher generation is
// in order: whoever changed it may have died before the journal knew.
func CheckKeystore(ctx context.Context, j *journal.Journal, k Sealed) (doubt, err error) {
	_, doubt, err = compared(ctx, j, k)
	return doubt, err
}

// compared gives the journal's last word about the keystore, and what speaks
// against this one. Another process may have changed the keystore since it was
// read: what the journal notes was on the disk before, so that it is read once
// more after the journal before anything is doubted.
func compared(ctx context.Context, j *journal.Journal, k Sealed) (last providers.Event, doubt, err error) {
	if last, err = lastNoted(ctx, j); err != nil {
		return last, nil, err
	}
	if doubt = doubtOf(k, last); doubt != nil {
		if err := k.Reload(); err != nil {
			return last, doubt, nil // the doubt says more than this
		}
		doubt = doubtOf(k, last)
	}
	return last, doubt, nil
}

// lastNoted is the newest word of the journal about the keystore; empty if
// there is none.
func lastNoted(ctx context.Context, j *journal.Journal) (providers.Event, error) {
	events, err := j.CounterEvents(ctx, []providers.EventType{providers.EventKeystore, providers.EventKeystoreDoubted}, "", time.Time{}, 1)
	if err != nil || len(events) == 0 {
		return providers.Event{}, err
	}
	return events[0], nil
}

// doubtOf says what is wrong with a keystore, given the journal's last word.
// A doubt that was noted stays until the right keystore is back or a manager
// has accepted this one: a few changes would carry any old copy past the
// number that was noted.
func doubtOf(k Sealed, last providers.Event) error {
	now := k.Generation()
	switch same := now == last.Generation && k.Fingerprint() == last.Fingerprint; {
	case last.Type == "", same:
		return nil
	case now < last.Generation:
		return swapped(fmt.Sprintf("the keystore is older than the journal knows it (change %d, it was %d): an older copy was put back", now, last.Generation))
	case now == last.Generation || last.Type == providers.EventKeystoreDoubted:
		return swapped("the keystore is not the one that the journal knows: another copy was put in its place")
	}
	return nil
}

func swapped(text string) error {
	return &providers.Error{
		Kind: providers.Credentials, Text: text, Err: ErrKeystore,
		Hint: "keys and PINs may be old ones: put back the newest copy, or have a manager accept this one with `cashdesk keystore accept`",
	}
}

// NoteKeystore has the journal note the keystore that is in use now. One that
// is in doubt is noted as doubted, once, and the doubt is given back.
func NoteKeystore(ctx context.Context, j *journal.Journal, k Sealed, by string) (doubt, err error) {
	last, doubt, err := compared(ctx, j, k)
	if err != nil {
		return nil, err
	}
	e := providers.Event{Type: providers.EventKeystore, By: by, Generation: k.Generation(), Fingerprint: k.Fingerprint()}
	if doubt != nil {
		if last.Type == providers.EventKeystoreDoubted {
			return doubt, nil
		}
		// It keeps what was noted before, so that the right one is known again.
		e.Type, e.Generation, e.Fingerprint = providers.EventKeystoreDoubted, last.Generation, last.Fingerprint
		e.Note = doubt.Error()
	} else if last.Type == e.Type && last.Generation == e.Generation {
		return nil, nil
	}
	_, err = j.Append(ctx, e)
	return doubt, err
}

// AcceptKeystore has the journal note a keystore that was in doubt, on the word
// of a manager who says why.
func AcceptKeystore(ctx context.Context, j *journal.Journal, k Sealed, by, reason string) error {
	if err := CheckReason(reason); err != nil {
		return err
	}
	_, err := j.Append(ctx, providers.Event{
		Type: providers.EventKeystore, By: by, Note: "accepted: " + reason, Generation: k.Generation(), Fingerprint: k.Fingerprint(),
	})
	return err
}

// KeystoreRead tells the till that the keystore was read again, and what came
// of it: read is nil, or why it was not taken. The counter goes on with what
// it has; the header says that a manager is needed.
func (t *Till) KeystoreRead(ctx context.Context, read error) error {
	if t.config.Keystore == nil {
		return nil
	}
	doubt, err := read, error(nil)
	if read == nil {
		doubt, err = NoteKeystore(ctx, t.config.Journal, t.config.Keystore, "")
	}
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if doubt != nil && t.keystoreDoubt == nil {
		t.config.Log.Error("the keystore is in doubt", "error", doubt)
	}
	t.keystoreDoubt = doubt
	return nil
}
