package unsettled

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actOpen   = "unsettled.open"
	actDetail = "unsettled.detail"
	actBack   = "unsettled.back"
)

// Actions lists what can be pressed.
func (u *Unsettled) Actions() []ui.Action {
	none := ""
	if _, ok := u.chosen(); !ok {
		none = "the list is empty"
	}
	list := ui.ListActions()
	all := []ui.Action{
		list[0],
		{ID: actOpen, Keys: []string{"enter"}, Label: "open", Off: none},
		{ID: actDetail, Keys: []string{"tab"}, Label: "detail", Off: none},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
	return append(all, list[1:]...)
}

func (u *Unsettled) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, u.at, len(u.rows), u.page); mine {
		u.at = at
		return nil
	}
	a, ok := u.chosen()
	switch {
	case id == actBack:
		return ui.Back()
	case !ok:
	case id == actOpen && !a.State.Final():
		return ui.Go(desk.Route(a), desk.AttemptArgs{ID: a.ID})
	case id == actOpen, id == actDetail: // a final one is here because it must be looked at
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: a.ID})
	}
	return nil
}
