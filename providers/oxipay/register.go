package oxipay

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"cashdesk/providers"
)

const (
	// vendor is who made this point of sale. No operator is asked for by name
	// when a device is registered: the till writes down who did it.
	vendor = "cashdesk"

	leastKey, mostKey = 8, 256
)

// Register changes a device token from the merchant's portal for a new signing
// key. Nothing of the exchange is kept: a repeat could not bring the key back,
// since the token is burnt by the first request that arrives. The key is in
// what is returned and nowhere else; whatever the provider wrote around it is
// dropped. A token that cannot be one is answered EVAL01 without asking.
func (c *Client) Register(ctx context.Context, token string) (string, providers.Answer) {
	token = strings.TrimSpace(token)
	if !tokenFits(token) {
		return "", providers.Answer{State: providers.Refused, Code: "EVAL01", Reason: providers.ProviderSaidNo}
	}
	terminal, err := c.terminal(vendor)
	if err != nil {
		return "", notSent(providers.Disagrees, false)
	}
	body, err := c.sealed(token, func(s Seal) any {
		return KeyRequest{Terminal: terminal, Token: token, Vendor: vendor, Seal: s}
	})
	if err != nil {
		return "", notSent(providers.Disagrees, false)
	}
	reply := c.money.Post(ctx, "/"+CallCreateKey, body) // the long way: a lost answer costs a token
	key, a := c.registered(token, body, reply)
	return key, arrived(a, reply)
}

// registered is what a reply to CreateKey means. Only a reply that the token
// verifies, with a key that can be one, is a registration.
func (c *Client) registered(token string, body []byte, reply providers.Reply) (string, providers.Answer) {
	a := decide(token, providers.Request{Call: CallCreateKey, Body: body}, reply, false)
	a.Message = ""
	if _, listed := Lookup(a.Code); !listed {
		a.Code = ""
	}
	if a.KeySuspected { // of the token, not of the key in use
		a.KeySuspected, a.Reason = false, providers.NoSignature
		if a.Signature == providers.SignatureWrong {
			a.Reason = providers.BadSignature
		}
	}
	if a.State != providers.Approved {
		return "", a
	}
	got, err := ParseReply(reply.Body)
	if err != nil || !c.keyFits(got.fields["x_key"], token) {
		return "", unsure(a, providers.BadBody)
	}
	return got.fields["x_key"], a
}

// tokenFits says whether a text can be a device token: 1 to 64 characters
// without spaces.
func tokenFits(token string) bool {
	odd := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }
	return token != "" && length(token) <= maxToken && utf8.ValidString(token) && !strings.ContainsFunc(token, odd)
}

// keyFits says whether a text can be a signing key of this device: printable
// ASCII, long enough not to be guessed, and nothing that others know.
func (c *Client) keyFits(key, token string) bool {
	visible := func(r rune) bool { return r > ' ' && r < 0x7f }
	known := key == token || !c.config.Test && slices.Contains(published, key)
	return len(key) >= leastKey && len(key) <= mostKey && all(key, visible) && !known
}

const freshToken = "Get a fresh token from the merchant portal and register again."

// RegisterWords are the words for what Register answered.
func (c *Client) RegisterWords(a providers.Answer) providers.Words {
	e, listed := byCode[a.Code]
	if listed && e.call == CallCreateKey && a.State != providers.Unknown {
		return e.Words
	}
	w := providers.Words{Customer: "Our Oxipay connection needs attention. Would you like to pay another way?"}
	switch {
	case a.State == providers.Unknown:
		w.Staff = "Not known whether this device was registered: " + whyUnregistered(a) + ". A new key is lost."
		w.Next = freshToken + " Until then Oxipay may not work here: the old key may be dead."
	case a.Reason == providers.Unreachable:
		w.Staff = "No connection to Oxipay. Nothing was sent, and nothing has changed."
		w.Next = "Check the network and register again: the token has not been used."
	case a.Code == "EVAL01":
		w.Staff = "This is not a device token, or not a whole one. Nothing has changed."
		w.Next = "Copy the token from the merchant portal once more: 1 to 64 characters, no spaces."
	case a.Code == "EAUT01":
		w.Staff = "Oxipay does not recognise this shop or this device. It was not registered."
		w.Next = "Compare merchant_id in the settings with the merchant portal, then register with a fresh token."
	default:
		w.Staff = "Not registered: " + whyUnregistered(a) + "."
		w.Next = freshToken
	}
	return w
}

func whyUnregistered(a providers.Answer) string {
	if why := a.Reason.Staff(); why != "" {
		return why
	}
	return "no answer is written down"
}
