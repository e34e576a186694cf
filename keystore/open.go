package keystore

import (
	"errors"
	"path/filepath"
	"strings"

	"filippo.io/age"
)

// Locked is a keystore on disk that was found in order but is not open yet.
type Locked struct {
	dir string
	o   Options
}

// Open finds the keystore in dir and checks its files: whether they are there,
// whose they are, who may read them, that they are age files. Nothing is
// decrypted and no key is derived, so it takes no time.
func Open(dir string, o Options) (*Locked, error) {
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	paths := []string{filepath.Join(dir, IdentityFileName), filepath.Join(dir, FileName)}
	for i, path := range paths {
		data, err := readPrivate(path, checkFile)
		if errors.Is(err, ErrNone) && exists(paths[1-i]) {
			return nil, damaged(path, "is missing beside "+paths[1-i])
		}
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(string(data), ageMagic) {
			return nil, damaged(path, "is no age file")
		}
	}
	return &Locked{dir: dir, o: o}, nil
}

// Dir is the keystore's folder.
func (l *Locked) Dir() string { return l.dir }

// Unlock opens the keystore with the passphrase. The key derivation takes
// about a second, on purpose.
func (l *Locked) Unlock(passphrase string) (*Store, error) {
	path := filepath.Join(l.dir, IdentityFileName)
	data, err := readPrivate(path, checkFile)
	if err != nil {
		return nil, err
	}
	identity, err := unsealIdentity(path, data, passphrase)
	if err != nil {
		return nil, err
	}
	return l.open(identity)
}

// UnlockWithIdentity opens the keystore with the identity itself, which came
// from the operating system's keyring or from a file, without any key
// derivation.
func (l *Locked) UnlockWithIdentity(identity string) (*Store, error) {
	key, err := parseIdentity(identity)
	if err != nil {
		return nil, err
	}
	return l.open(key)
}

func (l *Locked) open(identity *age.X25519Identity) (*Store, error) {
	s := &Store{dir: l.dir, o: l.o, identity: identity, patience: lockPatience}
	if err := s.reread(); err != nil {
		return nil, err
	}
	return s, nil
}

// parseIdentity reads an identity as age writes it: one line, comments allowed.
func parseIdentity(text string) (*age.X25519Identity, error) {
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		// age's own error would quote a part of the secret.
		if identity, err := age.ParseX25519Identity(line); err == nil {
			return identity, nil
		}
		break
	}
	return nil, fault(ErrIdentity, "this is no identity of a keystore", "cashdesk keystore identity gives the right one")
}
