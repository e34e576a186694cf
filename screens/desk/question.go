package desk

import (
	"cashdesk/providers"
	"cashdesk/ui"
)

// thing is what a payment is called in a sentence.
func thing(a providers.Attempt) string {
	switch a.Kind {
	case providers.Refund:
		return "refund"
	case providers.UndoRefund:
		return "undoing of the refund"
	}
	return "payment"
}

// AskClose asks whether a payment that is not known is to be let go.
func AskClose(id string, a providers.Attempt) ui.Dialog {
	d := ui.Dialog{
		ID: id, Title: "Did the customer leave or pay otherwise?", Danger: true,
		Lines: []string{
			"cashdesk then stops asking, so that no late request charges them.",
			"The payment stays on the manager's list until it is settled.",
		},
		Yes: "Yes, stop asking", No: "No, keep asking",
	}
	if a.Kind.Returns() {
		d.Title = "Stop asking about the " + thing(a) + "?"
		d.Lines = []string{
			"cashdesk then stops asking: it is not sent again by itself.",
			"It stays on the manager's list until it is settled.",
		}
	}
	return d
}

// CloseLabel is what the key is called that leads to that question.
func CloseLabel(a providers.Attempt) string {
	if a.Kind.Returns() {
		return "stop asking"
	}
	return "customer left or paid"
}

// CloseReason is what the journal keeps of a yes to it.
func CloseReason(a providers.Attempt) string {
	if a.Kind.Returns() {
		return "stopped by hand"
	}
	return "the customer left or paid otherwise"
}

// AskRisk asks whether to check although that may move money; the sentence is the
// till's warning.
func AskRisk(id, sentence string, a providers.Attempt) ui.Dialog {
	title := "Checking may itself charge the customer"
	if a.Kind.Returns() {
		title = "Checking may itself make the " + thing(a)
	}
	return ui.Dialog{ID: id, Title: title, Danger: true, Lines: []string{sentence}, Yes: "Check now", No: "Do not check"}
}

// CheckWhat is what a manager agrees to when a payment is checked although that
// may move money.
func CheckWhat(a providers.Attempt) string {
	does := "charge the customer"
	if a.Kind.Returns() {
		does = "make it"
	}
	return "Check the " + thing(a) + " of " + a.Amount.String() + ", although that may " + does + "."
}

// NeedsManager says that checking it in spite of the till's warning is a manager's
// to decide: somebody has reason to believe that nothing must be sent any more, or
// money would go out of the shop.
func NeedsManager(a providers.Attempt) bool { return a.Closed || a.KeySuspected || a.Kind.Returns() }
