package oxapay

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

const linkHost = "pay.oxapay.com"

// exchange is a call and what the provider truly answered to it.
type exchange struct {
	call   call
	sent   CreateRequest
	order  providers.Order
	track  string
	answer providertest.Node
}

// orders are two of one price, which only the reference tells apart, and others.
func orders() []providers.Order {
	eur, jpy := providers.Currency{Code: "EUR", Decimals: 2}, providers.Currency{Code: "JPY"}
	trx := providers.Currency{Code: "TRX", Decimals: 6}
	return []providers.Order{
		order,
		{Kind: providers.Invoice, Reference: "01JC7QK5", Amount: price},
		{Kind: providers.Invoice, Reference: "4711", Amount: providers.Amount{Minor: 1000, Currency: eur}},
		{Kind: providers.Invoice, Reference: "01JC7QK6", Amount: providers.Amount{Minor: 500, Currency: jpy}},
		{Kind: providers.Invoice, Reference: "01JC7QK7", Amount: providers.Amount{Minor: 2_500_000, Currency: trx}},
	}
}

// paying is a client that takes the prices of orders.
func paying(t testing.TB, base string) *Client {
	return client(t, base, func(c *Config) { c.Coins = map[string]int{"TRX": 6} })
}

// exchanges are true ones: of each order its creation, its whole life as it is
// asked for, and the lists that name it.
func exchanges(t testing.TB, c *Client) []exchange {
	t.Helper()
	box := sandbox.New(sandbox.Options{Now: func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }, Rand: rand.NewChaCha8([32]byte{3})})
	ask := func(path, body string) providertest.Node {
		return providertest.Ask(t, box, "https://"+linkHost+"/oxapay"+path, []byte(strings.Replace(body, secret, sandbox.OxaPayMerchant, 1)))
	}
	var all []exchange
	for i, o := range orders() {
		r := providertest.Prepared(t, c, o)
		e := exchange{call: creates, order: o, sent: CreateRequest{Merchant: secret}, answer: ask(pathCreate, string(r.Body))}
		track, _ := e.answer.Get("trackId")[0].Text()
		all = append(all, e)
		look := func() {
			all = append(all, exchange{call: asks, order: o, track: track, answer: ask(pathInquiry, `{"merchant":"`+secret+`","trackId":"`+track+`"}`)})
			all = append(all, exchange{call: finds, order: o, answer: ask(pathList, `{"merchant":"`+secret+`","orderId":"`+o.Reference+`"}`)})
		}
		look()
		end := []func(string) error{box.Pay, box.PayLess, box.Expire}[i%3]
		for _, step := range []func(string) error{func(ref string) error { _, err := box.Step(ref); return err }, end} {
			if err := step(track); err != nil {
				t.Fatal(err)
			}
			look()
		}
	}
	for _, o := range orders() { // some servers know no filter
		all = append(all, exchange{call: finds, order: o, answer: ask(pathList, `{"merchant":"`+secret+`"}`)})
	}
	// The sandbox lets no payment fail, and takes a price in its own coin only.
	for _, e := range all {
		if e.call == asks {
			for _, words := range [][3]string{{"Failed", "", ""}, {"Confirming", "2", "USD"}, {"Paid", "125.5", "usd"}, {"Paid", "120.4999", "USD"}, {"Frozen", "", ""}} {
				e.answer = e.answer.Clone()
				for i, name := range []string{"status", "payAmount", "payCurrency"} {
					e.answer.Set(name, providertest.TextNode(words[i]))
				}
				all = append(all, e)
			}
		}
	}
	refused := exchange{call: creates, order: order, sent: CreateRequest{Merchant: secret}, answer: ask(pathCreate, `{"merchant":"nobody"}`)}
	return append(all, refused)
}

// words mean something in an answer of OxaPay's.
var words = []string{
	`"result"`, `"message"`, `"trackId"`, `"payLink"`, `"expiredAt"`, `"status"`, `"amount"`, `"currency"`, `"payAmount"`, `"payCurrency"`, `"orderId"`,
	`"data"`, `"list"`, `"meta"`, `"total"`, `"count"`, `"pages"`, `"RESULT"`, `"Status"`, `"orderid"`,
	`100`, `"100"`, `100.0`, `101`, `102`, `"109"`, `131`, `132`, `500`, `"New"`, `"Waiting"`, `"Confirming"`, `"Paid"`, `"paid"`, `"Failed"`, `"Expired"`,
	`"USD"`, `"usd"`, `"EUR"`, `"TRX"`, `"125.5"`, `125.50`, `"10"`, `1.255e2`, `"01JC7QK4"`, `"01JC7QK5"`, `4711`, `"4711"`,
	`"https://pay.oxapay.com/1"`, `"HTTPS://PAY.OXAPAY.COM/1"`, `"https://pay.oxapay.com:443/1"`, `"https://pay.oxapay.com.evil.example/1"`,
	`"https://pay.oxapay.com/?k=` + secret + `"`, `"` + secret + `"`, `"` + strings.ToLower(secret) + ` came"`,
	`"https://pay.oxapay.com/` + strings.Repeat("a", 2048) + `"`, `1772452800`, `1772452800000`,
}

// TestNoBrokenAnswerOfOxaPaysIsTakenForATrueOne holds what the client makes of
// each against an oracle that reads and decides on its own.
func TestNoBrokenAnswerOfOxaPaysIsTakenForATrueOne(t *testing.T) {
	c := paying(t, providertest.Nowhere)
	all := exchanges(t, c)
	m := providertest.Mangler{Words: words}
	test := providertest.Broken{
		What: "broken answers of OxaPay's", Usual: 20_000,
		Rightly: []providers.State{providers.Approved, providers.Declined, providers.Refused, providers.Open, providers.Expired, providers.Unknown},
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

func (e exchange) heard(body []byte, status int) hearing {
	return hearing{call: e.call, order: e.order, track: e.track, body: body, status: status}
}

// hears is what the client makes of a body after a call.
func (c *Client) hears(e exchange, h hearing) providers.Answer {
	reply := providers.Reply{Status: h.status, Body: h.body}
	watch := providers.Watch{Reference: e.order.Reference, ProviderRef: e.track, Amount: e.order.Amount}
	switch e.call {
	case creates:
		return c.readCreate(reply, e.sent)
	case asks:
		return c.judged(readInquiry(reply, secret), watch, secret)
	case createsV1:
		return c.readV1Create(reply, secret)
	case asksV1:
		return c.judged(readPayment(reply, secret), watch, secret)
	case hears:
		header := http.Header{"Hmac": {reportMAC(h.body, secret)}}
		n, err := c.Notice(header, h.body)
		if err != nil { // thrown away
			return providers.Answer{State: providers.Unknown, Reason: providers.BadBody}
		}
		return n.Judge(watch)
	}
	return c.readList(reply, watch, secret)
}

// TestEveryTrueAnswerIsUnderstood: what the provider truly says is never taken
// for nothing.
func TestEveryTrueAnswerIsUnderstood(t *testing.T) {
	c := paying(t, providertest.Nowhere)
	y := providertest.NewTally(t)
	for _, e := range exchanges(t, c) {
		h := e.heard(e.answer.Bytes(), 200)
		a := c.hears(e, h)
		if h.judge(y, a); a.State == providers.Unknown || !slices.Contains([]providers.Reason{"", providers.ProviderSaidNo, providers.Unlisted}, a.Reason) {
			t.Errorf("%s: %+v\n%s", e.call, a, h.body)
		}
	}
}
