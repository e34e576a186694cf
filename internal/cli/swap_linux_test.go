package cli

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSwapThatCouldKeepAKeyIsNamed(t *testing.T) {
	const heading = "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n"
	root := t.TempDir()
	lays := func(path, text string) {
		t.Helper()
		path = filepath.Join(root, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lays("sys/class/block/dm-1/dm/uuid", "CRYPT-PLAIN-swap\n")
	lays("sys/class/block/dm-2/dm/uuid", "LVM-9vQx\n")
	for swaps, want := range map[string]string{
		"":      "",
		heading: "",
		heading + "/dev/dm-1                               partition\t8388604\t\t0\t\t-2\n":       "",
		heading + "/dev/zram0                              partition\t8388604\t\t0\t\t100\n":      "",
		heading + "/dev/sda3 partition 1 0 -2\n/dev/dm-1 partition 1 0 -3\n/swap.img file 1 0 -4": "/dev/sda3, /swap.img",
		heading + "/dev/dm-2 partition 1 0 -2\n":                                                  "/dev/dm-2",
	} {
		lays("proc/swaps", swaps)
		if got := openSwap(root); got != want {
			t.Errorf("%q names %q, want %q", swaps, got, want)
		}
	}
	if got := openSwap(t.TempDir()); got != "" {
		t.Errorf("a machine that tells nothing has %q", got)
	}
}
