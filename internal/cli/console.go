package cli

import (
	"os"
	"sync"
)

// console is the terminal for all that write to it while the counter is shown:
// the frames, the bell, the clipboard. Each write is whole, so that none falls
// into the midst of another's.
type console struct {
	file *os.File
	mu   sync.Mutex
}

// bell rings the terminal's bell. A terminal that is gone is no matter here.
func (c *console) bell() { _, _ = c.Write([]byte{'\a'}) }

// Write writes to the terminal.
func (c *console) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.file.Write(p)
}

// Fd is the terminal's descriptor: with Read and Close it makes bubbletea see a
// terminal.
func (c *console) Fd() uintptr { return c.file.Fd() }

// Read reads from the terminal.
func (c *console) Read(p []byte) (int, error) { return c.file.Read(p) }

// Close closes the terminal.
func (c *console) Close() error { return c.file.Close() }
