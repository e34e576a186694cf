package payneteasy

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

const (
	linkHost       = "pay.example.com"
	anotherControl = "00112233-4455-6677-8899-AABBCCDDEEFF"
)

// exchange is a request and what the server truly answered to it.
type exchange struct {
	sent   InitiateRequest
	answer providertest.Node
}

// signed are the seven values that an answer to this request signs.
func (e exchange) signed(endpoint, nonce, invoice string) []string {
	return []string{
		e.sent.Session.AccessToken, e.sent.Consumer.Device.SerialNumber, endpoint, nonce, invoice,
		strconv.FormatInt(e.sent.Transaction.AmountCentis, 10), e.sent.Transaction.Currency,
	}
}

// exchanges are true ones of two devices: transfers of several amounts, and each
// failure. The sandbox signs with code, and a key, of its own.
func exchanges(t testing.TB) []exchange {
	t.Helper()
	box := sandbox.New(sandbox.Options{Rand: rand.NewChaCha8([32]byte{5})})
	var all []exchange
	for _, serial := range []string{"SN-0001", "SN-0002"} {
		for _, cents := range []int64{10000, 10000, 12550, 1, 41, 42, 43, 10044, 10045} {
			sent := InitiateRequest{
				Consumer: Consumer{Device: Device{SerialNumber: serial}}, Session: Token{sandbox.PayneteasyToken},
				Transaction: Transaction{AmountCentis: cents, Currency: "EUR"},
			}
			body, err := providers.EncodeJSON(sent)
			if err != nil {
				t.Fatal(err)
			}
			e := exchange{sent, providertest.Ask(t, box, "/payneteasy"+pathInitiate, body)}
			// From here on with keys of our own.
			e.sent.Session.AccessToken = secret
			if len(e.answer.Get("error")) == 0 {
				e.seal(&e.answer, control)
			}
			all = append(all, e)
		}
	}
	return all
}

// seal signs an answer that can be read, as the server would.
func (e exchange) seal(tree *providertest.Node, control string) {
	v, _, ok := read(tree.Bytes())
	for i := range tree.Fields {
		if session := &tree.Fields[i].Value; ok && tree.Fields[i].Says() == "session" && session.Kind == '{' {
			session.Set("signature", providertest.TextNode(strings.ToUpper(ownMAC(control, e.signed(v.endpoint, v.nonce, v.invoice)...))))
		}
	}
}

// words mean something in an answer of Payneteasy's.
var words = []string{
	`"endpointId"`, `"invoiceId"`, `"session"`, `"nonce"`, `"signature"`, `"rates"`, `"min"`, `"max"`, `"error"`, `"cause"`, `"code"`, `"message"`, `"SESSION"`,
	`"FILTERED"`, `"filtered"`, `"INVALID_REQUEST"`, `"SERVER_FAILED"`, `"SERVER_UNAVAILABLE"`, `{"cause":"FILTERED"}`, `{"cause":"SERVER_FAILED"}`, `{"cause":null}`,
	`1111`, `"1111"`, `"39"`, `39.00`, `"` + secret + `"`, `"` + control + `"`, `"x` + strings.ToLower(control) + `"`, `"` + strings.ToUpper(secret) + `"`, `"` + strings.Repeat("n", 2100) + `"`,
	`{"nonce":"n","signature":"00"}`, `"../../evil"`, `"?x=1&y=2#z"`,
}

// broken is what comes back for a request: its own true answer or another's,
// bent, signed again or not, and torn.
func broken(y *providertest.Tally, m providertest.Mangler, all []exchange, mine exchange) []byte {
	source := providertest.Source(y, mine, all)
	tree := source.answer.Clone()
	for range y.Dice.IntN(4) {
		m.Bend(y.Dice, &tree)
	}
	if whole, err := providertest.ReadTree(tree.Bytes()); err == nil {
		tree = whole
		switch y.Dice.IntN(8) {
		case 0, 1, 2:
			mine.seal(&tree, control)
		case 3:
			mine.seal(&tree, anotherControl)
		case 4:
			source.seal(&tree, control)
		}
	}
	body := tree.Bytes()
	for y.Dice.IntN(6) == 0 {
		body = providertest.Tear(y.Dice, body)
	}
	return body
}

// hearer is a client that verifies with a control key, or has none.
func hearer(t testing.TB, control string) *Client {
	return client(t, providertest.Nowhere, func(c *Config) {
		c.ControlKey = func() string { return control }
		c.HandoverURL = "https://" + linkHost + "/t/{invoiceId}?e={endpointId}&n={nonce}&s={signature}"
	})
}

// TestNoBrokenAnswerOfPayneteasysIsTakenForATrueOne holds what the client makes
// of each against an oracle that reads, signs and decides on its own.
func TestNoBrokenAnswerOfPayneteasysIsTakenForATrueOne(t *testing.T) {
	all, m := exchanges(t), providertest.Mangler{Words: words}
	clients := map[string]*Client{}
	for _, key := range []string{control, anotherControl, ""} {
		clients[key] = hearer(t, key)
	}
	test := providertest.Broken{
		What: "broken answers of Payneteasy's", Usual: 20_000,
		Rightly: []providers.State{providers.HandedOver, providers.Declined, providers.Refused},
		Among:   []string{"unreadable", "wrongly signed", "unsigned", providertest.OtherRequest, "heard by another device", "rightly handed_over"},
		Wrong:   []string{unsignedYes, falseNo, misjudged},
	}
	test.Test(t, func(y *providertest.Tally) {
		mine := all[y.Dice.IntN(len(all))]
		h := hearing{mine: mine, control: control, body: broken(y, m, all, mine), status: y.Status(201, 403, 429, 500)}
		switch y.Dice.IntN(8) {
		case 0:
			h.control = anotherControl
			y.Add("heard by another device")
		case 1:
			h.control = ""
		}
		if y.Show {
			t.Logf("%+v HTTP %d, key %q\n%s", mine.sent, h.status, h.control, h.body)
		}
		h.judge(y, y.Reads(h.body, func() providers.Answer {
			return clients[h.control].readInitiate(providers.Reply{Status: h.status, Body: h.body}, mine.sent)
		}))
	})
}
