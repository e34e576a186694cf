package xaigate

import (
	"fmt"

	"cashdesk/providers"
)

const (
	nextManager = "Take the payment another way, and tell a manager."
	nextAgain   = "Start again, or take the payment another way. A new invoice is safe."
	nextMinute  = "Start again in a minute, or take the payment another way. A new invoice is safe."
)

// stateWords are the words of the states that need no code to be explained.
var stateWords = map[providers.State]providers.Words{
	providers.Recorded: {
		Staff: "Written down; nothing has been sent to XaiGate yet.", Customer: "One moment, please.", Next: "Wait a moment."},
	providers.Sent: {
		Staff: "Asking XaiGate for a payment link.", Customer: "One moment, the payment code is coming.", Next: "Wait a moment."},
	providers.Cancelled: {
		Staff: "Given up before anything was sent to XaiGate.", Customer: "We have stopped that one. Nothing has been paid.", Next: "Start a new sale."},
	providers.Invited: {
		Staff: "XaiGate sends no invitations; this record needs a manager.", Customer: "One moment, I am asking a manager.", Next: "Call a manager."},
	providers.HandedOver: {
		Staff: "XaiGate hands nothing over; this record needs a manager.", Customer: "One moment, I am asking a manager.", Next: "Call a manager."},
}

// nextRefused says what to do after no invoice link came back. A new invoice
// is always safe: the link of the lost one was never shown.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:         nextAgain,
	providers.TimedOut:         nextAgain,
	providers.Cut:              nextAgain,
	providers.Unreachable:      "Check the shop's internet, then start again.",
	providers.BadStatus:        nextMinute + " If it happens again, a manager checks the API key.",
	providers.BadBody:          nextMinute,
	providers.TooLarge:         nextManager,
	providers.Redirected:       "Take the payment another way. A manager checks XaiGate's base_url in the settings.",
	providers.BadSignature:     nextManager,
	providers.NoSignature:      nextManager,
	providers.Unlisted:         nextManager,
	providers.Disagrees:        nextManager,
	providers.NotAskedFor:      nextManager,
	providers.WrongEcho:        nextAgain,
	providers.NoPurchaseNumber: nextManager,
	providers.PurchaseReused:   nextManager,
	providers.OnResend:         nextManager,
	providers.SuspectedKey:     "Take the payment another way. A manager checks the API key.",
	providers.NoKey:            "Take the payment another way. A manager sets the API key.",
	providers.Interrupted:      nextAgain,
	providers.ServerFault:      nextMinute,
	providers.Throttled:        "Wait a minute, then start again.",
	providers.NotFound:         nextAgain,
	providers.LinkRefused:      "Take the payment another way. A manager checks link_hosts in the settings.",
	providers.AccessDenied:     "Take the payment another way. A manager checks the API key.",
	providers.ProviderSaidNo:   nextManager,
}

// Explain gives the words for an invoice as it stands.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	switch a.State {
	case providers.Approved:
		return approvedWords(a)
	case providers.Declined:
		row, _ := Lookup(statusDeleted)
		return row.Words
	case providers.Refused:
		return refusedWords(a)
	case providers.Unknown:
		return unknownWords(a)
	case providers.Open:
		return openWords(a)
	case providers.PartlyPaid:
		return partlyWords(a)
	case providers.Expired:
		return expiredWords(a)
	}
	return stateWords[a.State]
}

func approvedWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPaid)
	w := row.Words
	received, ok := providers.Number(a.Received).Decimal()
	price, _ := providers.Number(a.Amount.Decimal()).Decimal()
	if ok && received.GreaterThan(price) {
		w.Staff = fmt.Sprintf("Paid, and %s %s more than asked.", providers.MajorText(received.Sub(price), a.Amount.Currency), a.Amount.Currency.Code)
		w.Next = "Hand over the goods. A manager decides about what was paid too much."
	}
	return w
}

func refusedWords(a providers.Attempt) providers.Words {
	return providers.Words{
		Staff:    because("No invoice link came back; the customer cannot have paid it", a),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid. Let me start again.",
		Next:     nextRefused[a.Reason],
	}
}

func unknownWords(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    because("No invoice link is here, so the customer cannot have paid it", a),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid.",
		Next:     "Start again. A manager settles this one against the XaiGate account.",
	}
	if a.Link != "" {
		w.Staff = because("No news of this invoice", a)
		w.Customer = "I cannot see the payment yet. One moment, please."
		w.Next = "Keep the goods here and wait, or ask a manager to look in the XaiGate account."
	}
	return w
}

func openWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPending)
	w := row.Words
	if a.Reason == providers.Unlisted {
		w = providers.Words{Staff: because("Open, with a status that counts as not paid", a),
			Customer: "I cannot see the payment yet. One moment, please.",
			Next:     "Keep the goods here until it says approved. If it stays so, ask a manager to look in the XaiGate account."}
	}
	if a.Aside {
		w.Next = "Put aside, but it can still be paid: it stays watched. Keep the goods until it says approved."
	}
	return w
}

func partlyWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPaidPartial)
	w := row.Words
	if missing := a.Missing(); missing != "" {
		w.Staff += ": " + missing
	}
	w.Staff += "."
	if a.Reason == providers.Disagrees {
		w.Staff += " XaiGate calls it paid all the same."
		w.Next = "Keep the goods here and call a manager."
	}
	return w
}

func expiredWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusExpired)
	w := row.Words
	if received, ok := providers.Number(a.Received).Decimal(); ok && received.IsPositive() {
		w.Staff = fmt.Sprintf("The time to pay is over, and only %s %s has come. It is watched for 24 hours.", a.Received, a.Amount.Currency.Code)
		w.Next = "Keep the goods here. A manager decides."
	}
	return w
}

// because joins what happened with why, naming a status that nobody documented.
func because(what string, a providers.Attempt) string {
	if a.Reason == providers.Unlisted && a.Code != "" {
		return fmt.Sprintf("%s: XaiGate answered %q, which nobody has documented.", what, providers.CleanText(a.Code))
	}
	if why := a.Reason.Staff(); why != "" {
		return what + ": " + why + "."
	}
	return what + "."
}
