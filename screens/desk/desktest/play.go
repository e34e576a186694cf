package desktest

import (
	"context"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// happened wakes whoever waits for the till.
func (c *Counter) happened() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// notify takes the till's news, from its own goroutines.
func (c *Counter) notify(u till.Update) {
	c.mu.Lock()
	c.updates = append(c.updates, u)
	c.latest[u.Attempt.ID] = u.Attempt
	c.mu.Unlock()
	c.happened()
}

// deliver gives the screens the news that have come.
func (c *Counter) deliver() {
	for {
		c.mu.Lock()
		if len(c.updates) == 0 {
			c.mu.Unlock()
			return
		}
		u := c.updates[0]
		c.updates = c.updates[1:]
		c.mu.Unlock()
		if c.Driver != nil {
			c.Send(desk.UpdateMsg{Update: u})
		}
	}
}

// until waits for the till until something is true.
func (c *Counter) until(what string, is func() bool) {
	c.t.Helper()
	late := time.NewTimer(giveUp)
	defer late.Stop()
	for {
		c.deliver()
		if is() {
			return
		}
		select {
		case <-c.wake:
		case <-late.C:
			c.t.Fatalf("the till never came to this: %s", what)
		}
	}
}

// Sent waits until a provider has so many exchanges in all.
func (c *Counter) Sent(g *Gateway, exchanges int) {
	c.t.Helper()
	c.until("the request was sent", func() bool { return g.exchanges() >= exchanges })
}

// Answer answers the request that is on its way, and waits until the till has
// written it down and done what follows at once.
func (c *Counter) Answer(g *Gateway, a providers.Answer) {
	c.t.Helper()
	timers, newest := c.clock.waiting(), c.newest()
	select {
	case g.answers <- a:
	case <-time.After(giveUp):
		c.t.Fatalf("nobody waits for an answer of %s", g.Provider())
	}
	c.until("the answer is written down", func() bool {
		switch a.State {
		case providers.Unknown, providers.Open, providers.PartlyPaid, providers.Expired:
			return c.has(a.State, 0) && c.clock.waiting() > timers // the till waits for the next look
		}
		return c.has(a.State, newest)
	})
}

// Look answers a look at an invoice that changes nothing in the journal, and waits
// until the till waits for the next one.
func (c *Counter) Look(g *Gateway, a providers.Answer) {
	c.t.Helper()
	timers := c.clock.waiting()
	select {
	case g.answers <- a:
	case <-time.After(giveUp):
		c.t.Fatalf("nobody waits for an answer of %s", g.Provider())
	}
	c.until("the till waits for the next look", func() bool { return c.clock.waiting() > timers })
}

// Lose is an answer that never comes, to a call that is not asked again by
// itself.
func (c *Counter) Lose(g *Gateway) {
	c.t.Helper()
	c.Leave(g, Lost)
}

// Leave is an answer that leaves a payment not known, and after which it is not asked
// again by itself.
func (c *Counter) Leave(g *Gateway, a providers.Answer) {
	c.t.Helper()
	select {
	case g.answers <- a:
	case <-time.After(giveUp):
		c.t.Fatalf("nobody waits for an answer of %s", g.Provider())
	}
	c.until("it is not known", func() bool { return c.has(providers.Unknown, 0) })
}

// Open opens a screen as a notice in the strip does.
func (c *Counter) Open(route string, args any) {
	c.t.Helper()
	c.Send(ui.NoticeMsg{Text: "news", Route: route, Args: args})
	c.Press("f9")
}

// Mean presses Enter as somebody does who means it: once, and then nothing for a
// moment.
func (c *Counter) Mean() {
	c.t.Helper()
	c.Press("enter")
	c.Wait(100 * time.Millisecond)
}

// newest is the number of the newest event so far.
func (c *Counter) newest() (seq int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.latest {
		seq = max(seq, a.Seq)
	}
	return seq
}

// has says that some attempt came into a state by an event after that number.
func (c *Counter) has(s providers.State, after int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.latest {
		if a.State == s && a.Seq > after {
			return true
		}
	}
	return false
}

// Pass lets time pass, for the till as for the screen, second by second.
func (c *Counter) Pass(length time.Duration) {
	c.t.Helper()
	for length > 0 {
		step := min(length, time.Second)
		length -= step
		c.clock.set(c.Now.Add(step))
		c.Wait(step)
		c.deliver()
	}
}

// Charge begins an Oxipay sale behind the screen and waits until it is sent.
func (c *Counter) Charge(minor int64, code string) providers.Attempt {
	c.t.Helper()
	return c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: Minor(minor), Code: code})
}

// Begin begins a payment behind the screen and waits until it is sent.
func (c *Counter) Begin(g *Gateway, d till.Draft) providers.Attempt {
	c.t.Helper()
	before := g.exchanges()
	a, err := c.Till.Begin(context.Background(), c.Desk.Session(), d)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Sent(g, before+1)
	return a
}

// Attempts are all payments in the journal, newest first.
func (c *Counter) Attempts() []providers.Attempt {
	c.t.Helper()
	page, err := c.Till.History(context.Background(), c.Desk.Session(), till.Query{})
	if err != nil {
		c.t.Fatal(err)
	}
	return page.Attempts
}
