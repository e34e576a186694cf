package providers

// EventForgotten: the personal data of the events before it was removed.
const EventForgotten EventType = "forgotten"

// forgettable are the states in which nothing more is sent, so that neither the
// customer's data nor the exact bytes are needed any more.
var forgettable = []State{Approved, Declined, Refused, Expired, Invited, HandedOver, Cancelled}

// Forgettable says whether the attempt's personal data may be removed, once its
// time is over: nothing is expected for it, and nobody has to look at it.
func (a Attempt) Forgettable() bool {
	return !a.Contradicted && !a.PossibleDouble && Allowed(a.State, EventForgotten, a.State)
}

func forgettings() []Step {
	var all []Step
	for _, s := range forgettable {
		all = append(all, Step{s, EventForgotten, s})
	}
	return all
}
