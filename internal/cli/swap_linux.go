package cli

import (
	"os"
	"path/filepath"
	"strings"
)

// openSwap names the swap areas through which keys could reach a disk in plain
// text, "" if there is none. Below root stand proc and sys; "/" on a machine.
func openSwap(root string) string {
	swaps, err := os.ReadFile(filepath.Join(root, "proc/swaps"))
	if err != nil {
		return ""
	}
	var open []string
	for i, line := range strings.Split(string(swaps), "\n") {
		fields := strings.Fields(line)
		if i == 0 || len(fields) == 0 { // the heading
			continue
		}
		if area := fields[0]; !staysInMemory(area) && !encrypted(root, area) {
			open = append(open, area)
		}
	}
	return strings.Join(open, ", ")
}

// staysInMemory says that a swap area is compressed memory.
func staysInMemory(area string) bool { return strings.HasPrefix(area, "/dev/zram") }

// encrypted says that a swap area is a device of dm-crypt. A file may lie on
// one, or not: nobody can tell from here.
func encrypted(root, area string) bool {
	name := filepath.Base(area)
	if to, err := filepath.EvalSymlinks(filepath.Join(root, area)); err == nil {
		name = filepath.Base(to)
	}
	id, err := os.ReadFile(filepath.Join(root, "sys/class/block", name, "dm/uuid"))
	return err == nil && strings.HasPrefix(string(id), "CRYPT-")
}
