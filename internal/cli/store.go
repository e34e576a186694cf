package cli

import (
	"errors"
	"fmt"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
)

// withStore opens the keystore of the settings and reads something of it.
func (p *program) withStore(do func(*keystore.Store) error) error {
	_, store, err := p.opened(false)
	if err != nil {
		return err
	}
	return do(store)
}

// opened gives the settings and the keystore that they name. create makes one
// when there is none yet.
func (p *program) opened(create bool) (*settings.Settings, *keystore.Store, error) {
	s, err := p.load()
	if err != nil {
		return nil, nil, err
	}
	store, err := p.store(s, create)
	return s, store, err
}

// store opens the keystore: by the identity that the operating system keeps,
// where the settings say so, else by the passphrase. create makes one when
// there is none yet.
func (p *program) store(s *settings.Settings, create bool) (*keystore.Store, error) {
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	if errors.Is(err, keystore.ErrNone) && create {
		return p.createStore(s.Paths.Keystore)
	}
	if err != nil {
		return nil, err
	}
	if opened, err := openWithoutPassphrase(s, locked); opened != nil || err != nil {
		return opened, err
	}
	store, _, err := p.unlock(locked)
	return store, err
}

// unlock opens the keystore with the passphrase, which it gives too.
func (p *program) unlock(locked *keystore.Locked) (*keystore.Store, string, error) {
	passphrase, err := p.secret("Passphrase of the keystore")
	if err != nil {
		return nil, "", err
	}
	p.working("opening the keystore")
	store, err := locked.Unlock(passphrase)
	return store, passphrase, err
}

func (p *program) createStore(dir string) (*keystore.Store, error) {
	fmt.Fprintf(p.err, "There is no keystore yet: one is made in %s.\nChoose its passphrase, of %d characters or more; without it nobody can read the keys again.\n", dir, keystore.MinPassphrase)
	passphrase, err := p.secretTwice("New passphrase", keystore.CheckPassphrase)
	if err != nil {
		return nil, err
	}
	p.working("making the keystore")
	return keystore.Create(dir, passphrase, keystore.Options{})
}

// openWithoutPassphrase opens the keystore with an identity from a file or the
// operating system's keyring, when the settings name one; nil when they do not.
func openWithoutPassphrase(s *settings.Settings, locked *keystore.Locked) (*keystore.Store, error) {
	var identity keystore.Secret
	var err error
	switch {
	case s.Staff.IdentityFile != "":
		identity, err = keystore.IdentityFromFile(s.Staff.IdentityFile)
	case s.Staff.UseKeyring:
		identity, err = keystore.KeyringIdentity(locked.Dir())
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return locked.UnlockWithIdentity(identity.Reveal())
}
