package cli

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
)

// built is the program as it ships, built once for all tests that want it.
var built builder

type builder struct {
	once sync.Once
	dir  string
	err  error
}

// binary gives the path of a program of this module, by its package.
func (b *builder) binary(t testing.TB, name string) string {
	t.Helper()
	b.once.Do(b.build)
	if b.err != nil {
		t.Fatal(b.err)
	}
	return filepath.Join(b.dir, name)
}

func (b *builder) build() {
	if b.dir, b.err = os.MkdirTemp("", "cashdesk-built-"); b.err != nil {
		return
	}
	for name, pkg := range map[string]string{"cashdesk": "cashdesk", "bare": "cashdesk/internal/cli/testdata/bare"} {
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		cmd := exec.Command("go", "build", "-o", filepath.Join(b.dir, name), pkg)
		if out, err := cmd.CombinedOutput(); err != nil {
			b.err = fmt.Errorf("build %s: %w\n%s", pkg, err, out)
		}
	}
}

func (b *builder) remove() {
	if b.dir != "" {
		_ = os.RemoveAll(b.dir)
	}
}
