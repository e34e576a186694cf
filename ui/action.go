package ui

import (
	"fmt"
	"strings"
)

// Action is one thing that can be pressed. Keys are named as bubbletea names
// them ("f3", "enter", "esc", "up", "pgdown", "shift+tab", "ctrl+p"); the first is
// the one that is shown. A printable key is never an action: scans type.
type Action struct {
	ID     string   // what ActionMsg carries
	Keys   []string // first is shown
	Label  string   // a verb or two: "other ways to pay"
	Off    string   // not empty: not available now, and this is why; shown dimmed
	Hidden bool     // on the help page only, not in the footer
	// Firm says that it cannot be taken back. It takes a single press, a moment after
	// the screen has come: a key held down or pressed twice does not start it.
	Firm bool
	// Calm says that on a terminal of this machine it takes no press in one breath with
	// another key, as only a machine types: nobody has seen what that came to. Firm is
	// calm too.
	Calm bool
}

// Keys that belong to the root on every screen.
const (
	KeyHelp   = "f1"
	KeyNotice = "f9"
	KeyQuit   = "ctrl+q"
	KeyBreak  = "ctrl+c"
)

// CheckActions reports what is wrong with a screen's list: a printable or unnamed
// key, a key of the root's, one key for two actions, an action without a name.
func CheckActions(actions []Action) error {
	taken := map[string]string{}
	for _, a := range actions {
		if a.ID == "" || a.Label == "" || len(a.Keys) == 0 {
			return fmt.Errorf("action %q has no id, label or key", a.ID)
		}
		for _, key := range a.Keys {
			if !isKeyName(key) {
				return fmt.Errorf("action %q: %q is no key for an action", a.ID, key)
			}
			if other, ok := taken[key]; ok {
				return fmt.Errorf("actions %q and %q share the key %q", other, a.ID, key)
			}
			taken[key] = a.ID
		}
	}
	return nil
}

// isKeyName reports whether a key may start an action.
func isKeyName(key string) bool {
	switch key {
	case KeyHelp, KeyNotice, KeyQuit, KeyBreak, "space", "":
		return false
	}
	if len([]rune(key)) == 1 || strings.HasPrefix(key, "alt+") {
		return false // alt and a digit may be a part of a scan
	}
	return true
}

// find returns the action that a key stands for.
func find(actions []Action, key string) (Action, bool) {
	for _, a := range actions {
		for _, k := range a.Keys {
			if k == key {
				return a, true
			}
		}
	}
	return Action{}, false
}
