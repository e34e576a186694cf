package oxapay

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"

	"pgregory.net/rapid"
)

func inquiry(status, payAmount, payCurrency string) string {
	return fmt.Sprintf(`{"result":100,"message":"ok","trackId":"12373985","status":%q,"type":"payment","amount":"125.5","currency":"usd",`+
		`"payAmount":%q,"payCurrency":%q,"network":null,"orderId":"01JC7QK4","feePaidByPayer":0,"payDate":0}`, status, payAmount, payCurrency)
}

func ask(t *testing.T, body string) providers.Answer {
	t.Helper()
	a := client(t, providertest.Serve(t, providertest.Says(200, body)).URL).Ask(context.Background(), watch)
	providertest.Hides(t, a, secret)
	return a
}

func TestTheStatusIsAskedByTrackId(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, inquiry("New", "", "")))
	c := client(t, s.URL)
	c.Ask(context.Background(), watch)
	other := watch
	other.ProviderRef = "A-0012"
	c.Ask(context.Background(), other)
	other.ProviderRef = "0012"
	c.Ask(context.Background(), other)
	lines, bodies := s.Got()
	for i, want := range []string{
		`{"merchant":"MERCH-4f9a-key","trackId":12373985}`,
		`{"merchant":"MERCH-4f9a-key","trackId":"A-0012"}`,
		`{"merchant":"MERCH-4f9a-key","trackId":"0012"}`,
	} {
		if bodies[i] != want || !strings.HasPrefix(lines[i], "POST /merchants/inquiry ") {
			t.Errorf("asked %s %s, want %s", lines[i], bodies[i], want)
		}
	}
}

func TestEveryStatusMeansWhatTheTableSays(t *testing.T) {
	for _, row := range []struct {
		status     string
		state      providers.State
		code       string
		confirming bool
	}{
		{"New", providers.Open, "New", false}, {"new", providers.Open, "New", false},
		{"Waiting", providers.Open, "Waiting", false}, {"WAITING", providers.Open, "Waiting", false},
		{"Confirming", providers.Open, "Confirming", true},
		{"Paid", providers.Approved, "Paid", false}, {"paid", providers.Approved, "Paid", false},
		{"Failed", providers.Declined, "Failed", false}, {"Expired", providers.Expired, "Expired", false},
	} {
		a := ask(t, inquiry(row.status, "125.50", "USD"))
		if a.State != row.state || a.Code != row.code || a.Confirming != row.confirming || a.Reason != "" {
			t.Errorf("%s gave %+v", row.status, a)
		}
	}
}

func TestAnUnknownStatusIsPendingNeverPaid(t *testing.T) {
	for _, status := range []string{"", "Paid!", "Paying", "paid ", "100", "Refunded", "131"} {
		a := ask(t, inquiry(status, "125.50", "USD"))
		if a.State != providers.Open || a.Reason != providers.Unlisted {
			t.Errorf("%q gave %+v", status, a)
		}
	}
}

func TestAskedReceivedAndShortfallAreKeptApart(t *testing.T) {
	for _, row := range []struct{ status, amount, coin, received, shortfall string }{
		{"Paid", "125.50", "USD", "125.50", ""},
		{"Paid", "123", "usd", "123.00", "2.50"},
		{"Paid", "130.001", "USD", "130.001", ""},
		{"Paid", "0.0018", "BTC", "", ""},
		{"Paid", "0", "USD", "", ""}, {"Paid", "", "", "", ""}, {"Paid", "-5", "USD", "", ""}, {"Paid", "1e999999999", "USD", "", ""},
		{"Confirming", "20", "USD", "20.00", ""},
		{"Waiting", "125.50", "USD", "", ""},
	} {
		a := ask(t, inquiry(row.status, row.amount, row.coin))
		if a.Received != row.received || a.Shortfall != row.shortfall {
			t.Errorf("%v gave received %q, short %q", row, a.Received, a.Shortfall)
		}
	}
	if a := ask(t, inquiry("Paid", "0.0018", "BTC")); a.Message != "0.0018 BTC came" {
		t.Errorf("the coin is not named: %q", a.Message)
	}
}

func TestMoneyOnAnInvoiceThatExpiredIsTold(t *testing.T) {
	if a := ask(t, inquiry("Expired", "112.95", "USD")); a.State != providers.Expired || a.Received != "112.95" || a.Shortfall != "12.55" {
		t.Errorf("too little in the price's currency: %+v", a)
	}
	if a := ask(t, inquiry("Expired", "0.0018", "BTC")); a.State != providers.Expired || a.Received != "" || a.Message != "0.0018 BTC came" {
		t.Errorf("too little in another coin: %+v", a)
	}
	if a := ask(t, inquiry("Expired", "0", "BTC")); a.State != providers.Expired || a.Received != "" || a.Message != "" {
		t.Errorf("nothing came: %+v", a)
	}
}

func TestAnAnswerAboutAnotherInvoiceIsNoNews(t *testing.T) {
	paid := inquiry("Paid", "125.50", "USD")
	for _, change := range [][2]string{
		{`"trackId":"12373985"`, `"trackId":"12373986"`}, {`"trackId":"12373985",`, ``},
		{`"orderId":"01JC7QK4"`, `"orderId":"01JC7QK5"`}, {`"orderId":"01JC7QK4"`, `"orderId":null`},
		{`"currency":"usd"`, `"currency":"EUR"`}, {`"currency":"usd"`, `"currency":""`},
		{`"amount":"125.5"`, `"amount":"125.51"`}, {`"amount":"125.5"`, `"amount":1255`}, {`"amount":"125.5",`, ``},
	} {
		body := strings.Replace(paid, change[0], change[1], 1)
		if body == paid {
			t.Fatalf("%s is not in the reply", change[0])
		}
		if a := ask(t, body); a.State != providers.Unknown || a.Reason != providers.Disagrees {
			t.Errorf("%s gave %+v", change[1], a)
		}
	}
}

func TestARefusedQuestionIsNoNews(t *testing.T) {
	for code, reason := range map[string]providers.Reason{
		"102": providers.ProviderSaidNo, "116": providers.ProviderSaidNo, "500": providers.ServerFault, "131": providers.ServerFault, "777": providers.Unlisted,
	} {
		a := ask(t, strings.Replace(inquiry("Paid", "125.50", "USD"), `"result":100`, `"result":`+code, 1))
		if a.State != providers.Unknown || a.Reason != reason || a.Code != code {
			t.Errorf("%s gave %+v", code, a)
		}
	}
	c := client(t, providertest.Serve(t, providertest.Says(503, inquiry("Paid", "125.50", "USD"))).URL)
	if a := c.Ask(context.Background(), watch); a.State != providers.Unknown {
		t.Errorf("paid with HTTP 503 gave %+v", a)
	}
}

func TestAskedTooOftenTheWatchObeysThePause(t *testing.T) {
	c := client(t, providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "40")
		providertest.Says(429, inquiry("Paid", "125.50", "USD"))(w, r)
	}).URL)
	if a := c.Ask(context.Background(), watch); a.State != providers.Unknown || a.Reason != providers.Throttled || a.RetryAfter != 40*time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestWithoutAKeyNothingIsAsked(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, inquiry("Paid", "", "")))
	c := client(t, s.URL, func(c *Config) { c.MerchantKey = func() string { return "" } })
	for _, a := range []providers.Answer{c.Ask(context.Background(), watch), c.Find(context.Background(), watch)} {
		if a.State != providers.Unknown || a.Reason != providers.NoKey {
			t.Errorf("got %+v", a)
		}
	}
	_, bodies := s.Got()
	if len(bodies) != 0 {
		t.Errorf("it was asked: %v", bodies)
	}
}

func TestNothingInAReplyPanicsOrApprovesByChance(t *testing.T) {
	c := client(t, providertest.Nowhere)
	keys := []string{"result", "status", "trackId", "orderId", "amount", "currency", "payAmount", "payCurrency", "data", "list", "meta", "total", "payLink", "message"}
	values := []string{`100`, `"100"`, `"Paid"`, `"12373985"`, `"01JC7QK4"`, `"125.50"`, `125.5`, `"USD"`, `null`, `true`, `{}`, `[]`, `"1e99"`, `-1`,
		`[{"status":"Paid"}]`, `[7]`, `{"total":0}`, `"https://pay.oxapay.com/1"`}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.OneOf(
			rapid.String(),
			rapid.Custom(func(t *rapid.T) string {
				object := map[string]json.RawMessage{}
				for range rapid.IntRange(0, 10).Draw(t, "fields") {
					object[rapid.SampledFrom(keys).Draw(t, "key")] = json.RawMessage(rapid.SampledFrom(values).Draw(t, "value"))
				}
				text, _ := json.Marshal(object)
				return string(text)
			}),
		).Draw(t, "body")
		reply := providers.Reply{Status: rapid.SampledFrom([]int{200, 201, 400, 403, 500}).Draw(t, "status"), Body: []byte(body)}
		var sent CreateRequest
		if a := c.readCreate(reply, sent); a.State == providers.Approved {
			t.Fatalf("a creation was approved by %s", body)
		}
		approved := c.judged(readInquiry(reply, secret), watch, secret).State == providers.Approved || c.readList(reply, watch, secret).State == providers.Approved
		if approved && !(reply.OK() && strings.Contains(body, "Paid") && strings.Contains(body, "12373985") && strings.Contains(body, "01JC7QK4") &&
			strings.Contains(body, "125.5") && strings.Contains(body, "USD")) {
			t.Fatalf("approved by %s", body)
		}
	})
}
