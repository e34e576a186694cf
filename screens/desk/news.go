package desk

import (
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// mostHeard is how many payments are remembered: far more than are ever on their
// way at once.
const mostHeard = 1000

// News remembers what was last heard of each payment, so that the same is not told
// twice. The zero News has heard nothing.
type News struct {
	last  map[string]heard
	order []string // the payments, the longest known first
}

type heard struct {
	state providers.State
	alarm bool
	came  string
	code  string // why its receipt number was not taken
}

// Change is what an update changed.
type Change struct {
	Known  bool            // something was heard of the payment before
	Before providers.State // then
	Alarm  bool            // it contradicts, may be double, or is not saved
	Raised bool            // and that is new
	// Short: its time is over and too little has come, which somebody has to decide
	// about, and that is new.
	Short bool
	// NoNumber: its receipt number was not taken, and that is new.
	NoNumber bool
}

// Hear takes an update.
func (n *News) Hear(u till.Update) Change {
	a := u.Attempt
	now := heard{a.State, a.Contradicted || a.PossibleDouble || u.NotSaved, "", a.ReceiptCode}
	if a.State == providers.Expired {
		now.came = a.Came()
	}
	before, known := n.last[a.ID]
	if n.last == nil {
		n.last = map[string]heard{}
	}
	n.last[a.ID] = now
	if !known {
		n.order = append(n.order, a.ID)
	}
	for len(n.order) > mostHeard {
		delete(n.last, n.order[0])
		n.order = n.order[1:]
	}
	return Change{
		Known: known, Before: before.state, Alarm: now.alarm, Raised: now.alarm && !before.alarm,
		Short: now.came != "" && now.came != before.came, NoNumber: now.code != "" && now.code != before.code,
	}
}
