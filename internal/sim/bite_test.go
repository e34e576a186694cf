package sim

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// TestABrokenTillIsFound breaks the till on purpose, in the ways in which
// others have lost money: a check that finds none of that checks nothing.
func TestABrokenTillIsFound(t *testing.T) {
	for _, b := range []struct {
		name string
		want wrong
		bend func(*till.Config)
	}{
		{"a lost answer is a decline", misshown, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			return instead(g.Send(ctx, r, resend), providers.Unknown, providers.Declined)
		})},
		{"a lost answer is an approval", misshown, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			return instead(g.Send(ctx, r, resend), providers.Unknown, providers.Approved)
		})},
		{"a lost refund was not made", misshown, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			if r.Kind != providers.Refund {
				return g.Send(ctx, r, resend)
			}
			return instead(g.Send(ctx, r, resend), providers.Unknown, providers.Declined)
		})},
		{"an approval is a decline", lost, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			return instead(g.Send(ctx, r, resend), providers.Approved, providers.Declined)
		})},
		{"a resend has a reference of its own", unrecorded, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			if resend {
				r.Body = bytes.Replace(r.Body, []byte(r.Reference), []byte(r.Reference+"-R"), 1)
			}
			return g.Send(ctx, r, resend)
		})},
		{"the client tries again by itself", unrecorded, oxipaySends(func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer {
			a := g.Send(ctx, r, resend)
			if a.Reason == providers.Cut {
				a = g.Send(ctx, r, resend)
			}
			return a
		})},
		{"the window has no end", unasked, func(c *till.Config) { c.ResendWindow = 1000 * time.Hour }},
		{"an invoice is never asked about", lost, xaiGateAsks(func(providers.Answer) providers.Answer { return providers.Answer{State: providers.Unknown} })},
		{"an open invoice is paid", misshown, xaiGateAsks(func(a providers.Answer) providers.Answer { return instead(a, providers.Open, providers.Approved) })},
		{"a change of the key goes unseen", unasked, func(c *till.Config) { c.KeyMark = nil }},
		{"any PIN is right", letIn, func(c *till.Config) { c.Staff = trusting{} }},
		{"a lock locks nobody out", letIn, func(c *till.Config) { c.PINLock = time.Nanosecond }},
	} {
		t.Run(b.name, func(t *testing.T) {
			for seed := uint64(1); seed <= 400; seed++ {
				w := perform(t, seed, true, b.bend)
				if slices.ContainsFunc(w.failures, func(f failure) bool { return f.Kind == b.want }) {
					t.Logf("found by seed %d: %s", seed, w.complaint())
					return
				}
			}
			t.Error("nobody noticed")
		})
	}
}

// instead is an answer in another state, if it is in this one.
func instead(a providers.Answer, from, to providers.State) providers.Answer {
	if a.State == from {
		a.State = to
	}
	return a
}

// sender is a gateway that sends in a way of its own.
type sender struct {
	providers.Gateway
	send func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer
}

func (s sender) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	return s.send(s.Gateway, ctx, r, resend)
}

// The gateway goes on being able to undo refunds.

func (s sender) SignatureOf(body []byte) (string, error) {
	return s.Gateway.(providers.Refunder).SignatureOf(body)
}

func oxipaySends(send func(g providers.Gateway, ctx context.Context, r providers.Request, resend bool) providers.Answer) func(*till.Config) {
	return replacing(providers.Oxipay, func(g providers.Gateway) providers.Gateway { return sender{g, send} })
}

// asker is a gateway that hears in a way of its own.
type asker struct {
	providers.Gateway
	hear func(providers.Answer) providers.Answer
}

func (a asker) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	return a.hear(a.Gateway.(providers.Watcher).Ask(ctx, w))
}

func xaiGateAsks(hear func(providers.Answer) providers.Answer) func(*till.Config) {
	return replacing(providers.XaiGate, func(g providers.Gateway) providers.Gateway { return asker{g, hear} })
}

func replacing(p providers.Provider, by func(providers.Gateway) providers.Gateway) func(*till.Config) {
	return func(c *till.Config) {
		for i, g := range c.Gateways {
			if g.Provider() == p {
				c.Gateways[i] = by(g)
			}
		}
	}
}

// trusting staff need no PIN.
type trusting struct{ team }

func (trusting) CheckPIN(string, string) bool { return true }
