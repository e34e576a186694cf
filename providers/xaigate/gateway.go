package xaigate

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"cashdesk/providers"
)

// Prepare checks an order and builds the body of /api/v1/invoice/create.
func (c *Client) Prepare(o providers.Order) (providers.Request, error) {
	email := cmp.Or(o.Email, c.config.Email)
	if err := c.checkOrder(o, email); err != nil {
		return providers.Request{}, err
	}
	key, err := c.apiKey()
	if err != nil {
		return providers.Request{}, err
	}
	body := CreateRequest{
		APIKey: key, ShopName: c.config.ShopName, Amount: o.Amount.Decimal(), Currency: o.Amount.Currency.Code,
		OrderID: o.Reference, Email: email,
		SuccessURL: c.config.SuccessURL, FailURL: c.config.FailURL, NotifyURL: c.config.NotifyURL,
		Description: cmp.Or(o.Description, c.config.Description),
	}
	r := providers.Request{Provider: providers.XaiGate, Kind: o.Kind, Call: pathCreate, Reference: o.Reference}
	if r.Body, err = providers.EncodeJSON(body); err != nil {
		return providers.Request{}, err
	}
	body.APIKey = "[" + KeyAPI + "]"
	r.Record, err = providers.EncodeJSON(body)
	return r, err
}

func (c *Client) checkOrder(o providers.Order, email string) error {
	if err := o.CheckInvoice(providers.XaiGate); err != nil {
		return err
	}
	cur := o.Amount.Currency
	iso, err := providers.ISO(cur.Code)
	if err != nil || iso.Decimals != cur.Decimals || !slices.Contains(c.config.Currencies, cur.Code) {
		return providers.Invalid("currency", fmt.Sprintf("XaiGate does not take %q here", cur.Code), "it takes "+strings.Join(c.config.Currencies, ", "))
	}
	if email == "" {
		return providers.Invalid("email", "XaiGate needs an e-mail address", "type the customer's, or set the shop's own in the settings")
	}
	return providers.CheckEmail(email)
}

// Send creates the invoice. No look-up exists, and a link that was never shown
// cannot be paid; so whatever is not a sure invoice is Refused with its reason,
// and a new one with a new orderId is safe.
func (c *Client) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	var sent CreateRequest
	if json.Unmarshal(r.Body, &sent) != nil || sent.APIKey == "" {
		// Whatever these bytes are, the server could only turn them away.
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}.OfSend(resend)
	}
	return c.readCreate(c.http.Post(ctx, pathCreate, r.Body), sent).OfSend(resend)
}

func (c *Client) readCreate(reply providers.Reply, sent CreateRequest) providers.Answer {
	a, inv, ok := readInvoice(reply, sent.APIKey)
	a.State = providers.Refused
	if !ok {
		return a
	}
	number := inv.InvoiceNo.String()
	price := providers.Number(sent.Amount)
	switch {
	case number == "" || number != providers.CleanText(number) || providers.TellsSecret(number, sent.APIKey) || inv.PayURL == "":
		a.Reason = providers.BadBody
	case inv.OrderID.String() != sent.OrderID:
		a.Reason = providers.WrongEcho
	case !inv.Amount.Equals(price) || !strings.EqualFold(inv.Currency, sent.Currency):
		a.Reason = providers.Disagrees
	case providers.CheckLink(inv.PayURL, c.config.LinkHosts, c.config.Test) != nil,
		providers.TellsSecret(inv.PayURL, sent.APIKey):
		a.Reason, a.ProviderRef = providers.LinkRefused, number
	default:
		a.State, a.ProviderRef, a.Link = providers.Open, number, inv.PayURL
		a.Code = providers.Censor(inv.Status, sent.APIKey, KeyAPI)
		if row, listed := Lookup(inv.Status); listed {
			a.Code = row.Code
		} else {
			a.Reason = providers.Unlisted
		}
		a.ExpiresAt = expiry(inv, reply.Date)
	}
	return a
}

// readInvoice reads the reply to either call; false when it holds no invoice,
// and the answer says why. Errors are documented nowhere, so such a body is
// kept as the provider's message, without the key.
func readInvoice(reply providers.Reply, key string) (providers.Answer, Invoice, bool) {
	a := reply.Answer(providers.Unknown)
	var inv Invoice
	switch {
	case a.Reason != providers.NoReason:
		return a, inv, false
	case reply.Status == 429:
		a.Reason = providers.Throttled
	case !reply.OK():
		a.Reason = providers.BadStatus
	case providers.DecodeJSON(reply.Body, &inv) != nil:
		a.Reason = providers.BadBody
	case inv.InvoiceNo == "":
		a.Reason = providers.BadBody
	}
	if a.Reason != providers.NoReason {
		a.Message = providers.Censor(string(reply.Body), key, KeyAPI)
		return a, Invoice{}, false
	}
	return a, inv, true
}

// expiry is when the provider lets the invoice expire: expiry minutes from
// createdAt, else from the reply's date, else not known.
func expiry(inv Invoice, date time.Time) time.Time {
	minutes, ok := inv.Expiry.Int()
	if !ok || minutes <= 0 || minutes > 60*24*365 {
		return time.Time{}
	}
	if created, err := time.Parse(time.RFC3339Nano, inv.CreatedAt.String()); err == nil {
		date = created
	}
	if date.IsZero() {
		return date
	}
	return providers.Plausible(date.Add(time.Duration(minutes) * time.Minute).UTC())
}
