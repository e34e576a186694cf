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
	actPart  = "confirm.part"
	actTake  = "confirm.take"
	actWhole = "confirm.whole"
)

// Actions lists what can be pressed.
func (s *Confirm) Actions() []ui.Action {
	if s.part.open {
		return s.partActions()
	}
	enter := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: s.verb(), Firm: true}
	switch {
	case s.begin.Busy():
		enter.Off = s.busy()
	case s.draft.Kind == providers.Authorise && s.draft.Code == "":
		enter.Off = "scan the customer's new code first"
	}
	all := []ui.Action{enter}
	if s.partable() {
		all = append(all, ui.Action{ID: actPart, Keys: []string{"f4"}, Label: "a part only", Off: s.busy()})
	}
	return append(all, ui.Action{ID: actBack, Keys: []string{"esc"}, Label: "back, nothing is sent"})
}

func (s *Confirm) busy() string {
	if s.begin.Busy() {
		return "one moment, the payment is being begun"
	}
	return ""
}

// verb is what Enter does.
func (s *Confirm) verb() string {
	switch s.draft.Kind {
	case providers.Authorise:
		part, _ := providers.Attempt{Amount: s.draft.Amount, FinanceMinor: s.draft.FinanceMinor}.Financed()
		return "charge " + part.String()
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
	case actPart:
		s.openPart()
	case actTake, actWhole:
		s.closePart(id == actTake)
	}
	return nil
}
