// Package screens is the catalogue of all screens: it says which one stands
// behind each route. The screens know one another by the names of their routes
// only.
package screens

import (
	"cashdesk/screens/code"
	"cashdesk/screens/confirm"
	"cashdesk/screens/currency"
	"cashdesk/screens/desk"
	"cashdesk/screens/detail"
	"cashdesk/screens/health"
	"cashdesk/screens/history"
	"cashdesk/screens/invite"
	"cashdesk/screens/invoice"
	"cashdesk/screens/keys"
	"cashdesk/screens/lock"
	"cashdesk/screens/method"
	"cashdesk/screens/receipt"
	"cashdesk/screens/receipts"
	"cashdesk/screens/refund"
	"cashdesk/screens/result"
	"cashdesk/screens/sale"
	"cashdesk/screens/session"
	"cashdesk/screens/signin"
	"cashdesk/screens/transfer"
	"cashdesk/screens/unlock"
	"cashdesk/screens/unsettled"
	"cashdesk/screens/waiting"
	"cashdesk/ui"
)

// Routes makes the catalogue for one counter.
func Routes(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{
		desk.RouteUnlock: func(any) ui.Screen { return unlock.New(d) },
		desk.RouteSignIn: func(any) ui.Screen { return signin.New(d) },
		desk.RouteSale:   func(any) ui.Screen { return sale.New(d) },
		desk.RouteMethod: func(args any) ui.Screen { return method.New(d, draft(args)) },
		desk.RouteCurrency: func(args any) ui.Screen {
			choice, _ := args.(desk.CurrencyArgs)
			return currency.New(d, choice)
		},
		desk.RouteReceipt: func(args any) ui.Screen {
			sale, _ := args.(desk.ReceiptArgs)
			return receipt.New(d, sale)
		},
		desk.RouteReceipts: func(any) ui.Screen { return receipts.New(d) },
		desk.RouteRefund:   func(args any) ui.Screen { return refund.New(d, attempt(args)) },
		desk.RouteCode:     func(args any) ui.Screen { return code.New(d, draft(args)) },
		desk.RouteInvite:   func(args any) ui.Screen { return invite.New(d, draft(args)) },
		desk.RouteConfirm:  func(args any) ui.Screen { return confirm.New(d, draft(args)) },
		desk.RouteWaiting:  func(args any) ui.Screen { return waiting.New(d, attempt(args)) },
		desk.RouteResult:   func(args any) ui.Screen { return result.New(d, attempt(args)) },
		desk.RouteInvoice:  func(args any) ui.Screen { return invoice.New(d, attempt(args)) },
		desk.RouteTransfer: func(args any) ui.Screen { return transfer.New(d, attempt(args)) },

		desk.RouteHistory: func(args any) ui.Screen {
			search, _ := args.(desk.HistoryArgs)
			return history.New(d, search)
		},
		desk.RouteDetail:    func(args any) ui.Screen { return detail.New(d, attempt(args)) },
		desk.RouteUnsettled: func(any) ui.Screen { return unsettled.New(d) },
		desk.RouteSession:   func(any) ui.Screen { return session.New(d) },
		desk.RouteKeys:      func(any) ui.Screen { return keys.New(d) },
		desk.RouteHealth:    func(any) ui.Screen { return health.New(d) },
		desk.RouteLock:      func(any) ui.Screen { return lock.New(d) },
	}
}

// Start is the route of the first screen. Before there is a till that is the
// unlock screen, also when no passphrase is needed: nothing slow happens before
// the first frame.
func Start(d *desk.Desk) string {
	switch {
	case d.Till() == nil:
		return desk.RouteUnlock
	case d.SignedIn():
		return desk.RouteSale
	}
	return desk.RouteSignIn
}

// draft reads the arguments of a payment on its way; without any it is empty.
func draft(args any) desk.DraftArgs {
	d, _ := args.(desk.DraftArgs)
	return d
}

// attempt reads the arguments that name a payment.
func attempt(args any) desk.AttemptArgs {
	a, _ := args.(desk.AttemptArgs)
	return a
}
