package oxapay

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"cashdesk/providers"
)

// Prepare checks an order and builds the body of /merchants/request, or of
// /v1/payment/invoice, which holds no key.
func (c *Client) Prepare(o providers.Order) (providers.Request, error) {
	if err := c.checkOrder(o); err != nil {
		return providers.Request{}, err
	}
	key, err := c.merchantKey()
	if err != nil {
		return providers.Request{}, err
	}
	body := c.request(o)
	r := providers.Request{Provider: providers.OxaPay, Kind: o.Kind, Call: pathCreate, Reference: o.Reference}
	if c.config.API == V1 {
		r.Call = pathV1Create
		r.Body, err = providers.EncodeJSON(c.overV1(body))
		r.Record = r.Body
		return r, err
	}
	body.Merchant = key
	if r.Body, err = providers.EncodeJSON(body); err != nil {
		return providers.Request{}, err
	}
	body.Merchant = "[" + KeyMerchant + "]"
	r.Record, err = providers.EncodeJSON(body)
	return r, err
}

// request is an order's request without the key.
func (c *Client) request(o providers.Order) CreateRequest {
	body := CreateRequest{
		Amount: json.Number(o.Amount.Decimal()), Currency: o.Amount.Currency.Code,
		LifeTime: c.config.LifeTime, UnderPaidCover: "0",
		CallbackURL: c.config.CallbackURL, ReturnURL: c.config.ReturnURL,
		Description: cmp.Or(o.Description, c.config.Description),
		OrderID:     o.Reference, Email: cmp.Or(o.Email, c.config.Email),
	}
	if cover, ok := providers.Number(c.config.UnderPaidCover).Decimal(); ok {
		body.UnderPaidCover = json.Number(cover.String())
	}
	if fee := c.config.FeePaidByPayer; fee != nil {
		payer := 0
		if *fee {
			payer = 1
		}
		body.FeePaidByPayer = &payer
	}
	return body
}

func (c *Client) checkOrder(o providers.Order) error {
	if err := o.CheckInvoice(providers.OxaPay); err != nil {
		return err
	}
	cur := o.Amount.Currency
	decimals, known := c.config.Coins[cur.Code]
	if iso, err := providers.ISO(cur.Code); !known && err == nil {
		decimals, known = iso.Decimals, true
	}
	if !known || decimals != cur.Decimals {
		return providers.Invalid("currency", fmt.Sprintf("%q with %d decimals is no currency that OxaPay prices are made in here", cur.Code, cur.Decimals),
			"a currency of ISO 4217, or a coin that the settings name")
	}
	if o.Email == "" {
		return nil
	}
	return providers.CheckEmail(o.Email)
}

// Send creates the invoice, and looks at it once. A repeated create would be a second invoice, so
// cashdesk never resends one.
func (c *Client) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	if r.Call == pathV1Create {
		return c.sendV1(ctx, r).OfSend(resend)
	}
	var sent CreateRequest
	if json.Unmarshal(r.Body, &sent) != nil || sent.Merchant == "" {
		// Whatever these bytes are, the server could only turn them away.
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}.OfSend(resend)
	}
	a := c.readCreate(c.http.Post(ctx, pathCreate, r.Body), sent)
	return c.confirmed(ctx, a, Legacy, wanted{sent.OrderID, sent.Currency, providers.Number(sent.Amount)}, sent.Merchant).OfSend(resend)
}

func (c *Client) readCreate(reply providers.Reply, sent CreateRequest) providers.Answer {
	a := answerTo(reply)
	if a.Reason == providers.Unreachable {
		a.State = providers.Refused
	}
	if a.Reason != providers.NoReason {
		return a
	}
	var body CreateReply
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return a
	}
	// It is judged as it came: a code that only cleaning makes a known one is none.
	code := body.Result.String()
	a.Code = clean(code, sent.Merchant)
	if code != resultSuccess {
		a.Message = clean(body.Message, sent.Merchant)
		a.State, a.Reason = judgeRefusal(code, reply)
		return a
	}
	track := body.TrackID.String()
	switch {
	case !reply.OK():
		a.Reason = providers.Disagrees
	case track == "" || track != clean(track, sent.Merchant) || body.PayLink == "":
		a.Reason = providers.BadBody
	case !c.mayShow(body.PayLink, sent.Merchant):
		a.Reason, a.ProviderRef = providers.LinkRefused, track
	default:
		a.State, a.ProviderRef, a.Link = providers.Open, track, body.PayLink
		a.ExpiresAt = c.expiry(body.ExpiredAt, reply.Date)
	}
	return a
}

// judgeRefusal decides about a create whose result is not 100. Only a listed
// refusal that did not come with a server's fault says that no invoice exists.
func judgeRefusal(code string, reply providers.Reply) (providers.State, providers.Reason) {
	row, listed := lookupResult(code)
	switch {
	case !listed:
		return providers.Unknown, providers.Unlisted
	case row.Class == providers.ClassUnknown:
		return providers.Unknown, providers.ServerFault
	case reply.Status >= 500:
		return providers.Unknown, providers.Disagrees
	}
	return providers.Refused, providers.ProviderSaidNo
}

// expiry is when the provider lets the invoice expire: its own time, else the
// life time counted from the reply's date, else not known.
func (c *Client) expiry(at providers.Number, date time.Time) time.Time {
	seconds, ok := at.Int()
	if ok && seconds > 1_000_000_000_000 { // some servers count milliseconds
		seconds /= 1000
	}
	if own := providers.Plausible(time.Unix(seconds, 0).UTC()); ok && !own.IsZero() {
		return own
	}
	if date.IsZero() {
		return time.Time{}
	}
	minutes := c.config.LifeTime
	if minutes == 0 {
		minutes = 60 // the provider's default on the seed page
	}
	return date.Add(time.Duration(minutes) * time.Minute)
}

// mayShow says that a link keeps the rules, and does not hold the key: it would
// hang on the wall of the shop.
func (c *Client) mayShow(link, key string) bool {
	return providers.CheckLink(link, c.config.LinkHosts, c.config.Test) == nil &&
		link == providers.Redact(link, key, KeyMerchant) && !providers.TellsSecret(link, key)
}

// answerTo begins an answer: not known, with what the transport says. A
// Reason in it means that the body is not to be read.
func answerTo(reply providers.Reply) providers.Answer {
	a := reply.Answer(providers.Unknown)
	if a.Reason == providers.NoReason && reply.Status == 429 {
		a.Reason = providers.Throttled
	}
	return a
}

// unreadable says why a body without a result code is no answer.
func unreadable(reply providers.Reply) providers.Reason {
	if !reply.OK() {
		return providers.BadStatus
	}
	return providers.BadBody
}

// clean makes the provider's text fit to be kept: without the key in whatever
// writing, and without anything that could move the cursor.
func clean(text, key string) string { return providers.Censor(text, key, KeyMerchant) }
