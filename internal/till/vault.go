package till

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// Vault is the part of the keystore that holds secrets.
type Vault interface {
	// Has says whether a secret is set.
	Has(name string) bool
	// Set checks a secret's form and keeps it.
	Set(name string, value keystore.Secret) error
	// Remove forgets a secret that is set.
	Remove(name string) error
}

// KeyState says whether a secret is set; never what it is.
type KeyState struct {
	Name    string
	Title   string
	Purpose string // what it is for and where it comes from
	Form    string // what a valid one looks like
	Set     bool
	// Registers: this device can register for a new one, see Register.
	Registers bool
	// Waiting are the payments that are not known yet and were signed with it:
	// with another key nobody can ask about them from here.
	Waiting []providers.Attempt
}

// UnresolvedError says which payments stand in the way of another key: settle
// them, or give up asking about them from here.
type UnresolvedError struct{ Attempts []providers.Attempt }

// Error says how many.
func (e *UnresolvedError) Error() string {
	if len(e.Attempts) == 1 {
		return "a payment that this key signed is not known yet"
	}
	return fmt.Sprintf("%d payments that this key signed are not known yet", len(e.Attempts))
}

// KeyStates lists the secrets that the counter can use: to a manager, or on a
// manager's word.
func (t *Till) KeyStates(ctx context.Context, s Session, p Permit) ([]KeyState, error) {
	if err := t.allow(ctx, s, p, Keys); err != nil {
		return nil, err
	}
	var all []KeyState
	for _, k := range keystore.Keys() {
		state := KeyState{Name: k.Name, Title: k.Title, Purpose: k.Purpose, Form: k.Form, Set: t.config.Vault.Has(k.Name)}
		state.Registers = k.Name == keystore.OxipaySigningKey
		var err error
		if state.Waiting, _, err = t.signedBy(ctx, k.Name); err != nil {
			return nil, err
		}
		all = append(all, state)
	}
	return all, nil
}

// SetKey puts a secret into the keystore; the journal notes which, by whom and
// why, before the keystore is written: if the program dies between the two, a
// change is assumed. A key that signed payments which are not known yet is
// replaced only after each was settled, or with giveUp, which marks each as not
// resolvable from here; otherwise it is an *UnresolvedError.
func (t *Till) SetKey(ctx context.Context, s Session, p Permit, name, value string, giveUp bool) error {
	if err := t.need(ctx, s, p, Keys); err != nil {
		return err
	}
	if err := CheckKey(name, value); err != nil {
		return err
	}
	t.begin.Lock() // nothing is signed with the old key and recorded after
	defer t.begin.Unlock()
	t.keys.Lock()
	defer t.keys.Unlock()
	if err := t.release(ctx, s, p, name, giveUp); err != nil {
		return err
	}
	if _, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventKeySet, By: p.By, Session: s.ID, Note: name}); err != nil {
		return err
	}
	if err := t.config.Vault.Set(name, keystore.NewSecret(value)); err != nil {
		return err
	}
	defer t.clerk.wake()
	t.cleared = false // also by the same key once more, which no mark tells
	return errors.Join(t.noteKeysHeld(ctx), t.KeystoreRead(ctx, nil))
}

// CheckKey says what is wrong with the form of a secret, nil if it can be this
// key.
func CheckKey(name, value string) error {
	key, known := keystore.KeyNamed(name)
	if !known {
		return providers.Invalid("key", fmt.Sprintf("there is no key named %q", name), "")
	}
	return key.Check(keystore.NewSecret(strings.TrimSpace(value)))
}

// release sees to it that nothing waits for the present key any more.
func (t *Till) release(ctx context.Context, s Session, p Permit, name string, giveUp bool) error {
	waiting, flying, err := t.signedBy(ctx, name)
	switch {
	case err != nil:
		return err
	case flying:
		return conflict("a payment is on its way, signed with this key", "wait for its answer, then set the key")
	case len(waiting) > 0 && !giveUp:
		return &UnresolvedError{Attempts: waiting}
	}
	for _, a := range waiting {
		if _, err := t.giveUpOn(ctx, a.ID, p.By, s.ID, p.Reason); err != nil {
			return err
		}
	}
	return nil
}

// signedBy gives the payments that are not known yet, were signed with a key, and
// are not marked as not resolvable from here: those that were closed too, for a
// manager may still have them asked about. flying: one is on its way right now.
func (t *Till) signedBy(ctx context.Context, name string) (waiting []providers.Attempt, flying bool, err error) {
	all, err := t.config.Journal.Unfinished(ctx)
	for _, a := range all {
		switch {
		case signingKeys[a.Provider] != name || !policyOf(a).resend:
		case a.State == providers.Recorded, a.State == providers.Sent:
			flying = true
		case a.State == providers.Unknown && !givenUp(a):
			a.Personal = a.Personal.Masked()
			waiting = append(waiting, a)
		}
	}
	return waiting, flying, err
}
