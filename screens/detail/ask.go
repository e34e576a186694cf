package detail

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// The questions. In each of them No is the answer that changes nothing.
const (
	askClose  = "detail.ask.close"
	askRisk   = "detail.ask.risk"
	askSettle = "detail.ask.settle"
)

// askManager asks for the agreement that a wish needs.
func (s *Detail) askManager(w wish) tea.Cmd {
	s.wish = w
	a := s.detail.Attempt
	if w == wishUndone {
		return s.consent.Ask(till.Refund, "Undo the refund of "+a.Amount.String()+".")
	}
	if w == wishPersonal {
		return s.consent.Ask(till.Unmask, "Show what is known of the customer who paid "+a.Amount.String()+".")
	}
	what := "Settle " + a.Sum() + " by hand: " + desk.SettledWord(a, w == wishPaid) + "."
	switch w {
	case wishReviewed:
		what = "Close the warning about " + a.Amount.String() + "."
	case wishChecked:
		what = desk.CheckWhat(a)
	}
	return s.consent.Ask(till.Settle, what)
}

// agreed asks once more before anything is decided.
func (s *Detail) agreed(msg consent.AgreedMsg) tea.Cmd {
	if msg.Err != nil {
		s.refused, s.wish = msg.Err, 0
		return nil
	}
	if s.wish == wishPersonal {
		s.wish = 0
		return s.reveal(msg.Permit)
	}
	s.permit = msg.Permit
	if s.wish == wishChecked { // the warning was the question
		return s.grant()
	}
	a := s.detail.Attempt
	d := ui.Dialog{ID: askSettle, Danger: true, No: "Leave it as it is"}
	switch s.wish {
	case wishPaid, wishNotPaid:
		word := desk.SettledWord(a, s.wish == wishPaid)
		d.Title, d.Yes = "Settle it as "+word+"?", "It is "+word
		d.Lines = []string{settling(a, s.wish == wishPaid)}
	case wishUndone:
		d.Title, d.Yes = "Undo this refund?", "Undo it"
		d.Lines = []string{"The customer owes " + a.Amount.String() + " again, as before the refund."}
		if a.State == providers.Unknown {
			d.Lines = append(d.Lines, "It is not known whether the refund was made; it is not sent again.")
		}
	case wishReviewed:
		d.Title, d.Yes = "Close the warning?", "Close it"
		d.Lines = []string{"The payment stays " + a.State.Word() + ". What came against it stays in the timeline."}
	}
	return ui.Ask(d)
}

// settling says what a manager settles, and by what.
func settling(a providers.Attempt, happened bool) string {
	part := a.State == providers.PartlyPaid || a.State == providers.Expired
	came := a.Came()
	if a.Coin != "" {
		came = a.Coin
	}
	switch {
	case part && happened:
		return came + " came; it counts as the whole " + a.Amount.String() + "."
	case part:
		return came + " came. It does not count, and goes back at " + a.Provider.Title() + ", not from here."
	}
	return a.Provider.Title() + "'s portal shows " + shown(a, happened)
}

// shown is what the provider's portal must show for a manager to settle by it.
func shown(a providers.Attempt, happened bool) string {
	sum := a.Amount.String()
	switch {
	case a.Kind == providers.Refund && happened:
		return "that " + sum + " of this sale went back to the customer."
	case a.Kind == providers.Refund:
		return "no such refund: " + sum + " did not go back."
	case a.Kind == providers.UndoRefund && happened:
		return "that the refund of " + sum + " was taken back."
	case a.Kind == providers.UndoRefund:
		return "that the refund of " + sum + " still stands."
	case happened:
		return sum + " as paid, and it is this payment."
	}
	return "no payment of " + sum + " for this sale."
}

// answered takes a person's answer.
func (s *Detail) answered(msg ui.DialogMsg) tea.Cmd {
	switch {
	case !msg.Yes:
		s.permit, s.wish = till.Permit{}, 0
	case msg.ID == askClose:
		return s.close()
	case msg.ID == askRisk:
		return s.checkSure()
	case msg.ID == askSettle:
		return s.grant()
	}
	return nil
}
