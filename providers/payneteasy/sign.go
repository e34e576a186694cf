package payneteasy

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/hex"
	"strconv"
	"strings"

	"cashdesk/providers"
)

// controlKey reads a control key: hexadecimal, its dashes removed.
func controlKey(text string) ([]byte, bool) {
	key, err := hex.DecodeString(strings.ReplaceAll(text, "-", ""))
	return key, err == nil && len(key) > 0
}

// signature is the MAC that the server makes over request and reply: HMAC-SHA1
// over the seven values of the seed page, in its order, without separators.
func signature(key []byte, sent InitiateRequest, got InitiateReply) []byte {
	mac := hmac.New(sha1.New, key)
	mac.Write([]byte(sent.Session.AccessToken + sent.Consumer.Device.SerialNumber +
		string(got.EndpointID) + got.Session.Nonce + string(got.InvoiceID) +
		strconv.FormatInt(sent.Transaction.AmountCentis, 10) + sent.Transaction.Currency))
	return mac.Sum(nil)
}

// verify checks a reply's signature where a control key is held. Which case
// the hexadecimal digits have says nothing about who made them.
func verify(control string, sent InitiateRequest, got InitiateReply) providers.Signature {
	if control == "" {
		return providers.SignatureNone
	}
	if got.Session.Signature == "" {
		return providers.SignatureMissing
	}
	key, ok := controlKey(control)
	given, err := hex.DecodeString(got.Session.Signature)
	if !ok || err != nil || !hmac.Equal(given, signature(key, sent, got)) {
		return providers.SignatureWrong
	}
	return providers.SignatureValid
}
