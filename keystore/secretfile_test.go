//go:build unix

package keystore

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestASecretIsTheFirstLineOfAFileOfItsOwn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pin")
	for text, want := range map[string]string{"4071": "4071", "4071\n": "4071", "4071\r\nnot this\n": "4071", " a phrase \n": " a phrase "} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := SecretFromFile(path); err != nil || got.Reveal() != want {
			t.Errorf("%q gives %q, %v", text, got.Reveal(), err)
		}
	}
	for _, empty := range []string{"", "\n4071"} {
		if err := os.WriteFile(path, []byte(empty), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := SecretFromFile(path); providers.KindOf(err) != providers.Input {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

func TestASecretsFileThatOthersCanReadIsRefusedWithoutRepeatingIt(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pin")
	if err := os.WriteFile(path, []byte("4071\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, extra := range []fs.FileMode{0o040, 0o020, 0o004, 0o002} {
		chmod(t, path, 0o600|extra)
		_, err := SecretFromFile(path)
		wants(t, err, ErrOpenAccess, providers.Credentials)
		if hint := providers.HintOf(err); hint != "chmod 600 "+path || strings.Contains(err.Error(), "4071") {
			t.Errorf("%v; %s", err, hint)
		}
	}
	chmod(t, path, 0o600)
	link := path + "-link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	_, err := SecretFromFile(link)
	wants(t, err, ErrOpenAccess, providers.Credentials)
	if _, err := SecretFromFile(path + "-none"); providers.KindOf(err) != providers.Input || providers.HintOf(err) == "" {
		t.Errorf("a file that is not there: %v", err)
	}
}
