package providers

import (
	"fmt"
	"slices"
)

// Step is one allowed change of an attempt's state.
type Step struct {
	From State // empty: the attempt does not exist yet
	By   EventType
	To   State
}

// Life is the table of all steps in the life of a payment. Nothing outside it
// happens: the journal refuses every other change. The diagram in docs is
// generated from it.
var Life = slices.Concat(
	steps("", EventRecorded, Recorded),
	steps(Recorded, EventCancelled, Cancelled),
	steps(Recorded, EventSent, Sent),

	// The first send: the only one that can still be refused.
	steps(Sent, EventAnswered, Approved, Declined, Refused, Unknown, Open, Invited, HandedOver),
	steps(Sent, EventInterrupted, Unknown, Refused),

	// Not known yet: the same bytes again, a look-up, or a manager.
	steps(Unknown, EventResent, Unknown),
	steps(Unknown, EventAnswered, Approved, Declined, Unknown, Open),
	steps(Unknown, EventSettled, Approved, Declined),
	steps(Unknown, EventClosed, Unknown),
	steps(Unknown, EventUnresolvable, Unknown),

	// An invoice being watched. Late money can still come after it expired.
	steps(Open, EventWatched, Open, PartlyPaid, Approved, Expired, Declined),
	steps(PartlyPaid, EventWatched, PartlyPaid, Approved, Expired, Declined),
	steps(Expired, EventWatched, Expired, PartlyPaid, Approved),
	steps(Open, EventAside, Open),
	steps(PartlyPaid, EventAside, PartlyPaid),
	steps(Expired, EventAside, Expired),
	// A part that came: a manager takes it for the price, or gives it back.
	steps(PartlyPaid, EventSettled, Approved, Declined),
	steps(Expired, EventSettled, Approved, Declined),

	// What was begun elsewhere, where the group's own server tells what became of it.
	steps(HandedOver, EventWatched, HandedOver, Approved, Declined),

	// A refund that was made at the provider, by hand.
	steps(Recorded, EventElsewhere, Approved),

	// The receipt number that the shop's own till made after the sale.
	steps(Approved, EventReceipt, Approved),
	steps(Approved, EventReceiptStored, Approved),
	steps(Approved, EventReceiptRefused, Approved),

	// Evidence against a final state never overwrites it.
	contradictions(),
	// Only a manager says which of the two is true.
	steps(Declined, EventSettled, Approved, Declined),
	steps(Refused, EventSettled, Approved, Refused),
	steps(Cancelled, EventSettled, Approved, Cancelled),

	// What is over needs no personal data for ever.
	forgettings(),
)

func steps(from State, by EventType, to ...State) []Step {
	var all []Step
	for _, t := range to {
		all = append(all, Step{from, by, t})
	}
	return all
}

func contradictions() []Step {
	var all []Step
	for _, s := range []State{Approved, Declined, Refused, Cancelled, Invited, HandedOver} {
		all = append(all, Step{s, EventContradicted, s}, Step{s, EventReviewed, s})
	}
	return all
}

// Allowed says whether an attempt in state from may go to state to by an event.
func Allowed(from State, by EventType, to State) bool {
	if by == EventNoted {
		return from == to && from != ""
	}
	return slices.Contains(Life, Step{from, by, to})
}

// target is where an event that names no state leads to: nowhere where it may,
// else the only step there is. Of several none is guessed: the state stays, and
// Allowed refuses that.
func target(from State, by EventType) State {
	var steps []Step
	for _, s := range Life {
		if s.From != from || s.By != by {
			continue
		}
		if s.To == from {
			return from
		}
		steps = append(steps, s)
	}
	if len(steps) == 1 {
		return steps[0].To
	}
	return from
}

// Apply gives the attempt as it is after the event; the journal's rows are
// nothing but this, folded over the events. An event outside Life is an error.
func Apply(a Attempt, e Event) (Attempt, error) {
	to := e.To
	if to == "" {
		to = target(a.State, e.Type)
	}
	if e.Type == EventRecorded && e.Recorded == nil {
		return a, fmt.Errorf("event %d records nothing", e.Seq)
	}
	if !Allowed(a.State, e.Type, to) || !a.takes(e) {
		return a, fmt.Errorf("an attempt that is %q cannot become %q by %q", a.State, to, e.Type)
	}
	if e.Type == EventRecorded {
		personal := a.Personal
		a = *e.Recorded
		if a.Personal == (Personal{}) {
			a.Personal = personal
		}
		a.CreatedAt = e.At
	}
	before := a.State
	a.State, a.Seq, a.UpdatedAt = to, e.Seq, e.At
	switch e.Type {
	case EventSent, EventResent:
		if a.Sends == 0 {
			a.SentAt = e.At
		}
		a.Sends++
	case EventAnswered, EventWatched, EventInterrupted:
		a = applyAnswer(a, e, before)
	case EventClosed:
		a.Closed = true
	case EventUnresolvable:
		// The suspicion was against the key that signed it, not the present one.
		a.Closed, a.KeySuspected, a.Reason = true, false, KeyChanged
	case EventSettled:
		a.Settled, a.AnsweredAt, a.Contradicted, a.Doubted = true, e.At, a.PossibleDouble, false
	case EventContradicted:
		a.Contradicted = true
		a.Doubted = a.Doubted || before.denies() && (e.Says == Approved || e.Says == PartlyPaid)
		a.PossibleDouble = a.PossibleDouble || e.Double
	case EventReviewed:
		a.Contradicted, a.PossibleDouble = false, false
	case EventAside:
		a.Aside = true
	case EventElsewhere:
		a.ProviderRef, a.Settled, a.AnsweredAt = e.ProviderRef, true, e.At
	case EventReceipt:
		a.Receipt, a.ReceiptStored, a.ReceiptCode = e.Receipt, false, ""
	case EventReceiptStored:
		a.ReceiptStored, a.ReceiptDue, a.ReceiptCode = true, false, ""
	case EventReceiptRefused:
		a.ReceiptCode = e.Code
	case EventForgotten:
		a.Personal = Personal{}
	case EventNoted:
		a.PossibleDouble = a.PossibleDouble || e.Double
	}
	return a, nil
}

// denies says that by the state nothing happened, for certain.
func (s State) denies() bool { return s == Declined || s == Refused || s == Cancelled }

// takes says whether an event, whose step is in Life, is for this kind of attempt
// and for how it stands.
func (a Attempt) takes(e Event) bool {
	switch e.Type {
	case EventForgotten:
		return a.Forgettable()
	case EventElsewhere:
		return a.Kind == Refund
	case EventSettled:
		return a.Doubted || !a.State.Final()
	case EventReceipt:
		return a.Kind == Authorise && !a.ReceiptStored
	case EventReceiptStored, EventReceiptRefused:
		// What is said of an earlier number is nothing about this one.
		return a.Receipt != "" && a.Receipt == e.Receipt && !a.ReceiptStored
	}
	return true
}

func applyAnswer(a Attempt, e Event, before State) Attempt {
	if e.To != before || a.AnsweredAt.IsZero() {
		a.AnsweredAt = e.At
	}
	if e.To != Unknown || a.Reason != KeyChanged || !a.Closed { // that mark stays until something is certain
		a.Reason = e.Reason
	}
	a.Code = e.Code
	a.Confirming = e.Confirming
	// Only an answer that verifies clears the key: one that did not come, or
	// that anybody could have written, says nothing about it.
	a.KeySuspected = e.KeySuspected || a.KeySuspected && e.Signature != SignatureValid
	set(&a.ProviderRef, e.ProviderRef)
	set(&a.Link, e.Link)
	set(&a.Received, e.Received)
	a.Shortfall = e.Shortfall
	a.Late = a.Late || before == Expired && (e.To == PartlyPaid || e.To == Approved)
	set(&a.Coin, e.Coin)
	set(&a.CommissionMin, e.CommissionMin)
	set(&a.CommissionMax, e.CommissionMax)
	set(&a.Personal.Message, e.Message)
	if !e.ExpiresAt.IsZero() {
		a.ExpiresAt = e.ExpiresAt
	}
	return a
}

func set(field *string, value string) {
	if value != "" {
		*field = value
	}
}
