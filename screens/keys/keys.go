// Package keys lists the counter's secrets, set or not set, and takes new
// ones; managers only. No secret is ever shown.
package keys

import (
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// longest is how long a secret may be.
const longest = 256

// wish is what a manager's agreement is asked for.
type wish int

const (
	wishOpen wish = iota + 1
	wishSave
)

// Keys is the screen.
type Keys struct {
	desk    *desk.Desk
	consent *consent.Consent
	permit  till.Permit // a manager's word, in an operator's session
	word    bool        // it was given

	keys  []till.KeyState
	known bool
	at    int
	asked int // counts the readings; older ones are dropped

	reading bool

	wish   wish
	typing bool // a secret is being typed for the marked key
	device bool // it is a token, to be changed for a key at the provider's
	busy   bool
	field  ui.Field
	hint   string // what to do about the field's error
	err    error
	done   string // what was done last
}

// New makes the screen.
func New(d *desk.Desk) *Keys {
	return &Keys{desk: d, consent: consent.New(d), field: ui.Field{Label: "New secret", Max: longest, Masked: true}}
}

// Title names the screen.
func (k *Keys) Title() string { return "Keys" }

// Init does nothing: which keys are set is read when the page is shown.
func (k *Keys) Init() tea.Cmd { return nil }

// Ticking is true: the keystore may be changed from outside.
func (k *Keys) Ticking() bool { return true }

// look reads which keys are set, unless that is being read or one is being typed.
func (k *Keys) look() tea.Cmd {
	if k.reading || k.typing || !k.allowed() {
		return nil
	}
	return k.read()
}

// allowed says that whoever is here may see the keys.
func (k *Keys) allowed() bool { return k.word || k.desk.May(till.Keys) }

// shown reads the list, or asks for a manager's word first.
func (k *Keys) shown() tea.Cmd {
	if k.allowed() {
		return k.look()
	}
	k.wish = wishOpen
	return k.consent.Ask(till.Keys, "See and change the keys.")
}

// agreed does what a manager agreed to.
func (k *Keys) agreed(msg consent.AgreedMsg) tea.Cmd {
	w := k.wish
	k.wish = 0
	switch {
	case msg.Err != nil && w == wishOpen:
		k.err, k.known = msg.Err, true
	case msg.Err != nil:
		k.field.Error, k.hint = desk.Sentence(msg.Err)
	case w == wishOpen:
		k.permit, k.word = msg.Permit, true
		return k.read()
	case w == wishSave:
		return k.save(msg.Permit)
	}
	return nil
}

// TakesText is true while a secret is being typed.
func (k *Keys) TakesText() bool { return k.typing && !k.busy }

// Update takes one message.
func (k *Keys) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := k.consent.Update(msg); mine {
		return cmd
	}
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
	case ui.ShownMsg:
		return k.shown()
	case ui.TickMsg:
		return k.look()
	case consent.AgreedMsg:
		if msg.From == k.consent {
			return k.agreed(msg)
		}
	case ui.DialogMsg:
		return k.answered(msg)
	case setMsg:
		if msg.from == k {
			return k.wasSet(msg.err)
		}
	case ui.ActionMsg:
		return k.act(msg.ID)
	default:
		if k.typing && k.field.Update(msg) {
			k.hint, k.err = "", nil
		}
	}
	return nil
}

// wasSet says that the keystore has the secret, or why not and asks again.
func (k *Keys) wasSet(err error) tea.Cmd {
	k.busy = false
	var since *till.UnresolvedError
	if errors.As(err, &since) { // they became so while the secret was typed
		k.keys[k.at].Waiting = since.Attempts
		return k.confirm()
	}
	k.field.Set("")
	switch {
	case err != nil && k.device: // it takes more words than there are beneath a field
		k.err = err
		return nil
	case err != nil:
		k.field.Error, k.hint = desk.Sentence(err)
		return nil
	}
	k.done = k.keys[k.at].Title + " is set. The journal notes who set it."
	if k.device {
		k.done = "This device is registered. Its new key is in the keystore."
	}
	k.typing, k.device = false, false
	return k.read()
}
