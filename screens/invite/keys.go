package invite

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The actions.
const (
	actEnter = "invite.enter"
	actOther = "invite.other"
	actBack  = "invite.back"
)

// Actions lists what can be pressed.
func (s *Invite) Actions() []ui.Action {
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "go on"}
	switch {
	case s.begin.Busy():
		enter.Off = "one moment, the number is being checked"
	case s.amount.Empty() && s.onAmount:
		enter.Off = "type the amount first"
	case s.mobile.Value() == "" && !s.onAmount:
		enter.Off = "type the customer's mobile number first"
	}
	return []ui.Action{
		enter,
		{ID: actOther, Keys: []string{"tab", "shift+tab", "up", "down"}, Label: s.other()},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
}

func (s *Invite) other() string {
	if s.onAmount {
		return "to the mobile"
	}
	return "to the amount"
}

func (s *Invite) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		return s.enter()
	case actOther:
		s.focus(!s.onAmount)
	case actBack:
		return ui.Back()
	}
	return nil
}
