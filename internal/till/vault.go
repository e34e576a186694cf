package till

import (
	"context"
	"errors"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// Vault is the part of the keystore that holds secrets.
type Vault interface {
	// Has says whether a secret is set.
	Has(name string) bool
	// Set checks a secret's form and keeps it.
	Set(name string, value keystore.Secret) error
}

// KeyState says whether a secret is set; never what it is.
type KeyState struct {
	Name    string
	Title   string
	Purpose string // what it is for and where it comes from
	Form    string // what a valid one looks like
	Set     bool
}

// KeyStates lists the secrets that the counter can use; managers only.
func (t *Till) KeyStates(ctx context.Context, s Session) ([]KeyState, error) {
	if err := t.require(ctx, s, Keys); err != nil {
		return nil, err
	}
	var all []KeyState
	for _, k := range keystore.Keys() {
		all = append(all, KeyState{Name: k.Name, Title: k.Title, Purpose: k.Purpose, Form: k.Form, Set: t.config.Vault.Has(k.Name)})
	}
	return all, nil
}

// SetKey puts a secret into the keystore; the journal notes which, by whom.
func (t *Till) SetKey(ctx context.Context, s Session, name, value string) error {
	if err := t.require(ctx, s, Keys); err != nil {
		return err
	}
	if err := t.config.Vault.Set(name, keystore.NewSecret(value)); err != nil {
		return err
	}
	_, err := t.config.Journal.Append(ctx, providers.Event{Type: providers.EventKeySet, By: s.Operator, Session: s.ID, Note: name})
	return errors.Join(err, t.KeystoreRead(ctx, nil))
}
