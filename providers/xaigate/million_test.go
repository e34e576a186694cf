package xaigate

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

const linkHost = "wallet.xaigate.com"

// exchange is a call and what the provider truly answered to it.
type exchange struct {
	asked  bool
	sent   CreateRequest
	order  providers.Order
	number string
	answer providertest.Node
}

// orders are two of one price, which only the reference tells apart, and others.
func orders() []providers.Order {
	eur := providers.Currency{Code: "EUR", Decimals: 2}
	return []providers.Order{
		order,
		{Kind: providers.Invoice, Reference: "01JC7QK5", Amount: price},
		{Kind: providers.Invoice, Reference: "4711", Amount: providers.Amount{Minor: 1000, Currency: eur}},
	}
}

// exchanges are true ones: of each order its creation, and its whole life as it
// is asked for.
func exchanges(t testing.TB) []exchange {
	t.Helper()
	c := client(t, providertest.Nowhere)
	box := sandbox.New(sandbox.Options{Now: func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) }, Rand: rand.NewChaCha8([32]byte{4})})
	ask := func(path, body string) providertest.Node {
		return providertest.Ask(t, box, "https://"+linkHost+"/xaigate"+path, []byte(strings.Replace(body, secret, sandbox.XaiGateKey, 1)))
	}
	var all []exchange
	for i, o := range orders() {
		r := providertest.Prepared(t, c, o)
		e := exchange{order: o, answer: ask(pathCreate, string(r.Body))}
		e.sent = CreateRequest{APIKey: secret, Amount: o.Amount.Decimal(), Currency: o.Amount.Currency.Code, OrderID: o.Reference}
		all = append(all, e)
		number, _ := e.answer.Get("invoiceNo")[0].Text()
		look := func() {
			all = append(all, exchange{asked: true, order: o, number: number, answer: ask(pathInfo, `{"apiKey":"`+secret+`","invoiceNo":"`+number+`"}`)})
		}
		look()
		for _, do := range [][]func(string) error{{box.Pay}, {box.PayLess, box.Pay}, {box.Expire}}[i] {
			if err := do(number); err != nil {
				t.Fatal(err)
			}
			look()
		}
	}
	// The sandbox deletes no invoice, and says "Paid" only of what was.
	for _, e := range all {
		for _, words := range [][2]string{{"Deleted", "0"}, {"Paid", "0"}, {"Paid", "10.54"}, {"PaidPartial", ""}} {
			if e.asked {
				e.answer = e.answer.Clone()
				e.answer.Set("status", providertest.TextNode(words[0]))
				e.answer.Set("paidAmount", providertest.TextNode(words[1]))
				all = append(all, e)
			}
		}
	}
	return all
}

// words mean something in an answer of XaiGate's.
var words = []string{
	`"invoiceNo"`, `"amount"`, `"paidAmount"`, `"expiry"`, `"status"`, `"payUrl"`, `"currency"`, `"orderId"`, `"createdAt"`, `"STATUS"`, `"orderid"`, `"payURL"`,
	`"Pending"`, `"Paid"`, `"paid"`, `"PAIDPARTIAL"`, `"PaidPartial"`, `"Expired"`, `"Deleted"`, `"USD"`, `"usd"`, `"EUR"`, `10.55`, `"10.55"`, `"10.5500"`, `1055e-2`,
	`"10.54"`, `"10.56"`, `10`, `"0"`, `"01JC7QK4"`, `"01JC7QK5"`, `4711`, `"4711"`, `60`, `525601`, `"2026-03-02T12:00:00Z"`,
	`"https://wallet.xaigate.com/p/1"`, `"HTTPS://WALLET.XAIGATE.COM/p/1"`, `"https://wallet.xaigate.com.evil.example/p/1"`,
	`"https://wallet.xaigate.com/p/1?k=` + secret + `"`, `"` + secret + `"`, `"` + strings.ToUpper(secret) + `"`, `"https://wallet.xaigate.com/` + strings.Repeat("a", 2048) + `"`,
}

// hears is what the client makes of a body.
func (c *Client) hears(e exchange, h hearing) providers.Answer {
	reply := providers.Reply{Status: h.status, Body: h.body}
	if e.asked {
		return readInfo(reply, providers.Watch{Reference: e.order.Reference, ProviderRef: e.number, Amount: e.order.Amount}, secret)
	}
	return c.readCreate(reply, e.sent)
}

func (e exchange) heard(body []byte, status int) hearing {
	return hearing{asked: e.asked, order: e.order, number: e.number, body: body, status: status}
}

// TestNoBrokenAnswerOfXaiGatesIsTakenForATrueOne holds what the client makes of
// each against an oracle that reads and decides on its own.
func TestNoBrokenAnswerOfXaiGatesIsTakenForATrueOne(t *testing.T) {
	c, all, m := client(t, providertest.Nowhere), exchanges(t), providertest.Mangler{Words: words}
	test := providertest.Broken{
		What: "broken answers of XaiGate's", Usual: 20_000,
		Rightly: []providers.State{providers.Approved, providers.Declined, providers.Refused, providers.Open, providers.PartlyPaid, providers.Expired, providers.Unknown},
		Among:   []string{"unreadable", providertest.OtherRequest, "rightly approved", "rightly open"},
		Wrong:   []string{falseYes, falseNo, misjudged},
	}
	test.Test(t, func(y *providertest.Tally) {
		mine := all[y.Dice.IntN(len(all))]
		h := mine.heard(m.Bent(y.Dice, providertest.Source(y, mine, all).answer), y.Status(201, 400, 404, 429, 500))
		if y.Show {
			t.Logf("asked=%v %s %s HTTP %d\n%s", h.asked, h.order.Reference, h.number, h.status, h.body)
		}
		h.judge(y, y.Reads(h.body, func() providers.Answer { return c.hears(mine, h) }))
	})
}
