package currency

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actTake = "currency.take"
	actBack = "currency.back"
)

// Actions lists what can be pressed.
func (s *Currency) Actions() []ui.Action {
	take := ui.Action{ID: actTake, Keys: []string{"enter"}, Label: "take it"}
	if len(s.rows()) == 0 {
		take.Off = "no currency is called that"
	}
	all := []ui.Action{take, {ID: actBack, Keys: []string{"esc"}, Label: "back"}}
	return append(all, ui.ListActions()...)
}

func (s *Currency) act(id string) tea.Cmd {
	rows := s.rows()
	if at, mine := ui.MoveIn(id, s.at, len(rows), s.page); mine {
		s.at = at
		return nil
	}
	switch {
	case id == actBack:
		return ui.Back()
	case id == actTake && s.at < len(rows):
		chosen := desk.CurrencyMsg{Provider: s.args.Provider, Currency: rows[s.at]}
		return tea.Batch(func() tea.Msg { return chosen }, ui.Back())
	}
	return nil
}
