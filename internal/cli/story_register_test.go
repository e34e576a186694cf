//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"cashdesk/keystore"
	"cashdesk/providers/sandbox"
)

// TestNeitherTheTokenNorTheNewKeyIsSeenAnywhere: this device is registered at the
// prompt, once with its answer lost and once for good, and sells with the new key.
func TestNeitherTheTokenNorTheNewKeyIsSeenAnywhere(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	all := leftBehind{}
	s.must(os.WriteFile(s.pinFile(), []byte(demoPIN+"\n"), 0o600))
	says := func(code int, stdin string, args ...string) {
		t.Helper()
		args = append(args, "--operator", demoManager.ID, "--pin-file", s.pinFile(), "--json")
		all[args[0]+" "+args[1]+" "+stdin[:2]] = s.says(code, stdin, args...)
	}
	const lost, token = "01-lost-token-of-the-portal", "01-token-of-the-portal"
	register := []string{"keys", "register", "--token-file", "-", "--reason", "a new till"}
	s.box.LoseNext()
	says(5, lost+"\n", register...)
	says(0, token+"\n", register...)
	_, store := s.keystore()
	key, _ := store.Get(keystore.OxipaySigningKey)
	if store.Has(keystore.OxipayDeviceToken) || key.Reveal() == sandbox.OxipayKey {
		t.Fatal("the keystore has the token, or the old key")
	}
	says(0, "011234\n", "charge", "--amount", "12.50", "--code", "-")
	s.took("12.50")
	all.folder(t, s.dir)
	if !bytes.Contains(all[filepath.Join("data", "journal.db")], []byte("SQLite")) {
		t.Error("this test does not look where the journal lies")
	}
	for _, found := range all.betrayed([]secret{{"the lost token", lost}, {"the token", token}, {"the new key", key.Reveal()}}) {
		t.Error(found)
	}
}
