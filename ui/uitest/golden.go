package uitest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Golden holds the frame against testdata/<name>.txt of the package under test. With
// UPDATE_GOLDEN=1 in the environment it writes the file instead; look at what it wrote.
func (d *Driver) Golden(name string) {
	d.t.Helper()
	Golden(d.t, name, d.Frame())
}

// Golden is the same for any text.
func Golden(t testing.TB, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), text+"\n"); diff != "" {
		t.Errorf("%s is not what it was (-was +is):\n%s", name, diff)
	}
}
