package payneteasy

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"

	"cashdesk/providers"
)

// Send begins the transfer. No money moves by it, and an unused transfer does
// nothing; so whatever is not a sure beginning is Refused with its reason, and
// a new one is safe.
func (c *Client) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	var sent InitiateRequest
	if json.Unmarshal(r.Body, &sent) != nil || sent.Session.AccessToken == "" {
		// Whatever these bytes are, the server could only turn them away.
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}.OfSend(resend)
	}
	if !c.fetches() && !c.rates.set() {
		return c.readInitiate(c.http.Post(ctx, pathInitiate, r.Body), sent).OfSend(resend)
	}
	ctx, cancel := c.patience(ctx)
	defer cancel()
	return c.begin(ctx, sent).OfSend(resend)
}

// patience bounds a use of several calls by the time that one may take.
func (c *Client) patience(ctx context.Context) (context.Context, context.CancelFunc) {
	most := c.config.HTTP.Timeout
	if most <= 0 {
		most = providers.DefaultTimeout
	}
	return context.WithTimeout(ctx, most)
}

// begin begins the transfer with a pass. One that the server does not know (any
// more) is changed for the next, once: nothing was begun with it.
func (c *Client) begin(ctx context.Context, sent InitiateRequest) providers.Answer {
	own := sent.Session.AccessToken
	if c.fetches() {
		own = ""
	}
	p, a, ok := c.admit(ctx, own, 0)
	if !ok {
		return a
	}
	if a = c.beginWith(ctx, sent, p.token); a.Reason != providers.AccessDenied {
		return a
	}
	if p, a, ok = c.admit(ctx, own, p.turn); !ok {
		return a
	}
	return c.beginWith(ctx, sent, p.token)
}

func (c *Client) beginWith(ctx context.Context, sent InitiateRequest, token string) providers.Answer {
	sent.Session.AccessToken = token
	body, err := providers.EncodeJSON(sent)
	if err != nil {
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}
	}
	return c.readInitiate(c.http.Post(ctx, pathInitiate, body), sent)
}

// read reads a reply into one of the wire's; false, and the answer says why,
// where there is nothing to judge by. A failure in got is the caller's to look
// for: it counts whatever the HTTP status is.
func (c *Client) read(reply providers.Reply, got failing) (providers.Answer, bool) {
	a := reply.Answer(providers.Refused)
	if a.Reason != providers.NoReason {
		return a, false
	}
	err := providers.DecodeJSON(reply.Body, got)
	switch {
	case err == nil && got.failure() != nil:
	case reply.Status == 403:
		// The sample server answers so, with an empty body, for a token or a
		// serial number that it does not know.
		a.Reason = providers.AccessDenied
	case reply.Status == 429:
		a.Reason = providers.Throttled
	case !reply.OK():
		a.Reason = providers.BadStatus
	case err != nil:
		a.Reason = providers.BadBody
	}
	return a, a.Reason == providers.NoReason
}

// failing is a reply that may be a failure.
type failing interface{ failure() *Failure }

func (r *InitiateReply) failure() *Failure { return r.Error }
func (r *TokenReply) failure() *Failure    { return r.Error }
func (r *RateReply) failure() *Failure     { return r.Error }
func (r *ResultReply) failure() *Failure   { return r.Error }

func (c *Client) readInitiate(reply providers.Reply, sent InitiateRequest) providers.Answer {
	var got InitiateReply
	a, ok := c.read(reply, &got)
	switch {
	case !ok:
		return a
	case got.Error != nil:
		return c.readFailure(a, *got.Error, sent.Session.AccessToken)
	}
	return c.readBegun(a, got, sent)
}

func (c *Client) readFailure(a providers.Answer, f Failure, token string) providers.Answer {
	a.Code = c.censor(f.Cause, token)
	if code := c.censor(f.Code.String(), token); code != "" {
		a.Message = "support code " + code
	}
	row, listed := lookupCause(f.Cause)
	switch {
	case !listed:
		a.Reason = providers.Unlisted
	case row.Class == providers.ClassDeclined:
		a.State, a.Reason = providers.Declined, providers.ProviderSaidNo
	case f.Cause == causeInvalidRequest:
		a.Reason = providers.ProviderSaidNo
	default:
		a.Reason = providers.ServerFault
	}
	return a
}

func (c *Client) readBegun(a providers.Answer, got InitiateReply, sent InitiateRequest) providers.Answer {
	invoice := string(got.InvoiceID)
	a.Signature = verify(c.control(), sent, got)
	switch {
	case a.Signature == providers.SignatureMissing:
		a.Reason = providers.NoSignature
	case got.EndpointID == "" || got.Session.Nonce == "" || got.Session.Signature == "" ||
		invoice == "" || invoice != c.clean(invoice, sent.Session.AccessToken):
		a.Reason = providers.BadBody
	case a.Signature == providers.SignatureWrong:
		a.Reason = providers.BadSignature
	default:
		a.State, a.ProviderRef = providers.HandedOver, invoice
		a.CommissionMin, a.CommissionMax = rate(got.Rates.Min), rate(got.Rates.Max)
		return c.withLink(a, got, sent)
	}
	return a
}

// withLink adds the page where the customer goes on. The transfer is begun
// whether or not its link can be shown.
func (c *Client) withLink(a providers.Answer, got InitiateReply, sent InitiateRequest) providers.Answer {
	if c.config.HandoverURL == "" {
		return a
	}
	link := fill(c.config.HandoverURL, got)
	u, err := url.Parse(link)
	own := string(got.EndpointID) + string(got.InvoiceID) + got.Session.Nonce + got.Session.Signature
	if err != nil || own != c.redact(own, sent.Session.AccessToken) ||
		providers.CheckLink(link, []string{strings.ToLower(u.Hostname())}, c.config.Test) != nil {
		a.Reason = providers.LinkRefused
		return a
	}
	a.Link = link
	return a
}

// rate keeps a commission as decimal text; what is none is left out.
func rate(n providers.Number) string {
	if d, ok := n.Decimal(); !ok || d.IsNegative() {
		return ""
	}
	return n.String()
}

// clean makes the server's text fit to be kept: without the secrets, then
// without anything that could move the cursor.
func (c *Client) clean(text, token string) string {
	return providers.CleanText(c.redact(text, token))
}

// redact takes the secrets out of a text.
func (c *Client) redact(text, token string) string {
	return providers.Redact(providers.Redact(text, token, KeyAccessToken), c.control(), KeyControl)
}

// censor is clean for what is kept as it came: there are no secrets in it in any
// other writing either.
func (c *Client) censor(text, token string) string {
	for _, secret := range []string{token, c.holding().token} {
		text = providers.Censor(text, secret, KeyAccessToken)
	}
	return providers.Censor(text, c.control(), KeyControl)
}
