package xaigate

import (
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// FuzzReply gives any bytes to both calls, and holds what the client makes of
// them against the oracle.
func FuzzReply(f *testing.F) {
	c, all := client(f, providertest.Nowhere), exchanges(f)
	for i, e := range all {
		f.Add(e.answer.Bytes(), uint8(i), uint16(200))
		f.Add(all[0].answer.Bytes(), uint8(i), uint16(500))
	}
	f.Fuzz(func(t *testing.T, body []byte, which uint8, status uint16) {
		e := all[int(which)%len(all)]
		h := e.heard(body, int(status))
		h.judge(providertest.NewTally(t), c.hears(e, h))
	})
}

// FuzzNotice gives any bytes to the reader of reports: none of them is ever
// believed, and what is read could be an invoice's name.
func FuzzNotice(f *testing.F) {
	for _, body := range []string{created, "orderId=01JC7QK4&status=Paid", `{"orderId":10}`, `{"invoiceNo":"INV1","orderId":null}`, "orderId=%7B", `{"orderId":"1","orderId":"2"}`} {
		f.Add([]byte(body))
	}
	c := client(f, providertest.Nowhere)
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := c.Notice(nil, body)
		if err != nil {
			if n.ProviderRef+n.Reference != "" || err != error(errNotice) {
				t.Errorf("%q: %+v, %v", body, n, err)
			}
			return
		}
		if n.Proven || n.Judge(watch).State != providers.Unknown || n.ProviderRef+n.Reference == "" {
			t.Errorf("%q: %+v", body, n)
		}
		for _, name := range []string{n.ProviderRef, n.Reference} {
			if len(name) > longestName || name != providers.CleanText(name) {
				t.Errorf("%q names %q", body, name)
			}
		}
	})
}
