//go:build unix

package keystore

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cashdesk/providers"
)

func chmod(t *testing.T, path string, mode fs.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}

func TestEveryFileIsForItsOwnerAlone(t *testing.T) {
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangePassphrase(passphrase, "staple staple"); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]fs.FileMode{
		dir: 0o700, filepath.Join(dir, FileName): 0o600, filepath.Join(dir, IdentityFileName): 0o600, filepath.Join(dir, lockName): 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %04o, want %04o", path, info.Mode().Perm(), want)
		}
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 3 {
		t.Errorf("there are %d files, something was left behind", len(files))
	}
}

func TestAKeystoreThatOthersCanReadOrChangeIsRefusedWithTheCommandThatMendsIt(t *testing.T) {
	for _, name := range []string{"", FileName, IdentityFileName} {
		for _, extra := range []fs.FileMode{0o040, 0o020, 0o004, 0o002, 0o010} {
			s, dir := create(t)
			path := filepath.Join(dir, name)
			right := "chmod 600 " + path
			mode := 0o600 | extra
			if name == "" {
				right, mode = "chmod 700 "+path, 0o700|extra
			}
			chmod(t, path, mode)
			_, err := Open(dir, quick)
			wants(t, err, ErrOpenAccess, providers.Credentials)
			if providers.HintOf(err) != right {
				t.Errorf("the hint is %q, want %q", providers.HintOf(err), right)
			}
			if name != IdentityFileName {
				wants(t, s.Set(XaiGateAPIKey, NewSecret(apiKey)), ErrOpenAccess, providers.Credentials)
			}
		}
	}
}

func TestSymbolicLinksAndFIFOsAreRefused(t *testing.T) {
	_, dir := create(t)
	path := filepath.Join(dir, FileName)
	moved := filepath.Join(t.TempDir(), "elsewhere")
	if err := os.Rename(path, moved); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(moved, path); err != nil {
		t.Fatal(err)
	}
	_, err := Open(dir, quick)
	wants(t, err, ErrOpenAccess, providers.Credentials)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = Open(dir, quick) // must not wait for a writer
	wants(t, err, ErrOpenAccess, providers.Credentials)

	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	_, err = Open(link, quick)
	wants(t, err, ErrOpenAccess, providers.Credentials)
}

func TestAnotherUsersKeystoreIsRefused(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root can give a file away")
	}
	for _, name := range []string{"", FileName, IdentityFileName} {
		_, dir := create(t)
		if err := os.Chown(filepath.Join(dir, name), 4321, -1); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, quick)
		wants(t, err, ErrOpenAccess, providers.Credentials)
		if !strings.Contains(err.Error(), "4321") {
			t.Errorf("it does not say whose it is: %v", err)
		}
	}
}

func TestAnIdentityFileFollowsTheSameRulesButACredentialIsAsSystemdMakesIt(t *testing.T) {
	s, _ := create(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "identity")
	if err := s.WriteIdentityFile(path); err != nil {
		t.Fatal(err)
	}
	chmod(t, path, 0o440)
	_, err := IdentityFromFile(path)
	wants(t, err, ErrOpenAccess, providers.Credentials)

	t.Setenv("CREDENTIALS_DIRECTORY", folder)
	if _, err := IdentityFromFile(path); err != nil {
		t.Errorf("a credential was refused: %v", err)
	}
	chmod(t, path, 0o444)
	_, err = IdentityFromFile(path)
	wants(t, err, ErrOpenAccess, providers.Credentials)
	t.Setenv("CREDENTIALS_DIRECTORY", filepath.Join(folder, "ident"))
	chmod(t, path, 0o440)
	_, err = IdentityFromFile(path)
	wants(t, err, ErrOpenAccess, providers.Credentials)
}

func TestAHintCanBePastedIntoAShell(t *testing.T) {
	for path, want := range map[string]string{
		"/srv/shop-1/keystore.age": "/srv/shop-1/keystore.age",
		"/srv/Mia's shop/$HOME":    `'/srv/Mia'\''s shop/$HOME'`,
	} {
		if got := quoted(path); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestAChangeThatTheDiskRefusesDidNotHappen(t *testing.T) {
	if os.Getenv(inAChild) == "" {
		// The limit binds the whole process, the test log of `go test` too.
		child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		child.Env = append(os.Environ(), inAChild+"=1")
		if out, err := child.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	s, dir := create(t)
	if err := s.Set(XaiGateAPIKey, NewSecret(apiKey)); err != nil {
		t.Fatal(err)
	}
	allow := noRoom(t)
	defer allow()
	if err := s.Remove(XaiGateAPIKey); providers.KindOf(err) != providers.Internal || providers.HintOf(err) == "" {
		t.Fatalf("a folder that cannot be written gave %v", err)
	}
	if !s.Has(XaiGateAPIKey) || s.Generation() != 2 {
		t.Error("the counter believes in a change that is not on disk")
	}
	allow()
	if again := unlock(t, dir, passphrase); !again.Has(XaiGateAPIKey) {
		t.Error("the key is gone from the disk")
	}
}

// inAChild is set in the environment of a test that runs in a process of its own.
const inAChild = "CASHDESK_TEST_CHILD"

// noRoom makes every write to a file fail, as a full disk would, until allow is
// called. A limit binds root too, which a folder's permissions do not.
func noRoom(t *testing.T) (allow func()) {
	t.Helper()
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	none := before
	none.Cur = 0
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &none); err != nil {
		t.Fatal(err)
	}
	return func() { _ = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before) }
}
