package till

import (
	"context"
	"slices"
	"time"

	"cashdesk/providers"
)

// firstSend sends a recorded attempt. The journal holds "sent" before the
// first byte goes out; if it cannot, nothing is sent.
func (d *driver) firstSend(ctx context.Context, a providers.Attempt) providers.Attempt {
	d.working()
	sent, err := d.append(ctx, providers.Event{Type: providers.EventSent, Attempt: a.ID, By: a.Operator, BodyHash: hash(d.request.Body), Version: d.till.config.Version})
	if err != nil {
		return d.giveUp(ctx, a, err)
	}
	d.setFirst(start{known: true, at: d.till.ran()})
	return d.send(ctx, sent, *d.request, false)
}

// giveUp cancels an attempt that was never sent, because the journal could
// not take the sending.
func (d *driver) giveUp(ctx context.Context, a providers.Attempt, cause error) providers.Attempt {
	if ctx.Err() != nil {
		return providers.Attempt{}
	}
	d.till.config.Log.Error("not sent: the journal did not take it", "attempt", d.id, "error", cause)
	return d.till.save(ctx, a, providers.Event{Type: providers.EventCancelled, Attempt: d.id, Note: "not sent: the journal could not be written"})
}

// send sends once, decides what the answer means, and writes it down.
func (d *driver) send(ctx context.Context, a providers.Attempt, r providers.Request, resend bool) providers.Attempt {
	start := d.till.config.Clock.Now()
	answer := d.till.gateways[a.Provider].Send(ctx, r, resend)
	d.expect(time.Time{}) // before anybody hears of the answer: nothing is on its way any more
	if ctx.Err() != nil && answer.State == providers.Unknown {
		// The program is ending and cut the wait itself. The journal says
		// "sent"; the next start takes it from there.
		return providers.Attempt{}
	}
	answer = d.till.underItsKey(ctx, a, answer)
	d.till.met(a.Provider, answer)
	answer = d.ownReference(ctx, a, answer)
	// Every client promises this already; a client that forgets must not turn
	// an unknown payment into a refused one.
	answer = answer.OfSend(resend)
	e := providers.FromAnswer(providers.EventAnswered, a.ID, answer)
	e.Took = d.till.config.Clock.Now().Sub(start)
	d.pause = answer.RetryAfter
	a = d.till.save(ctx, a, e)
	switch {
	case a.State == providers.Approved && a.Kind == providers.UndoRefund:
		d.till.tellRefund(ctx, a)
	case a.State == providers.Approved:
		d.till.noteDouble(ctx, a)
	case suspects(a): // the key may have been changed before this was written down
		if err := d.till.takeKeys(ctx); err != nil {
			d.till.config.Log.Error("whether the key was changed could not be read", "attempt", a.ID, "error", err)
		}
	}
	return a
}

// ownReference holds what the provider calls this payment against all others
// here: an old approval, replayed, verifies for ever, and another customer's
// invoice must not be shown to this one. Of two answers that come at once, here
// or in two processes, the journal takes one (see put); this look is for what
// is shown while the journal can be read and not written.
func (d *driver) ownReference(ctx context.Context, a providers.Attempt, answer providers.Answer) providers.Answer {
	if a.Kind.Returns() || answer.State != providers.Approved && answer.State != providers.Open && answer.State != providers.HandedOver {
		return answer
	}
	holders, err := d.till.config.Journal.ByProviderRef(ctx, a.Provider, answer.ProviderRef)
	if err != nil {
		return d.till.astray(a, answer, providers.Interrupted)
	}
	if slices.ContainsFunc(holders, func(h providers.Attempt) bool { return h.ID != a.ID }) {
		return d.till.another(a, answer)
	}
	return answer
}

// another is an answer whose reference belongs to another attempt.
func (t *Till) another(a providers.Attempt, answer providers.Answer) providers.Answer {
	why := providers.WrongEcho
	if answer.State == providers.Approved {
		why = providers.PurchaseReused
	}
	answer = t.astray(a, answer, why)
	answer.ProviderRef, answer.Link = "", ""
	return answer
}

// astray is an answer that cannot be used for an attempt: it is as good as lost.
func (t *Till) astray(a providers.Attempt, answer providers.Answer, why providers.Reason) providers.Answer {
	answer.State, answer.Reason = t.lost(a), why
	return answer
}

// noteDouble marks two approved attempts of one sale, for a manager to look at.
func (t *Till) noteDouble(ctx context.Context, a providers.Attempt) {
	if a.Kind.Returns() {
		return
	}
	all, err := t.config.Journal.BySale(ctx, a.Sale)
	if err != nil {
		t.config.Log.Error("could not look for a double payment", "error", err)
		return
	}
	var approved []providers.Attempt
	for _, other := range all {
		if other.State == providers.Approved && !other.Kind.Returns() {
			approved = append(approved, other)
		}
	}
	if len(approved) < 2 {
		return
	}
	for _, one := range approved {
		if !t.wasDouble(ctx, one) {
			t.save(ctx, one, providers.Event{Type: providers.EventContradicted, Attempt: one.ID, Double: true, Note: "another attempt for the same sale is approved too"})
		}
	}
}

// wasDouble says that an attempt was marked as one of two before; a manager may
// have looked at it since.
func (t *Till) wasDouble(ctx context.Context, a providers.Attempt) bool {
	events, err := t.config.Journal.Timeline(ctx, a.ID)
	if err != nil {
		t.config.Log.Error("could not look for a double payment", "error", err)
	}
	return slices.ContainsFunc(events, func(e providers.Event) bool { return e.Double })
}

// resolve waits for the next try at an attempt that is not known, and makes it.
func (d *driver) resolve(ctx context.Context, a providers.Attempt) providers.Attempt {
	p := policyOf(a)
	if given, err := d.spent(ctx, a); err != nil {
		return d.again(ctx, a, err)
	} else if given.ID != "" && !givenUp(a) {
		return given
	}
	var asked bool
	var w wish
	var ok bool
	if (p.resend && d.mayResend(ctx, a)) || (p.find && !a.Closed) {
		w, asked, ok = d.wait(ctx, d.resolvePause(a))
	} else if p.resend || p.find {
		w, ok = d.waitPerson(ctx)
		asked = true
	}
	if !ok {
		return providers.Attempt{}
	}
	// The key may have been changed meanwhile, which closes what it suspected.
	if err := d.till.noteKeys(ctx); err != nil {
		return d.again(ctx, a, err)
	}
	// A person may have closed or settled it meanwhile.
	current, err := d.till.config.Journal.Attempt(ctx, a.ID)
	if err != nil {
		return d.again(ctx, a, err)
	}
	if a = current; a.State != providers.Unknown || w.look {
		return a
	}
	if p.find {
		return d.find(ctx, a)
	}
	if !d.mayResend(ctx, a) && !(asked && w.covers(a)) {
		return a
	}
	if given, err := d.spent(ctx, a); err != nil {
		return d.again(ctx, a, err)
	} else if given.ID != "" {
		return given
	}
	return d.resend(ctx, a, w.by)
}

// resolvePause is how long an attempt that is not known is left alone. While the
// customer confirms on their phone the provider says when to ask again, as often
// as it takes; otherwise each pause is longer than the last.
func (d *driver) resolvePause(a providers.Attempt) time.Duration {
	if a.Reason == providers.AwaitsBuyer && d.pause > 0 {
		return d.pause
	}
	return max(resendPause(a.Sends+d.polls), d.pause)
}

// again waits a moment and gives the attempt back as it was: a journal that
// cannot be read now is no reason to forget a payment.
func (d *driver) again(ctx context.Context, a providers.Attempt, cause error) providers.Attempt {
	if ctx.Err() != nil {
		return providers.Attempt{}
	}
	d.till.config.Log.Error("the journal could not be read", "attempt", a.ID, "error", cause)
	timer, stop := d.till.config.Clock.After(savePause)
	defer stop()
	select {
	case <-ctx.Done():
		return providers.Attempt{}
	case <-timer:
		return a
	}
}

// resend sends the identical bytes again, from the journal.
func (d *driver) resend(ctx context.Context, a providers.Attempt, by string) providers.Attempt {
	d.working()
	body, err := d.till.config.Journal.Body(ctx, a.ID)
	if err != nil {
		d.expect(time.Time{})
		return d.again(ctx, a, err)
	}
	if len(body.Kept) == 0 || hash(body.Kept) != body.Hash {
		d.till.config.Log.Error("not sent again: the bytes that were sent are no longer kept", "attempt", a.ID)
		if _, ok := d.waitPerson(ctx); !ok {
			return providers.Attempt{}
		}
		return a
	}
	sent, err := d.append(ctx, providers.Event{Type: providers.EventResent, Attempt: a.ID, By: by, BodyHash: body.Hash, Version: d.till.config.Version})
	if err != nil { // a full disk, say: there may be room again soon
		d.expect(time.Time{})
		return d.again(ctx, a, err)
	}
	request := providers.Request{Provider: a.Provider, Kind: a.Kind, Call: body.Call, Reference: a.Reference, Body: body.Kept, Record: body.Record, Keep: true}
	return d.send(ctx, sent, request, true)
}

// append writes an event that must be in the journal before anything else
// happens.
func (d *driver) append(ctx context.Context, e providers.Event) (providers.Attempt, error) {
	a, err := d.till.config.Journal.Append(ctx, e)
	if err == nil {
		d.till.config.Notify(Update{Attempt: a})
	}
	return a, err
}
