package unlock

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The actions.
const (
	actEnter = "unlock.enter"
	actClear = "unlock.clear"
)

// Actions lists what can be pressed. Without a passphrase there is nothing to
// press: keys pressed ahead are not answered with a reproach.
func (u *Unlock) Actions() []ui.Action {
	if !u.asks {
		return nil
	}
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "unlock"}
	esc := ui.Action{ID: actClear, Keys: []string{"esc"}, Label: "clear"}
	switch {
	case u.busy:
		enter.Off = "one moment, the keystore is being unlocked"
		esc.Off = enter.Off
	case u.field.Value() == "":
		enter.Off = "type the passphrase first"
		esc.Off = "there is nothing to clear"
	}
	return []ui.Action{enter, esc}
}

func (u *Unlock) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		u.field.Error, u.hint = "", ""
		return u.open(u.field.Value())
	case actClear:
		u.field.Update(ui.EditMsg{Op: ui.EditClear})
		u.hint = ""
	}
	return nil
}
