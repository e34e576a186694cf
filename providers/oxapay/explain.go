package oxapay

import "cashdesk/providers"

const (
	nextAgain  = "Start again, or take the payment another way."
	nextMinute = "Start again in a minute, or take the payment another way."
	nextLookUp = "Wait: cashdesk looks it up at OxaPay. Make no new invoice for this sale until it says that there is none."
)

var waitingToPay = providers.Words{
	Staff:    "Open: waiting for the customer to pay.",
	Customer: "Please scan this with your phone, choose a coin, and send exactly the amount shown, in one payment.",
	Next:     "Wait for the coin. Keep the goods here until it says approved.",
}

// nextRefused says what to do after an invoice was certainly not made, where it
// is not what it is for every provider.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:     nextAgain,
	providers.TimedOut:     nextAgain,
	providers.Cut:          nextAgain,
	providers.BadStatus:    nextMinute,
	providers.BadBody:      nextMinute,
	providers.SuspectedKey: "Take the payment another way. A manager checks the merchant key.",
	providers.NoKey:        "Take the payment another way. A manager sets the merchant key.",
	providers.Interrupted:  "Start again. If a payment code was on the screen already, a manager looks in the OxaPay account first.",
	providers.ServerFault:  nextMinute,
	providers.TooLarge:     nextMinute,
	providers.Unlisted:     nextMinute,
	providers.Disagrees:    nextMinute,
	providers.WrongEcho:    nextAgain,
	providers.NotFound:     "Start again: a new invoice is safe now.",
	providers.AccessDenied: "Take the payment another way. A manager checks the merchant key.",
}

// Explain gives the words for an invoice as it stands.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	switch a.State {
	case providers.Approved:
		return approvedWords(a)
	case providers.Declined:
		return declinedWords(a)
	case providers.Refused:
		return refusedWords(a)
	case providers.Unknown:
		return unknownWords(a)
	case providers.Open:
		return openWords(a)
	case providers.Expired:
		return expiredWords(a)
	case providers.PartlyPaid:
		return partlyWords(a)
	}
	return providers.InvoiceWords(providers.OxaPay, a.State)
}

func declinedWords(a providers.Attempt) providers.Words {
	if a.Reason == providers.NotFound {
		return providers.Words{Staff: "OxaPay has no such invoice: it was never made, so nobody can pay it.",
			Customer: "Sorry, the payment code did not come up. Nothing has been paid. Let me start again.",
			Next:     nextRefused[providers.NotFound]}
	}
	row, _ := Lookup(statusFailed)
	if a.Code == statusRefunded {
		row, _ = Lookup(statusRefunded)
	}
	return row.Words
}

func refusedWords(a providers.Attempt) providers.Words {
	if row, ok := Lookup(a.Code); ok && row.Class == providers.ClassRefused {
		return row.Words
	}
	what := "No invoice was made"
	if !surelyNone(a.Reason) {
		what = "No invoice link came back; nobody can have paid it"
	}
	return providers.Words{
		Staff:    a.Because(what, "OxaPay"),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid.",
		Next:     a.NextRefused(providers.OxaPay, nextRefused),
	}
}

// surelyNone says that no invoice exists. Over v1 there may be one that nobody
// knows of.
func surelyNone(r providers.Reason) bool {
	switch r {
	case providers.NoReason, providers.Unreachable, providers.NoKey, providers.ProviderSaidNo, providers.NotFound:
		return true
	}
	return false
}

func unknownWords(a providers.Attempt) providers.Words {
	w := providers.Words{Staff: a.Because("Not known whether the invoice was made", "OxaPay"), Customer: sayNoMoneySeen, Next: nextLookUp}
	row, ok := Lookup(a.Code)
	switch {
	case ok && row.Class == providers.ClassUnknown:
		w.Staff = row.Staff
	case a.Reason == providers.LinkRefused:
		w.Next = "Take the payment another way, and tell a manager: link_hosts in the settings does not name the link's host."
	case a.Reason == providers.Throttled:
		w.Next = "Wait: OxaPay asks for a pause, then cashdesk looks it up. Make no new invoice for this sale until it says that there is none."
	}
	return w
}

func openWords(a providers.Attempt) providers.Words {
	if a.Reason == providers.Unlisted {
		return a.UnlistedWords(providers.OxaPay)
	}
	if a.Code == statusPaid {
		// Found by its orderId after the answer was lost; the watch confirms it.
		return providers.Words{Staff: "OxaPay calls it paid; one more look makes sure.",
			Customer: "Your payment has arrived, I am just making sure. One moment, please.",
			Next:     "Keep the goods here until it says approved. It takes a few seconds."}
	}
	w := waitingToPay
	if row, ok := Lookup(a.Code); ok && (row.Class == providers.ClassOpen || row.Class == providers.ClassPending) {
		w = row.Words
	}
	if a.Confirming && a.Code != statusPaying {
		row, _ := Lookup(statusConfirming)
		w = row.Words
	}
	switch {
	case a.Aside:
		w.Next = providers.NextAside
	case a.Link == "" && !a.Confirming:
		w = providers.Words{Staff: "The invoice exists at OxaPay, but its link was lost on the way.",
			Customer: "Sorry, the payment code did not come up. You have not paid anything. Let me start again.",
			Next:     "Put this one aside and start again. It stays watched."}
	}
	return w
}
