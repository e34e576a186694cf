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
	actAsk   = "confirm.ask"
	actCard  = "confirm.card"
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
	case s.quote.err != nil && !s.quote.outer:
		enter = ui.Action{ID: actAsk, Keys: []string{"enter"}, Label: "ask again what it costs"}
	default:
		enter.Off = s.quoteOff()
	}
	all := []ui.Action{enter}
	if s.cards.wanted {
		all = append(all, ui.Action{ID: actCard, Keys: []string{"tab"}, Label: "other card", Off: s.busy()})
	}
	if s.partable() {
		all = append(all, ui.Action{ID: actPart, Keys: []string{"f4"}, Label: "a part only", Off: s.busy()})
	}
	back := ui.Action{ID: actBack, Keys: []string{"esc"}, Label: "back, nothing is sent"}
	if s.cards.wanted {
		back.Label = "back" // the key between the cards needs the room
	}
	return append(all, back)
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
	case actAsk:
		return s.ask()
	case actCard:
		s.cards.turn()
	case actPart:
		s.openPart()
	case actTake, actWhole:
		s.closePart(id == actTake)
	}
	return nil
}
