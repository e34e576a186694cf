// Package consent asks for a manager's agreement: who, the PIN, and why. A
// manager's own session is asked for the reason only.
package consent

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The dialogs, in the order in which they come.
const (
	askWho    = "consent.who"
	askPIN    = "consent.pin"
	askReason = "consent.reason"
)

// Consent is one request for a manager's agreement. A screen that needs one
// keeps it and passes it every message.
type Consent struct {
	desk    *desk.Desk
	right   till.Right
	what    string
	manager till.Manager
	open    bool
}

// New makes one.
func New(d *desk.Desk) *Consent { return &Consent{desk: d} }

// AgreedMsg says what came of it: a permit, or why there is none. When the
// person gave up there is no message.
type AgreedMsg struct {
	From   *Consent
	Permit till.Permit
	Err    error
}

// Ask opens the first dialog. what says in one line what is to be agreed to.
func (c *Consent) Ask(right till.Right, what string) tea.Cmd {
	c.right, c.what, c.manager, c.open = right, what, till.Manager{}, true
	if c.desk.May(right) {
		return c.askReason()
	}
	var managers []till.Person
	for _, p := range c.desk.Till().People() {
		if p.Manager {
			managers = append(managers, p)
		}
	}
	if len(managers) == 1 {
		c.manager.ID = managers[0].ID
		return c.askPIN(managers[0].Name)
	}
	lines := []string{what, "A manager has to agree. Sign-in names:"}
	for _, p := range managers {
		lines = append(lines, "  "+p.ID+"  "+p.Name)
	}
	return ui.Ask(ui.Dialog{ID: askWho, Title: "A manager is needed", Lines: lines, Yes: "Go on", No: "Stop",
		Field: &ui.DialogField{Label: "Manager", Max: 16}})
}

// Update takes a message and says whether it was one of the consent's own.
func (c *Consent) Update(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	answer, ok := msg.(ui.DialogMsg)
	if !ok || !c.open {
		return nil, false
	}
	switch answer.ID {
	case askWho, askPIN, askReason:
	default:
		return nil, false
	}
	if !answer.Yes {
		c.open, c.manager = false, till.Manager{}
		return nil, true
	}
	switch answer.ID {
	case askWho:
		c.manager.ID = answer.Text
		return c.askPIN(answer.Text), true
	case askPIN:
		c.manager.PIN = answer.Text
		return c.askReason(), true
	}
	return c.permit(answer.Text), true
}

func (c *Consent) askPIN(name string) tea.Cmd {
	return ui.Ask(ui.Dialog{ID: askPIN, Title: "A manager is needed", Lines: []string{c.what, name + ", please enter your PIN."},
		Yes: "Go on", No: "Stop", Field: &ui.DialogField{Label: "PIN", Masked: true, Digits: true, Max: 12}})
}

func (c *Consent) askReason() tea.Cmd {
	return ui.Ask(ui.Dialog{ID: askReason, Title: "Why?", Lines: []string{c.what, "The reason is kept in the journal."},
		Yes: "Agree", No: "Stop", Danger: true, Field: &ui.DialogField{Label: "Reason"}})
}

func (c *Consent) permit(reason string) tea.Cmd {
	t, s, right, manager := c.desk.Till(), c.desk.Session(), c.right, c.manager
	c.open, c.manager = false, till.Manager{} // the PIN is kept no longer than needed
	return func() tea.Msg {
		permit, err := t.Permit(context.Background(), s, right, manager, reason)
		return AgreedMsg{From: c, Permit: permit, Err: err}
	}
}
