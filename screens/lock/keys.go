package lock

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The actions.
const (
	actEnter = "lock.enter"
	actClear = "lock.clear"
	actLeave = "lock.leave"
)

// Actions lists what can be pressed.
func (l *Lock) Actions() []ui.Action {
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "unlock"}
	esc := ui.Action{ID: actClear, Keys: []string{"esc"}, Label: "clear"}
	leave := ui.Action{ID: actLeave, Keys: []string{"f8"}, Label: "somebody else signs in", Firm: true}
	switch {
	case l.busy:
		enter.Off = "one moment, the PIN is being checked"
		esc.Off, leave.Off = enter.Off, enter.Off
	case l.pin.Value() == "":
		enter.Off = "type your PIN first"
		esc.Off = "there is nothing to clear"
	}
	return []ui.Action{enter, leave, esc}
}

func (l *Lock) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		return l.enter()
	case actLeave:
		return l.leave()
	case actClear:
		l.pin.Update(ui.EditMsg{Op: ui.EditClear})
		l.hint = ""
	}
	return nil
}
