package terminal

import (
	"fmt"
	"strings"
)

// keys holds what an xterm sends for the keys that are no characters.
var keys = map[string]string{
	"enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "esc": "\x1b", "space": " ", "backspace": "\x7f",
	"up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
	"home": "\x1b[H", "end": "\x1b[F", "insert": "\x1b[2~", "delete": "\x1b[3~",
	"pgup": "\x1b[5~", "pgdown": "\x1b[6~",
	"f1": "\x1bOP", "f2": "\x1bOQ", "f3": "\x1bOR", "f4": "\x1bOS",
	"f5": "\x1b[15~", "f6": "\x1b[17~", "f7": "\x1b[18~", "f8": "\x1b[19~",
	"f9": "\x1b[20~", "f10": "\x1b[21~", "f11": "\x1b[23~", "f12": "\x1b[24~",
}

// Type types text in one go. A program may get it in one read or in several.
func (s *Session) Type(text string) error {
	_, err := s.tty.WriteString(text)
	return err
}

// Press presses keys by their names: "enter", "f5", "esc", "ctrl+q", "alt+x".
// After "esc" wait for a frame before the next key, as a person's hand does:
// in one read the two are an alt key.
func (s *Session) Press(names ...string) error {
	for _, name := range names {
		sequence, err := keySequence(name)
		if err != nil {
			return err
		}
		if err := s.Type(sequence); err != nil {
			return err
		}
	}
	return nil
}

// Scan does what a barcode scanner does: the code and its suffix ("\r", "\n",
// "\t" or nothing) in one burst.
func (s *Session) Scan(code, suffix string) error { return s.Type(code + suffix) }

func keySequence(name string) (string, error) {
	if sequence, ok := keys[name]; ok {
		return sequence, nil
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok && len(letter) == 1 && letter >= "a" && letter <= "z" {
		return string(rune(letter[0] & 0x1f)), nil
	}
	if rest, ok := strings.CutPrefix(name, "alt+"); ok && len([]rune(rest)) == 1 {
		return "\x1b" + rest, nil
	}
	return "", fmt.Errorf("no key is called %q", name)
}
