package sim

import (
	"context"
	"slices"
	"strings"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// compare holds the two books against each other.
func (w *world) compare() {
	ctx := context.Background()
	page, err := w.run.journal.Page(ctx, journal.Query{Limit: 1000})
	if err != nil {
		w.fail(otherwise, "the journal cannot be read: %v", err)
		return
	}
	unsettled, err := w.run.till.Unsettled(ctx)
	if err != nil {
		w.fail(otherwise, "the list of what is unsettled cannot be read: %v", err)
	}
	listed := map[string]bool{}
	for _, a := range unsettled {
		listed[a.ID] = true
	}
	byReference := map[string]providers.Attempt{}
	for _, a := range page.Attempts {
		byReference[a.Reference] = a
		w.ends(a, listed[a.ID])
	}
	w.count(counts{Attempts: uint64(len(page.Attempts))})
	ledger := w.server.Ledger()
	w.ledgerIsKnown(ledger, byReference)
	w.chargedOnce(ledger, byReference)
	w.returnedOnce(byReference)
	w.receiptsAgree(page.Attempts, byReference)
	w.partIsSeen(byReference)
	w.sentIsRecorded(page.Attempts)
	if w.seed%16 != 0 {
		return
	}
	report, err := w.run.journal.Verify(ctx)
	if err != nil || !report.OK() {
		w.fail(otherwise, "the journal does not verify: %v %+v", err, report)
	}
}

// resolvable lists what is not known now and must be soon, by itself: inside
// the resend window with time to spare, or to be looked up, and nothing that
// stops it.
func (w *world) resolvable() []string {
	var ids []string
	unsettled, err := w.run.till.Unsettled(context.Background())
	if err != nil {
		w.fail(otherwise, "the list of what is unsettled cannot be read: %v", err)
	}
	for _, a := range unsettled {
		s := w.sendsOf(a.ID)
		if a.State != providers.Unknown || a.Closed || a.KeySuspected || a.Reason == providers.PurchaseReused || s.key != w.key {
			continue
		}
		age := w.run.saidAge(a)
		if s.run == w.run {
			age = time.Since(s.at)
		}
		// A clock that was set back meanwhile leaves it to a person.
		spare := age >= 0 && age < resendWindow-3*time.Minute && !w.setBack
		if a.Kind == providers.Invoice || spare {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// resolved checks that they are known.
func (w *world) resolved(ids []string) {
	for _, id := range ids {
		a, err := w.run.journal.Attempt(context.Background(), id)
		// A code that says nothing about the first send is no verdict, however
		// often it is told.
		if err != nil || a.State == providers.Unknown && !verified[a.Reason] && !a.KeySuspected && a.Reason != providers.KeyChanged {
			w.fail(unresolved, "%s could be known by now, and is not: %v", w.label(id), err)
		}
	}
}

// ends holds one attempt against what it may be at the end.
func (w *world) ends(a providers.Attempt, listed bool) {
	name := w.label(a.ID)
	e := w.entry(a)
	switch a.State {
	case providers.Approved:
		if !a.Settled && !w.happened(a) {
			w.fail(misshown, "%s is approved, and the provider's ledger knows nothing of it", name)
		}
		if e != nil && a.Kind == providers.Authorise && (e.Amount != a.Amount.Decimal() || a.ProviderRef != e.ProviderRef && !a.Settled) {
			w.fail(misshown, "%s is approved as %s %s, and the ledger has %s %s", name, a.ProviderRef, a.Amount, e.ProviderRef, e.Amount)
		}
	case providers.Recorded, providers.Sent:
		w.fail(unresolved, "%s is left %s", name, a.State)
	case providers.Unknown:
		if a.Reason == providers.NoReason {
			w.fail(unresolved, "%s is not known, and nothing says why", name)
		}
	}
	// An invitation that is not known moves no money; an expired invoice is
	// watched for a day only.
	if !a.State.Final() && !listed && a.Kind != providers.Invite && a.State != providers.Expired {
		w.fail(unresolved, "%s is %s, and is not among what is unsettled", name, a.State)
	}
	if (a.Contradicted || a.PossibleDouble) && !listed {
		w.fail(unresolved, "%s must be looked at (contradicted %t, possible double %t), and is not among what is unsettled", name, a.Contradicted, a.PossibleDouble)
	}
	if a.Kind == providers.Invoice && e != nil && a.State != providers.Approved && !a.Settled && !(a.Closed && a.State == providers.Unknown) {
		w.fail(lost, "%s was paid, and is %s", name, a.State)
	}
	w.saidNo(a, e)
}

// saidNo: what was approved was at no time shown as if nothing had happened,
// unless a manager said so by hand.
func (w *world) saidNo(a providers.Attempt, e *sandbox.Entry) {
	for _, u := range w.shown[a.ID] {
		no := u.Attempt.State == providers.Declined || u.Attempt.State == providers.Refused || u.Attempt.State == providers.Cancelled
		if no && !u.Attempt.Settled && (e != nil || a.Kind.Returns() && w.given(a) != nil) {
			w.fail(misshown, "%s was shown as %s, and the provider has taken the money", w.label(a.ID), u.Attempt.State)
		}
	}
	if a.Contradicted {
		events, err := w.run.journal.Timeline(context.Background(), a.ID)
		if err != nil {
			w.fail(otherwise, "%v", err)
		}
		for _, ev := range events {
			if ev.Type == providers.EventContradicted && ev.Code == "" && !ev.Double {
				w.fail(misshown, "%s is contradicted by no evidence: %s %s", w.label(a.ID), ev.Note, ev.Reason)
			}
		}
	}
}

// ledgerIsKnown: nothing that the provider has is missing in the journal.
func (w *world) ledgerIsKnown(ledger []sandbox.Entry, byReference map[string]providers.Attempt) {
	seen := map[string]bool{}
	for _, e := range ledger {
		key := e.Provider + e.Reference
		if seen[key] {
			w.fail(doubled, "%s %s was charged twice", e.Provider, e.Reference)
		}
		seen[key] = true
		a, ok := byReference[e.Reference]
		if !ok {
			w.fail(lost, "%s has taken %s for %s, and the journal knows nothing of it", e.Provider, e.Amount, e.Reference)
			continue
		}
		w.count(counts{Approvals: 1})
		if payer := w.paid[e.ProviderRef]; payer != "" && payer != a.ID {
			w.fail(misshown, "the customer of %s was shown the invoice of %s and paid it", w.label(payer), w.label(a.ID))
		}
		if no := a.State == providers.Declined || a.State == providers.Refused || a.State == providers.Cancelled; no && !a.Settled {
			w.fail(lost, "%s has taken the money of %s, and the journal says %s", e.Provider, w.label(a.ID), a.State)
		}
	}
}

// partIsSeen: money on an invoice is seen here, also when it is too little.
func (w *world) partIsSeen(byReference map[string]providers.Attempt) {
	for _, b := range w.server.Books("").Begun {
		a, known := byReference[b.Reference]
		if !some(b.Received) || !known && b.Reference == "" {
			continue
		}
		// An amount of another coin than the price's is told in words.
		seen := some(a.Received) || strings.HasSuffix(a.Personal.Message, " came") || a.State == providers.Approved || a.State == providers.PartlyPaid || a.Settled
		if !seen && !(a.Closed && a.State == providers.Unknown) {
			w.fail(lost, "%s of %s came for %s, which is %s", b.Received, b.Amount, w.label(a.ID), a.State)
		}
	}
}

// some says that an amount in decimal text is more than nothing.
func some(amount string) bool { return strings.Trim(amount, "0.") != "" }

// chargedOnce: one basket, one charge; a second one only when a manager agreed,
// and then both are marked for somebody to look at.
func (w *world) chargedOnce(ledger []sandbox.Entry, byReference map[string]providers.Attempt) {
	charges := map[*intent][]providers.Attempt{}
	for _, e := range ledger {
		a := byReference[e.Reference]
		if it := w.codes[providers.BareCode(a.Personal.PreApproval)]; it != nil {
			charges[it] = append(charges[it], a)
		}
	}
	for it, all := range charges {
		settled := slices.ContainsFunc(all, func(a providers.Attempt) bool { return a.Settled })
		if len(all) > 1 && !it.overridden && !settled {
			w.fail(doubled, "one basket was charged %d times: %s and %s", len(all), w.label(all[0].ID), w.label(all[1].ID))
		}
		approved := slices.DeleteFunc(slices.Clone(all), func(a providers.Attempt) bool { return a.State != providers.Approved })
		if len(approved) < 2 {
			continue
		}
		for _, a := range approved {
			if !w.wasMarked(a) {
				w.fail(doubled, "%s is one of two charges for one basket, and nobody is told", w.label(a.ID))
			}
		}
	}
}

func (w *world) wasMarked(a providers.Attempt) bool {
	events, err := w.run.journal.Timeline(context.Background(), a.ID)
	if err != nil {
		w.fail(otherwise, "%v", err)
	}
	return slices.ContainsFunc(events, func(e providers.Event) bool { return e.Double })
}

// sentIsRecorded: every request that ever went out is in the journal as it is
// now, whatever crashed in between.
func (w *world) sentIsRecorded(all []providers.Attempt) {
	recorded := map[string]bool{}
	for _, a := range all {
		body, err := w.run.journal.Body(context.Background(), a.ID)
		if err != nil {
			w.fail(otherwise, "the request of %s cannot be read: %v", w.label(a.ID), err)
		}
		recorded[body.Hash] = true
	}
	for hash, id := range w.hashes {
		if !recorded[hash] {
			w.fail(lost, "the request that went out for %s is not in the journal any more", w.label(id))
		}
	}
}
