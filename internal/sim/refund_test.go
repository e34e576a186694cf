package sim

import (
	"context"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// soldBefore chooses an approved sale of Oxipay's.
func (w *world) soldBefore() (providers.Attempt, bool) {
	var all []providers.Attempt
	for _, it := range w.intents {
		for _, id := range it.attempts {
			if a := w.last(id); a.Kind == providers.Authorise && a.State == providers.Approved {
				all = append(all, a)
			}
		}
	}
	if len(all) == 0 {
		return providers.Attempt{}, false
	}
	return all[w.staff.below(len(all))], true
}

// refund is a customer who brings something back. Who is impatient tries it
// again, though an earlier one is not known, or for more than remains.
func (w *world) refund() {
	if w.run.dead.Load() {
		return
	}
	sale, ok := w.soldBefore()
	if !ok {
		w.sell()
		return
	}
	left, err := w.run.till.Refundable(context.Background(), sale.ID)
	if err != nil {
		w.say("what remains of %s cannot be read: %v", w.label(sale.ID), err)
		return
	}
	amount := sale.Amount
	amount.Minor = []int64{left.Remaining.Minor, left.Remaining.Minor, left.Remaining.Minor/2 + 1, left.Remaining.Minor + 1, 100}[w.staff.below(5)]
	permit, err := w.permit(till.Refund, "brought back")
	w.rest()
	if err != nil || w.run.dead.Load() {
		return
	}
	all, unread := w.run.journal.Refunds(context.Background(), sale.ID)
	a, err := w.run.till.Refund(context.Background(), w.run.session, permit, sale.ID, amount)
	w.rest()
	if err == nil && unread == nil && (all.Pending().ID != "" || amount.Minor > sale.Taken().Minor-all.Gone()) {
		w.fail(doubled, "%s of %s goes back as %s, and %+v remains", amount, w.label(sale.ID), w.label(a.ID), left.Remaining)
	}
	if err != nil {
		w.say("mia refunds %s of %s: %v", amount, w.label(sale.ID), err)
		return
	}
	w.refunds = append(w.refunds, a.ID)
	w.say("mia began %s, which refunds %s of %s", w.label(a.ID), amount, w.label(sale.ID))
	switch w.staff.below(6) {
	case 0:
		w.pass(w.staff.between(time.Millisecond, 20*time.Second))
		w.undo()
	case 1:
		w.pass(w.staff.between(time.Millisecond, 20*time.Second))
		w.refund()
	}
}

// undo is a refund that was a mistake.
func (w *world) undo() {
	if len(w.refunds) == 0 || w.run.dead.Load() {
		return
	}
	id := w.refunds[w.staff.below(len(w.refunds))]
	permit, err := w.permit(till.Refund, "typed wrong")
	w.rest()
	if err != nil || w.run.dead.Load() {
		return
	}
	a, err := w.run.till.Undo(context.Background(), w.run.session, permit, id)
	w.rest()
	if err != nil {
		w.say("mia undoes %s: %v", w.label(id), err)
		return
	}
	w.say("mia began %s, which undoes %s", w.label(a.ID), w.label(id))
}

// given is what the provider's books have for a refund, or for the undoing of one.
func (w *world) given(a providers.Attempt) *sandbox.Refunded {
	for _, e := range w.server.Refunds() {
		if a.Kind == providers.Refund && e.Reference == a.Reference || a.Kind == providers.UndoRefund && e.UndoneBy == a.Reference {
			return &e
		}
	}
	return nil
}

// happened says that the provider has moved the money of an attempt.
func (w *world) happened(a providers.Attempt) bool {
	if a.Kind.Returns() {
		return w.given(a) != nil
	}
	return w.entry(a) != nil
}

// toldByUndo says that a refund is known by its undoing and no answer of its own.
func (w *world) toldByUndo(a providers.Attempt) bool {
	made := w.given(a)
	return a.Kind == providers.Refund && a.Closed && made != nil && made.UndoneBy != ""
}

// returnedOnce holds what went back against the provider's books: all of it is
// known here, nothing went back twice, and no more of a sale than was taken.
func (w *world) returnedOnce(byReference map[string]providers.Attempt) {
	seen := map[string]bool{}
	cents := map[string]int64{}
	for _, e := range w.server.Refunds() {
		if seen[e.Reference] {
			w.fail(doubled, "%s was refunded twice", e.Reference)
		}
		seen[e.Reference] = true
		w.count(counts{Refunds: 1})
		a, known := byReference[e.Reference]
		w.isReturn(a, known, providers.Refund, e)
		if e.UndoneBy != "" {
			undo, known := byReference[e.UndoneBy]
			w.isReturn(undo, known, providers.UndoRefund, e)
			continue
		}
		cents[e.Sale] += a.Amount.Minor
	}
	for sale, minor := range cents {
		if a := byReference[sale]; minor > a.Taken().Minor {
			w.fail(doubled, "%d cents of %s went back, and %s was taken", minor, w.label(a.ID), a.Amount)
		}
	}
}

// isReturn: what the provider has of money that went back stands in the journal,
// and not as if it had not happened.
func (w *world) isReturn(a providers.Attempt, known bool, kind providers.Kind, e sandbox.Refunded) {
	if !known || a.Kind != kind || a.Amount.Decimal() != e.Amount {
		w.fail(lost, "the provider has %+v, and the journal %s", e, w.describe(a))
		return
	}
	if no := a.State == providers.Declined || a.State == providers.Refused || a.State == providers.Cancelled; no && !a.Settled {
		w.fail(lost, "the provider has made %s, and the journal says %s", w.label(a.ID), a.State)
	}
}
