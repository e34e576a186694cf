// Package terminal runs a program on a pseudo-terminal with an emulator behind
// it, so that a test can type, press, scan and resize like a person and look
// at the very cells that the person would see. It waits for what is on the
// screen and never for time to pass.
package terminal

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"

	"github.com/hinshun/vt10x"
)

// Options say what Start runs, and on what kind of terminal.
type Options struct {
	Command []string // program and arguments
	// Env is the whole environment; nothing is inherited. TERM is added when
	// it is not there.
	Env  []string
	Dir  string // working directory, empty for the present one
	Cols int    // 0 means 80
	Rows int    // 0 means 24
	// Answers makes the terminal answer queries (background colour, cursor
	// position). Without it the terminal is mute, as a serial line is: the
	// case that must work, and therefore the default.
	Answers bool
	// Tee gets all that the program writes, as it comes; nil for nobody.
	Tee io.Writer
}

// Session is one program on its terminal. Its methods may be called from
// several goroutines.
type Session struct {
	ctx   context.Context
	cmd   *exec.Cmd
	tty   *os.File
	emu   vt10x.Terminal
	first ttyState

	mu      sync.Mutex
	written bytes.Buffer  // all that the program wrote
	changed chan struct{} // closed and replaced at each piece of output

	drained chan struct{} // closed when the program's output has ended
	exited  chan struct{} // closed when the program has ended and is reaped
	code    int           // valid after exited
}

// Start runs a program on a new pseudo-terminal. When ctx ends the program and
// all that it started are killed, and every wait returns.
func Start(ctx context.Context, o Options) (*Session, error) {
	if len(o.Command) == 0 {
		return nil, errors.New("no program to run")
	}
	if o.Cols == 0 {
		o.Cols = 80
	}
	if o.Rows == 0 {
		o.Rows = 24
	}
	s := &Session{ctx: ctx, changed: make(chan struct{}), drained: make(chan struct{}), exited: make(chan struct{})}
	s.cmd = exec.CommandContext(ctx, o.Command[0], o.Command[1:]...)
	s.cmd.Env, s.cmd.Dir = environment(o.Env), o.Dir
	s.cmd.Cancel = func() error { return killAll(s.cmd.Process) }
	var err error
	if s.tty, s.first, err = startOnTTY(s.cmd, o.Cols, o.Rows); err != nil {
		return nil, fmt.Errorf("start %s on a pseudo-terminal: %w", o.Command[0], err)
	}
	answers := io.Discard
	if o.Answers {
		answers = s.tty
	}
	s.emu = vt10x.New(vt10x.WithSize(o.Cols, o.Rows), vt10x.WithWriter(answers))
	go s.read(o.Tee)
	go s.reap()
	return s, nil
}

func environment(env []string) []string {
	for _, e := range env {
		if strings.HasPrefix(e, "TERM=") {
			return env
		}
	}
	return append([]string{"TERM=xterm-256color"}, env...)
}

// read feeds the emulator. Parse is used because Write of vt10x returns short
// on a rune that is split between two reads.
func (s *Session) read(tee io.Writer) {
	defer close(s.drained)
	output := io.TeeReader(s.tty, transcript{s})
	if tee != nil {
		output = io.TeeReader(output, tee)
	}
	reader := bufio.NewReader(output)
	for {
		err := s.emu.Parse(reader)
		s.notify()
		if err != nil {
			return
		}
	}
}

func (s *Session) reap() {
	defer close(s.exited)
	s.code = exitCode(s.cmd.Wait())
	// A grandchild may hold the terminal open after the program has ended.
	select {
	case <-s.drained:
	case <-s.ctx.Done():
	}
}

func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case !errors.As(err, &exit):
		return -1
	}
	if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal())
	}
	return exit.ExitCode()
}

func (s *Session) notify() {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(s.changed)
	s.changed = make(chan struct{})
}

// transcript keeps what goes by on its way to the emulator.
type transcript struct{ s *Session }

// Write keeps p.
func (t transcript) Write(p []byte) (int, error) {
	t.s.mu.Lock()
	defer t.s.mu.Unlock()
	return t.s.written.Write(p)
}

// Written is every byte that the program has written so far.
func (s *Session) Written() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.written.String()
}

// Resize makes the window another size; the program is told by the kernel.
func (s *Session) Resize(cols, rows int) error {
	s.emu.Resize(cols, rows)
	return resizeTTY(s.tty, cols, rows)
}

// Pid is the program's process id, which is also that of its process group.
func (s *Session) Pid() int { return s.cmd.Process.Pid }

// Signal sends a signal to the program alone.
func (s *Session) Signal(signal os.Signal) error { return s.cmd.Process.Signal(signal) }

// Kill ends the program and all that it started, without warning.
func (s *Session) Kill() error { return killAll(s.cmd.Process) }

// HangUp takes the terminal away, as closing its window or losing the ssh
// connection does. Nothing that the program writes later is seen.
func (s *Session) HangUp() error { return s.tty.Close() }

// Close kills the program if it still runs, gives the terminal back and waits
// until nothing is left of either. It belongs into every test's Cleanup.
func (s *Session) Close() {
	_ = s.Kill()      // it may have ended long ago
	_ = s.tty.Close() // HangUp may have closed it
	<-s.exited
	<-s.drained
}
