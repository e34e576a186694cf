package history

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actDetail   = "history.detail"
	actSpan     = "history.span"
	actSpanBack = "history.span.back"
	actProvider = "history.provider"
	actGroup    = "history.group"
	actAll      = "history.all"
	actClear    = "history.clear"
	actBack     = "history.back"
)

// Actions lists what can be pressed.
func (h *History) Actions() []ui.Action {
	list := ui.ListActions()
	detail := ui.Action{ID: actDetail, Keys: []string{"enter"}, Label: "detail"}
	if _, ok := h.chosen(); !ok {
		detail.Off = "there is no payment in the list"
	}
	all := []ui.Action{
		list[0], detail,
		{ID: actSpan, Keys: []string{"tab"}, Label: "days"},
		{ID: actProvider, Keys: []string{"f2"}, Label: "provider"},
		{ID: actGroup, Keys: []string{"f3"}, Label: "state"},
		h.leave(),
		h.everybody(),
		{ID: actSpanBack, Keys: []string{"shift+tab"}, Label: "the other way round", Hidden: true},
	}
	return append(all, list[1:]...)
}

// everybody leads from one's own payments to everybody's, with a manager.
func (h *History) everybody() ui.Action {
	a := ui.Action{ID: actAll, Keys: []string{"f4"}, Label: "everybody's"}
	if h.desk.May(till.AllHistory) || h.as.ID != "" {
		a.Off, a.Hidden = "these are everybody's", true
	}
	return a
}

// leave is Esc: first it clears the search, then it goes back.
func (h *History) leave() ui.Action {
	if h.search.Value() != "" {
		return ui.Action{ID: actClear, Keys: []string{"esc"}, Label: "clear"}
	}
	return ui.Action{ID: actBack, Keys: []string{"esc"}, Label: "back"}
}

func (h *History) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, h.at, len(h.rows), h.page); mine {
		h.at = at
		return h.more()
	}
	switch id {
	case actDetail:
		if a, ok := h.chosen(); ok {
			h.away = true
			return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: a.ID, As: h.as})
		}
		return nil
	case actAll:
		return h.consent.Ask(till.AllHistory, "See everybody's payments on this page.")
	case actBack:
		h.cancel()
		return ui.Back()
	case actClear:
		h.search.Set("")
	case actSpan:
		h.filter.span = span(turn(int(h.filter.span), int(spanCount), +1))
	case actSpanBack:
		h.filter.span = span(turn(int(h.filter.span), int(spanCount), -1))
	case actProvider:
		h.filter.provider = turn(h.filter.provider, len(providers.All)+1, +1)
	case actGroup:
		h.filter.group = turn(h.filter.group, len(groups), +1)
	}
	return h.find()
}
