// Package consent asks for a manager's agreement: who, the PIN, and why. The PIN is
// checked before the reason is asked for, which stands on the screen as it is typed.
// A manager's own session is asked for the reason only.
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
	by      string // the manager's name
	try     int    // counts the requests, so that a late answer is not taken for a newer one
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
	c.right, c.what, c.manager, c.by, c.open = right, what, till.Manager{}, "", true
	c.try++
	if c.desk.May(right) {
		return c.askReason(nil)
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

// vouchedMsg says whether the PIN was right.
type vouchedMsg struct {
	from    *Consent
	try     int
	manager till.Manager
	err     error
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
		c.choose(managers[0])
	}
}

func (c *Consent) choose(p till.Person) { c.manager.ID, c.by = p.ID, p.Name }

// Update takes a message and says whether it was one of the consent's own.
func (c *Consent) Update(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	switch msg := msg.(type) {
	case managersMsg:
		if msg.from == c && c.open {
			c.come(msg.managers)
			return nil, true
		}
	case vouchedMsg:
		if msg.from == c {
			return c.vouched(msg), true
		}
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
		c.choose(c.people[answer.Choice])
		return askFor(c.people[answer.Choice], c.what), true
	case askPIN:
		return c.vouch(answer.Text), true
	}
	if err := till.CheckReason(answer.Text); err != nil {
		return c.askReason(err), true
	}
	return c.permit(answer.Text), true
}

// vouch has the PIN checked. The next question comes with the answer, so that it is
// still the key's doing.
func (c *Consent) vouch(pin string) tea.Cmd {
	t, s, right, m, msg := c.desk.Till(), c.desk.Session(), c.right, c.manager, vouchedMsg{from: c, try: c.try}
	m.PIN = pin
	ask := c.askReason(nil)
	return func() tea.Msg {
		msg.manager, msg.err = t.Vouch(context.Background(), s, right, m)
		known := func() tea.Msg { return msg }
		if msg.err != nil {
			return tea.BatchMsg{known}
		}
		return tea.BatchMsg{known, ask}
	}
}

// vouched keeps who stands for it; a wrong PIN ends the request.
func (c *Consent) vouched(msg vouchedMsg) tea.Cmd {
	if msg.try != c.try || !c.open {
		return nil
	}
	if c.manager = msg.manager; msg.err == nil {
		return nil
	}
	c.open = false
	return func() tea.Msg { return AgreedMsg{From: c, Err: msg.err} }
}

func askFor(p till.Person, what string) tea.Cmd {
	return ui.Ask(ui.Dialog{ID: askPIN, Title: "A manager is needed", Lines: []string{what, p.Name + ", please enter your PIN."},
		Yes: "Go on", No: "Stop", Field: &ui.DialogField{Label: p.Name + "'s PIN", Masked: true, Digits: true, Max: 12}})
}

// askReason asks why, once more where the last answer was none.
func (c *Consent) askReason(wrong error) tea.Cmd {
	lines := []string{c.what, "Why? A few words; they are kept in the journal. No PIN is asked for here."}
	if c.by != "" {
		lines[1] = c.by + "'s PIN is right. Why? A few words; they are kept in the journal."
	}
	if text, hint := desk.Sentence(wrong); text != "" {
		lines = append(lines, "", text+" "+hint)
	}
	return ui.Ask(ui.Dialog{ID: askReason, Title: "Reason", Lines: lines,
		Yes: "Agree", No: "Stop", Danger: true, Field: &ui.DialogField{Label: "Reason, in words"}})
}

func (c *Consent) permit(reason string) tea.Cmd {
	t, s, right, manager := c.desk.Till(), c.desk.Session(), c.right, c.manager
	c.open, c.manager = false, till.Manager{} // the PIN is kept no longer than needed
	return func() tea.Msg {
		permit, err := t.Permit(context.Background(), s, right, manager, reason)
		return AgreedMsg{From: c, Permit: permit, Err: err}
	}
}
