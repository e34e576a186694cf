// Package consent asks for a manager's agreement: who, the PIN, and why. A
// manager's own session is asked for the reason only.
package consent

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
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
	people  []till.Person // the managers
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
	t := c.desk.Till()
	return func() tea.Msg {
		managers := slices.DeleteFunc(t.People(), func(p till.Person) bool { return !p.Manager })
		known := func() tea.Msg { return managersMsg{from: c, managers: managers} }
		return tea.BatchMsg{known, c.first(managers, what)} // together, so that the question is still the key's doing
	}
}

// managersMsg brings those who can agree.
type managersMsg struct {
	from     *Consent
	managers []till.Person
}

// first asks who agrees, unless there is only one who can.
func (c *Consent) first(managers []till.Person, what string) tea.Cmd {
	switch len(managers) {
	case 0:
		err := &providers.Error{Kind: providers.Forbidden, Text: "a manager has to agree, and there is none", Hint: "add one with: cashdesk staff add NAME --role manager"}
		return func() tea.Msg { return AgreedMsg{From: c, Err: err} }
	case 1:
		return askFor(managers[0], what)
	}
	d := ui.Dialog{ID: askWho, Title: "A manager is needed", Lines: []string{what, "A manager has to agree. Who is here?", ""}, Yes: "Go on", No: "Stop"}
	for _, p := range managers {
		d.Choices = append(d.Choices, p.Name)
	}
	return ui.Ask(d)
}

// come keeps who can agree; one alone is whoever agrees.
func (c *Consent) come(managers []till.Person) {
	c.people, c.open = managers, len(managers) > 0
	if len(managers) == 1 {
		c.manager.ID = managers[0].ID
	}
}

// Update takes a message and says whether it was one of the consent's own.
func (c *Consent) Update(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	if msg, ok := msg.(managersMsg); ok && msg.from == c && c.open {
		c.come(msg.managers)
		return nil, true
	}
	answer, ok := msg.(ui.DialogMsg)
	if !ok || !c.open {
		return nil, false
	}
	switch answer.ID {
	case askWho, askPIN, askReason:
	default:
		return nil, false
	}
	if !answer.Yes || len(c.people) <= answer.Choice && answer.ID == askWho {
		c.open, c.manager = false, till.Manager{}
		return nil, true
	}
	switch answer.ID {
	case askWho:
		c.manager.ID = c.people[answer.Choice].ID
		return askFor(c.people[answer.Choice], c.what), true
	case askPIN:
		c.manager.PIN = answer.Text
		return c.askReason(), true
	}
	return c.permit(answer.Text), true
}

func askFor(p till.Person, what string) tea.Cmd {
	return ui.Ask(ui.Dialog{ID: askPIN, Title: "A manager is needed", Lines: []string{what, p.Name + ", please enter your PIN."},
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
