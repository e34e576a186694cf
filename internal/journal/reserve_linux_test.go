package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cashdesk/providers"
)

// The test starts itself again where it may mount a small disk of its own.
const smallDisk = "JOURNAL_TEST_SMALL_DISK"

func TestADiskThatFillsWhileAPaymentIsUnderWayLosesNoVerdict(t *testing.T) {
	if os.Getenv(smallDisk) != "" {
		onASmallDisk(t)
		return
	}
	c := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	c.Env = append(os.Environ(), smallDisk+"="+t.TempDir())
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := c.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) || strings.Contains(string(out), "no small disk") {
		t.Skipf("this machine lets nobody mount a small disk: %v %s", err, out)
	}
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func onASmallDisk(t *testing.T) {
	ctx := context.Background()
	disk := os.Getenv(smallDisk)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=20m"); err != nil {
		t.Fatalf("no small disk: %v", err)
	}
	o := options()
	o.Counter = true
	j := open(t, filepath.Join(disk, "journal.db"), o)
	a := record(t, j, sale(1))
	add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: a.ID})
	second := record(t, j, sale(2))
	fillUp(t, filepath.Join(disk, "photos"))

	// Enough notes to need more room than SQLite has already.
	for i := range 40 {
		add(t, j, providers.Event{Type: providers.EventNoted, Attempt: a.ID, Note: strings.Repeat("still waiting ", 2000)})
		if _, err := os.Stat(j.reservePath()); err != nil {
			break
		} else if i == 39 {
			t.Fatal("the reserve was never needed: the test is weak")
		}
	}
	got := add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: providers.Approved, Code: "SPRA01", ProviderRef: "PN-1"})
	if got.State != providers.Approved {
		t.Errorf("the verdict: %+v", got)
	}
	fillUp(t, filepath.Join(disk, "films"))
	before := counted(t, j)
	if _, err := j.Record(ctx, sale(3), request()); !errors.Is(err, ErrFull) {
		t.Errorf("a new sale: %v", err)
	}
	sent := providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: second.ID}
	if _, err := j.Append(ctx, sent); !errors.Is(err, ErrFull) {
		t.Errorf("sending what was recorded: %v", err)
	}
	if now := counted(t, j); now != before {
		t.Errorf("%d events were written", now-before)
	}
	if err := errors.Join(os.Remove(filepath.Join(disk, "photos")), os.Remove(filepath.Join(disk, "films"))); err != nil {
		t.Fatal(err)
	}
	add(t, j, sent)
	if info, err := os.Stat(j.reservePath()); err != nil || info.Size() != reserveSize {
		t.Errorf("the reserve is not back: %v", err)
	}
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("verify: %+v", r)
	}
}

// fillUp writes a file until nothing more goes.
func fillUp(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for size := 1 << 16; size > 0; size /= 2 {
		for err = nil; err == nil; {
			_, err = f.Write(make([]byte, size))
		}
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal(fmt.Errorf("filling the disk: %w", err))
		}
	}
}
