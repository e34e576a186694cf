package sim

import (
	"net/http"
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

// harmless says that the true answer arrives, in time for every call.
func (p plan) harmless() bool {
	kind := p.fault.Kind
	return !p.fault.Unprocessed && p.before+p.after < 75*time.Second &&
		(kind == sandbox.NoFault || kind == sandbox.Forgotten || kind == sandbox.Replayed)
}

// kinds are the faults, some more likely than others.
var kinds = []sandbox.FaultKind{
	sandbox.LoseAnswer, sandbox.LoseAnswer, sandbox.CutAnswer, sandbox.HTML500, sandbox.WrongSignature, sandbox.Unsigned, sandbox.HalfBody,
	sandbox.TooMany, sandbox.Unavailable, sandbox.UnknownCode, sandbox.Replayed, sandbox.Twice, sandbox.Forgotten,
}

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
		if d.one(400) {
			p.fault.Kind = sandbox.HugeBody
		}
	}
	w.count(counts{Faults: 1})
	w.tell("  network: %s takes %s there and %s back, fault %q unprocessed %t", path, p.before.Truncate(time.Millisecond), p.after.Truncate(time.Millisecond), p.fault.Kind, p.fault.Unprocessed)
	return p
}
