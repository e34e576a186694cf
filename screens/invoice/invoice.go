// Package invoice shows an invoice that the customer can pay: the QR of its
// link, how long it is open, and its status as it moves.
package invoice

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/link"
	"cashdesk/ui"
)

// Invoice is the screen of one open invoice.
type Invoice struct {
	*link.Link
	desk  *desk.Desk
	asked desk.Asked
}

// New makes the screen of an invoice.
func New(d *desk.Desk, args desk.AttemptArgs) *Invoice {
	s := &Invoice{Link: link.New(d, desk.RouteInvoice, args), desk: d}
	s.Slip, s.Leave, s.Shut = s.slip, s.leave, s.shut
	return s
}

// shut says why the customer must not see the link any more: where a second payment
// would be lost, nobody is invited to make one.
func (s *Invoice) shut() string {
	if a := s.Payment.Detail.Attempt; (a.Confirming || a.State == providers.PartlyPaid) && !s.desk.Till().TakesMore(a) {
		return "a second payment could be lost"
	}
	return ""
}

// Title names the screen.
func (s *Invoice) Title() string { return "Invoice" }

// Ticking is true: the time that is left is shown.
func (s *Invoice) Ticking() bool { return true }

// Update takes one message.
func (s *Invoice) Update(msg tea.Msg) tea.Cmd {
	if done, ok := msg.(doneMsg); ok {
		return s.done(done)
	}
	cmd := s.Link.Update(msg)
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return tea.Batch(cmd, s.act(msg.ID))
	case ui.TickMsg:
		return tea.Batch(cmd, s.asked.Answer(s.Payment.Detail.Attempt, s.Payment.Live))
	}
	return cmd
}
