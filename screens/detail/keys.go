package detail

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actShow    = "detail.show"
	actBack    = "detail.back"
	actCheck   = "detail.check"
	actClose   = "detail.close"
	actPaid    = "detail.paid"
	actNotPaid = "detail.notpaid"
	actReview  = "detail.review"
	actUnmask  = "detail.unmask"
	actOther   = "detail.other"
	actRefund  = "detail.refund"
	actUndo    = "detail.undo"
	actNumber  = "detail.receipt"
)

// Actions lists what can be pressed. What this payment is past stands on the
// help page only, with the reason.
func (s *Detail) Actions() []ui.Action {
	all := []ui.Action{
		{ID: actShow, Keys: []string{"enter"}, Label: s.showLabel(), Off: s.unloaded()},
		{ID: actBack, Keys: []string{"esc"}, Label: "back"},
	}
	for _, a := range []ui.Action{
		{ID: actReview, Keys: []string{"f2"}, Label: "looked at", Off: s.noReview()},
		{ID: actCheck, Keys: []string{"f8"}, Label: "check now", Off: s.noCheck()},
		s.fourth(),
		{ID: actNotPaid, Keys: []string{"f5"}, Label: desk.SettledWord(s.detail.Attempt, false), Off: s.noDenial()},
		{ID: actClose, Keys: []string{"f7"}, Label: desk.CloseLabel(s.detail.Attempt), Off: s.noClose()},
		s.returns(),
		{ID: actUnmask, Keys: []string{"f3"}, Label: "show what is hidden", Off: s.noUnmask()},
		{ID: actOther, Keys: []string{"tab"}, Label: "next payment of this sale", Off: s.noOther()},
	} {
		// What no person can change about this payment stands on the help page only.
		a.Hidden = a.Hidden || a.Off != "" && a.ID != actRefund
		all = append(all, a)
	}
	return append(all, ui.ListActions()...)
}

// fourth is the key that settles a payment as paid, or gives an approved one its
// receipt number.
func (s *Detail) fourth() ui.Action {
	a := s.detail.Attempt
	if a.State == providers.Approved && a.Kind == providers.Authorise {
		return desk.ReceiptAction(actNumber, s.desk.Till(), a)
	}
	label := "it is paid"
	if a.Kind.Returns() {
		label = desk.SettledWord(a, true) // the keys of a refund need the room
	}
	return ui.Action{ID: actPaid, Keys: []string{"f4"}, Label: label, Off: s.noSettle()}
}

// showLabel is where Enter leads: the screen that the customer is served with.
func (s *Detail) showLabel() string {
	switch desk.Route(s.detail.Attempt) {
	case desk.RouteInvoice, desk.RouteTransfer:
		return "show the QR"
	case desk.RouteWaiting:
		return "watch"
	}
	return "show the result"
}

func (s *Detail) unloaded() string {
	if s.loaded() {
		return ""
	}
	return "the payment is not read yet"
}

func (s *Detail) noCheck() string {
	a := s.detail.Attempt
	switch {
	case !s.loaded():
		return s.unloaded()
	case a.State == providers.Unknown && a.Kind == providers.Invite:
		return "nobody can be asked about an invitation"
	case a.State.Final():
		return "there is nothing to check: it is " + a.State.Word()
	case s.live.Busy, a.State == providers.Recorded, a.State == providers.Sent:
		return "it is being asked right now"
	}
	return ""
}

func (s *Detail) noClose() string {
	a := s.detail.Attempt
	switch {
	case a.State != providers.Unknown:
		return "only a payment that is not known can be closed"
	case a.Closed:
		return "it is closed already; a manager settles it"
	}
	return ""
}

// noSettle says why a manager cannot settle it: that is for what is not known, for
// what two answers tell differently, and for a part that came of a price.
func (s *Detail) noSettle() string {
	a := s.detail.Attempt
	switch {
	case a.State == providers.Unknown, a.State == providers.PartlyPaid, a.Doubted:
		return ""
	case a.State == providers.Expired && a.Returnable().Minor > 0:
		return ""
	}
	return "only a payment that is not known is settled by hand"
}

// noDenial says why it cannot be settled as not paid: of what is partly paid the
// rest may still come.
func (s *Detail) noDenial() string {
	if a := s.detail.Attempt; a.State == providers.PartlyPaid && s.now.Before(a.ExpiresAt) {
		return "the customer can still pay the rest"
	}
	return s.noSettle()
}

func (s *Detail) noReview() string {
	a := s.detail.Attempt
	if (a.Contradicted || a.PossibleDouble) && a.State.Final() {
		return ""
	}
	return "there is no warning to close"
}

func (s *Detail) noUnmask() string {
	switch {
	case !s.loaded():
		return s.unloaded()
	case s.hides() && !s.open, s.holdsPersonal() && s.personal == nil:
		return ""
	case s.open, s.personal != nil:
		return "it is shown already"
	}
	return "there is nothing hidden"
}

// holdsPersonal says that the journal holds something about the customer.
func (s *Detail) holdsPersonal() bool {
	p := s.detail.Attempt.Personal
	return p.PreApproval != "" || p.Mobile != "" || p.Email != ""
}

// hides says that there is a provider's text that is not for the queue to read.
func (s *Detail) hides() bool {
	return s.detail.Words.Private && s.detail.Attempt.Personal.Message != ""
}

func (s *Detail) noOther() string {
	if len(s.detail.Sale) > 1 {
		return ""
	}
	return "it is the only one"
}

// returns is the key that gives a sale back, or that undoes a refund. It stays
// where it is although it may not be possible: people look for it.
func (s *Detail) returns() ui.Action {
	if s.loaded() && s.detail.Attempt.Kind.Returns() {
		return ui.Action{ID: actUndo, Keys: []string{"f6"}, Label: "undo this refund", Off: s.noUndo()}
	}
	label := "refund"
	if s.noRefund() == "" && s.detail.Attempt.State != providers.Approved {
		label = "refund at the provider"
	}
	return ui.Action{ID: actRefund, Keys: []string{"f6"}, Label: label, Off: s.noRefund()}
}

func (s *Detail) noUndo() string {
	a := s.detail.Attempt
	switch {
	case a.Kind == providers.UndoRefund:
		return "what undid a refund is not undone: refund the sale again"
	case s.detail.Undone[a.ID]:
		return "it is undone already"
	case a.State != providers.Approved && a.State != providers.Unknown:
		return "it is " + a.State.Word() + ": there is nothing to undo"
	case a.Sends == 0:
		return "it was made at " + a.Provider.Title() + ": undo it there"
	}
	return ""
}

func (s *Detail) noRefund() string {
	a := s.detail.Attempt
	switch {
	case !s.loaded():
		return s.unloaded()
	case a.State == providers.Unknown:
		return "it is not known whether it was paid: nothing can be given back yet"
	case a.State == providers.Approved:
		return ""
	case a.Contradicted:
		return "an answer came later that says otherwise: a manager looks at that first"
	case a.Returnable().Minor == 0:
		return "it is " + a.State.Word() + ": no money was taken here"
	}
	return ""
}

func (s *Detail) act(id string) tea.Cmd {
	if s.scroll.Act(id) {
		return nil
	}
	switch id {
	case actShow:
		return ui.Go(desk.Route(s.detail.Attempt), desk.AttemptArgs{ID: s.id})
	case actBack:
		return ui.Back()
	case actCheck:
		return s.check(false)
	case actClose:
		return ui.Ask(desk.AskClose(askClose, s.detail.Attempt))
	case actPaid:
		return s.askManager(wishPaid)
	case actNotPaid:
		return s.askManager(wishNotPaid)
	case actReview:
		return s.askManager(wishReviewed)
	case actNumber:
		return ui.Go(desk.RouteReceipt, desk.ReceiptArgs{Sale: s.detail.Attempt})
	case actRefund:
		return ui.Go(desk.RouteRefund, desk.AttemptArgs{ID: s.id, As: s.as})
	case actUndo:
		return s.askManager(wishUndone)
	case actUnmask:
		return s.unmask()
	case actOther:
		return s.other()
	}
	return nil
}

// unmask shows the provider's text to anybody who asks, then the customer's data
// to a manager, or on a manager's word.
func (s *Detail) unmask() tea.Cmd {
	if s.hides() && !s.open {
		s.open = true
		return nil
	}
	return s.askManager(wishPersonal)
}

// other goes to the sale's next payment, after the last to the first.
func (s *Detail) other() tea.Cmd {
	sale := s.detail.Sale
	for i, a := range sale {
		if a.ID == s.id {
			s.id, s.open, s.personal, s.refused = sale[(i+1)%len(sale)].ID, false, nil, nil
			s.detail = till.Detail{} // no key may act on the one while the other is shown
			s.scroll.Home()
			return s.read()
		}
	}
	return nil
}
