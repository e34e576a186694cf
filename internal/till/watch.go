package till

import (
	"context"
	"time"

	"cashdesk/providers"
)

// watch waits, asks once for an invoice's status, and writes down what is new.
func (d *driver) watch(ctx context.Context, a providers.Attempt) providers.Attempt {
	watcher, ok := d.till.gateways[a.Provider].(providers.Watcher)
	if !ok || !d.till.follows(a) || a.ProviderRef == "" || d.hasLooked(a) && d.watchedOut(a) {
		return providers.Attempt{}
	}
	w, asked, ok := d.wait(ctx, max(d.pollPause(a), d.pause))
	if !ok {
		return providers.Attempt{}
	}
	leave, ok := d.turn(ctx, a, asked && w.byHand())
	if !ok {
		return providers.Attempt{}
	}
	before, err := d.till.config.Journal.Attempt(ctx, a.ID)
	if err != nil {
		leave(0)
		return d.again(ctx, a, err)
	}
	if a = before; w.look || !d.till.follows(a) { // somebody else brought news
		leave(0)
		return a
	}
	d.working()
	d.polls++
	answer := watcher.Ask(ctx, providers.Watch{Reference: a.Reference, ProviderRef: a.ProviderRef, Amount: a.Amount})
	leave(answer.RetryAfter)
	d.expect(time.Time{})
	if ctx.Err() != nil {
		return providers.Attempt{}
	}
	d.till.met(a.Provider, answer)
	d.pause = answer.RetryAfter
	d.looked = d.looked || answer.State != providers.Unknown
	after, fresh := d.learn(ctx, a, answer)
	d.saw(answer, fresh)
	return after
}

// learn writes down what a look brought, if it is news of the invoice as it stands
// now: another process (the receiver of reports) may have moved it meanwhile.
func (d *driver) learn(ctx context.Context, a providers.Attempt, answer providers.Answer) (after providers.Attempt, fresh bool) {
	current, err := d.till.config.Journal.Attempt(ctx, a.ID)
	if err != nil {
		return d.again(ctx, a, err), false
	}
	if answer.State == providers.Unknown || !news(current, answer) {
		return current, false
	}
	d.polls = 0
	if current.Seq != a.Seq && answer.State == current.State {
		// Another process was told more while we asked, or less: the next look
		// says which, soon.
		return current, false
	}
	e := providers.FromAnswer(providers.EventWatched, a.ID, answer)
	if _, tells := judged(current, e); !tells && e.To != current.State {
		// An expired invoice that is open again, say: no step back.
		return current, false
	}
	after = d.till.save(ctx, current, e)
	if after.State == providers.Approved {
		d.till.noteDouble(ctx, after)
	}
	return after, true
}

// follows says that what becomes of a payment as it stands is found out by asking.
func (t *Till) follows(a providers.Attempt) bool {
	switch a.State {
	case providers.Open, providers.PartlyPaid, providers.Expired:
		return true
	case providers.HandedOver: // where the group's own server tells
		return providers.Watches(t.gateways[a.Provider], a.Kind)
	}
	return false
}

// news says whether an answer tells more than the row has. Money of another
// currency than the price's is told in the message alone.
func news(a providers.Attempt, answer providers.Answer) bool {
	return answer.State != a.State || answer.Code != a.Code || answer.Confirming != a.Confirming ||
		answer.Received != "" && answer.Received != a.Received || answer.Coin != "" && answer.Coin != a.Coin ||
		answer.Message != "" && answer.Message != a.Personal.Message
}

// pollPause starts at the provider's shortest pause and grows by half at each
// look that brought nothing. What expired is looked at seldom, but soon after
// a start: money may have come while the counter was closed.
func (d *driver) pollPause(a providers.Attempt) time.Duration {
	if d.over(a) && d.hasLooked(a) {
		return latePoll
	}
	p := policyOf(a)
	pause := p.pollMin
	for range d.polls {
		if pause += pause / 2; pause >= p.pollMax {
			return p.pollMax
		}
	}
	return pause
}

// hasLooked says that this run has seen how a payment stands. A transfer that its
// server tells nothing of in several looks counts as seen: it may know none that
// is old, and would be asked for ever.
func (d *driver) hasLooked(a providers.Attempt) bool {
	return d.looked || a.State == providers.HandedOver && d.polls >= blindAfter
}

// over says that an invoice waits for late money alone, and that a transfer should
// be through long since. An invoice that is partly paid
// may stay so at its provider for ever; its last payment may still be confirmed
// for a while after its time.
func (d *driver) over(a providers.Attempt) bool {
	return a.State == providers.Expired ||
		a.State == providers.HandedOver && d.till.config.Clock.Now().Sub(a.AnsweredAt) > partGrace ||
		a.State == providers.PartlyPaid && !a.ExpiresAt.IsZero() && d.till.config.Clock.Now().Sub(a.ExpiresAt) > partGrace
}

// watchedOut says that an invoice whose time is over needs no more looks.
func (d *driver) watchedOut(a providers.Attempt) bool {
	end := a.ExpiresAt
	if end.IsZero() {
		end = a.AnsweredAt
	}
	return d.over(a) && d.till.config.Clock.Now().Sub(end) > lateWatch
}

// find looks an invoice up whose creation had no sure answer.
func (d *driver) find(ctx context.Context, a providers.Attempt) providers.Attempt {
	finder, ok := d.till.gateways[a.Provider].(providers.Finder)
	if !ok {
		return providers.Attempt{}
	}
	d.working()
	d.polls++
	answer := finder.Find(ctx, providers.Watch{Reference: a.Reference, Amount: a.Amount})
	d.expect(time.Time{})
	if ctx.Err() != nil {
		return providers.Attempt{}
	}
	d.till.met(a.Provider, answer)
	fresh := false
	defer func() { d.saw(answer, fresh) }()
	d.pause = answer.RetryAfter
	if answer.State == providers.Unknown {
		return a
	}
	if answer.State == providers.Refused {
		// Certainly not there: nobody can pay it. "Refused" is kept for a
		// first send, so the look-up's no is a decline.
		answer.State = providers.Declined
	}
	d.polls, fresh = 0, true
	found := answer
	if found.State != providers.Declined {
		// It exists; what has come of it is for the watch to say.
		found.State = providers.Open
	}
	return d.till.save(ctx, a, providers.FromAnswer(providers.EventAnswered, a.ID, found))
}
