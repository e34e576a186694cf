package payneteasy

import (
	"crypto/hmac"
	"crypto/sha1"
	"fmt"
	"io"
	"strconv"
	"strings"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// The oracle says what a body may be taken for. It reads and signs on its own,
// and knows the seed page, not the client's code.

// hearing is one body as one device hears it.
type hearing struct {
	mine    exchange
	control string // the key it verifies with; empty for none
	body    []byte
	status  int
}

// ownMAC signs as the seed page says, in lower-case hex: HMAC-SHA1 over the
// token, the serial number, the endpoint, the nonce, the invoice, the amount and
// the currency.
func ownMAC(control string, values ...string) string {
	var key []byte
	for digits := strings.ReplaceAll(control, "-", ""); len(digits) > 0; digits = digits[2:] {
		b, err := strconv.ParseUint(digits[:2], 16, 8)
		if err != nil {
			panic(err) // the keys of these tests are hexadecimal
		}
		key = append(key, byte(b))
	}
	mac := hmac.New(sha1.New, key)
	for _, v := range values {
		io.WriteString(mac, v)
	}
	return fmt.Sprintf("%x", mac.Sum(nil))
}

// values are what an answer says of a transfer.
type values struct{ endpoint, invoice, nonce, signature, cause string }

// read reads an answer; failed says that it is a failure, ok that it is one at
// all.
func read(body []byte) (v values, failed, ok bool) {
	o, ok := providertest.Object(body)
	session, rates, failure := o.Field("session"), o.Field("rates"), o.Field("error")
	for _, part := range []providertest.Node{session, rates, failure} {
		ok = ok && (part.Kind == '{' || part.Kind == 'n')
	}
	raw := func(n providertest.Node, name string) string {
		_, fits := n.Loose(name)
		ok = ok && fits
		// Unlike Loose, with the spaces around it: all of it is signed.
		if text, isText := n.Field(name).Text(); isText {
			return text
		}
		return strings.TrimPrefix(n.Field(name).Raw, "null")
	}
	strict := func(n providertest.Node, name string) string {
		text, fits := n.Texts(name)
		ok = ok && fits
		return text[name]
	}
	v = values{raw(o, "endpointId"), raw(o, "invoiceId"), strict(session, "nonce"), strict(session, "signature"), strict(failure, "cause")}
	for _, name := range []string{"min", "max"} {
		raw(rates, name)
	}
	for _, name := range []string{"code", "message"} {
		raw(failure, name)
	}
	return v, failure.Kind == '{', ok
}

// check says what the signature is worth to this device.
func (h hearing) check(v values) providers.Signature {
	switch {
	case h.control == "":
		return providers.SignatureNone
	case v.signature == "":
		return providers.SignatureMissing
	}
	if strings.EqualFold(v.signature, ownMAC(h.control, h.mine.signed(v.endpoint, v.nonce, v.invoice)...)) {
		return providers.SignatureValid
	}
	return providers.SignatureWrong
}

// want is the state that the answer has to be in, and what its signature is
// worth where a transfer was begun.
func (h hearing) want() (state providers.State, sign providers.Signature, v values) {
	v, failed, ok := read(h.body)
	switch {
	case ok && failed && v.cause == "FILTERED":
		return providers.Declined, "", v
	case !ok || failed || h.status < 200 || h.status > 299:
		return providers.Refused, "", v
	}
	sign = h.check(v)
	if sign == providers.SignatureWrong || sign == providers.SignatureMissing ||
		v.endpoint == "" || v.nonce == "" || v.signature == "" || v.invoice == "" || v.invoice != providers.CleanText(v.invoice) || !h.keyless(v.invoice) {
		return providers.Refused, sign, v
	}
	return providers.HandedOver, sign, v
}

// keyless says that a text holds no secret of this device's.
func (h hearing) keyless(text string) bool {
	text = strings.ToLower(text)
	return !strings.Contains(text, strings.ToLower(secret)) && (h.control == "" || !strings.Contains(text, strings.ToLower(h.control)))
}

// What must never happen.
const (
	unsignedYes = "accepted with a wrong signature"
	falseNo     = "declined without a word of it"
	misjudged   = "misjudged otherwise"
)

// judge holds an answer against the oracle.
func (h hearing) judge(c *providertest.Tally, a providers.Answer) {
	want, sign, v := h.want()
	say := func(what, why string) {
		c.Wrong(what, "%d %s HTTP %d, key %q: %s: %+v, want %s %s\n%.2000s", h.mine.sent.Transaction.AmountCentis, h.mine.sent.Consumer.Device.SerialNumber, h.status, h.control, why, a, want, sign, h.body)
	}
	switch {
	case a.State == providers.HandedOver && h.control != "" && sign != providers.SignatureValid:
		say(unsignedYes, "the signature")
	case a.State != want && a.State == providers.Declined:
		say(falseNo, "the state")
	case a.State != want || a.Signature != sign:
		say(misjudged, "the state")
	case a.State == providers.HandedOver && a.ProviderRef != v.invoice:
		say(misjudged, "the transfer")
	case a.Link != "" && (a.State != providers.HandedOver || !providertest.MayShow(a.Link, linkHost) || !h.keyless(a.Link)):
		say(misjudged, "the link")
	case a.State == providers.HandedOver && a.Link == "" && a.Reason != providers.LinkRefused:
		say(misjudged, "no link")
	case !providers.Allowed(providers.Sent, providers.EventAnswered, a.State):
		say(misjudged, "a state that it cannot be in")
	default:
		secrets := []string{secret}
		if h.control != "" {
			secrets = append(secrets, h.control)
		}
		if why := providertest.Unfit(a, secrets...); why != "" {
			say(misjudged, why)
		}
		c.Add("rightly " + string(a.State))
	}
	switch {
	case sign == providers.SignatureWrong:
		c.Add("wrongly signed")
	case sign == providers.SignatureMissing:
		c.Add("unsigned")
	}
	if _, _, ok := read(h.body); !ok {
		c.Add("unreadable")
	}
}
