package payneteasy

import (
	"encoding/hex"
	"strings"
	"testing"

	"cashdesk/providers"
)

// vector is one worked example of a signature.
type vector struct {
	key, token, serial, endpoint, nonce, invoice string
	centis                                       int64
	currency, signature                          string
}

var vectors = []vector{
	{"ABCD", "123456789012345678901234567890123456789012345678901234567890abcd", "abcd", "111", "5678xyz", "someUuid", 1000, "RUB",
		"D2F51EF92568A3F3EFF59221B2CE177354B8C770"},
	{"B17F59B4-A7DC-41B4-8FF9-37D986B43D20", "11111111-1111-1111-1111-111111111111", "SN-0001", "1111", "22222222-2222-2222-2222-222222222222",
		"33333333-3333-3333-3333-333333333333", 10000, "EUR", "862EA9B0DCD989B89EF6CFC01FC61C19640A42BF"},
}

func (v vector) parts() (InitiateRequest, InitiateReply) {
	sent := InitiateRequest{Session: Token{AccessToken: v.token}, Transaction: Transaction{AmountCentis: v.centis, Currency: v.currency}}
	sent.Consumer.Device.SerialNumber = v.serial
	got := InitiateReply{EndpointID: providers.Number(v.endpoint), InvoiceID: providers.Number(v.invoice)}
	got.Session.Nonce, got.Session.Signature = v.nonce, v.signature
	return sent, got
}

func TestTheWorkedExamplesVerify(t *testing.T) {
	for _, v := range vectors {
		sent, got := v.parts()
		key, ok := controlKey(v.key)
		if made := strings.ToUpper(hex.EncodeToString(signature(key, sent, got))); !ok || made != v.signature {
			t.Errorf("made %s, want %s", made, v.signature)
		}
		if s := verify(v.key, sent, got); s != providers.SignatureValid {
			t.Errorf("%s is %q", v.signature, s)
		}
		got.Session.Signature = strings.ToLower(v.signature)
		if s := verify(v.key, sent, got); s != providers.SignatureValid {
			t.Errorf("in lower case it is %q", s)
		}
	}
}

func TestEveryChangedValueMakesTheSignatureWrong(t *testing.T) {
	for name, change := range map[string]func(*vector){
		"key": func(v *vector) { v.key = "ABCE" }, "token": func(v *vector) { v.token += "0" }, "serial": func(v *vector) { v.serial = "Abcd" },
		"endpoint": func(v *vector) { v.endpoint = "112" }, "nonce": func(v *vector) { v.nonce = "5678xyZ" }, "invoice": func(v *vector) { v.invoice = "some" },
		"centis": func(v *vector) { v.centis = 1001 }, "currency": func(v *vector) { v.currency = "EUR" },
		"one digit": func(v *vector) { v.signature = "E" + v.signature[1:] }, "cut": func(v *vector) { v.signature = v.signature[:38] },
		"no hex": func(v *vector) { v.signature = "valid" }, "key no hex": func(v *vector) { v.key = "key" },
	} {
		v := vectors[0]
		change(&v)
		sent, got := v.parts()
		if s := verify(v.key, sent, got); s != providers.SignatureWrong {
			t.Errorf("with another %s it is %q", name, s)
		}
	}
}

func TestWithoutAControlKeyNothingIsVerified(t *testing.T) {
	sent, got := vectors[0].parts()
	if s := verify("", sent, got); s != providers.SignatureNone {
		t.Errorf("got %q", s)
	}
	got.Session.Signature = ""
	if s := verify("ABCD", sent, got); s != providers.SignatureMissing {
		t.Errorf("without a signature it is %q", s)
	}
}
