package oxapay

import (
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// askedV1 puts one request over v1 to the sandbox, without any network.
func askedV1(t testing.TB, box *sandbox.Server, method, path, body string) providertest.Node {
	t.Helper()
	ask := httptest.NewRequest(method, "https://"+linkHost+"/oxapay"+path, strings.NewReader(body))
	ask.Header.Set("Content-Type", "application/json")
	ask.Header.Set(headerKey, sandbox.OxaPayMerchant)
	answer := httptest.NewRecorder()
	box.ServeHTTP(answer, ask)
	tree, err := providertest.ReadTree(answer.Body.Bytes())
	if err != nil {
		t.Fatalf("%s %d: %v: %s", path, answer.Code, err, answer.Body)
	}
	return tree
}

// exchangesV1 are true ones over v1: of each order its creation and its life as
// it is asked for, and the reports about it in the words of both APIs.
func exchangesV1(t testing.TB, c *Client) []exchange {
	t.Helper()
	box := sandbox.New(sandbox.Options{Now: func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }, Rand: rand.NewChaCha8([32]byte{4})})
	var all []exchange
	for i, o := range orders() {
		body, err := providers.EncodeJSON(c.overV1(c.request(o)))
		if err != nil {
			t.Fatal(err)
		}
		e := exchange{call: createsV1, order: o, answer: askedV1(t, box, http.MethodPost, pathV1Create, string(body))}
		all = append(all, e)
		track, _ := e.answer.Get("data")[0].Get("track_id")[0].Text()
		look := func() {
			asked := exchange{call: asksV1, order: o, track: track, answer: askedV1(t, box, http.MethodGet, pathV1Payment+track, "")}
			all = append(all, asked)
			told := asked.answer.Get("data")[0].Clone() // a report has the same words without the envelope
			all = append(all, exchange{call: hears, order: o, track: track, answer: told})
		}
		look()
		lives := [][]func(string) error{
			{box.PayLess, box.Pay, box.Refund, box.Refund}, {box.PayStrange, box.Expire, box.Pay}, {box.PayLess, box.Expire, box.Accept}, {box.Expire}, {box.PayMore},
		}
		for _, step := range lives[i%len(lives)] {
			if err := step(track); err != nil {
				t.Fatal(err)
			}
			look()
		}
	}
	for _, e := range exchanges(t, c) { // what the older API tells, as it reports it
		if e.call == asks {
			e.call, e.answer = hears, e.answer.Clone()
			e.answer.Set("type", providertest.TextNode("invoice"))
			all = append(all, e)
		}
	}
	refusal := askedV1(t, box, http.MethodPost, pathV1Create, `{}`)
	missing := askedV1(t, box, http.MethodGet, pathV1Payment+"1", "")
	return append(all, exchange{call: createsV1, order: order, answer: refusal}, exchange{call: asksV1, order: order, track: "1", answer: missing})
}

// wordsV1 mean something in an answer of v1's or in a report.
var wordsV1 = append(slices.Clone(words),
	`"data"`, `"error"`, `{}`, `null`, `200`, `"200"`, `400`, `401`, `404`, `429`, `503`, `"track_id"`, `"order_id"`, `"payment_url"`, `"txs"`, `"type"`, `"invoice"`, `"payment"`, `"payout"`,
	`"sent_amount"`, `"txID"`, `"new"`, `"waiting"`, `"paying"`, `"manual_accept"`, `"underpaid"`, `"refunding"`, `"refunded"`, `"expired"`, `"confirmed"`, `"confirming"`,
	`{"amount":100,"currency":"USD","status":"confirmed"}`, `{"amount":1,"currency":"DASH","status":"confirmed"}`,
)

// TestNoBrokenAnswerOfOxaPaysNewerAPIIsTakenForATrueOne, and no broken report,
// though its MAC be right.
func TestNoBrokenAnswerOfOxaPaysNewerAPIIsTakenForATrueOne(t *testing.T) {
	c := paying(t, providertest.Nowhere)
	all := exchangesV1(t, c)
	m := providertest.Mangler{Words: wordsV1}
	test := providertest.Broken{
		What: "broken answers and reports of OxaPay's newer API", Usual: 20_000,
		Rightly: []providers.State{providers.Approved, providers.Declined, providers.Refused, providers.Open, providers.PartlyPaid, providers.Expired, providers.Unknown},
		Among:   []string{"unreadable", providertest.OtherRequest, "rightly approved", "rightly open"},
		Wrong:   []string{falseYes, falseNo, misjudged},
	}
	test.Test(t, func(y *providertest.Tally) {
		mine := all[y.Dice.IntN(len(all))]
		h := mine.heard(m.Bent(y.Dice, providertest.Source(y, mine, all).answer), y.Status(201, 400, 404, 429, 500))
		if y.Show {
			t.Logf("%s %s %s HTTP %d\n%s", h.call, h.order.Reference, h.track, h.status, h.body)
		}
		h.judge(y, y.Reads(h.body, func() providers.Answer { return c.hears(mine, h) }))
	})
}

// TestEveryTrueAnswerOfTheNewerAPIIsUnderstood: what the provider truly says is
// never taken for nothing.
func TestEveryTrueAnswerOfTheNewerAPIIsUnderstood(t *testing.T) {
	c := paying(t, providertest.Nowhere)
	y := providertest.NewTally(t)
	for _, e := range exchangesV1(t, c) {
		h := e.heard(e.answer.Bytes(), 200)
		a := c.hears(e, h)
		known := a.State != providers.Unknown || e.track == "1"
		if h.judge(y, a); !known || !slices.Contains([]providers.Reason{"", providers.ProviderSaidNo, providers.Unlisted}, a.Reason) {
			t.Errorf("%s: %+v\n%s", e.call, a, h.body)
		}
	}
}

func TestTheHeaviestReplyOverV1CostsABoundedAmountOfMemory(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, call := range []call{createsV1, asksV1, hears} {
		providertest.Heavy(t, func(body []byte) providers.Answer {
			e := exchange{call: call, order: order, track: "1"}
			return c.hears(e, e.heard(body, 200))
		})
	}
}

// FuzzV1 gives any bytes to the calls of v1 and to the reader of reports, and
// holds what the client makes of them against the oracle.
func FuzzV1(f *testing.F) {
	c := paying(f, providertest.Nowhere)
	all := exchangesV1(f, c)
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
