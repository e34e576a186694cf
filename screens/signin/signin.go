// Package signin asks who is at the counter, and for their PIN.
package signin

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// longest is how many digits a PIN may have.
const longest = 12

// SignIn is the screen.
type SignIn struct {
	desk   *desk.Desk
	people []till.Person
	known  bool // people were read
	at     int
	pin    ui.Field
	hint   string // what to do about the PIN's error
	busy   bool
}

// New makes the screen.
func New(d *desk.Desk) *SignIn {
	return &SignIn{desk: d, pin: ui.Field{Label: "PIN", Max: longest, Masked: true, Allowed: ui.Digits}}
}

// Title names the screen.
func (s *SignIn) Title() string { return "Sign in" }

// Init reads who can sign in.
func (s *SignIn) Init() tea.Cmd { return s.read() }

// TakesText is false while a PIN is being checked. A scan never goes into the
// PIN: the screen takes none.
func (s *SignIn) TakesText() bool { return !s.busy }

// Update takes one message.
func (s *SignIn) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case peopleMsg:
		if msg.from == s {
			s.people, s.known = msg.people, true
		}
	case signedMsg:
		if msg.from == s {
			return s.signed(msg)
		}
	case ui.ActionMsg:
		return s.act(msg.ID)
	default:
		if s.pin.Update(msg) {
			s.hint = ""
		}
	}
	return nil
}

// signed begins the session's first sale, or says why not and asks again.
func (s *SignIn) signed(msg signedMsg) tea.Cmd {
	s.busy = false
	s.pin.Set("")
	if msg.err != nil {
		s.pin.Error, s.hint = desk.Sentence(msg.err)
		return nil
	}
	s.desk.SetSession(msg.session)
	return ui.Replace(desk.RouteSale, nil)
}
