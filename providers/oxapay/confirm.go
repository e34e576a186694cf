package oxapay

import (
	"context"
	"time"

	"cashdesk/providers"
)

// confirmTime is how long an invoice may keep a customer waiting to be looked
// at. No answer in that time is no reason to hide it.
const confirmTime = 5 * time.Second

// resultNoInvoice says that the provider knows no invoice of that number.
const resultNoInvoice = "116"

// wanted is what an invoice has to be for.
type wanted struct {
	order, currency string
	price           providers.Number
}

// confirmed looks at a new invoice before anybody is shown its link. The answer
// to a create names neither the order nor its price, so that an answer meant
// for another request would have the customer pay another's invoice. One that
// the provider does not know, or knows as another's, is as good as lost.
func (c *Client) confirmed(ctx context.Context, a providers.Answer, api API, w wanted, key string) providers.Answer {
	if a.State != providers.Open {
		return a
	}
	ctx, cancel := context.WithTimeout(ctx, confirmTime)
	defer cancel()
	if !w.disowned(c.inquire(ctx, api, a.ProviderRef, key), a.ProviderRef) {
		return a
	}
	a.State, a.Reason = lostOver(api), providers.WrongEcho
	a.ProviderRef, a.Link, a.ExpiresAt = "", "", time.Time{}
	return a
}

// disowned says that the provider answered for certain, and that the invoice is
// not the one of this order.
func (w wanted) disowned(asked inquired, track string) bool {
	s := asked.invoice
	return asked.unheard || asked.known && s.track == track && s.order != "" && !s.isFor(w.order, w.currency, w.price)
}

// Lost is what becomes of an invoice whose answer never came: the older API is
// asked for its order. v1 cannot be; but whoever got no answer was shown no
// link, so nobody can pay it, and a new invoice is safe.
func (c *Client) Lost(providers.Kind) providers.State { return lostOver(c.config.API) }

func lostOver(api API) providers.State {
	if api == V1 {
		return providers.Refused
	}
	return providers.Unknown
}
