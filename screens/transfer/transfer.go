// Package transfer shows a transfer that was begun at the merchant group's own
// server: its reference, the commission, and where the customer goes on. No
// money is confirmed here.
package transfer

import (
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/link"
	"cashdesk/ui"
)

// Transfer is the screen of one transfer that was handed over.
type Transfer struct {
	*link.Link
	desk *desk.Desk
}

// New makes the screen of a transfer.
func New(d *desk.Desk, args desk.AttemptArgs) *Transfer {
	s := &Transfer{Link: link.New(d, desk.RouteTransfer, args), desk: d}
	s.Slip = s.slip
	return s
}

// Title names the screen.
func (s *Transfer) Title() string { return "Transfer" }

// Actions lists what can be pressed.
func (s *Transfer) Actions() []ui.Action {
	leave := ui.Action{Keys: []string{"enter", "esc"}, Label: "next sale"}
	if !s.Payment.Args.Fresh {
		leave.Label = "back"
	}
	return s.Link.Actions(leave)
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
