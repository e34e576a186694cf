package sim

import (
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// shownLink is an invoice that a customer can pay, since they were shown it.
type shownLink struct {
	attempt, ref string
	at           time.Time
}

// notify is what the screens hear.
func (r *run) notify(u till.Update) {
	if r.dead.Load() {
		return
	}
	w := r.w
	a := u.Attempt
	unsaved := ""
	if u.NotSaved {
		unsaved = " (not saved)"
		if !r.broken.Load() && !r.full.Load() {
			w.fail(lost, "a verdict could not be saved")
		}
	}
	w.tell("  till: %s%s", w.describe(a), unsaved)
	w.mu.Lock()
	w.shown[a.ID] = append(w.shown[a.ID], shown{u, r})
	if a.Kind == providers.Invoice && a.State == providers.Open && a.Link != "" {
		w.show(a)
	}
	w.mu.Unlock()
	if a.State == providers.Recorded {
		w.read(r, a)
		w.sendsOf(a.ID).key = w.signingKey()
	}
	if !u.NotSaved { // the next start will not know of it
		w.heed(r, a)
	}
	if w.needsAnswer(a) && !w.sendsOf(a.ID).clean && !w.toldByUndo(a) {
		w.fail(misshown, "%s is shown as %s, and no answer that can be trusted has come", w.label(a.ID), a.State)
	}
	if a.State == providers.Approved && !a.Settled && !w.happened(a) {
		w.fail(misshown, "%s is shown as approved, and the provider's ledger knows nothing of it", w.label(a.ID))
	}
	r.point("after: " + w.label(a.ID) + " " + string(a.State))
}

// show notes an invoice that a customer can pay from now on; mu is held.
func (w *world) show(a providers.Attempt) {
	for _, l := range w.links {
		if l.ref == a.ProviderRef && l.attempt == a.ID {
			return
		}
		if l.ref == a.ProviderRef {
			w.failures = append(w.failures, failure{misshown, w.labels[a.ID] + " shows the invoice of " + w.labels[l.attempt]})
		}
	}
	w.links = append(w.links, shownLink{a.ID, a.ProviderRef, time.Now()})
}

// needsAnswer says that an attempt's state can only come from an answer of
// Oxipay's to one of its sends.
func (w *world) needsAnswer(a providers.Attempt) bool {
	switch a.State {
	case providers.Approved, providers.Declined, providers.Invited:
	case providers.Refused:
		if a.Reason == providers.Unreachable {
			return false // it never left
		}
	default:
		return false
	}
	return a.Provider == providers.Oxipay && !a.Settled
}

// verified are the reasons that only an answer with a valid signature gives.
var verified = map[providers.Reason]bool{
	providers.OnResend: true, providers.Unlisted: true, providers.ServerFault: true,
	providers.NoPurchaseNumber: true, providers.PurchaseReused: true,
}

// heed notes what stops the resends: closing, and a suspected key until an
// answer verifies. What a person allowed before is allowed no more.
func (w *world) heed(r *run, a providers.Attempt) {
	s := w.sendsOf(a.ID)
	if a.State == providers.Sent {
		s.at, s.run = time.Now(), r
	}
	if a.Closed && !s.closed || a.KeySuspected && !s.suspected {
		s.yes = false
	}
	s.closed = a.Closed
	s.suspected = a.Reason == providers.SuspectedKey || s.suspected && !verified[a.Reason]
}

// entry is what the provider's ledger has for an attempt.
func (w *world) entry(a providers.Attempt) *sandbox.Entry {
	for _, e := range w.server.Ledger() {
		if e.Provider == string(a.Provider) && e.Reference == a.Reference {
			return &e
		}
	}
	return nil
}
