package desktest

import (
	"context"
	"slices"
	"sync"

	"cashdesk/providers"
)

// Gateway is a provider whose answers the test gives. Checking orders and
// finding words are the real client's.
type Gateway struct {
	providers.Gateway
	happened func()
	answers  chan providers.Answer

	mu     sync.Mutex
	bodies []string
	asks   int
}

func newGateway(real providers.Gateway, happened func()) *Gateway {
	return &Gateway{Gateway: real, happened: happened, answers: make(chan providers.Answer)}
}

// Send keeps the bytes and waits for the test's answer.
func (g *Gateway) Send(ctx context.Context, r providers.Request, _ bool) providers.Answer {
	g.mu.Lock()
	g.bodies = append(g.bodies, string(r.Body))
	g.mu.Unlock()
	return g.wait(ctx)
}

// Ask waits for the test's answer.
func (g *Gateway) Ask(ctx context.Context, _ providers.Watch) providers.Answer {
	g.mu.Lock()
	g.asks++
	g.mu.Unlock()
	return g.wait(ctx)
}

// Find says that nothing can be looked up.
func (g *Gateway) Find(context.Context, providers.Watch) providers.Answer {
	return providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
}

func (g *Gateway) wait(ctx context.Context) providers.Answer {
	g.happened()
	select {
	case a := <-g.answers:
		return a
	case <-ctx.Done():
		return providers.Answer{State: providers.Unknown, Reason: providers.Interrupted}
	}
}

// Bodies are the requests that were sent so far.
func (g *Gateway) Bodies() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.bodies)
}

func (g *Gateway) exchanges() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.bodies) + g.asks
}

// Answers that tests give.
var (
	// Approved is Oxipay's yes.
	Approved = providers.Answer{
		State: providers.Approved, Code: "SPRA01", Signature: providers.SignatureValid, ProviderRef: "52011913",
		Message: "Approved", HTTPStatus: 200,
	}
	// Declined is one of Oxipay's noes, whose reason is not for the queue.
	Declined = providers.Answer{
		State: providers.Declined, Code: "FPRA04", Signature: providers.SignatureValid,
		Message: "Declined by internal risk assessment", HTTPStatus: 200,
	}
	// Invited says that the SMS went out.
	Invited = providers.Answer{State: providers.Invited, Code: "SINV01", Signature: providers.SignatureValid, HTTPStatus: 200}
	// Lost is no answer in time.
	Lost = providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
	// Begun is Payneteasy's: handed over, nothing confirmed.
	Begun = providers.Answer{
		State: providers.HandedOver, ProviderRef: "1f4ce2ae-9f4d-4d2a-a1b0-0c6e8e4e5a11", CommissionMin: "1.50", CommissionMax: "3.00",
		Link: "https://pay.example/transfer/1f4ce2ae", HTTPStatus: 200,
	}
)

// Invoice is an invoice that can be paid for an hour.
func (c *Counter) Invoice() providers.Answer {
	return providers.Answer{
		State: providers.Open, Code: "100", ProviderRef: "59381726", Link: "https://pay.oxapay.com/59381726",
		ExpiresAt: c.clock.Now().Add(3600e9), HTTPStatus: 200,
	}
}
