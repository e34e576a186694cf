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

// confirmed looks at a new invoice before anybody is shown its link. The answer
// to a create names neither the order nor its price, so that an answer meant
// for another request would have the customer pay another's invoice. One that
// the provider does not know, or knows as another's, is as good as lost: it is
// looked up by its order.
func (c *Client) confirmed(ctx context.Context, a providers.Answer, sent CreateRequest) providers.Answer {
	if a.State != providers.Open {
		return a
	}
	ctx, cancel := context.WithTimeout(ctx, confirmTime)
	defer cancel()
	body, err := providers.EncodeJSON(InquiryRequest{Merchant: sent.Merchant, TrackID: trackID(a.ProviderRef)})
	if err != nil || !disowns(c.http.Post(ctx, pathInquiry, body), a.ProviderRef, sent) {
		return a
	}
	a.State, a.Reason = providers.Unknown, providers.WrongEcho
	a.ProviderRef, a.Link, a.ExpiresAt = "", "", time.Time{}
	return a
}

// disowns says that the provider answered for certain, and that the invoice is
// not the one of this order.
func disowns(reply providers.Reply, track string, sent CreateRequest) bool {
	var said InquiryReply
	if reply.Reason != providers.NoReason || providers.DecodeJSON(reply.Body, &said) != nil {
		return false
	}
	switch said.Result.String() {
	case resultNoInvoice:
		return true
	case resultSuccess:
		return reply.OK() && said.TrackID.String() == track && said.OrderID != "" &&
			!said.isFor(sent.OrderID, sent.Currency, providers.Number(sent.Amount))
	}
	return false
}
