package sim

import (
	"context"
	"errors"
	"slices"
	"time"

	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// vault is the keystore's room for keys, of which only the one that signs for
// Oxipay ever changes.
type vault struct{ w *world }

func (vault) Has(string) bool { return true }

func (vault) Remove(string) error { return nil }

func (v vault) Set(_ string, value keystore.Secret) error {
	v.w.setKey(value.Reveal())
	return nil
}

// setKey puts another key into the keystore.
func (w *world) setKey(key string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if key != w.key {
		w.key = key
		w.keys++
	}
}

// signingKey is the one in the keystore, which the provider may not have.
func (w *world) signingKey() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.key
}

// keyMark tells keys apart.
func (w *world) keyMark(name string) string {
	if name != keystore.OxipaySigningKey {
		return ""
	}
	return "mark of " + w.signingKey()
}

// changeKey is somebody who sets a wrong signing key, or the right one again:
// at the counter, or behind its back by an older keystore that is put in place.
func (w *world) changeKey() {
	key := []string{sandbox.OxipayKey, "a-key-of-yesterday", "a-key-of-last-year"}[w.staff.below(3)]
	if w.signingKey() != sandbox.OxipayKey && w.staff.one(2) {
		key = sandbox.OxipayKey
	}
	w.count(counts{KeyChanges: 1})
	if w.staff.one(2) {
		// With a payment on its way it matters.
		w.sell()
		w.pass(w.staff.between(time.Second, 8*time.Second))
		w.setKey(key)
		w.tell("AN OLDER KEYSTORE is put in place, its key %s", key)
		w.pass(w.staff.between(time.Second, 3*time.Minute))
		return
	}
	permit, err := w.permit(till.Keys, "it was changed")
	w.rest()
	if err != nil || w.run.dead.Load() {
		return
	}
	giveUp := w.staff.one(2)
	waits := w.waitsForKey()
	err = w.run.till.SetKey(context.Background(), w.run.session, permit, keystore.OxipaySigningKey, key, giveUp)
	w.rest()
	w.say("mia sets the key %s, giving up what waits %t: %v", key, giveUp, err)
	if err == nil && !giveUp && waits != "" {
		w.fail(otherwise, "the key was changed while %s was not known", waits)
	}
	var unresolved *till.UnresolvedError
	if errors.As(err, &unresolved) && waits == "" {
		w.fail(otherwise, "the key was not changed, and nothing waits for it")
	}
}

// waitsForKey is a payment that is not known and was signed, closed or not, unless
// it was given up on when another key was set.
func (w *world) waitsForKey() string {
	all, err := w.run.till.Unsettled(context.Background())
	if err != nil {
		return ""
	}
	i := slices.IndexFunc(all, func(a providers.Attempt) bool {
		return (a.Kind == providers.Authorise || a.Kind.Returns()) && a.State == providers.Unknown && !(a.Closed && a.Reason == providers.KeyChanged)
	})
	if i < 0 {
		return ""
	}
	return w.label(all[i].ID)
}

// oldBytes holds the rule of a change of keys: bytes that an earlier key signed
// go at most once more.
func (w *world) oldBytes(s *sends, a providers.Attempt) {
	w.mu.Lock()
	old, keys := s.key != w.key, w.keys
	w.mu.Unlock()
	if !old {
		return
	}
	if s.keys != keys {
		s.keys, s.after = keys, 0
	}
	if s.after++; s.after > 1 && (a.Kind == providers.Authorise || a.Kind.Returns()) {
		w.fail(unasked, "the bytes of %s went out %d times after the key was changed", w.label(a.ID), s.after)
	}
}
