// Package receipt gives an approved sale the number that the shop's own till made
// for it: scanned from the receipt, or typed.
package receipt

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Receipt is the screen of one sale.
type Receipt struct {
	desk  *desk.Desk
	sale  providers.Attempt
	field ui.Field
	hint  string // what to do about the field's error
	busy  bool
	err   error
}

// New makes the screen, with a number that was scanned already perhaps.
func New(d *desk.Desk, args desk.ReceiptArgs) *Receipt {
	s := &Receipt{desk: d, sale: args.Sale, field: ui.Field{Label: "Receipt number", Max: 64, Hint: "scan the receipt's barcode, or type its number"}}
	s.field.Set(args.Number)
	return s
}

// Title names the screen.
func (s *Receipt) Title() string { return "Receipt number" }

// About names the sale.
func (s *Receipt) About() string { return s.sale.ID }

// Init has nothing to fetch.
func (s *Receipt) Init() tea.Cmd { return nil }

// TakesText is false while the number is being written down.
func (s *Receipt) TakesText() bool { return !s.busy }

// TakesScan is true: receipts have barcodes.
func (s *Receipt) TakesScan() bool { return !s.busy }

// PicksScan leaves a customer's code for the next sale.
func (s *Receipt) PicksScan(code string) bool { return !desk.CustomersCode(code) }

// Update takes one message.
func (s *Receipt) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case ui.ScanMsg:
		s.field.Set(msg.Code)
		s.field.Error, s.hint, s.err = "", "", nil
	case desk.UpdateMsg:
		if msg.Attempt.ID == s.sale.ID {
			s.sale = msg.Attempt
			s.sale.Personal = s.sale.Personal.Masked()
		}
	case givenMsg:
		if msg.from == s {
			return s.given(msg)
		}
	default:
		if s.field.Update(msg) {
			s.hint, s.err = "", nil
		}
	}
	return nil
}

// number is what was typed or scanned.
func (s *Receipt) number() string { return strings.TrimSpace(s.field.Value()) }
