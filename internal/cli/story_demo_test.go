//go:build unix

package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"cashdesk/internal/terminal"
)

// demo starts the demo of the built program, with nothing set up.
func demo(t *testing.T) *shop {
	t.Helper()
	t.Parallel()
	s := bare(t, built.binary(t, "cashdesk"), "demo")
	s.start()
	return s
}

// leftovers lists what the program left in the places that are its to write.
func (s *shop) leftovers() []string {
	s.Helper()
	var found []string
	for _, dir := range []string{"home", "tmp"} {
		s.must(filepath.Walk(filepath.Join(s.home, dir), func(path string, info os.FileInfo, err error) error {
			if err == nil && path != filepath.Join(s.home, dir) {
				found = append(found, path)
			}
			return err
		}))
	}
	return found
}

// gone says that the program left no process of its own behind.
func (s *shop) gone(group int) {
	s.Helper()
	if err := syscall.Kill(-group, 0); !errors.Is(err, syscall.ESRCH) {
		s.Errorf("a process is left: %v", err)
	}
}

func TestTheDemoNeedsNothingAndLeavesNothing(t *testing.T) {
	s := demo(t)
	s.sees("DEMO", "type the amount", "Mia", "This is a demo: no money moves", "approved")
	s.amount("12550")
	s.scan("6199011234", "125.50 AUD with Oxipay")
	s.until("enter", "✓ approved", "125.50 AUD", "purchase", "DEMO")
	if len(s.leftovers()) == 0 {
		t.Error("the demo keeps its journal nowhere")
	}
	pid := s.Pid()
	s.leaves()
	s.gone(pid)
	if left := s.leftovers(); len(left) > 0 {
		t.Errorf("the demo leaves %q", left)
	}
}

func TestTheDemoPlaysALostAnswerAndAPaidInvoiceAtAKey(t *testing.T) {
	s := demo(t)
	s.sees("DEMO", "type the amount")
	s.press("ctrl+l")
	s.sees("The next answer gets lost")
	s.sells("4200", "6199011234", "42.00 AUD", "not known", "1 not known", "Keep the goods here")
	s.sees("✓ approved", "42.00 AUD")
	s.calmly("enter", "type the amount")

	s.method("3500", 2, "OxaPay")
	s.sees("▀▀▀▀▀▀▀", "OxaPay", "left to pay", "TEST")
	s.calmly("ctrl+p", "money seen, not yet safe")
	s.hides("✓ approved  ·  35.00")
	s.calmly("f8", "✓ approved", "35.00 AUD", "OxaPay")
	s.calmly("enter", "type the amount")
	s.press("f5")
	s.sees("42.00 AUD", "35.00 AUD", "approved")
	s.leaves()
}

func TestTheDemoEndsCleanlyWhenItIsToldTo(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			s := demo(t)
			s.sees("type the amount")
			s.must(s.Signal(signal))
			s.ended(0)
			if left := s.leftovers(); len(left) > 0 {
				t.Errorf("the demo leaves %q", left)
			}
		})
	}
}

// queries are what a terminal would have to answer: its colours, its cursor's
// place, what it is.
var queries = []string{"\x1b]11;?", "\x1b]10;?", "\x1b]4;", "\x1b[6n", "\x1b[c", "\x1b[0c", "\x1b[>", "\x1b[?u", "\x1b[?2026$p", "\x1bP+q"}

func TestNothingIsEverAskedOfTheTerminal(t *testing.T) {
	s := demo(t) // on a terminal that would not answer
	s.sees("type the amount", "F1 all keys")
	s.amount("12550")
	s.press("f1")
	s.sees("Help · Sale")
	s.press("esc")
	s.sees("Enter: other ways to pay")
	s.leaves()
	for _, query := range queries {
		if strings.Contains(s.Written(), query) {
			t.Errorf("the terminal was asked %q", query)
		}
	}
}

func TestKeysTypedBeforeTheFirstFrameAreNotLost(t *testing.T) {
	t.Parallel()
	s := bare(t, built.binary(t, "cashdesk"), "demo")
	s.start()
	s.must(s.Type("12550"))
	s.sees("Enter: other ways to pay")
	s.must(s.Scan("6199011234", "\r"))
	s.sees("Enter charges 125.50 AUD")
	s.leaves()
}

func TestTheThemesHoldOnTheTerminalThatTheyAreFor(t *testing.T) {
	for name, env := range map[string]string{"no colour": "NO_COLOR=1", "console": "TERM=linux", "dumb": "TERM=dumb"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := bare(t, built.binary(t, "cashdesk"), "demo")
			s.env = append(s.env, env)
			s.start()
			screen := s.sees("type the amount", "DEMO")
			if name == "no colour" && coloured(screen) {
				t.Error("NO_COLOR is set and there are colours")
			}
			s.leaves()
		})
	}
}

func coloured(screen terminal.Screen) bool {
	for _, row := range screen.Cells {
		for _, c := range row {
			if c.FG != terminal.DefaultFG || c.BG != terminal.DefaultBG {
				return true
			}
		}
	}
	return false
}

func TestEachOfTheDemosHintsFitsOnALine(t *testing.T) {
	for _, hint := range demoHints() {
		if width := utf8.RuneCountInString(hint); width > 78 {
			t.Errorf("%d columns: %s", width, hint)
		}
	}
}
