// Package keystore keeps the counter's secrets and staff, encrypted at rest
// in the age format. Two files: keystore.key.age holds one X25519 identity,
// sealed with the manager's passphrase; keystore.age holds everything else,
// sealed to that identity, so that a key or a PIN changes without the
// passphrase. By hand: age -d -i keystore.key.age keystore.age
package keystore

import (
	"crypto/rand"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"filippo.io/age"

	"cashdesk/providers"
)

// MinPassphrase is the shortest passphrase that is accepted, in characters.
// Whoever has a copy of the files can guess at it for as long as they like.
const MinPassphrase = 12

// fingerprintLen is 64 bits, in hexadecimal digits.
const fingerprintLen = 16

// Options are the costs of guessing. The zero Options are right for a shop.
type Options struct {
	// WorkFactor is scrypt's, as a power of two; 0 is age's own default (18).
	WorkFactor int
	// PINMemoryKiB is argon2id's memory for one PIN; 0 is the default.
	PINMemoryKiB uint32
}

// Store is an open keystore. It may be used from several goroutines.
type Store struct {
	mu       sync.RWMutex
	dir      string // empty for a keystore in memory
	o        Options
	identity *age.X25519Identity
	patience time.Duration // how long a change waits for another process's
	held     contents
	mac      string // of the file that held was read from or written to
}

// Create makes a keystore in dir, which is made too, with a journal key at
// random and nothing else in it. There must be none yet.
func Create(dir, passphrase string, o Options) (*Store, error) {
	if err := CheckPassphrase(passphrase); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, machine(err, "cannot make the folder "+dir, "name a folder in the settings that you may write to")
	}
	if err := checkFolder(dir); err != nil {
		return nil, err
	}
	for _, name := range []string{IdentityFileName, FileName} {
		path := filepath.Join(dir, name)
		if exists(path) {
			return nil, fault(ErrExists, "there is a keystore already: "+path, "use it, or move both its files away first")
		}
	}
	s, err := fresh(o)
	if err != nil {
		return nil, err
	}
	s.dir = dir
	sealed, err := sealIdentity(s.identity, passphrase, o.WorkFactor)
	if err != nil {
		return nil, machine(err, "cannot seal the keystore", "")
	}
	if err := writePrivate(s.path(IdentityFileName), sealed); err != nil {
		return nil, err
	}
	if err := s.write(s.held); err != nil {
		// An identity without contents would only stand in the way.
		_ = os.Remove(s.path(IdentityFileName))
		return nil, err
	}
	return s, nil
}

// NewMemory makes a keystore that is never written anywhere, for the demo and
// for tests. Its PIN hashes are quick ones: there is no disk to steal.
func NewMemory() *Store {
	s, err := fresh(Options{PINMemoryKiB: 64})
	if err != nil {
		// Go's random source does not fail; it ends the program itself.
		panic(err)
	}
	return s
}

func fresh(o Options) (*Store, error) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, machine(err, "cannot make an identity", "")
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return &Store{o: o, identity: identity, patience: lockPatience, held: contents{
		Generation: 1, JournalKey: key, Secrets: map[string]string{},
	}}, nil
}

// JournalKey is the key of the journal's chain, 32 bytes.
func (s *Store) JournalKey() []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Clone(s.held.JournalKey)
}

// Generation counts the changes. The journal notes it, so that an older or
// swapped keystore is noticed.
func (s *Store) Generation() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.held.Generation
}

// Fingerprint tells this keystore from another one of the same generation. It
// says nothing of what is inside, and is empty for a keystore in memory.
func (s *Store) Fingerprint() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.mac[:min(len(s.mac), fingerprintLen)]
}

// Get gives the secret of a key, and whether there is one.
func (s *Store) Get(name string) (Secret, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	text, ok := s.held.Secrets[name]
	return NewSecret(text), ok
}

// Has says whether the keystore holds a key.
func (s *Store) Has(name string) bool {
	_, ok := s.Get(name)
	return ok
}

// Names lists the keys that the keystore holds, sorted.
func (s *Store) Names() []string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return slices.Sorted(maps.Keys(s.held.Secrets))
}

// CheckPassphrase says whether a text may be a passphrase: it is long enough,
// and not one short piece over and over or the keyboard from left to right. An
// older one, chosen under looser rules, still opens its keystore.
func CheckPassphrase(passphrase string) error {
	no := func(text string) error {
		return providers.Invalid("passphrase", text, fmt.Sprintf("take at least %d characters; four unrelated words are good", MinPassphrase))
	}
	if utf8.RuneCountInString(passphrase) < MinPassphrase {
		return no("the passphrase is too short")
	}
	low := strings.ToLower(passphrase)
	switch {
	case repeats(low):
		return no("the passphrase only repeats itself")
	case slices.ContainsFunc(rows, func(row string) bool { return strings.Contains(row, low) || strings.Contains(row, mirrored(low)) }):
		return no("the passphrase is what stands on the keyboard in a row")
	}
	return nil
}

// rows are what fingers type without thinking.
var rows = []string{"1234567890123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm"}

func mirrored(text string) string {
	b := []byte(text)
	slices.Reverse(b)
	return string(b)
}

func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }
