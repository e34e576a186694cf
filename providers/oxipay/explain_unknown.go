package oxipay

import "cashdesk/providers"

// unknownWords are for an attempt whose answer is not sure.
func unknownWords(a providers.Attempt) providers.Words {
	switch {
	case a.Kind == providers.Invite:
		return unknownInvite(a)
	case a.Kind.Returns():
		return unknownReturn(a)
	}
	w := providers.Words{
		Staff:    "Not known yet: " + why(a) + ".",
		Customer: "We are still waiting for Oxipay's answer. You will not pay twice.",
		Next:     "Keep the goods here and take no other payment for this sale. You can serve the next customer.",
	}
	switch {
	case a.KeySuspected:
		w.Customer = "Our Oxipay connection needs attention. You will not pay twice."
		w.Next = "Call a manager: the signing key is wrong, or this device was registered elsewhere. Take no new Oxipay sales."
	case a.Reason == providers.PurchaseReused, a.Reason == providers.NoPurchaseNumber:
		w.Customer = "Oxipay's answer is not clear. A manager will look at it. You will not pay twice."
		w.Next = "Keep the goods here and call a manager: compare it with Oxipay's portal."
	case a.Reason == providers.ServerFault, a.Reason == providers.AwaitsBuyer:
		// Only a reply whose signature and status fitted its code gives these two.
		if e, listed := byCode[a.Code]; listed && (e.Class == providers.ClassUnknown || e.Class == providers.ClassPending) {
			return e.Words
		}
	}
	return w
}

func unknownInvite(a providers.Attempt) providers.Words {
	w := providers.Words{
		Staff:    "Not known whether the SMS went out: " + why(a) + ". No money has moved.",
		Customer: "Please look at your phone: has a text from Oxipay come? You have not been charged.",
		Next:     "If no text has come after a minute, send the invitation again.",
	}
	if a.KeySuspected {
		w.Next = "Call a manager: the signing key is wrong, or this device was registered elsewhere."
	}
	return w
}

// why is one clause. A code that is not in the table is named, so that a
// manager can ask Oxipay about it; a listed one that came without a valid
// signature is not, since nobody knows who wrote it.
func why(a providers.Attempt) string {
	switch {
	case a.KeySuspected:
		return "Oxipay may not accept this device's key any more"
	case a.Reason == providers.Unlisted && a.Code == "":
		return "Oxipay's answer has no code"
	case a.Reason == providers.Unlisted:
		return "Oxipay answered " + providers.CleanText(a.Code) + ", in a way that nobody has documented"
	case a.Reason == providers.NoReason:
		return "no answer is written down"
	}
	return a.Reason.Staff()
}
