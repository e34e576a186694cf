package till

import (
	"context"
	"time"

	"cashdesk/providers"
)

// driver is the one goroutine that sends, resends and asks for one attempt.
type driver struct {
	till    *Till
	id      string
	request *providers.Request // of the first send; nil for an attempt found in the journal
	wake    chan wish
	release func() // gives the claim free

	polls  int
	looked bool          // this run has seen the status of the invoice
	pause  time.Duration // asked for by the provider

	// Under till.mu, for screens.
	busy   bool
	nextAt time.Time
	first  start
	looks  int // at what became of it
	lost   int // of the newest looks, those that told nothing
	news   bool
}

// wish is what a person asks of a driver.
type wish struct {
	sure bool // check although checking may itself be the charge
	by   string
	// closed and suspected say how the attempt stood when it was asked.
	closed, suspected bool
	// look: nobody asks anything, but another process has moved the attempt.
	look bool
	// hint: not a person asks, but a report that anybody may have sent.
	hint bool
}

// byHand says that a person asks.
func (w wish) byHand() bool { return !w.look && !w.hint }

// covers says that a yes is about the attempt as it stands now: one given
// before the sale was closed, or before the key was suspected, is not.
func (w wish) covers(a providers.Attempt) bool {
	return w.sure && w.closed == a.Closed && w.suspected == a.KeySuspected
}

// ask leaves a wish for the driver. The newest counts: what a person decides
// while a request is on its way takes back what was asked before.
func (d *driver) ask(w wish) {
	d.till.mu.Lock()
	defer d.till.mu.Unlock()
	select {
	case <-d.wake:
	default:
	}
	d.wake <- w // there is room: only ask sends, under the lock
}

// nudge has the driver read its attempt anew, unless it is about to.
func (d *driver) nudge() {
	d.till.mu.Lock()
	defer d.till.mu.Unlock()
	if len(d.wake) == 0 {
		d.wake <- wish{look: true}
	}
}

// start has the driver go on with an attempt as it was read, or written, with its
// claim in hand.
func (d *driver) start(ctx context.Context, a providers.Attempt) {
	d.till.work.Go(func() {
		d.run(ctx, a)
		for d.asked(ctx, &a) {
			d.run(ctx, a)
		}
	})
}

// asked ends a driver whose work is over, unless a person asked something of it
// just now: then it goes on with the attempt as it stands.
func (d *driver) asked(ctx context.Context, a *providers.Attempt) bool {
	for d.leaveUnlessAsked(ctx) {
		// Read without the lock: screens ask under it what is going on.
		current, err := d.till.config.Journal.Attempt(ctx, d.id)
		if err != nil {
			d.again(ctx, *a, err)
			continue
		}
		if !d.hears(current) {
			d.forget()
			continue
		}
		*a = current
		d.looked, d.polls = false, 0 // they want one more look
		return true
	}
	return false
}

// hears says that there is something to be done about a wish. An invitation that
// is not known can be closed, but nobody can be asked about it: its driver would
// turn round and round over the news that it was closed.
func (d *driver) hears(a providers.Attempt) bool {
	p := policyOf(a)
	if a.State == providers.Unknown {
		return p.resend || p.find
	}
	_, watches := d.till.gateways[a.Provider].(providers.Watcher)
	return watches && a.ProviderRef != "" && d.till.follows(a)
}

// forget drops a wish that nothing can be done about.
func (d *driver) forget() {
	select {
	case <-d.wake:
	default:
	}
}

// run takes the attempt from state to state until nothing more is expected.
func (d *driver) run(ctx context.Context, a providers.Attempt) {
	defer func() { d.till.rests(a) }()
	for ctx.Err() == nil {
		var next providers.Attempt
		switch a.State {
		case providers.Recorded:
			next = d.firstSend(ctx, a)
		case providers.Unknown:
			next = d.resolve(ctx, a)
		case providers.Open, providers.PartlyPaid, providers.Expired, providers.HandedOver:
			next = d.watch(ctx, a)
		default:
			return
		}
		if next.ID == "" { // over: the program ends, or nothing more is to be done
			return
		}
		a = next
	}
}

// wait waits for the time or a person's wish; ok is false when the program ends.
func (d *driver) wait(ctx context.Context, pause time.Duration) (w wish, asked, ok bool) {
	d.expect(d.till.config.Clock.Now().Add(pause))
	timer, stop := d.till.config.Clock.After(pause)
	defer stop()
	select {
	case <-ctx.Done():
		return wish{}, false, false
	case w := <-d.wake:
		return w, true, true
	case <-timer:
		return wish{}, false, true
	}
}

// waitPerson waits for a person's wish alone.
func (d *driver) waitPerson(ctx context.Context) (w wish, ok bool) {
	d.expect(time.Time{})
	select {
	case <-ctx.Done():
		return wish{}, false
	case w := <-d.wake:
		return w, true
	}
}

func (d *driver) expect(at time.Time) {
	d.till.mu.Lock()
	d.nextAt, d.busy = at, false
	d.till.mu.Unlock()
}

// saw notes that a look is over, after what it told is written down.
func (d *driver) saw(answer providers.Answer, news bool) {
	d.till.mu.Lock()
	defer d.till.mu.Unlock()
	d.looks++
	d.news = news
	d.lost++
	if usable(answer) {
		d.lost = 0
	}
}

func (d *driver) working() {
	d.till.mu.Lock()
	d.nextAt, d.busy = time.Time{}, true
	d.till.mu.Unlock()
}
