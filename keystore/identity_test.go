package keystore

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"cashdesk/providers"
)

func TestStaffOpenTheCounterFromTheKeyring(t *testing.T) {
	keyring.MockInit()
	s, dir := create(t)
	_, err := KeyringIdentity(dir)
	wants(t, err, ErrIdentity, providers.Credentials)
	if err := s.KeepInKeyring(); err != nil {
		t.Fatal(err)
	}
	identity, err := KeyringIdentity(dir)
	if err != nil {
		t.Fatal(err)
	}
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	again, err := locked.UnlockWithIdentity(identity.Reveal())
	if err != nil || again.Generation() != s.Generation() {
		t.Errorf("the keyring's identity gave %v", err)
	}
	_, otherDir := create(t)
	if _, err := KeyringIdentity(otherDir); !errors.Is(err, ErrIdentity) {
		t.Errorf("another keystore got this one's identity: %v", err)
	}
}

func TestAKeyringThatIsNotThereIsSaidAndNothingElseIsTried(t *testing.T) {
	keyring.MockInitWithError(errors.New("no session bus"))
	s, dir := create(t)
	for _, err := range []error{s.KeepInKeyring(), second(KeyringIdentity(dir))} {
		if providers.KindOf(err) != providers.Credentials || providers.HintOf(err) == "" {
			t.Errorf("it says %v", err)
		}
	}
}

func second(_ Secret, err error) error { return err }

func TestStaffOpenTheCounterFromAnIdentityFile(t *testing.T) {
	s, dir := create(t)
	path := filepath.Join(t.TempDir(), "identity")
	if err := s.WriteIdentityFile(path); err != nil {
		t.Fatal(err)
	}
	if err := s.WriteIdentityFile(path); providers.KindOf(err) != providers.Input {
		t.Errorf("a file that was there was replaced: %v", err)
	}
	identity, err := IdentityFromFile(path)
	if err != nil || !identity.Equal(s.Identity()) {
		t.Fatalf("the file gave another identity, or %v", err)
	}
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := locked.UnlockWithIdentity("# made today\n" + identity.Reveal() + "\n"); err != nil {
		t.Errorf("with a comment before it: %v", err)
	}
}

func TestAnIdentityThatIsNoneIsRefusedWithoutRepeatingIt(t *testing.T) {
	s, dir := create(t)
	locked, err := Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	cut := s.Identity().Reveal()[:40]
	for _, text := range []string{"", "# only a comment", cut, NewMemory().Identity().Reveal()} {
		opened, err := locked.UnlockWithIdentity(text)
		wants(t, err, ErrIdentity, providers.Credentials)
		if opened != nil || strings.Contains(err.Error()+providers.HintOf(err), "AGE-SECRET") {
			t.Errorf("it opened, or says: %v", err)
		}
	}
	_, err = IdentityFromFile(filepath.Join(dir, "none"))
	wants(t, err, ErrIdentity, providers.Credentials)
}
