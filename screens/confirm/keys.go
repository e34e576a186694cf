package confirm

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/ui"
)

// The actions.
const (
	actEnter = "confirm.enter"
	actBack  = "confirm.back"
)

// Actions lists what can be pressed.
func (s *Confirm) Actions() []ui.Action {
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: s.verb(), Firm: true}
	switch {
	case s.begin.Busy():
		enter.Off = "one moment, the payment is being begun"
	case s.draft.Kind == providers.Authorise && s.draft.Code == "":
		enter.Off = "scan the customer's new code first"
	}
	return []ui.Action{enter, {ID: actBack, Keys: []string{"esc"}, Label: "back, nothing is sent"}}
}

// verb is what Enter does.
func (s *Confirm) verb() string {
	switch s.draft.Kind {
	case providers.Authorise:
		return "charge " + s.draft.Amount.String()
	case providers.Invite:
		return "send the SMS"
	case providers.Invoice:
		return "make the invoice"
	}
	return "begin the transfer"
}

func (s *Confirm) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		return s.start()
	case actBack:
		return ui.Back()
	}
	return nil
}
