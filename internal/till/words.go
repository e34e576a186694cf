package till

import (
	"fmt"
	"strings"

	"cashdesk/providers"
)

// Words says what an attempt means to people: what only the till knows of it
// (a double payment, a contradiction, a closed sale, a manager's decision), and
// where there is nothing of that, the provider's words.
func (t *Till) Words(a providers.Attempt) providers.Words {
	w := providers.Words{Staff: a.State.Word()}
	if g := t.gateways[a.Provider]; g != nil {
		w = g.Explain(a)
	}
	if own, known := ownWords(a); known {
		own.Private = w.Private // the provider's message stays behind its key
		w = own
	}
	return inPart(a, w)
}

// inPart makes the words for an approved sale those for one of which only a part
// is paid: the rest comes before the goods go.
func inPart(a providers.Attempt, w providers.Words) providers.Words {
	part, rest := a.Financed()
	amiss := a.PossibleDouble || a.Contradicted || a.Closed && !a.Settled
	if a.State != providers.Approved || a.Kind.Returns() || rest.Minor == 0 || amiss {
		return w
	}
	w.Staff += " It is " + part.String() + " of the whole."
	w.Next = "Take the other " + rest.String() + " in another way. Then: " + w.Next
	w.Customer = a.Provider.Title() + " has paid " + part.String() + ". The other " + rest.String() + " are still to pay." + quoted(a, w.Customer)
	return w
}

// quoted is what the provider's own words add to the customer's, as when the first
// debit comes.
func quoted(a providers.Attempt, customer string) string {
	if at := strings.Index(customer, " "+a.Provider.Title()+" says:"); at >= 0 {
		return customer[at:]
	}
	return ""
}

// ownWords are the till's, the same for every provider; false where the
// provider's say it all.
func ownWords(a providers.Attempt) (providers.Words, bool) {
	if a.Kind.Returns() {
		return returnWords(a)
	}
	switch {
	case a.PossibleDouble:
		return doubleWords, true
	case a.Contradicted:
		return providers.Words{
			Staff:    fmt.Sprintf("It is %s, but an answer came later that says otherwise.", a.State.Word()),
			Customer: a.Provider.Title() + " has told us something new about your payment. Let me fetch a manager.",
			Next:     "Call a manager: look at the timeline and at the provider's portal.",
		}, true
	case a.Doubted:
		return providers.Words{
			Staff:    fmt.Sprintf("It is %s, but an answer came later that says otherwise. A manager has looked at it.", a.State.Word()),
			Customer: a.Provider.Title() + " has told us two things about your payment. Let me fetch a manager.",
			Next:     doubtedNext,
		}, true
	case a.Closed && a.State == providers.Approved && !a.Settled:
		return lateWords, true
	case givenUp(a) && a.State == providers.Unknown && a.Kind != providers.Invite:
		return givenUpWords, true
	case a.Closed && a.State == providers.Unknown && a.Kind != providers.Invite:
		return closedWords, true
	case a.Settled && a.State == providers.Approved:
		return settledPaid, true
	case a.Settled && a.Came() != "":
		return notTaken(a), true
	case a.Settled:
		return settledNotPaid, true
	}
	return providers.Words{}, false
}

// doubtedNext is what is left to do for what two answers tell differently.
const doubtedNext = "A manager settles in the history which is true, by the provider's portal."

// notTaken are the words for a part of a price that a manager did not accept.
func notTaken(a providers.Attempt) providers.Words {
	return providers.Words{
		Staff:    "Settled by a manager: not paid. What came, " + a.Came() + ", is in the " + a.Provider.Title() + " account or was given back.",
		Customer: "What has arrived is not enough, so this payment does not count. You get it back.",
		Next:     "Give back at " + a.Provider.Title() + " what came, and record it in the history. Take a new payment if the customer still wants the goods.",
	}
}

var (
	doubleWords = providers.Words{
		Staff:    "Possible double payment: another attempt for this sale is approved too.",
		Customer: "You may have paid twice. We are checking, and you will get back what is too much.",
		Next:     "Call a manager: one of the two may have to be refunded.",
	}
	lateWords = providers.Words{
		Staff:    "Approved after the sale was closed.",
		Customer: "Your payment did go through after all. We will refund it if you paid otherwise.",
		Next:     "Call a manager: refund it unless the customer took the goods on this payment.",
	}
	closedWords = providers.Words{
		Staff:    "Closed while not known. Nothing is sent for it any more.",
		Customer: "This sale was closed before we knew. If your payment still goes through, we will put it right.",
		Next:     "A manager settles it against the provider's portal.",
	}
	givenUpWords = providers.Words{
		Staff:    "Not known, and not resolvable from here: it was signed with a key that is no longer in use. Nothing is sent for it any more.",
		Customer: "We have to look your payment up with the provider. You will not pay twice.",
		Next:     "A manager settles it against the provider's portal.",
	}
	settledPaid = providers.Words{
		Staff:    "Settled by a manager: paid.",
		Customer: "We have checked: this payment went through, thank you.",
		Next:     "Hand over the goods, unless the customer has them or has paid otherwise.",
	}
	settledNotPaid = providers.Words{
		Staff:    "Settled by a manager: not paid.",
		Customer: "We have checked: this payment did not go through.",
		Next:     "Take a new payment if the customer still wants the goods.",
	}
)
