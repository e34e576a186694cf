package providers

import "fmt"

// The sentences that every provider's words share.
const (
	NextManager  = "Take the payment another way, and tell a manager."
	NextOtherWay = "Take the payment another way."
	NextAside    = "Put aside, but it can still be paid: it stays watched. Keep the goods until it says approved."
)

// Because joins what happened with why, naming what who answered where nobody
// documented it: a manager can ask the provider about that.
func (a Attempt) Because(what, who string) string {
	if a.Reason == Unlisted && a.Code != "" {
		return fmt.Sprintf("%s: %s answered %q, which nobody has documented.", what, who, CleanText(a.Code))
	}
	if why := a.Reason.Staff(); why != "" {
		return what + ": " + why + "."
	}
	return what + "."
}

// NextRefused says what to do after a first send was refused without a code
// that says it. own holds what differs for the provider; the rest is the same
// for all, and what nobody at the counter can mend goes to a manager.
func (a Attempt) NextRefused(p Provider, own map[Reason]string) string {
	if next, differs := own[a.Reason]; differs {
		return next
	}
	switch a.Reason {
	case Unreachable:
		return "Check the shop's internet, then start again."
	case Throttled:
		return "Wait a minute, then start again."
	case Redirected:
		return NextOtherWay + " A manager checks " + p.Title() + "'s base_url in the settings."
	case LinkRefused:
		return NextOtherWay + " A manager checks link_hosts in the settings."
	}
	return NextManager
}

// Paid are the words for an approved invoice: w, unless more came than was
// asked, or only after the time to pay was over.
func (a Attempt) Paid(w Words) Words {
	over := a.Overpaid()
	switch {
	case over != "" && a.Late:
		w.Staff = fmt.Sprintf("Paid after the time to pay was over, and %s more than asked.", over)
	case over != "":
		w.Staff = fmt.Sprintf("Paid, and %s more than asked.", over)
	case a.Late:
		w.Staff = "Paid, but only after the time to pay was over."
	}
	if over != "" {
		w.Next = "Hand over the goods. A manager decides about what was paid too much."
	}
	if a.Late {
		w.Next = "If the customer is still waiting for the goods, hand them over. If not, or if it was paid another way too, a manager refunds it at the provider."
		if over != "" {
			w.Next += " A manager decides about what was paid too much."
		}
	}
	return w
}

// InvoiceWords are the words of an invoice in a state that no code explains.
func InvoiceWords(p Provider, s State) Words {
	switch s {
	case Recorded:
		return Words{Staff: "Written down; nothing has been sent to " + p.Title() + " yet.", Customer: "One moment, please.", Next: "Wait a moment."}
	case Sent:
		return Words{Staff: "Asking " + p.Title() + " for a payment link.", Customer: "One moment, the payment code is coming.", Next: "Wait a moment."}
	case Cancelled:
		return Words{Staff: "Given up before anything was sent to " + p.Title() + ".", Customer: "We have stopped that one. Nothing has been paid.", Next: "Start a new sale."}
	}
	return ImpossibleWords(p, s)
}

// ImpossibleWords are for a state that a provider's payments cannot be in: the
// journal was written by another program, or by hand.
func ImpossibleWords(p Provider, s State) Words {
	return Words{
		Staff:    fmt.Sprintf("The journal says %s, which a payment of %s cannot be.", s.Word(), p.Title()),
		Customer: "One moment, I am asking a manager.",
		Next:     "Keep the goods and call a manager.",
	}
}

// UnlistedWords are for an invoice whose status nobody has documented: it counts
// as not paid.
func (a Attempt) UnlistedWords(p Provider) Words {
	return Words{
		Staff:    a.Because("Open, with a status that counts as not paid", p.Title()),
		Customer: "I cannot see the payment yet. One moment, please.",
		Next:     "Keep the goods here until it says approved. If it stays so, ask a manager to look in the " + p.Title() + " account.",
	}
}

// ExpiredWords are for an invoice whose time is over.
var ExpiredWords = Words{
	Staff:    "The time to pay is over. Late money may still come: it is watched for 24 hours.",
	Customer: "The time to pay has run out. If you have already sent it, tell me: we will see it when it arrives.",
	Next:     "If nothing was sent, start again. If the coin is on its way, keep the goods and wait.",
}
