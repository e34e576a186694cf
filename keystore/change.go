package keystore

import (
	"context"
	"crypto/hmac"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"cashdesk/providers"
)

// lockPatience is how long a change waits for another process's change.
const lockPatience = 5 * time.Second

// Set stores the secret of a known key, white space around it removed.
func (s *Store) Set(name string, v Secret) error {
	key, err := knownKey(name)
	if err != nil {
		return err
	}
	v = NewSecret(strings.TrimSpace(v.Reveal()))
	if err := key.Check(v); err != nil {
		return err
	}
	return s.change(func(c *contents) error {
		c.Secrets[name] = v.Reveal()
		return nil
	})
}

// Remove forgets the secret of a key.
func (s *Store) Remove(name string) error {
	if _, err := knownKey(name); err != nil {
		return err
	}
	return s.change(func(c *contents) error {
		if _, ok := c.Secrets[name]; !ok {
			return providers.Invalid("key", "the keystore does not hold "+name, "cashdesk keys list shows what it holds")
		}
		delete(c.Secrets, name)
		return nil
	})
}

// Reload reads the file again, for a process that runs while another one
// changes keys or staff.
func (s *Store) Reload() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reread()
}

// ChangePassphrase seals the identity with a new passphrase. Keys and staff
// are not touched; a copy of the old identity file still opens with the old
// passphrase.
func (s *Store) ChangePassphrase(old, new string) error {
	if err := CheckPassphrase(new); err != nil {
		return err
	}
	if s.dir == "" {
		return providers.Invalid("passphrase", "this keystore is not on disk and has no passphrase", "")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	release, err := s.lock()
	if err != nil {
		return err
	}
	defer release()
	path := s.path(IdentityFileName)
	data, err := readPrivate(path, checkFile)
	if err != nil {
		return err
	}
	identity, err := unsealIdentity(path, data, old)
	if err != nil {
		return err
	}
	if identity.String() != s.identity.String() {
		return fault(ErrIdentity, path+" belongs to another keystore", "put back both keystore files from one backup")
	}
	sealed, err := sealIdentity(identity, new, s.o.WorkFactor)
	if err != nil {
		return machine(err, "cannot seal the identity", "")
	}
	return writePrivate(path, sealed)
}

// change applies one change to what the file holds now, not to what was read
// long ago: another process may have changed it since.
func (s *Store) change(apply func(*contents) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.dir != "" {
		release, err := s.lock()
		if err != nil {
			return err
		}
		defer release()
		if err := s.reread(); err != nil {
			return err
		}
	}
	next := s.held
	next.Secrets = maps.Clone(next.Secrets)
	next.Staff = slices.Clone(next.Staff)
	if err := apply(&next); err != nil {
		return err
	}
	next.Generation++
	return s.write(next)
}

// write makes contents what the keystore holds, on disk first.
func (s *Store) write(c contents) error {
	if s.dir == "" {
		s.held = c
		return nil
	}
	sealed, mac, err := seal(c, s.identity)
	if err != nil {
		return machine(err, "cannot seal the keystore", "")
	}
	if err := writePrivate(s.path(FileName), sealed); err != nil {
		return err
	}
	s.held, s.mac = c, mac
	return nil
}

func (s *Store) reread() error {
	if s.dir == "" {
		return nil
	}
	if err := checkFolder(s.dir); err != nil {
		return err
	}
	path := s.path(FileName)
	data, err := readPrivate(path, checkFile)
	if err != nil {
		return err
	}
	c, mac, err := unseal(path, data, s.identity)
	if err != nil {
		return err
	}
	const who = "somebody put another copy there: find out who, and put the newest copy back, or start cashdesk again with this one"
	switch {
	case c.Generation < s.held.Generation:
		return fault(ErrOlder, path+" is older than it was a moment ago", who)
	case c.Generation == s.held.Generation && s.mac != "" && !hmac.Equal([]byte(mac), []byte(s.mac)):
		return fault(ErrOlder, path+" is not the one that was read a moment ago", who)
	}
	if c.Secrets == nil {
		c.Secrets = map[string]string{}
	}
	s.held, s.mac = c, mac
	return nil
}

func (s *Store) lock() (release func(), err error) {
	lock := flock.New(s.path(lockName), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(context.Background(), s.patience)
	defer cancel()
	ok, err := lock.TryLockContext(ctx, 5*time.Millisecond)
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, machine(err, "another cashdesk is changing the keystore", "try again in a moment")
	}
	if !ok {
		return nil, machine(err, "cannot write in "+s.dir, "check that the folder is there and the disk has room")
	}
	return func() { _ = lock.Unlock() }, nil
}
