package desk

import "cashdesk/ui"

// AskClose asks whether a payment that is not known is to be let go.
func AskClose(id string) ui.Dialog {
	return ui.Dialog{
		ID: id, Title: "Did the customer leave or pay otherwise?", Danger: true,
		Lines: []string{
			"cashdesk then stops asking, so that no late request charges them.",
			"The payment stays on the manager's list until it is settled.",
		},
		Yes: "Yes, stop asking", No: "No, keep asking",
	}
}

// AskRisk asks whether to check although that may charge; the sentence is the
// till's warning.
func AskRisk(id, sentence string) ui.Dialog {
	return ui.Dialog{
		ID: id, Title: "Checking may itself charge the customer", Danger: true,
		Lines: []string{sentence}, Yes: "Check now", No: "Do not check",
	}
}
