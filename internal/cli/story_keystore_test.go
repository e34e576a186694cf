//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"testing"

	"cashdesk/internal/terminal"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// store opens the shop's keystore beside the program.
func (s *shop) store() *keystore.Store {
	s.Helper()
	locked, err := keystore.Open(filepath.Join(s.dir, "keystore"), keystore.Options{})
	s.must(err)
	store, err := locked.Unlock("correct horse battery")
	s.must(err)
	return store
}

// keys is the shop's keystore file; put gives it other contents.
func (s *shop) keys() []byte {
	s.Helper()
	data, err := os.ReadFile(filepath.Join(s.dir, "keystore", keystore.FileName))
	s.must(err)
	return data
}

func (s *shop) put(data []byte) {
	s.Helper()
	path := filepath.Join(s.dir, "keystore", keystore.FileName)
	s.must(os.WriteFile(path+".new", data, 0o600))
	s.must(os.Rename(path+".new", path))
}

const olderKeystore = "The keystore may be an old copy"

func TestTheCounterOpensWithAnOlderKeystoreAndAManagerIsCalled(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	older := s.keys()
	s.must(s.store().Remove(keystore.XaiGateAPIKey)) // it was stolen, say
	newer := s.keys()
	s.open()
	s.hides(olderKeystore)
	s.leaves()

	s.put(older)
	s.start()
	s.sees("Mia", "PIN")
	s.must(s.Type(demoPIN))
	s.sees("Enter sign in")
	s.press("enter")
	s.sees("type the amount", olderKeystore, "call a manager")
	s.sells("12550", "6199011234", "125.50 AUD", "✓ approved", "125.50 AUD") // it takes payments
	s.took("125.50")
	s.calmly("esc", "type the amount")
	s.until("f2", "F7 settings and health")
	s.until("f7", "! the keystore is older", "cashdesk keystore accept")
	s.put(newer) // the running counter takes the right one back
	s.vanishes(olderKeystore)
	s.leaves()
	s.state(providers.Approved)
}

func TestAnOlderKeystorePutBackBesideTheRunningCounterIsNotTaken(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	older := s.keys()
	s.must(s.store().Remove(keystore.XaiGateAPIKey))
	newer := s.keys()
	s.open()
	s.put(older)
	s.sees(olderKeystore)
	s.put(newer)
	s.vanishes(olderKeystore)
	s.leaves()
}

// vanishes waits until a text no longer stands on the screen.
func (s *shop) vanishes(text string) {
	s.Helper()
	_, err := s.WaitFor(func(screen terminal.Screen) bool { return !screen.Contains(text) })
	s.must(err)
}
