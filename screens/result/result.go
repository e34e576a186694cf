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
	quiet   desk.Quiet
	// next is the next sale's amount, begun while the verdict still stands.
	next    ui.AmountField
	reveal  bool // the provider's own text is shown although it is private
	printed error
}

// New makes the screen of a payment.
func New(d *desk.Desk, args desk.AttemptArgs) *Result {
	return &Result{
		desk: d, payment: desk.NewPayment(d, desk.RouteResult, args),
		next: ui.AmountField{Decimals: d.Shop.Currency.Decimals},
	}
}

// Title names the screen.
func (r *Result) Title() string { return "Result" }

// Init reads the payment.
func (r *Result) Init() tea.Cmd { return r.payment.Load() }

// Ticking is true: the first moment, when keys do nothing, ends with a tick.
func (r *Result) Ticking() bool { return true }

// TakesText is true where typing starts the next sale.
func (r *Result) TakesText() bool { return r.payment.Args.Fresh && r.quiet.Open() }

// Update takes one message.
func (r *Result) Update(msg tea.Msg) tea.Cmd {
	r.quiet.Update(msg)
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return r.act(msg.ID)
	case printedMsg:
		return r.wasPrinted(msg)
	case ui.TickMsg:
		// What is typed may still turn out to be a scan and be taken back, so
		// the sale begins only when the keyboard rests.
		if !r.next.Empty() && msg.Idle >= resting {
			return r.leave()
		}
	case ui.TextMsg, ui.RetractMsg, ui.EditMsg:
		r.next.Update(msg)
		return nil
	}
	return r.payment.Update(msg)
}

// leave goes on, with what was typed already.
func (r *Result) leave() tea.Cmd {
	if r.payment.Args.Fresh {
		return desk.NextSale(digits(r.next))
	}
	return r.payment.Args.Leave()
}

// again begins the next attempt of the same sale.
func (r *Result) again() tea.Cmd {
	a := r.payment.Detail.Attempt
	d := till.Draft{Sale: a.Sale, Provider: a.Provider, Kind: a.Kind, Amount: a.Amount}
	switch {
	case a.Kind == providers.Invite:
		d.Sale = "" // an invitation is no try to take money
		return ui.Replace(desk.RouteInvite, desk.DraftArgs{Draft: d})
	case r.sameWay():
		return ui.Replace(desk.RouteCode, desk.DraftArgs{Draft: d})
	}
	return ui.Replace(desk.RouteMethod, desk.DraftArgs{Draft: d})
}
