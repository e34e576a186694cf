package oxapay

import (
	"context"
	"encoding/json"
	"strings"

	"cashdesk/providers"
)

// inPath says that a track_id can stand in an address as it is.
var inPath = providers.Pattern(`^[A-Za-z0-9_-]{1,64}$`)

// keyed is the way to v1.
func (c *Client) keyed(key string) *providers.HTTP { return c.http.With(headerKey, key) }

// overV1 is an order's request in the words of v1. A counter for tests makes
// no invoice that somebody could really pay.
func (c *Client) overV1(body CreateRequest) V1CreateRequest {
	return V1CreateRequest{
		Amount: body.Amount, Currency: body.Currency, LifeTime: body.LifeTime, FeePaidByPayer: body.FeePaidByPayer,
		UnderPaidCover: body.UnderPaidCover, CallbackURL: body.CallbackURL, ReturnURL: body.ReturnURL,
		Email: body.Email, OrderID: body.OrderID, Description: body.Description, Sandbox: c.config.Test,
	}
}

// sendV1 creates an invoice over v1. Whatever is not a sure invoice is Refused
// with its reason: its link was never shown; see Lost.
func (c *Client) sendV1(ctx context.Context, r providers.Request) providers.Answer {
	key, err := c.merchantKey()
	var sent V1CreateRequest
	if err != nil || json.Unmarshal(r.Body, &sent) != nil {
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}
	}
	a := c.readV1Create(c.keyed(key).Post(ctx, pathV1Create, r.Body), key)
	return c.confirmed(ctx, a, V1, wanted{sent.OrderID, sent.Currency, providers.Number(sent.Amount)}, key)
}

func (c *Client) readV1Create(reply providers.Reply, key string) providers.Answer {
	a, data, ok := opened(reply, key)
	a.State = providers.Refused
	if !ok {
		return a
	}
	a.Code = statusOK
	var made V1Created
	if providers.DecodeJSON(data, &made) != nil {
		a.Reason = providers.BadBody
		return a
	}
	track := made.TrackID.String()
	switch {
	case !inPath(track) || track != clean(track, key) || made.PaymentURL == "":
		a.Reason = providers.BadBody
	case !c.mayShow(made.PaymentURL, key):
		a.Reason, a.ProviderRef = providers.LinkRefused, track
	default:
		a.State, a.ProviderRef, a.Link = providers.Open, track, made.PaymentURL
		a.ExpiresAt = c.expiry(providers.Number(made.ExpiredAt), reply.Date)
	}
	return a
}

// opened reads an envelope and gives its data; false when it is no success, and
// the answer says why. Its status counts for more than the HTTP one, which only
// decides where there is no envelope.
func opened(reply providers.Reply, key string) (providers.Answer, json.RawMessage, bool) {
	a := reply.Answer(providers.Unknown)
	if a.Reason != providers.NoReason {
		return a, nil, false
	}
	var body V1Reply
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Status.String() == "" {
		if a = answerTo(reply); a.Reason == providers.NoReason {
			a.Reason = unreadable(reply)
		}
		return a, nil, false
	}
	status, none := body.Status.String(), noError(body.Error)
	if status == statusOK && none {
		return a, body.Data, true
	}
	a.Code, a.Message = clean(status, key), clean(body.why(), key)
	row, listed := lookupEnvelope(status)
	switch {
	case status == statusOK:
		a.Reason = providers.Disagrees // a success, and what went wrong
	case status == statusTooMany:
		a.Reason = providers.Throttled
	case !listed:
		a.Reason = providers.Unlisted
	case row.Class == providers.ClassUnknown:
		a.Reason = providers.ServerFault
	default:
		a.Reason = providers.ProviderSaidNo
	}
	return a, nil, false
}

// noError says that the error of an envelope is none: left out, null, or empty.
func noError(raw json.RawMessage) bool {
	var e any
	if len(raw) == 0 || json.Unmarshal(raw, &e) != nil {
		return len(raw) == 0
	}
	switch e := e.(type) {
	case nil:
		return true
	case string:
		return e == ""
	case []any:
		return len(e) == 0
	case map[string]any:
		return len(e) == 0
	}
	return false
}

// why is the provider's own word about what went wrong.
func (r V1Reply) why() string {
	var what struct {
		Message remark `json:"message"`
		Key     remark `json:"key"`
	}
	if json.Unmarshal(r.Error, &what) == nil && what.Message != "" {
		return string(what.Message)
	}
	if what.Key != "" {
		return string(what.Key)
	}
	return string(r.Message)
}

func readPayment(reply providers.Reply, key string) inquired {
	a, data, ok := opened(reply, key)
	if !ok {
		return inquired{answer: a, unheard: a.Code == statusNotFound}
	}
	var p V1Payment
	if providers.DecodeJSON(data, &p) != nil {
		a.Reason = providers.BadBody
		return inquired{answer: a}
	}
	return inquired{answer: a, known: true, invoice: p.standing()}
}

func (p V1Payment) standing() standing {
	s := standing{api: V1, track: p.TrackID.String(), order: p.OrderID.String(), currency: p.Currency, status: p.Status, price: p.Amount}
	s.came, s.confirmed, s.partly = payments(p.Txs)
	s.seen = len(s.came) > 0
	return s
}

// payments reads what came so far, and whether all of it, or only a part of it,
// is confirmed.
func payments(raw json.RawMessage) (came []payment, all, some bool) {
	var txs []V1Tx
	if json.Unmarshal(raw, &txs) != nil {
		return nil, false, false
	}
	confirmed := 0
	for _, tx := range txs {
		amount := tx.SentAmount
		if amount == "" {
			amount = tx.Amount
		}
		came = append(came, payment{providers.Number(amount), string(tx.Currency)})
		if strings.EqualFold(string(tx.Status), "confirmed") {
			confirmed++
		}
	}
	return came, confirmed > 0 && confirmed == len(txs), confirmed > 0 && confirmed < len(txs)
}
