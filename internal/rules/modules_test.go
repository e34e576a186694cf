package rules

import (
	"encoding/json"
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// SQLite's Go translation works only with the very libc it was made with, and
// nothing but this test would notice another one.
func TestLibcIsTheOneThatSQLiteNames(t *testing.T) {
	sqlite, libc := required(t, "modernc.org/sqlite"), required(t, "modernc.org/libc")
	text, err := os.ReadFile(sqlite.GoMod)
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`modernc\.org/libc (v\S+)`).FindSubmatch(text)
	if named == nil {
		t.Fatalf("%s names no libc", sqlite.GoMod)
	}
	if libc.Version != string(named[1]) {
		t.Errorf("libc is %s; sqlite %s was made with %s", libc.Version, sqlite.Version, named[1])
	}
}

// The four libraries that the project is built on are there, and used.
func TestTheLibrariesThatTheProjectIsBuiltOnAreUsed(t *testing.T) {
	for _, path := range []string{
		"github.com/charmbracelet/bubbletea", "github.com/charmbracelet/bubbles",
		"github.com/mdp/qrterminal/v3", "github.com/BurntSushi/toml",
	} {
		if m := required(t, path); m.Indirect {
			t.Errorf("nothing imports %s", path)
		}
	}
}

type moduleInfo struct {
	Version, GoMod string
	Indirect       bool
}

func required(t *testing.T, path string) moduleInfo {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-json", path).Output()
	if err != nil {
		t.Fatalf("go list -m %s: %v", path, err)
	}
	var m moduleInfo
	if err := json.Unmarshal(out, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
