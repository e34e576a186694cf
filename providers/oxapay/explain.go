package oxapay

import (
	"fmt"

	"cashdesk/providers"
)

const nextLookUp = "Wait: cashdesk looks it up at OxaPay. Make no new invoice for this sale until it says that there is none."

var waitingToPay = providers.Words{
	Staff:    "Open: waiting for the customer to pay.",
	Customer: "Please scan this with your phone, choose a coin, and send exactly the amount shown, in one payment.",
	Next:     "Wait for the coin. Keep the goods here until it says approved.",
}

// stateWords are the words of the states that need no code to be explained.
var stateWords = map[providers.State]providers.Words{
	providers.Recorded: {
		Staff: "Written down; nothing has been sent to OxaPay yet.", Customer: "One moment, please.", Next: "Wait a moment."},
	providers.Sent: {
		Staff: "Asking OxaPay for a payment link.", Customer: "One moment, the payment code is coming.", Next: "Wait a moment."},
	providers.Cancelled: {
		Staff: "Given up before anything was sent to OxaPay.", Customer: "We have stopped that one. Nothing has been paid.", Next: "Start a new sale."},
	providers.PartlyPaid: {
		Staff: "Too little has come", Customer: "Part of the payment has arrived, but not all of it. Please do not send more before I have asked.",
		Next: "Keep the goods and call a manager: OxaPay counts one payment for an invoice, and a second could be lost."},
	providers.Invited: {
		Staff: "OxaPay sends no invitations; this record needs a manager.", Customer: "One moment, I am asking a manager.", Next: "Call a manager."},
	providers.HandedOver: {
		Staff: "OxaPay hands nothing over; this record needs a manager.", Customer: "One moment, I am asking a manager.", Next: "Call a manager."},
}

// nextRefused says what to do after an invoice was certainly not made.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:         "Start again, or take the payment another way.",
	providers.TimedOut:         "Start again, or take the payment another way.",
	providers.Cut:              "Start again, or take the payment another way.",
	providers.Unreachable:      "Check the shop's internet, then start again.",
	providers.BadStatus:        "Start again in a minute, or take the payment another way.",
	providers.BadBody:          "Start again in a minute, or take the payment another way.",
	providers.TooLarge:         nextManager,
	providers.Redirected:       "Take the payment another way. A manager checks OxaPay's base_url in the settings.",
	providers.BadSignature:     nextManager,
	providers.NoSignature:      nextManager,
	providers.Unlisted:         nextManager,
	providers.Disagrees:        nextManager,
	providers.NotAskedFor:      nextManager,
	providers.WrongEcho:        nextManager,
	providers.NoPurchaseNumber: nextManager,
	providers.PurchaseReused:   nextManager,
	providers.OnResend:         nextManager,
	providers.SuspectedKey:     "Take the payment another way. A manager checks the merchant key.",
	providers.NoKey:            "Take the payment another way. A manager sets the merchant key.",
	providers.Interrupted:      "Start again.",
	providers.ServerFault:      "Start again in a minute, or take the payment another way.",
	providers.Throttled:        "Wait a minute, then start again.",
	providers.NotFound:         "Start again: a new invoice is safe now.",
	providers.LinkRefused:      "Take the payment another way. A manager checks link_hosts in the settings.",
	providers.AccessDenied:     "Take the payment another way. A manager checks the merchant key.",
	providers.ProviderSaidNo:   nextManager,
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
		row, _ := Lookup(statusExpired)
		return row.Words
	case providers.PartlyPaid:
		w := stateWords[a.State]
		if missing := a.Missing(); missing != "" {
			w.Staff += ": " + missing
		}
		w.Staff += "."
		return w
	}
	return stateWords[a.State]
}

func approvedWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPaid)
	w := row.Words
	currency := a.Amount.Currency.Code
	received, ok := providers.Number(a.Received).Decimal()
	price, _ := providers.Number(a.Amount.Decimal()).Decimal()
	switch {
	case a.Shortfall != "":
		w.Staff = fmt.Sprintf("Paid within tolerance, %s %s short.", a.Shortfall, currency)
	case ok && received.GreaterThan(price):
		w.Staff = fmt.Sprintf("Paid, and %s %s more than asked.", providers.MajorText(received.Sub(price), a.Amount.Currency), currency)
		w.Next = "Hand over the goods. A manager decides about what was paid too much."
	}
	return w
}

func declinedWords(a providers.Attempt) providers.Words {
	if a.Reason == providers.NotFound {
		return providers.Words{Staff: "OxaPay has no such invoice: it was never made, so nobody can pay it.",
			Customer: "Sorry, the payment code did not come up. Nothing has been paid. Let me start again.",
			Next:     nextRefused[providers.NotFound]}
	}
	row, _ := Lookup(statusFailed)
	return row.Words
}

func refusedWords(a providers.Attempt) providers.Words {
	if row, ok := Lookup(a.Code); ok && row.Class == providers.ClassRefused {
		return row.Words
	}
	return providers.Words{
		Staff:    because("No invoice was made", a),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid.",
		Next:     nextRefused[a.Reason],
	}
}

func unknownWords(a providers.Attempt) providers.Words {
	w := providers.Words{Staff: because("Not known whether the invoice was made", a), Customer: sayNoMoneySeen, Next: nextLookUp}
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
		return providers.Words{Staff: because("Open, with a status that counts as not paid", a),
			Customer: "I cannot see the payment yet. One moment, please.",
			Next:     "Keep the goods here until it says approved. If it stays so, ask a manager to look in the OxaPay account."}
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
	if a.Confirming {
		row, _ := Lookup(statusConfirming)
		w = row.Words
	}
	switch {
	case a.Aside:
		w.Next = "Put aside, but it can still be paid: it stays watched. Keep the goods until it says approved."
	case a.Link == "" && !a.Confirming:
		w = providers.Words{Staff: "The invoice exists at OxaPay, but its link was lost on the way.",
			Customer: "Sorry, the payment code did not come up. You have not paid anything. Let me start again.",
			Next:     "Put this one aside and start again. It stays watched."}
	}
	return w
}

// because joins what happened with why, naming a code that nobody documented.
func because(what string, a providers.Attempt) string {
	if a.Reason == providers.Unlisted && a.Code != "" {
		return fmt.Sprintf("%s: OxaPay answered %q, which nobody has documented.", what, providers.CleanText(a.Code))
	}
	if why := a.Reason.Staff(); why != "" {
		return what + ": " + why + "."
	}
	return what + "."
}
