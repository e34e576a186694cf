package result

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actNext   = "result.next"
	actBack   = "result.back"
	actSlip   = "result.slip"
	actAgain  = "result.again"
	actReveal = "result.reveal"
	actDetail = "result.detail"
	actRefund = "result.refund"
	actNumber = "result.receipt"
)

// Actions lists what can be pressed.
func (r *Result) Actions() []ui.Action {
	var all []ui.Action
	if r.payment.Args.Fresh {
		all = append(all, ui.Action{ID: actNext, Keys: []string{"enter", "esc"}, Label: "next sale"})
	} else {
		all = append(all, ui.Action{ID: actBack, Keys: []string{"esc", "enter"}, Label: "back"})
	}
	if label := r.againLabel(); label != "" {
		all = append(all, ui.Action{ID: actAgain, Keys: []string{"f4"}, Label: label, Off: r.noAgain()})
	}
	if number := desk.ReceiptAction(actNumber, r.desk.Till(), r.payment.Detail.Attempt); !number.Hidden {
		all = append(all, number)
	}
	if r.refundable() {
		all = append(all, ui.Action{ID: actRefund, Keys: []string{"f6"}, Label: "refund again"})
	}
	if r.private() {
		all = append(all, ui.Action{ID: actReveal, Keys: []string{"f7"}, Label: r.whyLabel()})
	}
	all = append(all,
		ui.Action{ID: actSlip, Keys: []string{"f2"}, Label: "slip", Off: r.noSlip()},
		ui.Action{ID: actDetail, Keys: []string{"tab"}, Label: "detail"},
	)
	return append(all, r.scroll.Moves()...)
}

// againLabel is not empty where the same sale can be tried once more.
func (r *Result) againLabel() string {
	a := r.payment.Detail.Attempt
	if a.PossibleDouble || a.Contradicted || a.Kind.Returns() {
		return "" // money goes back from the sale's own page, where what remains is shown
	}
	switch a.State {
	case providers.Declined, providers.Refused, providers.Cancelled:
	default:
		return ""
	}
	switch {
	case a.Kind == providers.Invite:
		return "invite again"
	case !r.sameWay():
		return "another way to pay"
	case a.State == providers.Declined:
		return "again with a new code"
	}
	return "try again"
}

// refundable says that a refund was certainly not made, so that it can be begun
// anew, where what remains of the sale is shown.
func (r *Result) refundable() bool {
	a := r.payment.Detail.Attempt
	switch a.State {
	case providers.Declined, providers.Refused, providers.Cancelled:
		return a.Kind == providers.Refund && !a.Contradicted
	}
	return false
}

// noAgain says why trying again would bring the same answer now. For an invoice
// or a transfer the key leads to the other ways to pay, which are not concerned.
func (r *Result) noAgain() string {
	a := r.payment.Detail.Attempt
	same := a.Kind == providers.Authorise || a.Kind == providers.Invite
	if same && r.desk.Till().Retry(a) == providers.RetryManager {
		return "a manager must mend the set-up first"
	}
	return ""
}

// goodCode says that the customer's code was not used up: the provider had
// nothing against it, or never saw it.
func (r *Result) goodCode() bool {
	a := r.payment.Detail.Attempt
	return a.State != providers.Declined && r.desk.Till().Retry(a) == providers.RetryLater
}

// sameWay says that the provider would take another code for this sale. Where
// it would not, and for an invoice, the way leads to the other ways to pay.
func (r *Result) sameWay() bool {
	a := r.payment.Detail.Attempt
	return a.Kind == providers.Authorise && r.desk.Till().Retry(a) != providers.RetryNever
}

// private says that the reason is not for the queue to read.
func (r *Result) private() bool {
	return r.payment.Detail.Words.Private
}

func (r *Result) whyLabel() string {
	if r.reveal {
		return "hide why"
	}
	return "why"
}

func (r *Result) noSlip() string {
	if r.desk.Print == nil {
		return "no printer is set up"
	}
	return ""
}

func (r *Result) act(id string) tea.Cmd {
	if r.scroll.Act(id) {
		return nil
	}
	switch id {
	case actNext, actBack:
		return r.payment.Args.Leave()
	case actSlip:
		return r.print()
	case actAgain:
		return r.again()
	case actNumber:
		return r.number("")
	case actRefund:
		return ui.Replace(desk.RouteRefund, desk.AttemptArgs{ID: r.payment.Detail.Attempt.Of})
	case actReveal:
		r.reveal = !r.reveal
	case actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: r.payment.Args.ID})
	}
	return nil
}
