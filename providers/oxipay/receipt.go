package oxipay

import (
	"context"

	"cashdesk/providers"
)

// Receipt tells Oxipay the shop's own receipt number of the sale that was sent
// under reference; refunds may name the sale by it from then on. It may be
// repeated: the same pair is accepted again. A number that cannot be sent, empty
// or longer than 64 characters, is answered EVAL01 without asking.
func (c *Client) Receipt(ctx context.Context, reference, number, operator string) providers.Answer {
	key, err := c.signingKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	r, err := c.receiptRequest(reference, number, operator)
	if err != nil {
		return providers.Answer{State: providers.Declined, Code: "EVAL01", Reason: providers.ProviderSaidNo}
	}
	body, err := c.sealed(key, func(s Seal) any { r.Seal = s; return r })
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.Disagrees}
	}
	a := c.exchange(ctx, c.other, key, providers.Request{Call: CallSendReceipt, Body: body}, false)
	switch {
	case a.State == providers.Refused && a.Reason == providers.ProviderSaidNo:
		a.State = providers.Declined
	case a.State != providers.Approved: // nothing is stored as far as known, and it goes again
		a.State = providers.Unknown
	}
	return a
}

func (c *Client) receiptRequest(reference, number, operator string) (ReceiptRequest, error) {
	var r ReceiptRequest
	var err error
	if r.Terminal, err = c.terminal(operator); err != nil {
		return r, err
	}
	if r.Reference, err = field("reference", reference, maxReference); err != nil {
		return r, err
	}
	r.Number, err = field("receipt_number", number, maxReceipt)
	return r, err
}
