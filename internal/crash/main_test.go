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

// TestMain makes the workshop and takes it away; or it is the clerk.
func TestMain(m *testing.M) {
	if dir := os.Getenv(clerkFolder); dir != "" {
		if err := clerk(dir, os.Getenv(clerkKey)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
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
	if said, err := commandWith([]string{"CGO_ENABLED=0"}, "go", "build", "-o", path, pkg); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", pkg, err, said)
	}
	return path, nil
}

// command runs a program to its end.
func command(name string, args ...string) (said string, err error) {
	return commandWith(nil, name, args...)
}

// commandWith is command with more in the environment.
func commandWith(env []string, name string, args ...string) (said string, err error) {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}
