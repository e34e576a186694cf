package oxipay

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// FuzzReply gives any bytes to a first send or a resend, and holds what the
// client makes of them against the oracle.
func FuzzReply(f *testing.F) {
	all := exchanges(f)
	for i, e := range all {
		f.Add(e.answer.Bytes(), uint8(i), i%2 == 0, true)
		f.Add(all[0].answer.Bytes(), uint8(i), false, i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, body []byte, request uint8, resend, fine bool) {
		e := all[int(request)%len(all)]
		h := hearing{mine: e, body: body, key: ownDevice, status: 500, resend: resend && e.request.Kind != providers.Invite}
		if fine {
			h.status = 200
		}
		h.judge(providertest.NewTally(t), decide(h.key, e.request, providers.Reply{Status: h.status, Body: body}, h.resend))
	})
}

// FuzzRegistration gives any bytes to a device that registers: the key that
// comes out is the one that was signed with its token, or there is none.
func FuzzRegistration(f *testing.F) {
	all := registrations(f)
	c := client(f, settings("http://127.0.0.1:1"))
	for i, e := range all {
		f.Add(e.answer.Bytes(), uint8(i))
		f.Add(all[0].answer.Bytes(), uint8(i))
	}
	f.Fuzz(func(t *testing.T, body []byte, request uint8) {
		e := all[int(request)%len(all)]
		h := hearing{mine: e, body: body, key: e.key, status: 200}
		key, a := c.registered(h.key, e.request.Body, providers.Reply{Status: h.status, Body: body})
		if state, rightly := h.registration(); key != rightly || a.State != state || a.Message != "" || a.KeySuspected {
			t.Errorf("%+v with a key %v, want %s with %v", a, key != "", state, rightly != "")
		}
	})
}

// FuzzSignatureOf reads any kept bytes: what it gives is hex, and stands in them.
func FuzzSignatureOf(f *testing.F) {
	c := client(f, settings("http://127.0.0.1:1"))
	f.Add(prepare(f, c, refund()).Body)
	f.Add([]byte(`{"signature":"\u0061b"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		signature, err := c.SignatureOf(body)
		if (signature == "") != (err != nil) || strings.Trim(signature, "0123456789abcdefABCDEF") != "" {
			t.Errorf("%q: %q, %v", body, signature, err)
		}
	})
}

// FuzzSignature gives any signature and any key to a fixed message: what
// verifies is what the oracle's signer makes, in either case of its digits.
func FuzzSignature(f *testing.F) {
	for _, v := range vectors {
		f.Add(v.key, v.signature, "x_code", "SPRA01")
		f.Add(v.key, ownMAC(v.key, [][2]string{{"x_code", "SPRA01"}}), "x_code", "SPRA01")
	}
	f.Fuzz(func(t *testing.T, key, signature, name, value string) {
		name = signedPrefix + name
		own := ownMAC(key, [][2]string{{name, value}})
		given := ownMessage{signed: [][2]string{{name, value}}, signature: signature}.check(key, CallInvite)
		if got := Verify(key, map[string]string{name: value, "other": value}, signature); got != (given == providers.SignatureValid && key != "") {
			t.Errorf("%q with key %q and %q=%q verifies: %v", signature, key, name, value, got)
		}
		if Sign(key, map[string]string{name: value}) != own {
			t.Errorf("%q=%q with key %q is signed otherwise", name, value, key)
		}
	})
}
