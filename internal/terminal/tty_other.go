//go:build !unix

package terminal

import (
	"errors"
	"os"
	"os/exec"
)

func startOnTTY(*exec.Cmd, int, int) (*os.File, ttyState, error) {
	return nil, ttyState{}, errors.New("this system has no pseudo-terminals of the Unix kind")
}

func resizeTTY(*os.File, int, int) error { return errors.ErrUnsupported }

func killAll(p *os.Process) error { return p.Kill() }
