package till

import (
	"context"
	"sync"
	"time"

	"cashdesk/providers"
)

// clerkPauses are the pauses before a receipt number is sent again; the last one
// repeats.
var clerkPauses = []time.Duration{5 * time.Second, 15 * time.Second, 45 * time.Second, 2 * time.Minute, 5 * time.Minute}

// receiptClaim begins the name of the lock of whoever sends a receipt number.
const receiptClaim = "receipt-"

// clerk tells providers the shop's receipt numbers, one after the other. What it
// has to do stands in the journal.
type clerk struct {
	till  *Till
	woken chan struct{}
	tries map[string]*try
	// beside: only numbers that were given to this till are its work.
	beside bool

	work sync.WaitGroup
}

// try is how often a number went out since the start, and when it goes next.
type try struct {
	n    int
	next time.Duration // in running time
	// held: the key is wrong; it waits for another one, after this event.
	held bool
	key  int64
}

func newClerk(t *Till) *clerk {
	return &clerk{till: t, woken: make(chan struct{}, 1), tries: map[string]*try{}}
}

// employ has the clerk work until the program ends.
func (t *Till) employ() {
	ctx := t.running()
	t.clerk.work.Go(func() { t.clerk.run(ctx) })
}

// wake has the clerk look at the journal again.
func (c *clerk) wake() {
	select {
	case c.woken <- struct{}{}:
	default:
	}
}

// run works until the program ends.
func (c *clerk) run(ctx context.Context) {
	for ctx.Err() == nil {
		pause, any, err := c.round(ctx)
		if err != nil && ctx.Err() == nil {
			c.till.config.Log.Error("receipt numbers could not be looked up", "error", err)
			pause, any = savePause, true
		}
		if !c.rest(ctx, pause, any) {
			return
		}
	}
}

// rest waits for the next number that is due, or until somebody gives one.
func (c *clerk) rest(ctx context.Context, pause time.Duration, any bool) bool {
	var timer <-chan time.Time
	if any {
		t, stop := c.till.config.Clock.After(pause)
		defer stop()
		timer = t
	}
	select {
	case <-ctx.Done():
		return false
	case <-c.woken:
	case <-timer:
	}
	return true
}

// round sends every number that is due. any: others wait, the first for pause.
func (c *clerk) round(ctx context.Context) (pause time.Duration, any bool, err error) {
	all, err := c.till.config.Journal.ReceiptsWaiting(ctx)
	if err != nil {
		return 0, false, err
	}
	for _, a := range all {
		if c.beside && !c.till.gave(a.ID) {
			continue
		}
		t := c.tries[a.ID]
		if t == nil {
			t = &try{}
			c.tries[a.ID] = t
		}
		if t.held {
			same, err := c.sameKey(ctx, a, t)
			if err != nil {
				return 0, false, err
			}
			if !same {
				*t = try{}
			}
		}
		if !t.held && c.till.ran() >= t.next {
			if done := c.send(ctx, a, t); done || ctx.Err() != nil {
				delete(c.tries, a.ID)
				continue
			}
		}
		if wait := t.next - c.till.ran(); !t.held && (!any || wait < pause) {
			pause, any = max(wait, 0), true
		}
	}
	return pause, any, nil
}

// sameKey says that the key which the provider did not take is still in use.
func (c *clerk) sameKey(ctx context.Context, a providers.Attempt, t *try) (bool, error) {
	changed, err := c.till.keyChanged(ctx, a.Provider)
	return changed == t.key, err
}

// send tells the provider one number, and the journal what came of it.
func (c *clerk) send(ctx context.Context, a providers.Attempt, t *try) (done bool) {
	release, ok, err := c.till.config.Journal.Claim(receiptClaim + a.ID)
	if err != nil || !ok { // another process is at it
		c.later(t, 0)
		return false
	}
	defer release()
	// While others were told, another process may have sent this one: it may be
	// stored by now, or refused and given anew.
	a, err = c.till.config.Journal.Attempt(ctx, a.ID)
	switch {
	case err != nil:
		c.till.config.Log.Error("a receipt number could not be read", "attempt", a.ID, "error", err)
		c.later(t, 0)
		return false
	case a.ReceiptStored || a.ReceiptCode != "":
		return true
	}
	return c.tell(ctx, a, t)
}

// tell is send with the claim in hand.
func (c *clerk) tell(ctx context.Context, a providers.Attempt, t *try) (done bool) {
	receipter, can := c.till.gateways[a.Provider].(providers.Receipter)
	if !can {
		t.next = c.till.ran() + clerkPauses[len(clerkPauses)-1]
		return false
	}
	key, err := c.till.keyChanged(ctx, a.Provider)
	if err == nil {
		answer := receipter.Receipt(ctx, a.Reference, a.Receipt, a.Operator)
		if ctx.Err() != nil && answer.State == providers.Unknown {
			return false
		}
		c.till.met(a.Provider, answer)
		if e, known := receiptEvent(a, answer); known {
			return c.write(ctx, a, e, t)
		}
		t.held, t.key = answer.KeySuspected, key
		c.later(t, answer.RetryAfter)
		return false
	}
	c.till.config.Log.Error("which key is in use could not be read", "error", err)
	c.later(t, 0)
	return false
}

// receiptEvent is what an answer to a receipt number means for its sale.
func receiptEvent(a providers.Attempt, answer providers.Answer) (providers.Event, bool) {
	e := providers.Event{Attempt: a.ID, Receipt: a.Receipt, Code: answer.Code, Signature: answer.Signature, HTTPStatus: answer.HTTPStatus, Message: answer.Message}
	switch answer.State {
	case providers.Approved:
		e.Type = providers.EventReceiptStored
	case providers.Declined:
		e.Type = providers.EventReceiptRefused
	default:
		return e, false
	}
	return e, true
}

// write keeps what the provider said. What cannot be written is asked again:
// that is safe.
func (c *clerk) write(ctx context.Context, a providers.Attempt, e providers.Event, t *try) (done bool) {
	written, err := c.till.config.Journal.Append(context.WithoutCancel(ctx), e)
	switch {
	case err == nil:
		c.till.config.Notify(Update{Attempt: written})
	case !isState(err): // another process was faster otherwise
		c.till.config.Log.Error("what became of a receipt number could not be saved", "attempt", a.ID, "error", err)
		c.later(t, 0)
		return false
	}
	return true
}

// later puts a number off, longer each time.
func (c *clerk) later(t *try, asked time.Duration) {
	pause := clerkPauses[min(t.n, len(clerkPauses)-1)]
	t.n++
	t.next = c.till.ran() + max(pause, asked)
}
