// Package lock covers the counter's screen when nobody has touched it for a
// while. It asks for the PIN of whoever is signed in, and shows nothing of any
// payment.
package lock

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// longest is how many digits a PIN may have.
const longest = 12

// Lock is the screen.
type Lock struct {
	desk    *desk.Desk
	session till.Session
	beneath string // the attempt that was looked at, empty for none
	pin     ui.Field
	hint    string // what to do about the error
	busy    bool   // the PIN is being checked, or the session closed

	status till.Status
	known  bool // the status was read
	asked  int  // counts the readings; older ones are dropped
}

// New makes the screen, while the one that it is to cover is still on top.
func New(d *desk.Desk) *Lock {
	return &Lock{
		desk: d, session: d.Session(), beneath: d.Shown(),
		pin: ui.Field{Label: "PIN", Max: longest, Masked: true, Allowed: ui.Digits},
	}
}

// Title names the screen.
func (l *Lock) Title() string { return "Locked" }

// AttemptID names the payment beneath: whoever unlocks sees it at once, so the
// strip need not tell of it too.
func (l *Lock) AttemptID() string { return l.beneath }

// Init counts what is going on at the counter.
func (l *Lock) Init() tea.Cmd { return l.read() }

// TakesText is false while a PIN is being checked.
func (l *Lock) TakesText() bool { return !l.busy }

// Update takes one message.
func (l *Lock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case desk.UpdateMsg:
		return l.read()
	case statusMsg:
		if msg.from == l && msg.asked == l.asked && msg.err == nil {
			l.status, l.known = msg.status, true
		}
	case unlockedMsg:
		if msg.from == l {
			return l.unlocked(msg.err)
		}
	case leftMsg:
		if msg.from == l {
			return l.left(msg.err)
		}
	case ui.ActionMsg:
		return l.act(msg.ID)
	default:
		if l.pin.Update(msg) {
			l.hint = ""
		}
	}
	return nil
}

// unlocked uncovers the screen beneath, or says why not and asks again.
func (l *Lock) unlocked(err error) tea.Cmd {
	if err == nil {
		return ui.Back()
	}
	l.fail(err)
	return nil
}

// left asks the next person to sign in. What is open stays with the counter.
func (l *Lock) left(err error) tea.Cmd {
	if err != nil {
		l.fail(err)
		return nil
	}
	l.desk.SetSession(till.Session{})
	return ui.Reset(desk.RouteSignIn, nil)
}

func (l *Lock) fail(err error) {
	l.busy = false
	l.pin.Set("")
	l.pin.Error, l.hint = desk.Sentence(err)
}
