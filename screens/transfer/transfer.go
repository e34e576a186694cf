// Package transfer shows a transfer that was begun at the merchant group's own
// server: its reference, the commission, and where the customer goes on. No
// money is confirmed here.
package transfer

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Transfer is the screen of one transfer that was handed over.
type Transfer struct {
	desk    *desk.Desk
	payment *desk.Payment
	quiet   desk.Quiet
	large   bool // the QR has the whole body
	err     error
}

// New makes the screen of a transfer.
func New(d *desk.Desk, args desk.AttemptArgs) *Transfer {
	return &Transfer{desk: d, payment: desk.NewPayment(d, desk.RouteTransfer, args)}
}

// Title names the screen.
func (s *Transfer) Title() string { return "Transfer" }

// About names the payment that is shown.
func (s *Transfer) About() string { return s.payment.Args.ID }

// Init reads the transfer.
func (s *Transfer) Init() tea.Cmd { return s.payment.Load() }

// Ticking is true: the first moment, when keys do nothing, ends with a tick.
func (s *Transfer) Ticking() bool { return true }

// Frame leaves the QR as much room as it needs: all but the footer when it is
// large.
func (s *Transfer) Frame() ui.Frame {
	if s.large {
		return ui.FrameBare
	}
	return ui.FrameTight
}

// Update takes one message.
func (s *Transfer) Update(msg tea.Msg) tea.Cmd {
	s.quiet.Update(msg)
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case doneMsg:
		return s.done(msg)
	}
	return s.payment.Update(msg)
}
