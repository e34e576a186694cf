package desktest

import (
	"context"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// What only some of the four can do. The test gives the answers here too.

// oxipayGateway refunds, registers and takes receipt numbers.
type oxipayGateway struct{ *Gateway }

// SignatureOf is the real client's.
func (g oxipayGateway) SignatureOf(body []byte) (string, error) {
	return g.Gateway.Gateway.(providers.Refunder).SignatureOf(body)
}

// Register gives the new key NewKey, if the test's answer is a yes.
func (g oxipayGateway) Register(ctx context.Context, _ string) (string, providers.Answer) {
	a := g.wait(ctx)
	if a.State != providers.Approved {
		return "", a
	}
	return NewKey, a
}

// RegisterWords are the real client's.
func (g oxipayGateway) RegisterWords(a providers.Answer) providers.Words {
	return g.Gateway.Gateway.(providers.Registrar).RegisterWords(a)
}

// NewKey is what Oxipay gives a device that registers.
const NewKey = "kM7dQ2vRtY5x"

// Receipt waits for the test's answer.
func (g oxipayGateway) Receipt(ctx context.Context, _, _, _ string) providers.Answer {
	return g.wait(ctx)
}

// oxapayGateway tells what the shop's account takes.
type oxapayGateway struct{ *Gateway }

// TakesMore is the real client's.
func (g oxapayGateway) TakesMore(a providers.Attempt) bool {
	return g.Gateway.Gateway.(providers.Collector).TakesMore(a)
}

// xaigateGateway takes the rest of an invoice.
type xaigateGateway struct{ *Gateway }

// TakesMore is the real client's.
func (g xaigateGateway) TakesMore(a providers.Attempt) bool {
	return g.Gateway.Gateway.(providers.Collector).TakesMore(a)
}

// Accepted lists some coins.
func (g oxapayGateway) Accepted(context.Context) ([]string, providers.Answer) {
	return []string{"BTC", "USDT", "TRX"}, providers.Answer{State: providers.Approved, Code: "100"}
}

// payneteasyGateway tells limits and commission before a transfer.
type payneteasyGateway struct {
	*Gateway
	counter *Counter
}

// Quotes and AsksBINs are the setup's.
func (g payneteasyGateway) Quotes() bool   { return g.counter.asks.Quotes }
func (g payneteasyGateway) AsksBINs() bool { return g.counter.asks.AsksBINs }

// Watches is the setup's.
func (g payneteasyGateway) Watches(k providers.Kind) bool {
	return k == providers.Transfer && g.counter.asks.Follows
}

// Quote waits for the test's answer, and tells the counter's quote.
func (g payneteasyGateway) Quote(ctx context.Context, _ providers.Amount) (providers.Quote, providers.Answer) {
	a := g.wait(ctx)
	return g.counter.Told, a
}

// Give answers whatever waits for an answer of this provider, which may not be an
// attempt's.
func (g *Gateway) Give(a providers.Answer) { g.answers <- a }

// Refunded is Oxipay's yes to a refund.
var Refunded = providers.Answer{State: providers.Approved, Code: "SPSA01", Signature: providers.SignatureValid, HTTPStatus: 200}

// Refund begins, behind the screen and on a manager's word, the refund of a sale, and
// waits until it is sent.
func (c *Counter) Refund(sale string, minor int64) providers.Attempt {
	c.t.Helper()
	ctx, session, before := context.Background(), c.Desk.Session(), c.Oxipay.exchanges()
	permit, err := c.Till.Permit(ctx, session, till.Refund, till.Manager{}, "came back unused")
	if err != nil {
		c.t.Fatal(err)
	}
	a, err := c.Till.Refund(ctx, session, permit, sale, Minor(minor))
	if err != nil {
		c.t.Fatal(err)
	}
	c.Sent(c.Oxipay, before+1)
	return a
}

// Numbered answers the receipt number that is on its way to Oxipay, and waits until
// what came of it is written down, or until it waits to be sent again.
func (c *Counter) Numbered(a providers.Answer) {
	c.t.Helper()
	timers := c.clock.waiting()
	c.Oxipay.Give(a)
	c.until("it is known what became of the receipt number", func() bool {
		if a.State == providers.Unknown {
			return c.clock.waiting() > timers
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, latest := range c.latest {
			if latest.ReceiptStored || latest.ReceiptCode == a.Code {
				return true
			}
		}
		return false
	})
}
