package payneteasy

import (
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// FuzzReply gives any bytes to a client that verifies and to one that cannot,
// and holds what they make of them against the oracle.
func FuzzReply(f *testing.F) {
	all, clients := exchanges(f), map[string]*Client{control: hearer(f, control), "": hearer(f, "")}
	for i, e := range all {
		f.Add(e.answer.Bytes(), uint8(i), uint16(200), true)
		f.Add(all[0].answer.Bytes(), uint8(i), uint16(200), i%2 == 0)
	}
	f.Fuzz(func(t *testing.T, body []byte, which uint8, status uint16, verifies bool) {
		h := hearing{mine: all[int(which)%len(all)], body: body, status: int(status)}
		if verifies {
			h.control = control
		}
		h.judge(providertest.NewTally(t), clients[h.control].readInitiate(providers.Reply{Status: h.status, Body: body}, h.mine.sent))
	})
}

// FuzzSignature gives any signature to any values: what verifies is what the
// oracle's signer makes, in either case of its digits.
func FuzzSignature(f *testing.F) {
	e := exchanges(f)[0]
	f.Add("1111", "nonce", "3333-aa", ownMAC(control, e.signed("1111", "nonce", "3333-aa")...))
	f.Add("1", "n", "i", "")
	f.Add("", "", "", "zz")
	f.Fuzz(func(t *testing.T, endpoint, nonce, invoice, signature string) {
		got := InitiateReply{EndpointID: providers.Number(endpoint), InvoiceID: providers.Number(invoice)}
		got.Session.Nonce, got.Session.Signature = nonce, signature
		want := hearing{mine: e, control: control}.check(values{endpoint: endpoint, invoice: invoice, nonce: nonce, signature: signature})
		if sign := verify(control, e.sent, got); sign != want {
			t.Errorf("%q is %s, want %s", signature, sign, want)
		}
		if sign := verify(anotherControl, e.sent, got); sign == providers.SignatureValid {
			t.Errorf("%q verifies for another device", signature)
		}
	})
}
