package cli

import (
	"errors"
	"fmt"

	"cashdesk/internal/settings"
	"cashdesk/keystore"
)

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
	passphrase, err := p.secret("Passphrase of the keystore")
	if err != nil {
		return nil, err
	}
	return locked.Unlock(passphrase)
}

func (p *program) createStore(dir string) (*keystore.Store, error) {
	fmt.Fprintf(p.err, "A new keystore is made in %s.\nChoose its passphrase; without it nobody can read the keys again.\n", dir)
	passphrase, err := p.secretTwice("New passphrase")
	if err != nil {
		return nil, err
	}
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
