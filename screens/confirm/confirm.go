// Package confirm shows a payment once more before it is begun. A scan here
// replaces the code; only Enter begins.
package confirm

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/begin"
	"cashdesk/ui"
)

// Confirm is the last look at a payment.
type Confirm struct {
	desk     *desk.Desk
	begin    *begin.Begin
	draft    till.Draft
	email    ui.Field
	part     part
	quote    quote
	cards    cards
	hint     string // what to do about the e-mail's error
	replaced bool   // the code was replaced by a scan
}

// New makes the screen for a payment that is complete but for an e-mail.
func New(d *desk.Desk, args desk.DraftArgs) *Confirm {
	s := &Confirm{
		desk: d, begin: begin.New(d, ui.Replace), draft: args.Draft,
		email: ui.Field{Label: "E-mail", Max: 254, Hint: "the customer's; or keep the shop's own"},
	}
	s.email.Set(d.Shop.Email)
	s.quote.wanted, s.cards = args.Quotes, newCards(args.AsksBINs)
	return s
}

// Title names the screen.
func (s *Confirm) Title() string { return "Confirm" }

// Init asks what a transfer costs, where somebody tells.
func (s *Confirm) Init() tea.Cmd {
	if s.quote.wanted {
		return s.ask()
	}
	return nil
}

// asksEmail says that the provider wants the payer's e-mail.
func (s *Confirm) asksEmail() bool { return s.draft.Provider == providers.XaiGate }

// TakesText is true where an e-mail is asked for, a part of the amount, or the first
// digits of a card.
func (s *Confirm) TakesText() bool {
	return (s.asksEmail() || s.part.open || s.cards.wanted) && !s.begin.Busy()
}

// TakesScan is true where there is a code to replace, or a card to refuse.
func (s *Confirm) TakesScan() bool {
	return (s.draft.Kind == providers.Authorise || s.cards.wanted) && !s.begin.Busy() && !s.part.open
}

// PicksScan leaves a customer's code for the next sale where cards are asked for: any
// other scan there may be a card.
func (s *Confirm) PicksScan(code string) bool { return !s.cards.wanted || !desk.CustomersCode(code) }

// Update takes one message.
func (s *Confirm) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.begin.Update(msg); mine {
		s.mind()
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case quotedMsg:
		s.quoted(msg)
	case ui.ScanMsg:
		if s.cards.wanted {
			s.cards.refuse()
			return nil
		}
		// A new code: what was agreed to about the old one does not hold.
		s.replaced = msg.Code != s.draft.Code
		s.draft.Code, s.draft.AcceptOtherCode, s.begin.Err = msg.Code, false, nil
	default:
		if s.updatePart(msg) || s.cards.wanted && s.cards.update(msg) {
			return nil
		}
		if s.asksEmail() && s.email.Update(msg) {
			s.begin.Err, s.hint = nil, ""
		}
	}
	return nil
}

// mind drops a code that is spent, and moves an error about the e-mail to its
// field.
func (s *Confirm) mind() {
	if s.begin.Spent {
		s.draft.Code = ""
	}
	if s.asksEmail() && desk.FieldOf(s.begin.Err) == "email" {
		s.email.Error, s.hint = desk.Sentence(s.begin.Err)
		s.begin.Err = nil
	}
}

// start begins the payment.
func (s *Confirm) start() tea.Cmd {
	d := s.draft
	if s.asksEmail() {
		d.Email = s.email.Value()
	}
	if s.cards.wanted {
		if s.cards.wrong() {
			return nil
		}
		d.FromBIN, d.ToBIN = s.cards.from.Value(), s.cards.to.Value()
	}
	return s.begin.Start(d)
}
