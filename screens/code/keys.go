package code

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actEnter  = "code.enter"
	actInvite = "code.invite"
	actBack   = "code.back"
)

// Actions lists what can be pressed.
func (s *Code) Actions() []ui.Action {
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "go on"}
	switch {
	case s.begin.Busy():
		enter.Off = "one moment, the code is being checked"
	case s.field.Value() == "":
		enter.Off = "scan or type the code first"
	}
	return []ui.Action{
		enter,
		{ID: actInvite, Keys: []string{"f3"}, Label: "no code: invite"},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
}

func (s *Code) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		return s.check()
	case actInvite:
		d := s.draft
		d.Code = ""
		return ui.Go(desk.RouteInvite, desk.DraftArgs{Draft: d})
	case actBack:
		return ui.Back()
	}
	return nil
}
