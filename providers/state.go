package providers

// State is where an attempt stands. The word is the same everywhere: in the
// journal, on screen, in exports.
type State string

// The states of an attempt.
const (
	// Recorded: in the journal, not sent. Only from here can it be cancelled.
	Recorded State = "recorded"
	// Sent: the first byte may have gone out; no answer yet.
	Sent State = "sent"
	// Approved: the provider said yes, for certain.
	Approved State = "approved"
	// Declined: the provider said no, for certain.
	Declined State = "declined"
	// Refused: the first send was not accepted or not possible; nothing happened.
	Refused State = "refused"
	// Unknown: it may have happened; nobody knows yet.
	Unknown State = "unknown"
	// Open: an invoice that the customer can pay.
	Open State = "open"
	// PartlyPaid: an invoice on which too little has come.
	PartlyPaid State = "partly_paid"
	// Expired: an invoice whose time is over; late money may still arrive.
	Expired State = "expired"
	// Invited: the SMS went out; no money is confirmed.
	Invited State = "invited"
	// HandedOver: begun elsewhere; no money is confirmed here.
	HandedOver State = "handed_over"
	// Cancelled: never sent.
	Cancelled State = "cancelled"
)

// States lists every state, in the order in which totals show them.
var States = []State{
	Recorded, Sent, Unknown, Open, PartlyPaid, Approved, Declined, Refused,
	Expired, Invited, HandedOver, Cancelled,
}

// Word is the state as staff read it.
func (s State) Word() string {
	switch s {
	case Unknown:
		return "not known"
	case PartlyPaid:
		return "partly paid"
	case HandedOver:
		return "handed over"
	case Recorded, Sent:
		return "waiting"
	}
	return string(s)
}

// Word is how the attempt stands, as staff read it: of a refund it must never
// look as if somebody had paid.
func (a Attempt) Word() string {
	words := map[State]string{}
	switch a.Kind {
	case Refund:
		words = map[State]string{Approved: "refunded", Declined: "not refunded"}
	case UndoRefund:
		words = map[State]string{Approved: "undone", Declined: "not undone"}
	}
	if word := words[a.State]; word != "" {
		return word
	}
	return a.State.Word()
}

// Undid says that this undoing took its refund back, and that no answer says
// otherwise.
func (a Attempt) Undid() bool {
	return a.Kind == UndoRefund && a.State == Approved && !a.Contradicted
}

// Sum is the amount with the way that the money goes: "-20.00 AUD" for a refund.
func (a Attempt) Sum() string {
	switch a.Kind {
	case Refund:
		return "-" + a.Amount.String()
	case UndoRefund:
		return "+" + a.Amount.String()
	}
	return a.Amount.String()
}

// Final says that nothing more is expected by itself; only of what was handed
// over a server may still tell what became of it.
func (s State) Final() bool {
	switch s {
	case Approved, Declined, Refused, Invited, HandedOver, Cancelled:
		return true
	}
	return false
}

// MoneyMayMove says that money may still move, or has moved unseen, on an
// attempt in this state.
func (s State) MoneyMayMove() bool {
	switch s {
	case Sent, Unknown, Open, PartlyPaid, Expired:
		return true
	}
	return false
}
