package session

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actLeave     = "session.leave"
	actHistory   = "session.history"
	actUnsettled = "session.unsettled"
	actKeys      = "session.keys"
	actHealth    = "session.health"
	actBack      = "session.back"
)

// Actions lists what can be pressed: the keys are those of the idle screen.
func (s *Session) Actions() []ui.Action {
	leave := ui.Action{ID: actLeave, Keys: []string{"f8"}, Label: "hand over", Firm: true}
	if s.leaving {
		leave.Off = "one moment, the session is being closed"
	}
	return []ui.Action{
		leave,
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
		{ID: actKeys, Keys: []string{"f4"}, Label: "keys"},
		{ID: actHealth, Keys: []string{"f7"}, Label: "settings and health", Off: s.desk.OnlyManagers(till.Health)},
		{ID: actHistory, Keys: []string{"f5"}, Label: "history"},
		{ID: actUnsettled, Keys: []string{"f6"}, Label: "not settled"},
	}
}

func (s *Session) act(id string) tea.Cmd {
	switch id {
	case actLeave:
		return s.leave()
	case actBack:
		return ui.Back()
	case actHistory:
		return ui.Go(desk.RouteHistory, desk.HistoryArgs{})
	case actUnsettled:
		return ui.Go(desk.RouteUnsettled, nil)
	case actKeys:
		return ui.Go(desk.RouteKeys, nil)
	case actHealth:
		return ui.Go(desk.RouteHealth, nil)
	}
	return nil
}
