// Package currency is the list of the currencies that an invoice can be priced
// in: typing letters narrows it, Enter takes the marked one.
package currency

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Currency is the list.
type Currency struct {
	desk   *desk.Desk
	args   desk.CurrencyArgs
	filter ui.Field
	at     int
	page   int // rows in view when it was last drawn

	// accepted are the coins that the shop's account takes, once the provider has
	// told them; fresh says that it was just now.
	accepted []string
	fresh    bool
	asked    bool // the provider has answered, or has not
	err      error
}

// New makes the list for one way to pay.
func New(d *desk.Desk, args desk.CurrencyArgs) *Currency {
	s := &Currency{desk: d, args: args, page: 10, filter: ui.Field{Label: "Currency", Max: 12, Allowed: symbol}}
	for i, c := range s.rows() {
		if c == args.Chosen {
			s.at = i
		}
	}
	return s
}

// symbol allows what stands in the name of a currency.
func symbol(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}

// Title names the screen.
func (s *Currency) Title() string { return "Currency" }

// Init asks the provider what the shop's account takes.
func (s *Currency) Init() tea.Cmd { return s.ask() }

// TakesText is true: typing narrows the list.
func (s *Currency) TakesText() bool { return true }

// Update takes one message.
func (s *Currency) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case acceptedMsg:
		if msg.from == s {
			s.accepted, s.fresh, s.err, s.asked = msg.list, msg.fresh, msg.err, true
		}
	default:
		if s.filter.Update(msg) {
			s.at = 0
		}
	}
	return nil
}

// rows are the currencies that what is typed leaves.
func (s *Currency) rows() []providers.Currency {
	typed := strings.ToUpper(s.filter.Value())
	var begins, holds []providers.Currency
	for _, c := range s.args.Currencies {
		switch at := strings.Index(strings.ToUpper(c.Code), typed); {
		case at == 0:
			begins = append(begins, c)
		case at > 0:
			holds = append(holds, c)
		}
	}
	return append(begins, holds...)
}
