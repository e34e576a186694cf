// Package invoice shows an invoice that the customer can pay: the QR of its
// link, how long it is open, and its status as it moves.
package invoice

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Invoice is the screen of one open invoice.
type Invoice struct {
	desk    *desk.Desk
	payment *desk.Payment
	quiet   desk.Quiet
	large   bool // the QR has the whole body
	err     error
}

// New makes the screen of an invoice.
func New(d *desk.Desk, args desk.AttemptArgs) *Invoice {
	return &Invoice{desk: d, payment: desk.NewPayment(d, desk.RouteInvoice, args)}
}

// Title names the screen.
func (s *Invoice) Title() string { return "Invoice" }

// About names the payment that is shown.
func (s *Invoice) About() string { return s.payment.Args.ID }

// Init reads the invoice.
func (s *Invoice) Init() tea.Cmd { return s.payment.Load() }

// Ticking is true: the time that is left is shown.
func (s *Invoice) Ticking() bool { return true }

// Frame leaves the QR as much room as it needs: all but the footer when it is
// large.
func (s *Invoice) Frame() ui.Frame {
	if s.large {
		return ui.FrameBare
	}
	return ui.FrameTight
}

// Update takes one message.
func (s *Invoice) Update(msg tea.Msg) tea.Cmd {
	s.quiet.Update(msg)
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case doneMsg:
		return s.done(msg)
	}
	return s.payment.Update(msg)
}
