package signin

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The actions.
const (
	actEnter = "signin.enter"
	actClear = "signin.clear"
)

// Actions lists what can be pressed.
func (s *SignIn) Actions() []ui.Action {
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "sign in"}
	esc := ui.Action{ID: actClear, Keys: []string{"esc"}, Label: "clear"}
	switch {
	case s.busy:
		enter.Off = "one moment, the PIN is being checked"
		esc.Off = enter.Off
	case len(s.people) == 0:
		enter.Off = "nobody can sign in yet"
		esc.Off = "there is nothing to clear"
	case s.pin.Value() == "":
		enter.Off = "type your PIN first"
		esc.Off = "there is nothing to clear"
	}
	return append([]ui.Action{enter, esc}, ui.ListActions()...)
}

func (s *SignIn) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, s.at, len(s.people), 5); mine {
		if at != s.at && !s.busy { // a PIN is one person's
			s.at = at
			s.pin.Set("")
			s.pin.Error, s.hint = "", ""
		}
		return nil
	}
	switch id {
	case actEnter:
		return s.enter()
	case actClear:
		s.pin.Update(ui.EditMsg{Op: ui.EditClear})
		s.hint = ""
	}
	return nil
}
