package shelf

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestWhatIsKeptIsThereForTheNextStartAndOnlyTheNewestOfIt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "journal.db.kept")
	if _, _, err := Folder(dir).Kept("accepted-oxapay"); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("before anything was kept: %v", err)
	}
	for _, list := range []string{`["BTC"]`, `["BTC","USDT"]`} {
		if err := Folder(dir).Keep("accepted-oxapay", []byte(list)); err != nil {
			t.Fatal(err)
		}
	}
	data, at, err := Folder(dir).Kept("accepted-oxapay")
	if err != nil || string(data) != `["BTC","USDT"]` || at.IsZero() {
		t.Errorf("kept is %s of %s, %v", data, at, err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("the folder holds %v, %v", files, err)
	}
}

func TestNothingIsKeptOutsideTheFolder(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"", "..", "../x", "a/b"} {
		if err := Folder(filepath.Join(dir, "kept")).Keep(name, []byte("x")); err == nil {
			t.Errorf("kept under %q", name)
		}
		if _, _, err := Folder(filepath.Join(dir, "kept")).Kept(name); err == nil {
			t.Errorf("read from %q", name)
		}
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Errorf("there is %v", files)
	}
}

func TestWhatIsFarTooLongWasNotKeptHere(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "accepted-oxapay.json"), make([]byte, mostKept+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, _, err := Folder(dir).Kept("accepted-oxapay"); err == nil || data != nil {
		t.Errorf("%d bytes were read, %v", len(data), err)
	}
}
