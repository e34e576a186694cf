package keystore

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"cashdesk/providers"
)

const passphrase = "correct horse battery"

// quick makes guessing cheap, for tests alone.
var quick = Options{WorkFactor: 2, PINMemoryKiB: 64}

const apiKey = "0a1b2c3d-0000-4000-8000-0123456789ab"

func create(t *testing.T) (*Store, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keystore")
	s, err := Create(dir, passphrase, quick)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func unlock(t *testing.T, dir, passphrase string) *Store {
	t.Helper()
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	s, err := locked.Unlock(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// wants fails unless the error is this cause, of this kind, with a hint.
func wants(t *testing.T, err error, cause error, kind providers.ErrorKind) {
	t.Helper()
	if !errors.Is(err, cause) {
		t.Fatalf("got error %v, want %v", err, cause)
	}
	if providers.KindOf(err) != kind {
		t.Errorf("%q is of kind %q, want %q", err, providers.KindOf(err), kind)
	}
	if providers.HintOf(err) == "" {
		t.Errorf("%q says nothing about what to do", err)
	}
}

func TestKeysAndStaffAreThereAfterTheNextUnlock(t *testing.T) {
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(" "+apiKey+"\n")); err != nil {
		t.Fatal(err)
	}
	mia := Member{ID: "mia", Name: "Mia", Role: Manager}
	if err := s.AddMember(mia, "7305"); err != nil {
		t.Fatal(err)
	}
	again := unlock(t, dir, passphrase)
	if got, ok := again.Get(XaiGateAPIKey); !ok || got.Reveal() != apiKey {
		t.Errorf("the API key came back as %d characters, there %v", len(got.Reveal()), ok)
	}
	if diff := cmp.Diff([]Member{mia}, again.Staff()); diff != "" {
		t.Errorf("staff (-want +got):\n%s", diff)
	}
	if !again.CheckPIN("mia", "7305") || again.CheckPIN("mia", "7306") {
		t.Error("the PIN does not check as it was set")
	}
	if again.Generation() != 3 {
		t.Errorf("generation %d after creation and two changes", again.Generation())
	}
	if len(again.JournalKey()) != 32 || !cmp.Equal(again.JournalKey(), s.JournalKey()) {
		t.Error("the journal key is not the one that was made")
	}
}

func TestNothingOnDiskIsReadable(t *testing.T) {
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(dir, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, plain := range []string{apiKey, passphrase, s.Identity().Reveal(), "journal_key"} {
			if contains(data, plain) {
				t.Errorf("%s holds a secret in plain text", f.Name())
			}
		}
	}
}

func contains(data []byte, text string) bool {
	for i := 0; i+len(text) <= len(data); i++ {
		if string(data[i:i+len(text)]) == text {
			return true
		}
	}
	return false
}

func TestAWrongPassphraseOpensNothing(t *testing.T) {
	_, dir := create(t)
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{"", "correct horse batterx", passphrase + " "} {
		s, err := locked.Unlock(wrong)
		wants(t, err, ErrPassphrase, providers.Input)
		if s != nil {
			t.Error("a wrong passphrase gave a keystore")
		}
	}
}

func TestANewPassphraseReplacesTheOldOne(t *testing.T) {
	s, dir := create(t)
	wants(t, s.ChangePassphrase("not the old one", "staple staple"), ErrPassphrase, providers.Input)
	if err := s.ChangePassphrase(passphrase, "short"); providers.KindOf(err) != providers.Input {
		t.Errorf("a short passphrase gave %v", err)
	}
	before, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePassphrase(passphrase, "staple staple"); err != nil {
		t.Fatal(err)
	}
	unlock(t, dir, "staple staple")
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	_, err = locked.Unlock(passphrase)
	wants(t, err, ErrPassphrase, providers.Input)
	after, err := os.ReadFile(filepath.Join(dir, FileName))
	if err != nil {
		t.Fatal(err)
	}
	if !cmp.Equal(before, after) {
		t.Error("a new passphrase rewrote keys and staff too")
	}
}

func TestAKeystoreIsNeverMadeOverAnother(t *testing.T) {
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	_, err := Create(dir, "another passphrase", quick)
	wants(t, err, ErrExists, providers.Credentials)
	if !unlock(t, dir, passphrase).Has(XaiGateAPIKey) {
		t.Error("the first keystore lost its key")
	}
}

func TestTwoProcessesDoNotLoseEachOthersChanges(t *testing.T) {
	counter, dir := create(t)
	keys := unlock(t, dir, passphrase)
	if err := keys.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	if counter.Has(XaiGateAPIKey) {
		t.Error("the counter knows of a change that it has not read")
	}
	if err := counter.Set(OxaPayMerchantKey, NewSecret("MERCHANT-1")); err != nil {
		t.Fatal(err)
	}
	if got := counter.Names(); !cmp.Equal(got, []string{OxaPayMerchantKey, XaiGateAPIKey}) {
		t.Errorf("the counter holds %v", got)
	}
	if err := keys.Reload(); err != nil || !keys.Has(OxaPayMerchantKey) {
		t.Errorf("after reloading: %v, holds %v", err, keys.Names())
	}
}

func TestAKeystoreInMemoryBehavesTheSame(t *testing.T) {
	s := NewMemory()
	if err := s.Set(OxipaySigningKey, NewSecret("1234567890")); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(OxipaySigningKey); err != nil || s.Has(OxipaySigningKey) {
		t.Errorf("removing gave %v", err)
	}
	if s.Generation() != 3 || len(s.JournalKey()) != 32 {
		t.Errorf("generation %d, journal key of %d bytes", s.Generation(), len(s.JournalKey()))
	}
	if err := s.KeepInKeyring(); err == nil {
		t.Error("a keystore in memory put itself into the keyring")
	}
}
