package keystore

import (
	"errors"
	"path/filepath"

	"github.com/zalando/go-keyring"

	"cashdesk/providers"
)

// keyringService is the name under which the keyring holds identities; the
// account is the keystore's folder.
const keyringService = "cashdesk keystore"

// Identity is the keystore's identity, which opens it without the passphrase:
// for the keyring or for a systemd credential, never for the screen.
func (s *Store) Identity() Secret {
	return NewSecret(s.identity.String())
}

// KeyringIdentity gets the identity of the keystore in dir from the operating
// system's keyring.
func KeyringIdentity(dir string) (Secret, error) {
	account, err := filepath.Abs(dir)
	if err != nil {
		return Secret{}, machine(err, "cannot tell where "+dir+" is", "")
	}
	text, err := keyring.Get(keyringService, account)
	if errors.Is(err, keyring.ErrNotFound) {
		return Secret{}, fault(ErrIdentity, "the keyring holds no identity for "+dir, "cashdesk keystore identity --keyring puts it there")
	}
	if err != nil {
		return Secret{}, fault(err, "the operating system's keyring does not answer", "unlock the keyring, or use the passphrase")
	}
	return NewSecret(text), nil
}

// KeepInKeyring puts the identity into the operating system's keyring, so
// that staff can open the counter without the passphrase.
func (s *Store) KeepInKeyring() error {
	if s.dir == "" {
		return providers.Invalid("keystore", "this keystore is not on disk", "")
	}
	account, err := filepath.Abs(s.dir)
	if err != nil {
		return machine(err, "cannot tell where "+s.dir+" is", "")
	}
	if err := keyring.Set(keyringService, account, s.identity.String()); err != nil {
		return fault(err, "the operating system's keyring does not take the identity", "unlock the keyring, or use an identity file")
	}
	return nil
}

// IdentityFromFile reads the identity from a file, under the same rules as
// the keystore's own files; a credential handed over by systemd is accepted
// as systemd makes it.
func IdentityFromFile(path string) (Secret, error) {
	data, err := readPrivate(path, checkIdentityFile)
	if errors.Is(err, ErrNone) {
		return Secret{}, fault(ErrIdentity, "there is no identity file "+path, "cashdesk keystore identity --file writes one")
	}
	if err != nil {
		return Secret{}, err
	}
	identity, err := parseIdentity(string(data))
	if err != nil {
		return Secret{}, fault(ErrIdentity, path+" does not hold an identity", "cashdesk keystore identity --file writes one")
	}
	return NewSecret(identity.String()), nil
}

// WriteIdentityFile writes the identity to a new file of mode 0600. Who can
// read that file can open the keystore.
func (s *Store) WriteIdentityFile(path string) error {
	if exists(path) {
		return providers.Invalid("file", path+" is there already", "name a new file")
	}
	return writePrivate(path, []byte(s.identity.String()+"\n"))
}
