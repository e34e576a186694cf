package cli

import (
	"path/filepath"
	"testing"

	"cashdesk/keystore"
)

func TestAKeyThatAnotherProcessChangedCountsAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keystore")
	quick := keystore.Options{WorkFactor: 2, PINMemoryKiB: 64}
	store, err := keystore.Create(dir, "correct horse", quick)
	if err != nil {
		t.Fatal(err)
	}
	file := newKeyFile(store, dir)
	locked, err := keystore.Open(dir, quick)
	if err != nil {
		t.Fatal(err)
	}
	other, err := locked.Unlock("correct horse")
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Set(keystore.OxipaySigningKey, keystore.NewSecret("1234567890")); err != nil {
		t.Fatal(err)
	}
	if store.Has(keystore.OxipaySigningKey) {
		t.Fatal("it was known before anybody looked")
	}
	if changed, err := file.look(); err != nil || !changed || !store.Has(keystore.OxipaySigningKey) {
		t.Errorf("the key is not there: %v", err)
	}
}

func TestAKeystoreInMemoryHasNoFileToLookAt(t *testing.T) {
	if changed, err := newKeyFile(keystore.NewMemory(), "in memory").look(); err != nil || changed {
		t.Error(changed, err)
	}
}
