package receipt

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actGive = "receipt.give"
	actBack = "receipt.back"
)

// Actions lists what can be pressed.
func (s *Receipt) Actions() []ui.Action {
	return []ui.Action{
		{ID: actGive, Keys: []string{"enter"}, Label: "send it to " + s.sale.Provider.Title(), Off: s.off()},
		{ID: actBack, Keys: []string{"esc"}, Label: "later"},
	}
}

func (s *Receipt) off() string {
	if s.busy {
		return "one moment"
	}
	if why := s.desk.Till().NoReceipt(s.sale); why != "" {
		return why
	}
	if s.number() == "" {
		return "scan or type the number first"
	}
	return ""
}

func (s *Receipt) act(id string) tea.Cmd {
	switch id {
	case actBack:
		return ui.Back()
	case actGive:
		if desk.CustomersCode(s.number()) {
			s.field.Error, s.hint = "That is a customer's code, no receipt number.", "Scan the barcode on the receipt."
			return nil
		}
		return s.give()
	}
	return nil
}
