package oxapay

import (
	"context"
	"encoding/json"

	"cashdesk/providers"
)

// A trackId goes out as a number only where JSON and every server's integer
// can hold it.
var digits = providers.Pattern(`^[1-9][0-9]{0,17}$`)

// inquired is what came of asking for an invoice.
type inquired struct {
	answer  providers.Answer // says why there is no news, unless known
	known   bool             // the provider told how the invoice stands
	unheard bool             // the provider knows no invoice of that number, for certain
	invoice standing
}

// Ask asks for the status of an invoice. Unknown means "no news"; with reason
// NoKey it could not be asked for want of the key.
func (c *Client) Ask(ctx context.Context, w providers.Watch) providers.Answer {
	key, err := c.merchantKey()
	if err != nil {
		return providers.Answer{State: providers.Unknown, Reason: providers.NoKey}
	}
	asked := c.inquire(ctx, c.config.API, w.ProviderRef, key)
	if asked.unheard {
		// It may be one of before the setting was changed.
		if other := c.inquire(ctx, c.otherAPI(), w.ProviderRef, key); other.known {
			asked = other
		}
	}
	return c.judged(asked, w, key)
}

func (c *Client) otherAPI() API {
	if c.config.API == V1 {
		return Legacy
	}
	return V1
}

// inquire asks one API for the invoice of a number.
func (c *Client) inquire(ctx context.Context, api API, ref, key string) inquired {
	nothing := inquired{answer: providers.Answer{State: providers.Unknown, Reason: providers.Unreachable}}
	if api == V1 {
		if !inPath(ref) {
			return nothing
		}
		return readPayment(c.keyed(key).Get(ctx, pathV1Payment+ref), key)
	}
	body, err := providers.EncodeJSON(InquiryRequest{Merchant: key, TrackID: trackID(ref)})
	if err != nil || ref == "" {
		return nothing
	}
	return readInquiry(c.http.Post(ctx, pathInquiry, body), key)
}

// judged is the answer to what was asked about an attempt.
func (c *Client) judged(asked inquired, w providers.Watch, key string) providers.Answer {
	if !asked.known {
		return asked.answer
	}
	return c.judge(asked.answer, asked.invoice, w, key)
}

// trackID is a number when it is all digits, text otherwise.
func trackID(ref string) any {
	if digits(ref) {
		return json.Number(ref)
	}
	return ref
}

func readInquiry(reply providers.Reply, key string) inquired {
	a := answerTo(reply)
	if a.Reason != providers.NoReason {
		return inquired{answer: a}
	}
	var body InquiryReply
	if providers.DecodeJSON(reply.Body, &body) != nil || body.Result == "" {
		a.Reason = unreadable(reply)
		return inquired{answer: a}
	}
	a, ok := successful(a, body.Result, body.Message, reply, key)
	return inquired{answer: a, known: ok, unheard: a.Code == resultNoInvoice, invoice: body.standing()}
}

// successful says whether a question was answered; if not, the answer says
// why there is no news. The provider's message beside a success is the same for
// every invoice, paid or not, so it is kept of a failure only.
func successful(a providers.Answer, result providers.Number, message string, reply providers.Reply, key string) (providers.Answer, bool) {
	code := result.String()
	if code == resultSuccess && reply.OK() {
		return a, true
	}
	a.Code, a.Message = clean(code, key), clean(message, key)
	row, listed := lookupResult(code)
	switch {
	case code == resultSuccess:
		a.Reason = providers.Disagrees
	case !listed:
		a.Reason = providers.Unlisted
	case row.Class == providers.ClassUnknown:
		a.Reason = providers.ServerFault
	default:
		a.Reason = providers.ProviderSaidNo
	}
	return a, false
}

// standing is the invoice in the words that both APIs share. While nothing is
// confirmed payAmount may be no more than the sum that is waited for: only the
// txID beside it tells that a customer sent something.
func (i Invoice) standing() standing {
	var tx string
	return standing{
		api: Legacy, track: i.TrackID.String(), order: i.OrderID.String(), currency: i.Currency, status: i.Status, price: i.Amount,
		came: []payment{{i.PayAmount, i.PayCurrency}}, seen: json.Unmarshal(i.TxID, &tx) == nil && tx != "",
	}
}
