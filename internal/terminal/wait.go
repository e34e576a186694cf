package terminal

import (
	"errors"
	"fmt"
	"strings"
)

// ErrEnded says that the program ended before the screen looked as awaited.
var ErrEnded = errors.New("the program ended")

// WaitFor waits until the screen looks as awaited, and gives that screen. It
// looks again after each piece of output. The error, when the program or the
// session's context ends first, shows the last screen.
func (s *Session) WaitFor(awaited func(Screen) bool) (Screen, error) {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		ended := s.hasDrained()
		screen := s.Screen()
		if awaited(screen) {
			return screen, nil
		}
		if ended {
			return screen, fmt.Errorf("%w; the last screen was:\n%s", ErrEnded, screen.Text())
		}
		select {
		case <-changed:
		case <-s.drained:
		case <-s.ctx.Done():
			return screen, fmt.Errorf("%w; the last screen was:\n%s", s.ctx.Err(), screen.Text())
		}
	}
}

// hasDrained is asked before the screen is looked at: what came last is then
// on the screen.
func (s *Session) hasDrained() bool {
	select {
	case <-s.drained:
		return true
	default:
		return false
	}
}

// WaitText waits until all the texts stand on the screen.
func (s *Session) WaitText(texts ...string) (Screen, error) {
	screen, err := s.WaitFor(func(screen Screen) bool { return screen.Contains(texts...) })
	if err != nil {
		return screen, fmt.Errorf("waiting for %q: %w", strings.Join(texts, `", "`), err)
	}
	return screen, nil
}

// Wait waits for the end of the program and of its output. It gives the exit
// code, or 128 and the signal's number as shells do.
func (s *Session) Wait() (int, error) {
	<-s.exited // the context's end kills the program, so this always comes
	return s.code, s.ctx.Err()
}
