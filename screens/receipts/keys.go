package receipts

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actGive   = "receipts.give"
	actDetail = "receipts.detail"
	actBack   = "receipts.back"
)

// Actions lists what can be pressed.
func (s *Receipts) Actions() []ui.Action {
	none := ""
	if _, ok := s.chosen(); !ok {
		none = "the list is empty"
	}
	list := ui.ListActions()
	all := []ui.Action{
		list[0],
		{ID: actGive, Keys: []string{"enter"}, Label: "give its number", Off: none},
		{ID: actDetail, Keys: []string{"tab"}, Label: "detail", Off: none},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
	return append(all, list[1:]...)
}

func (s *Receipts) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, s.at, len(s.rows), s.page); mine {
		s.at = at
		return nil
	}
	a, ok := s.chosen()
	switch {
	case id == actBack:
		return ui.Back()
	case !ok:
	case id == actGive:
		return ui.Go(desk.RouteReceipt, desk.ReceiptArgs{Sale: a})
	case id == actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: a.ID})
	}
	return nil
}
