// Package keys lists the counter's secrets, set or not set, and takes new
// ones; managers only. No secret is ever shown.
package keys

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// longest is how long a secret may be.
const longest = 256

// Keys is the screen.
type Keys struct {
	desk  *desk.Desk
	keys  []till.KeyState
	known bool
	at    int
	asked int // counts the readings; older ones are dropped

	reading bool

	typing bool // a secret is being typed for the marked key
	busy   bool
	field  ui.Field
	hint   string // what to do about the field's error
	err    error
	done   string // what was set last
}

// New makes the screen.
func New(d *desk.Desk) *Keys {
	return &Keys{desk: d, field: ui.Field{Label: "New secret", Max: longest, Masked: true}}
}

// Title names the screen.
func (k *Keys) Title() string { return "Keys" }

// Init does nothing: which keys are set is read when the page is shown.
func (k *Keys) Init() tea.Cmd { return nil }

// Ticking is true: the keystore may be changed from outside.
func (k *Keys) Ticking() bool { return true }

// look reads which keys are set, unless that is being read or one is being typed.
func (k *Keys) look() tea.Cmd {
	if k.reading || k.typing {
		return nil
	}
	return k.read()
}

// TakesText is true while a secret is being typed.
func (k *Keys) TakesText() bool { return k.typing && !k.busy }

// Update takes one message.
func (k *Keys) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keysMsg:
		if msg.from == k && msg.asked == k.asked {
			k.reading = false
			if k.typing { // for the key that is marked now
				return nil
			}
			k.keys, k.err, k.known = msg.keys, msg.err, true
			k.at = max(min(k.at, len(k.keys)-1), 0)
		}
	case ui.ShownMsg, ui.TickMsg:
		return k.look()
	case setMsg:
		if msg.from == k {
			return k.wasSet(msg.err)
		}
	case ui.ActionMsg:
		return k.act(msg.ID)
	default:
		if k.typing && k.field.Update(msg) {
			k.hint = ""
		}
	}
	return nil
}

// wasSet says that the keystore has the secret, or why not and asks again.
func (k *Keys) wasSet(err error) tea.Cmd {
	k.busy = false
	k.field.Set("")
	if err != nil {
		k.field.Error, k.hint = desk.Sentence(err)
		return nil
	}
	k.typing, k.done = false, k.keys[k.at].Title
	return k.read()
}
