package sim

import (
	"context"
	"errors"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// pick chooses one of the counter's unsettled attempts.
func (w *world) pick(fits func(providers.Attempt) bool) (providers.Attempt, bool) {
	all, err := w.run.till.Unsettled(context.Background())
	if err != nil {
		w.fail(otherwise, "the list of what is unsettled cannot be read: %v", err)
	}
	var some []providers.Attempt
	for _, a := range all {
		if fits(a) {
			some = append(some, a)
		}
	}
	if len(some) == 0 {
		return providers.Attempt{}, false
	}
	return some[w.staff.below(len(some))], true
}

func unknown(a providers.Attempt) bool { return a.State == providers.Unknown }

// check asks now; a warning is answered with yes half of the time.
func (w *world) check() {
	a, ok := w.pick(func(providers.Attempt) bool { return true })
	if !ok {
		return
	}
	sure := w.staff.one(4)
	s := w.sendsOf(a.ID)
	before := s.yes
	s.yes = before || sure
	err := w.run.till.CheckNow(context.Background(), w.run.session, a.ID, sure)
	var risk *till.ChargeRiskError
	if errors.As(err, &risk) && w.staff.one(2) {
		sure, s.yes = true, true
		err = w.run.till.CheckNow(context.Background(), w.run.session, a.ID, true)
	}
	if err != nil {
		s.yes = before
	}
	w.rest()
	w.say("%s checked %s (sure %t): %v", w.run.session.Name, w.label(a.ID), sure, err)
}

// meanwhile is a payment that is asked about, and closed or settled while the
// answer is on its way.
func (w *world) meanwhile() {
	w.check()
	w.pass(w.staff.between(time.Millisecond, 300*time.Millisecond))
	if w.run.dead.Load() {
		return
	}
	if w.staff.one(2) {
		w.closeUnknown()
	} else {
		w.settle()
	}
}

func (w *world) closeUnknown() {
	if a, ok := w.pick(unknown); ok {
		_, err := w.run.till.CloseUnknown(context.Background(), w.run.session, a.ID, "the customer left")
		w.rest()
		w.say("%s closed %s: %v", w.run.session.Name, w.label(a.ID), err)
	}
}

// settle is a manager who has looked at the provider's portal.
func (w *world) settle() {
	a, ok := w.pick(unknown)
	if !ok {
		return
	}
	permit, err := w.permit(till.Settle, "seen in the portal")
	w.rest()
	if err != nil || w.run.dead.Load() {
		return
	}
	paid := w.happened(a)
	_, err = w.run.till.Settle(context.Background(), w.run.session, permit, a.ID, paid)
	w.rest()
	w.say("mia settled %s, paid %t: %v", w.label(a.ID), paid, err)
}

func (w *world) review() {
	a, ok := w.pick(func(a providers.Attempt) bool { return a.Contradicted || a.PossibleDouble })
	if !ok {
		return
	}
	permit, err := w.permit(till.Settle, "looked at it")
	w.rest()
	if err != nil || w.run.dead.Load() {
		return
	}
	_, err = w.run.till.Review(context.Background(), w.run.session, permit, a.ID)
	w.rest()
	w.say("mia reviewed %s: %v", w.label(a.ID), err)
}

func (w *world) putAside() {
	a, ok := w.pick(func(a providers.Attempt) bool { return a.Kind == providers.Invoice })
	if !ok {
		return
	}
	_, err := w.run.till.PutAside(context.Background(), w.run.session, a.ID)
	w.rest()
	w.say("%s put %s aside: %v", w.run.session.Name, w.label(a.ID), err)
}

// pay is a customer with an invoice that was shown to them.
func (w *world) pay() {
	w.mu.Lock()
	links := w.links // only ever added to
	w.mu.Unlock()
	if len(links) == 0 {
		return
	}
	link := links[w.staff.below(len(links))]
	if time.Since(link.at) > 20*time.Hour {
		return // nobody watches it for ever
	}
	do, what := w.server.Pay, "pays"
	switch w.staff.below(4) {
	case 0:
		do, what = w.server.PayLess, "pays too little for"
	case 1:
		do, what = w.server.Expire, "lets time run out for"
	}
	if err := do(link.ref); err != nil {
		return
	}
	w.paid[link.ref] = link.attempt
	w.say("the customer %s %s", what, w.label(link.attempt))
}
