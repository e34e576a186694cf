// Package result shows the verdict of a payment in large letters, what to tell
// the customer, and what to do next.
package result

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Result is the screen of one payment that has its verdict.
type Result struct {
	desk    *desk.Desk
	payment *desk.Payment
	reveal  bool // the provider's own text is shown although it is private
	printed error
	scroll  desk.Scroll
}

// New makes the screen of a payment.
func New(d *desk.Desk, args desk.AttemptArgs) *Result {
	return &Result{desk: d, payment: desk.NewPayment(d, desk.RouteResult, args)}
}

// Title names the screen.
func (r *Result) Title() string { return "Result" }

// About names the payment that is shown.
func (r *Result) About() string { return r.payment.Args.ID }

// Init reads the payment.
func (r *Result) Init() tea.Cmd { return r.payment.Load() }

// TakesText is true where typing starts the next sale: not while the receipt of this
// one is waited for, whose barcode begins like typing.
func (r *Result) TakesText() bool { return r.payment.Args.Fresh && !r.TakesScan() }

// TakesScan is true where the receipt of the sale is waited for.
func (r *Result) TakesScan() bool {
	a := r.payment.Detail.Attempt
	return a.ReceiptDue && r.desk.Till().NoReceipt(a) == ""
}

// PicksScan leaves whatever may be a customer's code for the next sale.
func (r *Result) PicksScan(code string) bool { return desk.ReceiptNumber(code) }

// number asks for the sale's receipt number, or shows the one that was scanned.
func (r *Result) number(scanned string) tea.Cmd {
	return ui.Go(desk.RouteReceipt, desk.ReceiptArgs{Sale: r.payment.Detail.Attempt, Number: scanned})
}

// Update takes one message.
func (r *Result) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return r.act(msg.ID)
	case printedMsg:
		return r.wasPrinted(msg)
	case ui.ScanMsg:
		return r.number(msg.Code)
	case ui.TextMsg:
		return ui.HomeTyping(msg.Text)
	}
	return r.payment.Update(msg)
}

// again begins the next attempt of the same sale.
func (r *Result) again() tea.Cmd {
	a := r.payment.Detail.Attempt
	d := till.Draft{Sale: a.Sale, Provider: a.Provider, Kind: a.Kind, Amount: a.Amount, FinanceMinor: a.FinanceMinor}
	switch {
	case a.Kind == providers.Invite:
		d.Sale = "" // an invitation is no try to take money
		return ui.Replace(desk.RouteInvite, desk.DraftArgs{Draft: d})
	case r.sameWay():
		return ui.Replace(desk.RouteCode, desk.DraftArgs{Draft: d, GoodCode: r.goodCode()})
	}
	return ui.Replace(desk.RouteMethod, desk.DraftArgs{Draft: d})
}
