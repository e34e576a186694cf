package oxipay

import "cashdesk/providers"

// returnPhrases are what the words for a refund, or for undoing one, are made
// of.
type returnPhrases struct {
	asking   string // staff: what is being asked of Oxipay
	wait     string // to the customer, while it is
	unknown  string // staff: what is not known
	doubt    string // to the customer, when it is not known
	nothing  string // staff: that certainly nothing happened
	notYet   string // to the customer, the same
	tryAgain string // what to do once more
}

var returnPhrasesOf = map[providers.Kind]returnPhrases{
	providers.Refund: {
		asking:   "Asking Oxipay for the refund.",
		wait:     "One moment, Oxipay is looking at your refund.",
		unknown:  "Not known yet whether Oxipay made the refund",
		doubt:    "I don't know yet whether your refund went through. We are finding out; please keep your receipt.",
		nothing:  "nothing was refunded",
		notYet:   "Nothing has been refunded yet.",
		tryAgain: "make the refund again",
	},
	providers.UndoRefund: {
		asking:   "Asking Oxipay to undo the refund.",
		wait:     "One moment, Oxipay is looking at your refund.",
		unknown:  "Not known yet whether Oxipay undid the refund",
		doubt:    "I don't know yet whether your refund was taken back. We are finding out; please keep your receipt.",
		nothing:  "nothing was undone",
		notYet:   "Your refund stays as it is for now.",
		tryAgain: "undo the refund again",
	},
}

// needsAttention is what the customer hears of a key that does not work.
const needsAttention = "Our Oxipay connection needs attention. "

// unknownReturn never says that money came back, nor that it did not.
func unknownReturn(a providers.Attempt) providers.Words {
	say := returnPhrasesOf[a.Kind]
	w := providers.Words{
		Staff:    say.unknown + ": " + why(a) + ".",
		Customer: say.doubt,
		Next:     "Make no other refund of this sale until this is known. If it stays so, a manager looks in Oxipay's portal.",
	}
	switch {
	case a.KeySuspected:
		w.Customer = needsAttention + say.doubt
		w.Next = "Call a manager: the signing key is wrong, or this device was registered elsewhere. Make no other refund of this sale."
	case a.Reason == providers.OnResend && usedBefore(a.Code):
		// What a repeat gets whose first send did arrive, and whatever became of it.
		w.Staff = say.unknown + ": it has had this request before, and does not say what became of it."
		w.Next = "Make no other refund of this sale. A manager looks in Oxipay's portal and settles it here."
	}
	return w
}

// usedBefore says that a code means a reference which Oxipay has seen before.
func usedBefore(code string) bool { return code == "FPSA08" || code == "FPAR08" }

// returnWords are for a refund or its undoing in a state that its code does not
// explain.
func returnWords(a providers.Attempt) providers.Words {
	say := returnPhrasesOf[a.Kind]
	switch a.State {
	case providers.Sent:
		return providers.Words{Staff: say.asking, Customer: say.wait, Next: "Wait, or serve the next customer: this goes on by itself."}
	case providers.Cancelled:
		return providers.Words{
			Staff:    "Cancelled before anything was sent: " + say.nothing + ".",
			Customer: "That was cancelled. " + say.notYet,
			Next:     "If it is still wanted, " + say.tryAgain + ".",
		}
	case providers.Refused:
		return refusedReturn(a, say)
	}
	return stateWords(a)
}

// refusedReturn is for a first send that was not accepted, or never left.
func refusedReturn(a providers.Attempt, say returnPhrases) providers.Words {
	w := providers.Words{Customer: needsAttention + say.notYet}
	switch {
	case a.Reason == providers.Unreachable:
		w.Staff = "No connection to Oxipay. Nothing was sent, " + say.nothing + "."
		w.Customer = "We can't reach Oxipay just now. " + say.notYet
		w.Next = "Check the network, then " + say.tryAgain + "."
	case a.Reason == providers.NoKey:
		w.Staff = "There is no Oxipay signing key here. Nothing was sent, " + say.nothing + "."
		w.Next = "A manager sets the signing key, or registers this device; then " + say.tryAgain + "."
	case a.Code == "EVAL01":
		w.Staff = "Oxipay did not accept what was entered: " + say.nothing + "."
		w.Customer = "Something was not entered right. " + say.notYet
		w.Next = "Check the amount and the sale, then " + say.tryAgain + "."
	case a.Code == "EAUT01":
		w.Staff = "Oxipay does not recognise this shop or this device: " + say.nothing + "."
		w.Next = "This device must be registered with Oxipay again. Then " + say.tryAgain + "."
	case a.Code == "ESIG01":
		w.Staff = "Oxipay did not accept this device's signature: " + say.nothing + "."
		w.Next = "The signing key is wrong, or the device was registered elsewhere. Put that right, then " + say.tryAgain + "."
	default:
		w.Staff = "Not accepted, " + say.nothing + ": " + why(a) + "."
		w.Customer = "That did not go through. " + say.notYet
		w.Next = "If it is still wanted, " + say.tryAgain + "."
	}
	return w
}
