package sim

import (
	"time"

	"cashdesk/internal/figures"
)

// wrong is a kind of what must never happen.
type wrong string

// The kinds, as the sheet names them.
const (
	lost       wrong = "lost"               // money that was taken, or a request that went out, and the journal does not know it
	doubled    wrong = "doubled"            // charged twice for one intent, or nobody told of it
	misshown   wrong = "wrongly shown"      // to staff or to a customer, at any moment
	unasked    wrong = "sent without a yes" // again, outside the window or after it was closed
	unrecorded wrong = "sent unrecorded"    // before the journal had it
	unresolved wrong = "left open"          // neither final nor listed with its reason, or not known though it could be
	letIn      wrong = "let in"             // with a wrong PIN or in spite of a lock
	otherwise  wrong = "otherwise wrong"    // a step that failed, a journal that does not verify
)

var wrongs = []wrong{lost, doubled, misshown, unasked, unrecorded, unresolved, letIn, otherwise}

// failure is one thing that went wrong.
type failure struct {
	Kind wrong
	Text string
}

// counts says how much happened, for the sheet.
type counts struct {
	Seeds, Failed                                     uint64
	Attempts, Requests, Resends, Faults, Starts       uint64
	Crashes, Approvals, ClockJumps, KeyChanges, Fulls uint64
	Refunds                                           uint64
	Wrong                                             map[wrong]uint64
}

func (c *counts) add(o counts) {
	c.Seeds += o.Seeds
	c.Failed += o.Failed
	c.Attempts += o.Attempts
	c.Requests += o.Requests
	c.Resends += o.Resends
	c.Faults += o.Faults
	c.Starts += o.Starts
	c.Crashes += o.Crashes
	c.Approvals += o.Approvals
	c.Refunds += o.Refunds
	c.ClockJumps += o.ClockJumps
	c.KeyChanges += o.KeyChanges
	c.Fulls += o.Fulls
	for kind, n := range o.Wrong {
		if c.Wrong == nil {
			c.Wrong = map[wrong]uint64{}
		}
		c.Wrong[kind] += n
	}
}

// row is the line of the sheet.
func (c counts) row(took time.Duration) figures.Row {
	r := figures.Row{What: "simulated counters", Tried: c.Seeds, Took: took, Among: []figures.Count{
		{N: c.Attempts, What: "payments"}, {N: c.Approvals, What: "approvals"}, {N: c.Refunds, What: "refunds"}, {N: c.Requests, What: "requests"}, {N: c.Resends, What: "resends"},
		{N: c.Faults, What: "faults"}, {N: c.Crashes, What: "crashes"}, {N: c.Starts, What: "starts"}, {N: c.ClockJumps, What: "clock jumps"},
		{N: c.KeyChanges, What: "key changes"}, {N: c.Fulls, What: "full disks"},
	}}
	for _, kind := range wrongs {
		r.Wrong = append(r.Wrong, figures.Count{N: c.Wrong[kind], What: string(kind)})
	}
	return r
}
