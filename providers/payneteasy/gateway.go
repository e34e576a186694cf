package payneteasy

import (
	"context"
	"encoding/json"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"cashdesk/providers"
)

// Prepare checks an order and builds the body of /transfer/initiate-transfer.
func (c *Client) Prepare(o providers.Order) (providers.Request, error) {
	if err := checkOrder(o); err != nil {
		return providers.Request{}, err
	}
	token, err := c.secrets()
	if err != nil {
		return providers.Request{}, err
	}
	body := InitiateRequest{
		Consumer:    Consumer{Device: Device{IMEI: c.config.IMEI, SerialNumber: c.config.SerialNumber}, IPAddresses: ipv4(c.config.IPAddresses)},
		Session:     Token{AccessToken: token},
		Transaction: Transaction{AmountCentis: o.Amount.Minor, Currency: o.Amount.Currency.Code},
		FromBin:     c.config.FromBin, ToBin: c.config.ToBin,
	}
	if c.config.Lat != nil {
		body.Location = &Location{Lat: *c.config.Lat, Lng: *c.config.Lng}
	}
	r := providers.Request{Provider: providers.Payneteasy, Kind: o.Kind, Call: pathInitiate, Reference: o.Reference}
	if r.Body, err = providers.EncodeJSON(body); err != nil {
		return providers.Request{}, err
	}
	body.Session.AccessToken = "[" + KeyAccessToken + "]"
	r.Record, err = providers.EncodeJSON(body)
	return r, err
}

func checkOrder(o providers.Order) error {
	if o.Kind != providers.Transfer {
		return providers.Invalid("kind", "Payneteasy begins transfers and nothing else", "choose a transfer")
	}
	if err := o.Amount.CheckPositive(); err != nil {
		return err
	}
	iso, err := providers.ISO(o.Amount.Currency.Code)
	if err != nil {
		return err
	}
	// amountCentis counts hundredths; what a currency without them means there
	// is nowhere said, and a guess could be wrong by a hundred.
	if iso.Decimals != 2 || o.Amount.Currency.Decimals != 2 {
		return providers.Invalid("currency", "transfers in "+iso.Code+" are not possible: only currencies with 2 decimals are", "take the payment another way")
	}
	return nil
}

// secrets gives the access token, and refuses what could only fail later: a
// token of a wrong length, a control key that cannot verify an answer.
func (c *Client) secrets() (string, error) {
	token := providers.Secret(c.config.AccessToken)
	if token == "" {
		return "", providers.KeyTrouble(KeyAccessToken, "Payneteasy's access token is missing")
	}
	if n := utf8.RuneCountInString(token); n < 32 || n > 128 || !providers.PlainText(token) {
		return "", providers.KeyTrouble(KeyAccessToken, "Payneteasy's access token does not have 32 to 128 characters")
	}
	control := c.control()
	if control == "" {
		return token, nil
	}
	if _, ok := controlKey(control); !ok {
		return "", providers.KeyTrouble(KeyControl, "Payneteasy's control key is not hexadecimal")
	}
	if slices.Contains(published, strings.ToUpper(control)) && !c.config.Test {
		return "", providers.KeyTrouble(KeyControl, "Payneteasy's control key is a published sample, so anybody could sign with it")
	}
	return token, nil
}

// published are the control keys of the provider's samples.
var published = []string{"ABCD", "B17F59B4-A7DC-41B4-8FF9-37D986B43D20"}

func (c *Client) control() string { return providers.Secret(c.config.ControlKey) }

// ipv4 keeps the addresses that fit the field: 7 to 15 characters.
func ipv4(addresses []string) []string {
	var fit []string
	for _, address := range addresses {
		if ip, err := netip.ParseAddr(address); err == nil && ip.Is4() {
			fit = append(fit, address)
		}
	}
	return fit
}

// Send begins the transfer. No money moves by it, and an unused transfer does
// nothing; so whatever is not a sure beginning is Refused with its reason, and
// a new one is safe.
func (c *Client) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	var sent InitiateRequest
	if json.Unmarshal(r.Body, &sent) != nil || sent.Session.AccessToken == "" {
		// Whatever these bytes are, the server could only turn them away.
		return providers.Answer{State: providers.Refused, Reason: providers.NoKey}.OfSend(resend)
	}
	return c.readInitiate(c.http.Post(ctx, pathInitiate, r.Body), sent).OfSend(resend)
}

func (c *Client) readInitiate(reply providers.Reply, sent InitiateRequest) providers.Answer {
	a := reply.Answer(providers.Refused)
	if a.Reason != providers.NoReason {
		return a
	}
	var got InitiateReply
	err := providers.DecodeJSON(reply.Body, &got)
	switch {
	// A failure is looked for on every answer, a 200 included.
	case err == nil && got.Error != nil:
		return c.readFailure(a, *got.Error, sent)
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
	default:
		return c.readBegun(a, got, sent)
	}
	return a
}

func (c *Client) readFailure(a providers.Answer, f Failure, sent InitiateRequest) providers.Answer {
	a.Code = c.clean(f.Cause, sent)
	if code := c.clean(f.Code.String(), sent); code != "" {
		a.Message = "support code " + code
	}
	row, listed := Lookup(f.Cause)
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
		invoice == "" || invoice != c.clean(invoice, sent):
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
	if err != nil || own != c.redact(own, sent) ||
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
func (c *Client) clean(text string, sent InitiateRequest) string {
	return providers.CleanText(c.redact(text, sent))
}

// redact takes the secrets out of a text.
func (c *Client) redact(text string, sent InitiateRequest) string {
	return providers.Redact(providers.Redact(text, sent.Session.AccessToken, KeyAccessToken), c.control(), KeyControl)
}
