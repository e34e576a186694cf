package sale

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actEnter     = "sale.enter"
	actInvite    = "sale.invite"
	actHistory   = "sale.history"
	actUnsettled = "sale.unsettled"
	actSession   = "sale.session"
	actClear     = "sale.clear"
	actLose      = "sale.lose"
	actOther     = "sale.other"
	actReceipts  = "sale.receipts"
)

// Actions lists what can be pressed.
func (s *Sale) Actions() []ui.Action {
	all := []ui.Action{
		s.enter(),
		{ID: actInvite, Keys: []string{"f3"}, Label: "invite"},
		{ID: actHistory, Keys: []string{"f5"}, Label: "history"},
		{ID: actUnsettled, Keys: []string{"f6"}, Label: "not settled"},
		{ID: actClear, Keys: []string{"esc"}, Label: "clear", Off: s.nothing(), Hidden: s.nothing() != ""}, // it leaves its room to the session
		{ID: actSession, Keys: []string{"f2"}, Label: "session"},
	}
	numbers := ui.Action{ID: actReceipts, Keys: []string{"f4"}, Label: "receipt numbers", Hidden: true} // the reminder names the key
	if s.due == 0 {
		numbers.Off = "no receipt number is missing"
	}
	all = append(all, numbers)
	if s.offers() && len(s.invited.all) > 1 {
		all = append(all, ui.Action{ID: actOther, Keys: []string{"tab"}, Label: "another invitation"})
	}
	if s.desk.Demo != nil {
		all = append(all, ui.Action{ID: actLose, Keys: []string{"ctrl+l"}, Label: "lose next answer"})
	}
	return all
}

// enter says exactly what Enter will do.
func (s *Sale) enter() ui.Action {
	a := ui.Action{ID: actEnter, Keys: []string{"enter"}, Label: "pay"}
	switch {
	case s.begin.Busy():
		a.Label, a.Off = "charge", "one moment, the payment is being begun"
	case s.offers():
		a.Label = "take " + s.invited.offered().Amount.String()
	case s.amount.Empty() && s.code != "":
		a.Label, a.Off = "charge", "a code, but no amount yet"
	case s.amount.Empty():
		a.Off = "type the amount first"
	case s.code != "":
		a.Label, a.Off, a.Calm = "charge", s.off, true
	}
	return a
}

func (s *Sale) nothing() string {
	if s.amount.Empty() && s.code == "" {
		return "there is nothing to clear"
	}
	return ""
}

func (s *Sale) act(id string) tea.Cmd {
	switch id {
	case actEnter:
		return s.press()
	case actInvite:
		return ui.Go(desk.RouteInvite, desk.DraftArgs{Draft: till.Draft{Amount: s.total()}})
	case actHistory:
		return ui.Go(desk.RouteHistory, desk.HistoryArgs{})
	case actUnsettled:
		return ui.Go(desk.RouteUnsettled, nil)
	case actReceipts:
		return ui.Go(desk.RouteReceipts, nil)
	case actSession:
		return ui.Go(desk.RouteSession, nil)
	case actOther:
		s.invited.turn()
	case actClear:
		s.clear()
	case actLose:
		s.desk.Demo.LoseNext()
		return ui.Notice(desk.LostNotice)
	}
	return nil
}

// press is Enter: with amount and code it charges, with an amount alone it
// shows the other ways to pay.
func (s *Sale) press() tea.Cmd {
	switch {
	case s.offers() && !s.begin.Busy():
		s.takeOffer()
		return nil
	case s.amount.Empty() || s.begin.Busy():
		return nil
	case s.code == "":
		return ui.Go(desk.RouteMethod, desk.DraftArgs{Draft: s.draft()})
	}
	return s.begin.Start(s.draft())
}
