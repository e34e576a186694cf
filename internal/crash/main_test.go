//go:build unix

package crash

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// workshop is where the programs are built and the shops stand: in memory
// where the system has room for files there, since a kill leaves the page
// cache alone and 10,000 shops would wear a disk.
var workshop string

// TestMain makes the workshop and takes it away.
func TestMain(m *testing.M) {
	code := 1
	if err := furnish(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	} else {
		code = m.Run()
	}
	_ = os.RemoveAll(workshop)
	os.Exit(code)
}

func furnish() (err error) {
	place := ""
	if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() {
		place = "/dev/shm"
	}
	workshop, err = os.MkdirTemp(place, "cashdesk-crash-")
	return err
}

// The programs: the one that ships, and the one that stops it at its calls to
// the system.
var (
	product = sync.OnceValues(func() (string, error) { return build("cashdesk", "cashdesk") })
	tracer  = sync.OnceValues(func() (string, error) { return build("tracer", "cashdesk/internal/crash/testdata/tracer") })
)

func build(name, pkg string) (string, error) {
	path := filepath.Join(workshop, name)
	cmd := exec.Command("go", "build", "-o", path, pkg)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, out)
	}
	return path, nil
}

func command(name string, args ...string) (said string, err error) {
	out, err := exec.Command(name, args...).CombinedOutput()
	return string(out), err
}
