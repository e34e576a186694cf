package waiting

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions, and the dialogs that two of them open.
const (
	actPark   = "waiting.park"
	actClose  = "waiting.close"
	actCheck  = "waiting.check"
	actAgain  = "waiting.again"
	actDetail = "waiting.detail"

	askClose = "waiting.ask.close"
	askRisk  = "waiting.ask.risk"
)

// Actions lists what can be pressed. Enter is not among them: a second Enter
// never sends twice.
func (w *Waiting) Actions() []ui.Action {
	leave := "next customer"
	if !w.payment.Args.Fresh {
		leave = "back"
	}
	all := []ui.Action{{ID: actPark, Keys: []string{"esc"}, Label: leave}}
	if w.invitation() {
		all = append(all, ui.Action{ID: actAgain, Keys: []string{"f4"}, Label: "send again", Off: w.noAgain()})
	} else {
		all = append(all,
			ui.Action{ID: actCheck, Keys: []string{"f8"}, Label: "check now", Off: w.noCheck()},
			ui.Action{ID: actClose, Keys: []string{"f7"}, Label: desk.CloseLabel(w.payment.Detail.Attempt), Off: w.noClose()},
		)
	}
	all = append(all, ui.Action{ID: actDetail, Keys: []string{"tab"}, Label: "detail", Hidden: true})
	return append(all, w.scroll.Moves()...)
}

func (w *Waiting) invitation() bool {
	return w.payment.Detail.Attempt.Kind == providers.Invite
}

func (w *Waiting) noClose() string {
	switch {
	case w.payment.Detail.Attempt.Closed:
		return "it is closed already; a manager settles it"
	case !w.unknown():
		return "the answer is still on its way"
	}
	return ""
}

func (w *Waiting) noCheck() string {
	switch {
	case !w.unknown():
		return "it is being asked already"
	case w.payment.Live.Busy:
		return "it is being asked right now"
	}
	return ""
}

func (w *Waiting) noAgain() string {
	if !w.unknown() {
		return "it is on its way"
	}
	return ""
}

func (w *Waiting) act(id string) tea.Cmd {
	a := w.payment.Detail.Attempt
	if w.scroll.Act(id) {
		return nil
	}
	switch id {
	case actPark:
		return w.park()
	case actClose:
		return ui.Ask(desk.AskClose(askClose, a))
	case actCheck:
		return w.check(false)
	case actAgain:
		d := desk.DraftArgs{}
		d.Draft.Amount = a.Amount
		return ui.Go(desk.RouteInvite, d)
	case actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: a.ID})
	}
	return nil
}
