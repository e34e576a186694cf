package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"cashdesk/providers"
)

// refused opens the journal, wants the error, and wants every file as it was.
func refused(t *testing.T, path string, o Options, want error) {
	t.Helper()
	before := files(t, filepath.Dir(path))
	j, err := Open(context.Background(), path, o)
	if err == nil {
		j.Close()
	}
	if !errors.Is(err, want) {
		t.Fatalf("opening gave %v, want %v", err, want)
	}
	var readable *providers.Error
	if !errors.As(err, &readable) || readable.Text == "" || readable.Hint == "" {
		t.Errorf("the error says too little: %#v", err)
	}
	after := files(t, filepath.Dir(path))
	for name, content := range before {
		if !bytes.Equal(after[name], content) {
			t.Errorf("%s was changed", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("there were %d files, now %d", len(before), len(after))
	}
}

func files(t *testing.T, folder string) map[string][]byte {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]byte{}
	for _, e := range entries {
		if all[e.Name()], err = os.ReadFile(filepath.Join(folder, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func TestAJournalOfANewerProgramIsRefusedAndNotTouched(t *testing.T) {
	path, o := busyDay(t)
	db := raw(t, path)
	if _, err := db.Exec("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	refused(t, path, o, ErrNewer)
}

func TestANewerJournalIsRefusedAlsoWhenOnlyItsLogSaysSo(t *testing.T) {
	path, o := busyDay(t)
	db := raw(t, path)
	if _, err := db.Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	copied := copyFiles(t, path) // as after a crash: nothing was moved into the file
	refused(t, copied, o, ErrNewer)
}

// copyFiles copies the file and its log as they are on the disk now.
func copyFiles(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "journal.db")
	for _, end := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to+end, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestALiveJournalIsNotOpenedForTestNorTheReverse(t *testing.T) {
	path, o := busyDay(t)
	o.Mode = Live
	j, err := Open(context.Background(), path, o)
	if !errors.Is(err, ErrMode) {
		t.Fatalf("opening a test journal live: %v, %v", j, err)
	}
	live := filepath.Join(t.TempDir(), "live.db")
	l := open(t, live, o)
	if a := record(t, l, sale(1)); a.Test || l.Mode() != Live {
		t.Errorf("an attempt in a live journal: test %v, mode %s", a.Test, l.Mode())
	}
	l.Close()
	o.Mode = Test
	if _, err := Open(context.Background(), live, o); !errors.Is(err, ErrMode) {
		t.Errorf("opening a live journal for test: %v", err)
	}
}

func TestTheModeInTheFileCannotBeTurned(t *testing.T) {
	path, o := busyDay(t)
	tamper(t, path, "UPDATE facts SET value = CAST('live' AS BLOB) WHERE name = 'mode'")
	o.Mode = Live
	if _, err := Open(context.Background(), path, o); !errors.Is(err, ErrKey) {
		t.Errorf("opening: %v", err)
	}
}

func TestAnotherKeyIsRefused(t *testing.T) {
	path, o := busyDay(t)
	o.Key = bytes.Repeat([]byte{8}, 32)
	_, err := Open(context.Background(), path, o)
	if !errors.Is(err, ErrKey) || providers.KindOf(err) != providers.Credentials {
		t.Errorf("opening: %v", err)
	}
	o.Key = nil
	if _, err := Open(context.Background(), path, o); err == nil {
		t.Error("opened without a key")
	}
}

func TestADamagedFileIsRefusedAndNeverOpenedAsEmpty(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, path string){
		"empty":   func(t *testing.T, path string) { write(t, path, nil) },
		"foreign": func(t *testing.T, path string) { write(t, path, bytes.Repeat([]byte("my own notes\n"), 100)) },
		"cut": func(t *testing.T, path string) {
			if err := os.Truncate(path, 8192); err != nil {
				t.Fatal(err)
			}
		},
		"cut in the header": func(t *testing.T, path string) {
			if err := os.Truncate(path, 50); err != nil {
				t.Fatal(err)
			}
		},
		"empty with a log": func(t *testing.T, path string) { write(t, path, nil); write(t, path+"-wal", make([]byte, 5000)) },
		"gone with a log": func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			write(t, path+"-wal", make([]byte, 5000))
		},
	} {
		t.Run(name, func(t *testing.T) {
			path, o := busyDay(t)
			damage(t, path)
			if name == "cut" { // SQLite itself finds this one, and leaves its own files
				if _, err := Open(context.Background(), path, o); !errors.Is(err, ErrDamaged) {
					t.Fatalf("opening: %v", err)
				}
				return
			}
			refused(t, path, o, ErrDamaged)
		})
	}
}

func TestAnotherProgramsDatabaseIsNotTakenOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	db := raw(t, path)
	if _, err := db.Exec("CREATE TABLE recipes (name)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	refused(t, path, options(), ErrDamaged)
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheFileIsForItsOwnerOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows keeps no such bits")
	}
	j := fresh(t)
	record(t, j, sale(1))
	for path, want := range map[string]os.FileMode{
		filepath.Dir(j.Path()): 0o700, j.Path(): 0o600, j.Path() + "-wal": 0o600, j.Path() + "-shm": 0o600,
	} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", filepath.Base(path), info.Mode().Perm(), err, want)
		}
	}
	left, _ := filepath.Glob(j.Path() + ".new-*")
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAFullDiskIsSaidAndNothingIsWritten(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := record(t, j, sale(1))
	var pages int64
	if err := j.write.QueryRow("PRAGMA page_count").Scan(&pages); err != nil {
		t.Fatal(err)
	}
	// SQLite answers a file that may not grow as it answers a full disk.
	limit := func(n int64) {
		if _, err := j.write.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", n)); err != nil {
			t.Fatal(err)
		}
	}
	limit(pages)
	big := request()
	big.Kept = bytes.Repeat([]byte{1}, 1<<20)
	big.Hash = hashOf(big.Kept)
	_, err := j.Record(ctx, sale(2), big)
	if !errors.Is(err, ErrFull) || providers.HintOf(err) == "" {
		t.Fatalf("recording on a full disk: %v", err)
	}
	if n := counted(t, j); n != 1 {
		t.Errorf("%d events", n)
	}
	if _, err := j.ByReference(ctx, sale(2).Reference); !errors.Is(err, ErrNotFound) {
		t.Errorf("half of it is there: %v", err)
	}
	limit(1 << 30)
	if _, err := j.Record(ctx, sale(2), big); err != nil {
		t.Errorf("after room was made: %v", err)
	}
	approve(t, j, a.ID, "PN-1")
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("verify: %+v", r)
	}
}

func TestAnOlderJournalIsBroughtUpToDateAndACopyIsKept(t *testing.T) {
	ctx := context.Background()
	path, o := busyDay(t)
	j := open(t, path, o)
	at := time.Date(2027, 1, 2, 3, 4, 5, 0, time.UTC)
	next := append(scripts(), "CREATE TABLE tills (name TEXT) STRICT", "ALTER TABLE tills ADD COLUMN place TEXT")
	if err := migrate(ctx, j.write, path, at, next); err != nil {
		t.Fatal(err)
	}
	var version int
	if err := j.write.QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != len(next) {
		t.Errorf("version %d, %v", version, err)
	}
	if n := counted(t, j); n != 13 {
		t.Errorf("%d events after the change", n)
	}
	j.Close()
	refused(t, path, o, ErrNewer)
	name := fmt.Sprintf("%s.version-%d-20270102-030405", path, len(scripts()))
	if info, err := os.Stat(name); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("the copy: %v, %v", info, err)
	}
	copied := open(t, name, o)
	if n := counted(t, copied); n != 13 {
		t.Errorf("%d events in the copy", n)
	}
	if r := mustVerify(t, copied); !r.OK() {
		t.Errorf("the copy: %+v", r)
	}
}

func TestABrokenStepOfTheSchemaLeavesTheJournalAsItWas(t *testing.T) {
	path, o := busyDay(t)
	j := open(t, path, o)
	next := append(scripts(), "CREATE TABLE tills (name TEXT) STRICT", "NOT SQL AT ALL")
	if err := migrate(context.Background(), j.write, path, time.Now(), next); err == nil {
		t.Fatal("no error")
	}
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("half of the change stayed: %+v", r)
	}
}

func TestACopyOfAnOldVersionIsForgottenAfterAWeek(t *testing.T) {
	path, o := busyDay(t)
	c := newClock()
	o.Now = c.now
	old := path + ".version-1-" + c.at.UTC().Add(-8*24*time.Hour).Format(stamp)
	young := path + ".version-1-" + c.at.UTC().Add(-6*24*time.Hour).Format(stamp)
	foreign := path + ".version-of-mine"
	for _, name := range []string{old, young, foreign} {
		write(t, name, []byte("x"))
	}
	open(t, path, o)
	for name, want := range map[string]bool{old: false, young: true, foreign: true, path: true} {
		if _, err := os.Stat(name); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(name), err == nil, want)
		}
	}
}
