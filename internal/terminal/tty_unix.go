//go:build unix

package terminal

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/creack/pty"
)

// startOnTTY also gives the terminal's state before the program could touch it.
func startOnTTY(cmd *exec.Cmd, cols, rows int) (*os.File, ttyState, error) {
	ours, theirs, err := openTTY()
	if err != nil {
		return nil, ttyState{}, err
	}
	defer theirs.Close()
	first := readState(ours)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = theirs, theirs, theirs
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err = resizeTTY(ours, cols, rows); err == nil {
		err = cmd.Start()
	}
	if err != nil {
		ours.Close()
		return nil, ttyState{}, err
	}
	return ours, first, nil
}

// openTTY gives our end in non-blocking mode: pty has it blocking, and then
// Close would wait for the next output before it takes the terminal away.
func openTTY() (ours, theirs *os.File, err error) {
	blocking, theirs, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer blocking.Close()
	syscall.ForkLock.RLock()
	fd, err := syscall.Dup(int(blocking.Fd()))
	if err == nil {
		syscall.CloseOnExec(fd)
		err = syscall.SetNonblock(fd, true)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		theirs.Close()
		return nil, nil, err
	}
	return os.NewFile(uintptr(fd), blocking.Name()), theirs, nil
}

func resizeTTY(tty *os.File, cols, rows int) error {
	return pty.Setsize(tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)})
}

// killAll kills the program's whole process group, which bears its process id
// since it leads a session of its own.
func killAll(p *os.Process) error { return syscall.Kill(-p.Pid, syscall.SIGKILL) }
