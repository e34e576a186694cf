package till

import (
	"fmt"

	"cashdesk/providers"
)

// returnWords are the till's for money that goes back; false where the
// provider's say it all.
func returnWords(a providers.Attempt) (providers.Words, bool) {
	undo := a.Kind == providers.UndoRefund
	switch {
	case a.Contradicted:
		return providers.Words{
			Staff:    fmt.Sprintf("This %s is %s, but an answer came later that says otherwise.", returnWord(a.Kind), a.State.Word()),
			Customer: a.Provider.Title() + " has told us something new about your refund. Let me fetch a manager.",
			Next:     "Call a manager: look at the timeline and at the provider's portal.",
		}, true
	case a.Doubted:
		return providers.Words{
			Staff:    fmt.Sprintf("This %s is %s, but an answer came later that says otherwise. A manager has looked at it; it counts as made.", returnWord(a.Kind), a.State.Word()),
			Customer: a.Provider.Title() + " has told us two things about your refund. Let me fetch a manager.",
			Next:     doubtedNext,
		}, true
	case a.State == providers.Approved && a.Settled && a.Sends == 0:
		return elsewhereWords, true
	case a.State == providers.Approved && a.Closed && !a.Settled && undo:
		return lateUndoWords, true
	case a.State == providers.Approved && a.Closed && !a.Settled:
		return lateRefundWords, true
	case a.State == providers.Unknown && a.Closed && undo:
		return closedUndoWords, true
	case a.State == providers.Unknown && a.Closed:
		return closedRefundWords, true
	case a.Settled && a.State == providers.Approved && undo:
		return settledUndone, true
	case a.Settled && a.State == providers.Approved:
		return settledRefunded, true
	case a.Settled:
		return settledNotReturned, true
	}
	return providers.Words{}, false
}

var (
	undoneWords = providers.Words{
		Staff:    "Undone: this refund was taken back.",
		Customer: "The refund was taken back. You pay as you agreed.",
		Next:     "Nothing more. The sale can be refunded again.",
	}
	elsewhereWords = providers.Words{
		Staff:    "Refunded at the provider, by hand.",
		Customer: "The refund was made. It arrives where the provider sends it.",
		Next:     "Nothing more: look it up at the provider by its reference.",
	}
	lateRefundWords = providers.Words{
		Staff:    "Refunded, as it turned out after it was closed.",
		Customer: "Your refund did go through after all.",
		Next:     "Call a manager: if the money was given back another way too, undo this refund.",
	}
	lateUndoWords = providers.Words{
		Staff:    "The refund was undone, as it turned out after this was closed.",
		Customer: "The refund was taken back after all.",
		Next:     "Call a manager: look at what was refunded of this sale.",
	}
	closedRefundWords = providers.Words{
		Staff:    "Refund closed while not known. It is not sent again.",
		Customer: "We do not know yet whether your refund went through. We are looking it up.",
		Next:     "A manager undoes it, or settles it against the provider's portal.",
	}
	closedUndoWords = providers.Words{
		Staff:    "Closed while not known whether the refund was undone. Nothing is sent for it any more.",
		Customer: "We do not know yet whether the refund was taken back. We are looking it up.",
		Next:     "A manager settles it against the provider's portal.",
	}
	settledRefunded = providers.Words{
		Staff:    "Settled by a manager: refunded.",
		Customer: "We have checked: the refund went through.",
		Next:     "Nothing more.",
	}
	settledUndone = providers.Words{
		Staff:    "Settled by a manager: the refund was undone.",
		Customer: "We have checked: the refund was taken back.",
		Next:     "Nothing more.",
	}
	settledNotReturned = providers.Words{
		Staff:    "Settled by a manager: it did not go through.",
		Customer: "We have checked: it did not go through.",
		Next:     "Begin it again if it is still wanted.",
	}
)

// undoneIn names the refunds among the attempts of a sale that were undone.
func undoneIn(sale []providers.Attempt) map[string]bool {
	undone := map[string]bool{}
	for _, a := range sale {
		if a.Undid() {
			undone[a.Of] = true
		}
	}
	return undone
}
