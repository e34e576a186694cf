package terminal

import (
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"
)

// modes are what a full-screen program switches, with how a terminal starts.
var modes = []struct {
	number string
	name   string
	normal byte // h: set, l: reset
}{
	{"1049", "the alternate screen", 'l'}, {"1047", "the alternate screen", 'l'}, {"47", "the alternate screen", 'l'},
	{"25", "a hidden cursor", 'h'},
	{"2004", "bracketed paste", 'l'},
	{"1000", "mouse reports", 'l'}, {"1002", "mouse reports", 'l'}, {"1003", "mouse reports", 'l'}, {"1006", "mouse reports", 'l'},
	{"1004", "focus reports", 'l'},
}

var modeSwitch = regexp.MustCompile(`\x1b\[\?([0-9;]+)([hl])`)

// Left names what the program has left behind on the terminal as it stands
// now: the alternate screen, a hidden cursor, bracketed paste, mouse or focus
// reports, raw mode. Nothing is left after a clean end.
func (s *Session) Left() []string {
	left := leftModes(s.Written())
	if now := readState(s.tty); s.first.known && now.known && *s.first.state != *now.state {
		left = append(left, "raw mode")
	}
	return left
}

func leftModes(written string) []string {
	last := map[string]byte{}
	for _, found := range modeSwitch.FindAllStringSubmatch(written, -1) {
		for _, number := range strings.Split(found[1], ";") {
			last[number] = found[2][0]
		}
	}
	var left []string
	for _, mode := range modes {
		if now, used := last[mode.number]; used && now != mode.normal {
			left = append(left, mode.name)
		}
	}
	return left
}

// ttyState is how the kernel treats the terminal: echo, line editing.
type ttyState struct {
	state *term.State
	known bool
}

func readState(tty *os.File) ttyState {
	state, err := term.GetState(int(tty.Fd()))
	return ttyState{state: state, known: err == nil}
}
