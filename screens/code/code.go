// Package code is where a pre-approval code is scanned or typed.
package code

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/begin"
	"cashdesk/ui"
)

// longest is how long a code of an unusual shape may be.
const longest = 64

// Code is the screen that asks for the code.
type Code struct {
	desk  *desk.Desk
	begin *begin.Begin
	draft till.Draft
	field ui.Field
	good  bool   // the sale's last code can be used again
	hint  string // what to do about the field's error
}

// New makes the screen for a payment that lacks its code.
func New(d *desk.Desk, args desk.DraftArgs) *Code {
	return &Code{
		desk: d, begin: begin.New(d, ui.Replace), draft: args.Draft, good: args.GoodCode,
		field: ui.Field{Label: "Code", Max: longest, Allowed: alphanumeric, Hint: "scan it, or type the 6 digits that the customer reads out"},
	}
}

func alphanumeric(r rune) bool {
	return ui.Digits(r) || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

// Title names the screen.
func (s *Code) Title() string { return "The customer's code" }

// Init has nothing to fetch.
func (s *Code) Init() tea.Cmd { return nil }

// TakesText is false while the code is being checked.
func (s *Code) TakesText() bool { return !s.begin.Busy() }

// TakesScan is false while the code is being checked.
func (s *Code) TakesScan() bool { return !s.begin.Busy() }

// Update takes one message.
func (s *Code) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.begin.Update(msg); mine {
		s.mind()
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case ui.ScanMsg:
		s.field.Set(msg.Code)
		s.field.Error, s.hint = "", ""
		return s.check()
	default:
		if s.field.Update(msg) {
			s.begin.Err, s.hint = nil, ""
		}
	}
	return nil
}

// mind moves an error about the code to its field.
func (s *Code) mind() {
	if s.begin.Spent {
		s.field.Set("")
	}
	if desk.FieldOf(s.begin.Err) != "code" {
		return
	}
	s.field.Error, s.hint = desk.Sentence(s.begin.Err)
	s.begin.Err = nil
}

// check goes on to confirm, if the code can be used.
func (s *Code) check() tea.Cmd {
	d := s.draft
	d.Provider, d.Kind, d.Code = providers.Oxipay, providers.Authorise, s.field.Value()
	return s.begin.Try(d)
}
