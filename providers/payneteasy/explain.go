package payneteasy

import (
	"fmt"

	"cashdesk/providers"
)

const (
	nextManager = "Take the payment another way, and tell a manager."
	nextAgain   = "Start again. A new transfer is safe: the lost one can do nothing."
	nextMinute  = "Start again in a minute, or take the payment another way."
)

// stateWords are the words of the states that need no cause to be explained.
// A transfer is never an invoice and no answer approves one, so those states are
// a fault; what a manager settled by hand is not explained here.
var stateWords = map[providers.State]providers.Words{
	providers.Recorded: {
		Staff: "Written down; nothing has been sent yet.", Customer: "One moment, please.", Next: "Wait a moment."},
	providers.Sent: {
		Staff: "Asking the server to begin the transfer.", Customer: "One moment, I am preparing the transfer.", Next: "Wait a moment."},
	providers.Cancelled: {
		Staff: "Given up before anything was sent.", Customer: "We have stopped that one. Nothing has been paid.", Next: "Start a new sale."},
	providers.Approved:   wrongState,
	providers.Open:       wrongState,
	providers.PartlyPaid: wrongState,
	providers.Expired:    wrongState,
	providers.Invited:    wrongState,
}

var wrongState = providers.Words{
	Staff:    "A transfer is never in this state; this record needs a manager.",
	Customer: "One moment, I am asking a manager.", Next: "Keep the goods and call a manager.",
}

// nextRefused says what to do after nothing was begun. A new transfer is
// always safe: an unused one does nothing.
var nextRefused = map[providers.Reason]string{
	providers.NoReason:         nextAgain,
	providers.TimedOut:         nextAgain,
	providers.Cut:              nextAgain,
	providers.Unreachable:      "Check the shop's internet, then start again.",
	providers.BadStatus:        nextMinute + " If it happens again, tell a manager.",
	providers.BadBody:          nextMinute + " If it happens again, tell a manager.",
	providers.TooLarge:         nextManager,
	providers.Redirected:       "Take the payment another way. A manager checks Payneteasy's base_url in the settings.",
	providers.BadSignature:     "Do not use this transfer. Take the payment another way, and call a manager.",
	providers.NoSignature:      "Do not use this transfer. Take the payment another way, and call a manager.",
	providers.Unlisted:         nextManager,
	providers.Disagrees:        nextManager,
	providers.NotAskedFor:      nextManager,
	providers.WrongEcho:        nextAgain,
	providers.NoPurchaseNumber: nextManager,
	providers.PurchaseReused:   nextManager,
	providers.OnResend:         nextManager,
	providers.SuspectedKey:     "Take the payment another way. A manager checks the control key.",
	providers.NoKey:            "Take the payment another way. A manager sets the access token.",
	providers.Interrupted:      nextAgain,
	providers.ServerFault:      nextMinute,
	providers.Throttled:        "Wait a minute, then start again.",
	providers.NotFound:         nextAgain,
	providers.LinkRefused:      "Start again. A manager checks handover_url in the settings.",
	providers.AccessDenied:     "Take the payment another way. A manager checks the access token and the serial number.",
	providers.ProviderSaidNo:   nextManager,
}

// Explain gives the words for a transfer as it stands.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	switch a.State {
	case providers.HandedOver:
		return handedOverWords(a)
	case providers.Declined:
		row, _ := Lookup(causeFiltered)
		return row.Words
	case providers.Refused:
		if row, ok := Lookup(a.Code); ok && row.Class == providers.ClassRefused {
			return row.Words
		}
		return providers.Words{Staff: because("Nothing was begun that can be used", a),
			Customer: "Sorry, that did not go through. Nothing has been paid.", Next: nextRefused[a.Reason]}
	case providers.Unknown:
		return providers.Words{Staff: because("No transfer is here that can be used", a),
			Customer: "Sorry, that did not go through. Nothing has been paid.",
			Next:     "Start again: a new transfer is safe. A manager settles this one."}
	}
	return stateWords[a.State]
}

func handedOverWords(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    "Begun; no money is confirmed here." + commission(a),
		Customer: "Please scan this with your phone and finish the transfer there.",
		Next:     "Keep the goods until you see the money outside cashdesk: it never learns the result of a transfer.",
	}
	switch {
	case a.Reason == providers.LinkRefused:
		w.Staff = "Begun, but its link is too long to be shown; no money is confirmed here." + commission(a)
		w.Customer = "Please finish the transfer in the app. This is the number of your transfer."
	case a.Link == "":
		w.Customer = "Please finish the transfer in the app. This is the number of your transfer."
	}
	return w
}

// commission is a sentence about it, and nothing when the server named none.
func commission(a providers.Attempt) string {
	if c := a.Commission(); c != "" {
		return " The commission may be " + c + "."
	}
	return ""
}

// because joins what happened with why, naming a cause that nobody documented.
func because(what string, a providers.Attempt) string {
	if a.Reason == providers.Unlisted && a.Code != "" {
		return fmt.Sprintf("%s: the server answered %q, which nobody has documented.", what, providers.CleanText(a.Code))
	}
	if why := a.Reason.Staff(); why != "" {
		return what + ": " + why + "."
	}
	return what + "."
}
