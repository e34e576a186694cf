// Package refund gives back what a sale took, or a part of it: how much, on whose
// word, and a last look before anything is sent.
package refund

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// Refund is the screen of one sale.
type Refund struct {
	desk    *desk.Desk
	args    desk.AttemptArgs
	consent *consent.Consent

	sale   providers.Attempt
	state  till.Refundable
	read   bool
	amount ui.AmountField
	// number is what the provider calls a refund that was made there.
	number   ui.Field
	onNumber bool
	byHand   bool // it was refunded at the provider, although it could be from here

	permit till.Permit
	busy   bool
	err    error
}

// New makes the screen for an approved sale.
func New(d *desk.Desk, args desk.AttemptArgs) *Refund {
	return &Refund{
		desk: d, args: args, consent: consent.New(d), amount: ui.AmountField{Decimals: d.Shop.Currency.Decimals},
		number: ui.Field{Label: "Reference", Max: 64, Hint: "what the provider calls this refund"},
	}
}

// Title names the screen.
func (s *Refund) Title() string { return "Refund" }

// Init reads what can be given back.
func (s *Refund) Init() tea.Cmd { return s.load() }

// About names the sale.
func (s *Refund) About() string { return s.args.ID }

// TakesText is true while something can be typed.
func (s *Refund) TakesText() bool { return s.read && s.why() == "" && !s.busy }

// Update takes one message.
func (s *Refund) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.consent.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case loadedMsg:
		if msg.from == s {
			s.take(msg)
		}
	case consent.AgreedMsg:
		if msg.From == s.consent {
			return s.agreed(msg)
		}
	case ui.DialogMsg:
		return s.answered(msg)
	case doneMsg:
		if msg.from == s {
			return s.done(msg)
		}
	case desk.UpdateMsg:
		if msg.Attempt.Sale == s.sale.Sale && !s.busy {
			return s.load()
		}
	default:
		s.typed(msg)
	}
	return nil
}

// typed gives typing to the amount, or to the provider's reference.
func (s *Refund) typed(msg tea.Msg) {
	if s.onNumber && s.number.Update(msg) || !s.onNumber && s.amount.Update(msg) {
		s.err = nil
	}
}

// total is the amount to be given back.
func (s *Refund) total() providers.Amount {
	return providers.Amount{Minor: s.amount.Minor(), Currency: s.sale.Amount.Currency}
}
