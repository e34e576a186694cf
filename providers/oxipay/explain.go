package oxipay

import (
	"fmt"
	"strings"

	"cashdesk/providers"
)

// Explain gives the words for an attempt as it stands: from its code where the
// code decided its state, otherwise from its state and reason. Words never
// claim more than the state does: an unknown payment whose unverified reply
// said "declined" is explained as unknown.
func (c *Client) Explain(a providers.Attempt) providers.Words {
	if a.State == providers.Unknown {
		return unknownWords(a)
	}
	if e, listed := byCode[a.Code]; listed && decides(e.Class, a.State) && e.speaksOf(a.Kind) {
		w := e.Words
		if a.State == providers.Approved && a.Kind == providers.Authorise {
			w.Customer = paidWords(w.Customer, a.Personal.Message)
		}
		return w
	}
	if a.Kind.Returns() {
		return returnWords(a)
	}
	if a.State == providers.Refused {
		return refusedWords(a)
	}
	return stateWords(a)
}

// decides says whether a code of this class is what put a payment into the
// state.
func decides(class providers.Class, state providers.State) bool {
	switch state {
	case providers.Approved:
		return class == providers.ClassApproved
	case providers.Declined:
		return class == providers.ClassDeclined
	case providers.Refused:
		return class == providers.ClassRefused
	case providers.Invited:
		return class == providers.ClassBegun
	}
	return false
}

// speaksOf says whether a code's words are for an attempt of this kind: one of
// another call are not, and the errors that every call can answer speak of a
// charge, which a refund is none.
func (e entry) speaksOf(kind providers.Kind) bool {
	call, known := callOf[kind]
	return !known || e.call == call || e.call == "" && !kind.Returns()
}

// paidWords adds the provider's message when it names the first debit date:
// then it has a digit, which "Approved" has not.
func paidWords(paid, message string) string {
	message = providers.CleanText(message)
	if !strings.ContainsFunc(message, isDigit) {
		return paid
	}
	if !strings.ContainsAny(message[len(message)-1:], ".!?") {
		message += "."
	}
	return paid + " Oxipay says: " + message
}

// refusedWords are for a first send that no code of the provider refused.
func refusedWords(a providers.Attempt) providers.Words {
	switch a.Reason {
	case providers.Unreachable:
		if a.Kind == providers.Invite {
			return providers.Words{
				Staff:    "No connection to Oxipay. Nothing was sent, no SMS went out.",
				Customer: "We can't reach Oxipay just now. Let me try again in a moment.",
				Next:     "Check the network, then send the invitation again.",
			}
		}
		return providers.Words{
			Staff:    "No connection to Oxipay. Nothing was sent, nothing was charged.",
			Customer: "We can't reach Oxipay just now. You have not been charged.",
			Next:     "Check the network and try again with the same code, or offer another way to pay.",
		}
	case providers.NoKey:
		return providers.Words{
			Staff:    "There is no Oxipay signing key here. Nothing was sent.",
			Customer: "Our Oxipay connection needs attention. You have not been charged.",
			Next:     "Call a manager: the signing key is missing. Offer another way to pay.",
		}
	}
	why := a.Reason.Staff()
	if why == "" {
		why = "no reason is written down"
	}
	return providers.Words{
		Staff:    "Not accepted, nothing happened: " + why + ".",
		Customer: "That did not go through. You have not been charged.",
		Next:     "Try again, or offer another way to pay.",
	}
}

// stateWords are for states that need no code.
func stateWords(a providers.Attempt) providers.Words {
	invite := a.Kind == providers.Invite
	switch a.State {
	case providers.Recorded:
		return providers.Words{
			Staff:    "Written down, not sent yet.",
			Customer: "One moment, please.",
			Next:     "It can still be cancelled.",
		}
	case providers.Sent:
		if invite {
			return providers.Words{
				Staff:    "Asking Oxipay to send the SMS.",
				Customer: "One moment, Oxipay is sending you a text.",
				Next:     "Wait, or serve the next customer.",
			}
		}
		return providers.Words{
			Staff:    "Waiting for Oxipay, who may be asking the bank.",
			Customer: "One moment, Oxipay is checking your payment.",
			Next:     "Wait, or serve the next customer: this one goes on by itself.",
		}
	case providers.Cancelled:
		return providers.Words{
			Staff:    "Cancelled before anything was sent.",
			Customer: "That was cancelled. You have not been charged.",
			Next:     "Start a new sale when you are ready.",
		}
	case providers.Approved, providers.Declined, providers.Invited:
		return providers.Words{
			Staff:    fmt.Sprintf("The journal says %s, without a code of Oxipay's.", a.State.Word()),
			Customer: "Let me check this with a manager.",
			Next:     "Call a manager: this payment must be compared with Oxipay's portal.",
		}
	}
	return providers.ImpossibleWords(providers.Oxipay, a.State)
}
