// Package invite sends a customer without a code an SMS: it takes the mobile
// number, and the amount where there is none yet.
package invite

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/begin"
	"cashdesk/ui"
)

// longest is more than any way to write a mobile number takes.
const longest = 24

// Invite is the screen for mobile number and amount.
type Invite struct {
	desk     *desk.Desk
	begin    *begin.Begin
	draft    till.Draft
	amount   ui.AmountField
	mobile   ui.Field
	onAmount bool // the amount has the focus
	hint     string
}

// New makes the screen. It begins at the mobile number, also without an amount:
// the customer says the number first, and as an amount it would look like one.
func New(d *desk.Desk, args desk.DraftArgs) *Invite {
	s := &Invite{
		desk: d, begin: begin.New(d, ui.Replace), draft: args.Draft,
		mobile: ui.Field{Label: "Mobile", Max: longest, Allowed: ofNumbers, Hint: example(d.Shop.Country)},
	}
	if s.draft.Amount.Currency.Code == "" {
		s.draft.Amount.Currency = d.Shop.Currency
	}
	s.amount.Decimals = s.draft.Amount.Currency.Decimals
	s.amount.SetMinor(s.draft.Amount.Minor)
	s.mobile.Set(s.draft.Mobile)
	s.focus(false)
	return s
}

func ofNumbers(r rune) bool {
	return ui.Digits(r) || r == '+' || r == ' ' || r == '-' || r == '(' || r == ')'
}

// example is how a mobile number is written in a country.
func example(country string) string {
	switch country {
	case "AU":
		return "like 0412 345 678"
	case "NZ":
		return "like 021 234 567"
	}
	return "the customer's mobile number"
}

// Title names the screen.
func (s *Invite) Title() string { return "Invite by SMS" }

// Init has nothing to fetch.
func (s *Invite) Init() tea.Cmd { return nil }

// TakesText is false while the number is being checked.
func (s *Invite) TakesText() bool { return !s.begin.Busy() }

// Update takes one message.
func (s *Invite) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.begin.Update(msg); mine {
		s.mind()
		return cmd
	}
	if msg, ok := msg.(ui.ActionMsg); ok {
		return s.act(msg.ID)
	}
	mine := false
	if s.onAmount {
		mine = s.amount.Update(msg)
	} else {
		mine = s.mobile.Update(msg)
	}
	if mine {
		s.begin.Err, s.hint = nil, ""
	}
	return nil
}

// focus moves to the amount or to the mobile number.
func (s *Invite) focus(onAmount bool) {
	s.onAmount, s.mobile.Blurred = onAmount, onAmount
}

// mind moves an error to its field.
func (s *Invite) mind() {
	switch desk.FieldOf(s.begin.Err) {
	case "mobile":
		s.focus(false)
		s.mobile.Error, s.hint = desk.Sentence(s.begin.Err)
		s.begin.Err = nil
	case "amount":
		s.focus(true)
	}
}

// enter goes to the field that is still empty, else on to confirm.
func (s *Invite) enter() tea.Cmd {
	switch {
	case s.mobile.Value() == "":
		s.focus(false)
		return nil
	case s.amount.Empty():
		s.focus(true)
		return nil
	}
	d := s.draft
	d.Provider, d.Kind, d.Mobile = providers.Oxipay, providers.Invite, s.mobile.Value()
	d.Code, d.Sale = "", ""
	d.Amount.Minor = s.amount.Minor()
	return s.begin.Try(d)
}
