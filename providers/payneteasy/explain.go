package payneteasy

import "cashdesk/providers"

const (
	nextAgain  = "Start again. A new transfer is safe: the lost one can do nothing."
	nextMinute = "Start again in a minute, or take the payment another way."
)

// nextRefused says what to do after nothing was begun, where it is not what it
// is for every provider. A new transfer is always safe: an unused one does
// nothing.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:     nextAgain,
	providers.TimedOut:     nextAgain,
	providers.Cut:          nextAgain,
	providers.BadStatus:    nextMinute + " If it happens again, tell a manager.",
	providers.BadBody:      nextMinute + " If it happens again, tell a manager.",
	providers.BadSignature: "Do not use this transfer. Take the payment another way, and call a manager.",
	providers.NoSignature:  "Do not use this transfer. Take the payment another way, and call a manager.",
	providers.WrongEcho:    nextAgain,
	providers.SuspectedKey: "Take the payment another way. A manager checks the control key.",
	providers.NoKey:        "Take the payment another way. A manager sets the access token.",
	providers.Interrupted:  nextAgain,
	providers.ServerFault:  nextMinute,
	providers.NotFound:     nextAgain,
	providers.LinkRefused:  "Start again. A manager checks handover_url in the settings.",
	providers.AccessDenied: "Take the payment another way. A manager checks the access token and the serial number.",
}

// Explain gives the words for a transfer as it stands.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	switch a.State {
	case providers.Recorded:
		return providers.Words{Staff: "Written down; nothing has been sent yet.", Customer: "One moment, please.", Next: "Wait a moment."}
	case providers.Sent:
		return providers.Words{Staff: "Asking the server to begin the transfer.", Customer: "One moment, I am preparing the transfer.", Next: "Wait a moment."}
	case providers.Cancelled:
		return providers.InvoiceWords(providers.Payneteasy, a.State)
	case providers.HandedOver:
		return c.handedOverWords(a)
	case providers.Approved:
		row, _ := lookupResult(resultApproved)
		return row.Words
	case providers.Declined:
		row, told := lookupResult(a.Code)
		if !told || row.Class != providers.ClassDeclined {
			row, _ = lookupCause(causeFiltered)
		}
		return row.Words
	case providers.Refused:
		if row, ok := Lookup(a.Code); ok && row.Class == providers.ClassRefused {
			return row.Words
		}
		return providers.Words{Staff: a.Because("Nothing was begun that can be used", "the server"),
			Customer: "Sorry, that did not go through. Nothing has been paid.", Next: a.NextRefused(providers.Payneteasy, nextRefused)}
	case providers.Unknown:
		return providers.Words{Staff: a.Because("No transfer is here that can be used", "the server"),
			Customer: "Sorry, that did not go through. Nothing has been paid.",
			Next:     "Start again: a new transfer is safe. A manager settles this one."}
	}
	// A transfer is never an invoice.
	return providers.ImpossibleWords(providers.Payneteasy, a.State)
}

func (c *Client) handedOverWords(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    "Begun; no money is confirmed here.",
		Customer: "Please scan this with your phone and finish the transfer there.",
		Next:     "Keep the goods until you see the money outside cashdesk: it never learns the result of a transfer.",
	}
	if c.Watches(providers.Transfer) {
		row, _ := lookupResult(resultPending)
		w = row.Words
	}
	switch {
	case a.Reason == providers.LinkRefused:
		w.Staff = "Begun, but its link is too long to be shown; no money is confirmed here."
		w.Customer = "Please finish the transfer in the app. This is the number of your transfer."
	case a.Link == "":
		w.Customer = "Please finish the transfer in the app. This is the number of your transfer."
	}
	w.Staff += commission(a)
	return w
}

// commission is a sentence about it, and nothing when the server named none.
func commission(a providers.Attempt) string {
	if c := a.Commission(); c != "" {
		return " The commission may be " + c + ", in all " + a.WithCommission() + "."
	}
	return ""
}
