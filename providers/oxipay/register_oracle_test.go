package oxipay

import (
	"context"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// registrations are true exchanges of CreateKey, one for each outcome. Their
// requests are those that the client sends.
func registrations(t testing.TB) []exchange {
	t.Helper()
	var sent []byte
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { sent = read(r) }))
	defer web.Close()
	config := settings(web.URL)
	config.Random = rand.NewChaCha8([32]byte{3})
	c := client(t, config)
	box := sandbox.New(sandbox.Options{})
	var all []exchange
	for _, selector := range strings.Fields("01 01 01 01 10 11 30 31 99") {
		token := selector + "-token-" + string(rune('a'+len(all)))
		c.Register(context.Background(), token)
		all = append(all, trulyAnswered(t, box, providers.Request{Call: CallCreateKey, Body: sent}, token))
	}
	return all
}

// registration is what a body rightly is, and the key in it.
func (h hearing) registration() (state providers.State, key string) {
	tree, err := providertest.ReadTree(h.body)
	m, ok := readOwn(tree)
	if err != nil || !ok || h.checkKey(m) != providers.SignatureValid || m.tracking != nil && !sameEcho(h.mine.echo, *m.tracking) {
		return providers.Unknown, ""
	}
	key = m.value("x_key")
	visible := !strings.ContainsFunc(key, func(r rune) bool { return r < '!' || r > '~' })
	pair := m.value("x_status") + " " + m.value("x_code")
	switch pair {
	case "Success SCRK01":
		if len(key) < 8 || len(key) > 256 || !visible || key == h.key {
			return providers.Unknown, ""
		}
		return providers.Approved, key
	case "Failed FCRK01", "Failed FCRK02", "Failure FCRK01", "Failure FCRK02", "Error EVAL01", "Error EAUT01", "Error ESIG01":
		return providers.Refused, ""
	}
	return providers.Unknown, ""
}

// checkKey is check for CreateKey, whose x_key may count as empty where it is
// not there.
func (h hearing) checkKey(m ownMessage) providers.Signature {
	sign := m.check(h.key, CallCreateKey)
	if sign != providers.SignatureWrong || m.value("x_key") != "" {
		return sign
	}
	m.signed = append(m.signed, [2]string{"x_key", ""})
	return m.check(h.key, CallCreateKey)
}

// TestNoBrokenAnswerRegistersThisDevice: the key that comes out is the one that
// Oxipay signed with the token, or there is none.
func TestNoBrokenAnswerRegistersThisDevice(t *testing.T) {
	w := wire{registrations(t), providertest.Mangler{Words: append(words(), `"SCRK01"`, `"Kq7vRz2mXw9T"`, `"1234567890"`)}}
	c := client(t, settings("http://127.0.0.1:1"))
	test := providertest.Broken{
		What: "broken answers to a registration at Oxipay", Usual: 5_000,
		Rightly: []providers.State{providers.Approved, providers.Refused, providers.Unknown},
		Among:   []string{providertest.OtherRequest, "rightly approved", "rightly refused"},
		Wrong:   []string{"a key that was not signed", misjudged},
	}
	test.Test(t, func(tally *providertest.Tally) {
		mine := w.true[tally.Dice.IntN(len(w.true))]
		h := hearing{mine: mine, body: w.body(tally.Dice, mine, tally), key: mine.key, status: tally.Status(400, 500)}
		if tally.Show {
			t.Logf("HTTP %d, token %q\n%s", h.status, h.key, h.body)
		}
		var key string
		a := tally.Reads(h.body, func() (a providers.Answer) {
			key, a = c.registered(h.key, mine.request.Body, providers.Reply{Status: h.status, Body: h.body})
			return a
		})
		state, rightly := h.registration()
		switch {
		case key != rightly:
			tally.Wrong("a key that was not signed", "a key %v, rightly %v: %+v\n%s", key != "", rightly != "", a, h.body)
		case a.State != state, a.Message != "", a.KeySuspected, (key != "") != (state == providers.Approved):
			tally.Wrong(misjudged, "%+v, want %s\n%s", a, state, h.body)
		default:
			tally.Add("rightly " + string(state))
		}
	})
}
