package xaigate

import "cashdesk/providers"

const (
	nextAgain  = "Start again, or take the payment another way. A new invoice is safe."
	nextMinute = "Start again in a minute, or take the payment another way. A new invoice is safe."
)

// nextRefused says what to do after no invoice link came back, where it is not
// what it is for every provider. A new invoice is always safe: the link of the
// lost one was never shown.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:     nextAgain,
	providers.TimedOut:     nextAgain,
	providers.Cut:          nextAgain,
	providers.BadStatus:    nextMinute + " If it happens again, a manager checks the API key.",
	providers.BadBody:      nextMinute,
	providers.WrongEcho:    nextAgain,
	providers.SuspectedKey: "Take the payment another way. A manager checks the API key.",
	providers.NoKey:        "Take the payment another way. A manager sets the API key.",
	providers.Interrupted:  nextAgain,
	providers.ServerFault:  nextMinute,
	providers.NotFound:     nextAgain,
	providers.AccessDenied: "Take the payment another way. A manager checks the API key.",
}

// Explain gives the words for an invoice as it stands.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	switch a.State {
	case providers.Approved:
		row, _ := Lookup(statusPaid)
		return a.Paid(row.Words)
	case providers.Declined:
		return deletedWords(a)
	case providers.Refused:
		return refusedWords(a)
	case providers.Unknown:
		return unknownWords(a)
	case providers.Open:
		return openWords(a)
	case providers.PartlyPaid:
		return partlyWords(a)
	case providers.Expired:
		return a.Expired(providers.XaiGate)
	}
	return providers.InvoiceWords(providers.XaiGate, a.State)
}

func refusedWords(a providers.Attempt) providers.Words {
	return providers.Words{
		Staff:    a.Because("No invoice link came back; the customer cannot have paid it", "XaiGate"),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid. Let me start again.",
		Next:     a.NextRefused(providers.XaiGate, nextRefused),
	}
}

func unknownWords(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    a.Because("No invoice link is here, so the customer cannot have paid it", "XaiGate"),
		Customer: "Sorry, the payment code did not come up. Nothing has been paid.",
		Next:     "Start again. A manager settles this one against the XaiGate account.",
	}
	if a.Link != "" {
		w.Staff = a.Because("No news of this invoice", "XaiGate")
		w.Customer = "I cannot see the payment yet. One moment, please."
		w.Next = "Keep the goods here and wait, or ask a manager to look in the XaiGate account."
	}
	return w
}

func openWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPending)
	w := row.Words
	if a.Reason == providers.Unlisted {
		w = a.UnlistedWords(providers.XaiGate)
	}
	if a.Aside {
		w.Next = providers.NextAside
	}
	return w
}

// TakesMore says whether the rest can still be sent: while the time to pay runs.
func (c *Client) TakesMore(a providers.Attempt) bool {
	return !a.Late && a.Reason != providers.Disagrees && a.Link != ""
}

func partlyWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusPaidPartial)
	w := row.Words
	if missing := a.Missing(); missing != "" {
		w.Staff += ": " + missing
	}
	w.Staff += "."
	if a.Late {
		w.Staff += " It came after the time to pay was over."
		w.Customer = "A part of the payment has arrived, but the time to pay had run out. Please send no more before I have asked."
		w.Next = "Keep the goods here and call a manager: the money is in the XaiGate account. It is refunded there, or the rest is paid another way."
	}
	if a.Reason == providers.Disagrees {
		w.Staff += " XaiGate calls it paid all the same."
		w.Next = "Keep the goods here and call a manager."
	}
	return w
}

// deletedWords are for an invoice that is gone at the provider. What had come
// for it is still money.
func deletedWords(a providers.Attempt) providers.Words {
	row, _ := Lookup(statusDeleted)
	w := row.Words
	if came := a.Came(); came != "" {
		w.Staff = "The invoice was deleted at XaiGate after " + came + " had come; nobody can pay it any more."
		w.Customer = "This payment code is no longer good, but money of yours has arrived. Please send no more; I am fetching a manager."
		w.Next = "Keep the goods and call a manager: the money is in the XaiGate account, and somebody there knows why the invoice was deleted."
	}
	return w
}
