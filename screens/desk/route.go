package desk

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// The routes, with the type of what each is given.
const (
	RouteUnlock    = "unlock"    // nothing
	RouteSignIn    = "sign in"   // nothing
	RouteSale      = "sale"      // nothing; the lowest screen once somebody signed in
	RouteMethod    = "method"    // DraftArgs: the amount, perhaps a code
	RouteCurrency  = "currency"  // CurrencyArgs: what an invoice may be priced in
	RouteCode      = "code"      // DraftArgs: an Oxipay sale without its code
	RouteInvite    = "invite"    // DraftArgs: perhaps with an amount
	RouteConfirm   = "confirm"   // DraftArgs: complete
	RouteWaiting   = "waiting"   // AttemptArgs
	RouteResult    = "result"    // AttemptArgs
	RouteInvoice   = "invoice"   // AttemptArgs
	RouteTransfer  = "transfer"  // AttemptArgs
	RouteHistory   = "history"   // HistoryArgs or nothing
	RouteDetail    = "detail"    // AttemptArgs
	RouteUnsettled = "unsettled" // nothing
	RouteRefund    = "refund"    // AttemptArgs: the sale
	RouteReceipt   = "receipt"   // ReceiptArgs: an approved sale
	RouteReceipts  = "receipts"  // nothing; the sales whose receipt number is missing
	RouteKeys      = "keys"      // nothing
	RouteHealth    = "health"    // nothing
	RouteSession   = "session"   // nothing
	RouteLock      = "lock"      // nothing; above whatever was there when nobody came
)

// Lock covers the counter's screen when nobody has touched it for a while.
func (d *Desk) Lock(after time.Duration) ui.Lock {
	return ui.Lock{After: after, Route: RouteLock, Present: d.SignedIn}
}

// BegunMsg tells every screen that a payment was begun: what was typed for it
// must not be there a second time.
type BegunMsg struct{ ID string }

// DraftArgs is a payment on its way to being begun.
type DraftArgs struct {
	Draft till.Draft
	// GoodCode says that the sale's last code can be used again; screens do not
	// have it, since they get it masked.
	GoodCode bool
	// Quotes says that limits and commission are asked for before it is agreed to;
	// AsksBINs, that the first digits of the cards are typed.
	Quotes, AsksBINs bool
}

// CurrencyArgs is an amount whose currency is to be chosen.
type CurrencyArgs struct {
	Provider   providers.Provider
	Amount     providers.Amount
	Currencies []providers.Currency
	Chosen     providers.Currency
}

// CurrencyMsg tells the ways to pay which currency was chosen.
type CurrencyMsg struct {
	Provider providers.Provider
	Currency providers.Currency
}

// AttemptArgs names a payment that the journal has.
type AttemptArgs struct {
	ID string
	// As is the session that reads it, where a manager let somebody see more
	// than their own; empty for whoever is signed in.
	As till.Session
	// Fresh says that it was begun just now: leaving its screens leads to the
	// next customer. Otherwise it was opened from a list or the strip, and
	// leaving leads back there.
	Fresh bool
	// Begun is the payment as it was begun just now, so that its screen need not
	// wait for the journal to say what it is about; nil when it was not.
	Begun *providers.Attempt
	// Unsaved is the payment with a verdict that the journal could not take
	// yet; nil when the journal has everything.
	Unsaved *providers.Attempt
}

// Leave goes where leaving the payment's screen leads.
func (a AttemptArgs) Leave() tea.Cmd {
	if a.Fresh {
		return ui.Home()
	}
	return ui.Back()
}

// HistoryArgs opens the history with a search.
type HistoryArgs struct{ Text string }
