package ui

import "strings"

var keyNames = map[string]string{
	"enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "pgup": "PgUp", "pgdown": "PgDn",
	"home": "Home", "end": "End", "left": "Left", "right": "Right", "down": "Down", "backspace": "Backspace",
	"delete": "Del", "insert": "Ins",
}

// keyName is a key as staff know it. The up arrow stands for both: a list that has
// the one has the other.
func keyName(t Theme, key string) string {
	if key == "up" {
		return t.Glyph(GlyphUpDown)
	}
	if name, ok := keyNames[key]; ok {
		return name
	}
	if rest, ok := strings.CutPrefix(key, "ctrl+"); ok {
		return "Ctrl+" + orWord(keyNames[rest], strings.ToUpper(rest))
	}
	return strings.ToUpper(key)
}
