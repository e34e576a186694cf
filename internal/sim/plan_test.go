package sim

import (
	"net/http"
	"slices"
	"time"

	"cashdesk/providers/sandbox"
)

type planKey struct{}

// faultOf tells the sandbox what the plan has for this request.
func faultOf(r *http.Request, _ []byte) sandbox.Fault {
	f, _ := r.Context().Value(planKey{}).(sandbox.Fault)
	return f
}

// plan is what happens to one request.
type plan struct {
	before, after time.Duration // on the way there, and on the way back
	fault         sandbox.Fault
}

// truthful are the faults that leave the true answer whole, or tell one that
// was true once: it may be believed.
var truthful = []sandbox.FaultKind{sandbox.NoFault, sandbox.Delay, sandbox.Drip, sandbox.Duplicated, sandbox.Forgotten, sandbox.Replayed, sandbox.Foreign}

// harmless says that such an answer arrives, in time for every call.
func (p plan) harmless() bool {
	return !p.fault.Unprocessed && p.before+p.after+p.fault.For < 75*time.Second && slices.Contains(truthful, p.fault.Kind)
}

// weights are how much more often a fault is played than the rest of those
// that the sandbox knows.
var weights = map[sandbox.FaultKind]int{
	sandbox.LoseAnswer: 6, sandbox.CutAnswer: 3, sandbox.HTML500: 3, sandbox.Unavailable: 3, sandbox.Replayed: 3, sandbox.Forgotten: 3,
	sandbox.WrongSignature: 2, sandbox.Unsigned: 2, sandbox.UnknownCode: 2, sandbox.TooMany: 2,
	sandbox.HugeBody: 0, // dear: see planFor
}

// kinds are the faults to roll from.
var kinds = func() (all []sandbox.FaultKind) {
	for _, k := range sandbox.Kinds() {
		n, weighed := weights[k.Fault]
		if !weighed {
			n = 1
		}
		all = append(all, slices.Repeat([]sandbox.FaultKind{k.Fault}, n)...)
	}
	return all
}()

// planFor rolls for one request.
func (w *world) planFor(path string) plan {
	d := w.network
	p := plan{before: d.between(time.Millisecond, 300*time.Millisecond), after: d.between(time.Millisecond, 300*time.Millisecond) + w.apart()}
	if w.fair.Load() || !d.one(3) {
		return p
	}
	switch d.below(12) {
	case 0:
		p.before += d.between(time.Second, 4*time.Minute)
	case 1, 2:
		p.after += d.between(time.Second, 2*time.Minute)
	default:
		p.fault.Kind = kinds[d.below(len(kinds))]
		p.fault.Unprocessed = d.one(4)
		if p.fault.Kind == sandbox.Delay || p.fault.Kind == sandbox.Drip {
			p.fault.For = d.between(time.Second, 2*time.Minute) + w.apart()
		}
		if d.one(400) {
			p.fault.Kind = sandbox.HugeBody
		}
	}
	w.count(counts{Faults: 1})
	w.tell("  network: %s takes %s there and %s back, fault %s", path, p.before.Truncate(time.Millisecond), p.after.Truncate(time.Millisecond), p.fault)
	return p
}
