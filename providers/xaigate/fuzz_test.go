package xaigate

import (
	"testing"

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
