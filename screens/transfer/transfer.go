// Package transfer shows a transfer that was begun at the merchant group's own
// server: its reference, the commission, and where the customer goes on. No
// money is confirmed here, unless that server tells what became of it.
package transfer

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/screens/desk/link"
	"cashdesk/ui"
)

// Transfer is the screen of one transfer that was handed over.
type Transfer struct {
	*link.Link
	desk  *desk.Desk
	asked desk.Asked
}

// New makes the screen of a transfer.
func New(d *desk.Desk, args desk.AttemptArgs) *Transfer {
	s := &Transfer{Link: link.New(d, desk.RouteTransfer, args), desk: d}
	s.Slip = s.slip
	return s
}

// Title names the screen.
func (s *Transfer) Title() string { return "Transfer" }

// Ticking is true where the server tells what became of it: the screen says when it
// is asked next.
func (s *Transfer) Ticking() bool { return s.followed() }

// followed says that the server is asked what became of the transfer.
func (s *Transfer) followed() bool {
	return s.Payment.Loaded() && s.desk.Till().Follows(s.Payment.Detail.Attempt)
}

// Update takes one message.
func (s *Transfer) Update(msg tea.Msg) tea.Cmd {
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

// slip is what the customer takes along.
func (s *Transfer) slip() string {
	a := s.Payment.Detail.Attempt
	lines := []string{"TRANSFER BEGUN, NOT PAID YET", a.Amount.String(), a.Provider.Title() + " " + a.ProviderRef}
	if a.Link != "" {
		lines = append(lines, a.Link)
	}
	return s.desk.Slip(a, lines...)
}
