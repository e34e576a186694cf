package oxapay

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func overV1(c *Config) { c.API = V1 }

// envelope is an answer of v1's around data.
func envelope(status, data string) string {
	return `{"data":` + data + `,"message":"Operation completed successfully!","error":{},"status":` + status + `,"version":"1.0.0"}`
}

const (
	v1Made = `{"track_id":"184747701","payment_url":"https://pay.oxapay.com/184747701","expired_at":1772452800,"date":1772449200}`
	v1Ours = `{"track_id":"184747701","type":"invoice","amount":125.5,"currency":"USD","status":"new","order_id":"01JC7QK4","expired_at":1772452800,"txs":[]}`
)

var watchV1 = providers.Watch{Reference: "01JC7QK4", ProviderRef: "184747701", Amount: price}

// v1Says answers a create with an invoice, and every question so.
func v1Says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			providertest.Says(200, envelope("200", v1Made))(w, r)
			return
		}
		providertest.Says(status, body)(w, r)
	}
}

// v1Payment is our invoice with a status and payments.
func v1Payment(status, txs string) string {
	return envelope("200", strings.NewReplacer(`"status":"new"`, `"status":"`+status+`"`, `"txs":[]`, `"txs":[`+txs+`]`).Replace(v1Ours))
}

func askV1(t *testing.T, status int, body string) providers.Answer {
	t.Helper()
	a := client(t, providertest.Serve(t, providertest.Says(status, body)).URL, overV1).Ask(context.Background(), watchV1)
	providertest.Hides(t, a, secret)
	return a
}

func TestOverV1TheKeyTravelsInAHeaderAndNowhereElse(t *testing.T) {
	var keys []string
	s := providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		keys = append(keys, strings.Join(r.Header.Values("merchant_api_key"), "|"))
		v1Says(200, envelope("200", v1Ours))(w, r)
	})
	payer := true
	c := client(t, s.URL, overV1, func(c *Config) {
		c.UnderPaidCover, c.FeePaidByPayer, c.LifeTime = "2.5", &payer, 30
		c.CallbackURL, c.ReturnURL, c.Email, c.Description = "https://example.com/cb?a=1&b=2", "https://example.com/ok", "shop@example.com", "Order #12345"
	})
	r := prepared(t, c)
	if a := c.Send(context.Background(), r, false); a.State != providers.Open || a.ProviderRef != "184747701" || a.Link != "https://pay.oxapay.com/184747701" || a.Code != "200" {
		t.Errorf("it came as %+v", a)
	}
	c.Ask(context.Background(), watchV1)
	lines, bodies := s.Got()
	want := `{"amount":125.50,"currency":"USD","lifetime":30,"fee_paid_by_payer":1,"under_paid_coverage":2.5,"callback_url":"https://example.com/cb?a=1&b=2",` +
		`"return_url":"https://example.com/ok","email":"shop@example.com","order_id":"01JC7QK4","description":"Order #12345"}`
	if len(bodies) != 3 || bodies[0] != want || string(r.Record) != want || r.Call != "/v1/payment/invoice" {
		t.Errorf("sent\n%s\nwant\n%s (record %s)", bodies, want, r.Record)
	}
	for i, line := range []string{"POST /v1/payment/invoice application/json", "GET /v1/payment/184747701 ", "GET /v1/payment/184747701 "} {
		if lines[i] != line || keys[i] != secret {
			t.Errorf("%d: %q with the key %q", i, lines[i], keys[i])
		}
	}
}

func TestOverV1ATestCounterMakesOnlyInvoicesForTryingOut(t *testing.T) {
	live, test := client(t, providertest.Nowhere, overV1), client(t, providertest.Nowhere, overV1, func(c *Config) { c.Test = true })
	if r := prepared(t, live); strings.Contains(string(r.Body), "sandbox") {
		t.Errorf("live sends %s", r.Body)
	}
	if r := prepared(t, test); !strings.Contains(string(r.Body), `"sandbox":true`) {
		t.Errorf("test sends %s", r.Body)
	}
}

func TestOverV1TheEnvelopeCountsAndNotTheHTTPStatus(t *testing.T) {
	problem := func(status string) string {
		return `{"data":{},"message":"m","error":{"type":"t","key":"k","message":"no: ` + secret + `"},"status":` + status + `,"version":"1"}`
	}
	for _, row := range []struct {
		http   int
		body   string
		state  providers.State
		reason providers.Reason
		code   string
	}{
		{200, problem("400"), providers.Refused, providers.ProviderSaidNo, "400"},
		{200, problem(`"401"`), providers.Refused, providers.ProviderSaidNo, "401"},
		{500, problem("401"), providers.Refused, providers.ProviderSaidNo, "401"},
		{200, problem("429"), providers.Refused, providers.Throttled, "429"},
		{200, problem("500"), providers.Refused, providers.ServerFault, "500"},
		{200, problem("503"), providers.Refused, providers.ServerFault, "503"},
		{200, problem("418"), providers.Refused, providers.Unlisted, "418"},
		{200, problem("200"), providers.Refused, providers.Disagrees, "200"},
		{400, envelope("200", v1Made), providers.Open, providers.NoReason, "200"},
		{200, strings.Replace(envelope(`"200"`, v1Made), `"error":{}`, `"error":null`, 1), providers.Open, providers.NoReason, "200"},
		{200, strings.Replace(envelope("200", v1Made), `"error":{},`, ``, 1), providers.Open, providers.NoReason, "200"},
		{200, strings.Replace(envelope("200", v1Made), `"Operation completed successfully!"`, `7`, 1), providers.Open, providers.NoReason, "200"},
		{429, `slow down`, providers.Refused, providers.Throttled, ""},
		{502, `<html>`, providers.Refused, providers.BadStatus, ""},
		{200, `<html>`, providers.Refused, providers.BadBody, ""},
		{200, `{"data":` + v1Made + `}`, providers.Refused, providers.BadBody, ""},
		{200, envelope("200", `{}`), providers.Refused, providers.BadBody, "200"},
		{200, envelope("200", `[]`), providers.Refused, providers.BadBody, "200"},
		{200, envelope("200", `{"track_id":"../x","payment_url":"https://pay.oxapay.com/1"}`), providers.Refused, providers.BadBody, "200"},
		{200, envelope("200", `{"track_id":"1","payment_url":"https://evil.example/1"}`), providers.Refused, providers.LinkRefused, "200"},
		{200, envelope("200", `{"track_id":1,"payment_url":"https://pay.oxapay.com/1"}`), providers.Open, providers.NoReason, "200"},
	} {
		a := send(t, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet {
				providertest.Says(503, "")(w, r)
				return
			}
			providertest.Says(row.http, row.body)(w, r)
		}, overV1)
		if a.State != row.state || a.Reason != row.reason || a.Code != row.code || (a.Link == "") == (row.state == providers.Open) {
			t.Errorf("HTTP %d %s\ngave %+v", row.http, row.body, a)
		}
		if strings.Contains(row.body, secret) && row.code != "" && a.Message != "no: [oxapay.merchant_key]" {
			t.Errorf("the message is %q", a.Message)
		}
	}
}

// TestALostCreateOverV1IsSafeToMakeAnew: nobody was shown its link, and nobody
// can look it up.
func TestALostCreateOverV1IsSafeToMakeAnew(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range providertest.Faults(release, envelope("200", v1Made)) {
		for i, h := range handlers {
			s := providertest.Serve(t, h)
			c := client(t, s.URL, overV1, shortly(reason))
			a := c.Send(context.Background(), prepared(t, c), false)
			if a.State != providers.Refused || a.Reason != reason || a.Link != "" || a.ProviderRef != "" {
				t.Errorf("%s %d gave %+v", reason, i, a)
			}
			if _, bodies := s.Got(); len(bodies) != 1 {
				t.Errorf("%s %d was sent %d times", reason, i, len(bodies))
			}
			w := c.Explain(providers.Attempt{State: a.State, Reason: a.Reason, Code: a.Code, Amount: price})
			if !strings.Contains(w.Staff, "nobody can have paid it") || !strings.Contains(w.Customer, "Nothing has been paid") {
				t.Errorf("%s says %+v", reason, w)
			}
		}
	}
	if client(t, providertest.Nowhere, overV1).Lost(providers.Invoice) != providers.Refused || client(t, providertest.Nowhere).Lost(providers.Invoice) != providers.Unknown {
		t.Error("what is lost over v1 waits for a look-up that there is not, or the older one is not looked up")
	}
	c := client(t, providertest.Gone(), overV1)
	if a := c.Send(context.Background(), prepared(t, c), false); a.State != providers.Refused || a.Reason != providers.Unreachable {
		t.Errorf("without a connection: %+v", a)
	}
	if a := c.Send(context.Background(), prepared(t, c), true); a.State != providers.Unknown {
		t.Errorf("a resend: %+v", a)
	}
}

func TestAnInvoiceOverV1ThatIsAnothersIsNeverShown(t *testing.T) {
	for name, body := range map[string]string{
		"nobody's":         `{"data":{},"error":{"type":"not_found"},"status":404}`,
		"another order":    strings.Replace(envelope("200", v1Ours), "01JC7QK4", "01OTHER", 1),
		"another price":    strings.Replace(envelope("200", v1Ours), "125.5", "12.55", 1),
		"another currency": strings.Replace(envelope("200", v1Ours), "USD", "EUR", 1),
	} {
		if a := send(t, v1Says(200, body), overV1); a.State != providers.Refused || a.Reason != providers.WrongEcho || a.Link != "" || a.ProviderRef != "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
	for name, body := range map[string]string{
		"ours": envelope("200", v1Ours), "a page": "<html>", "no answer to it": `{"status":500,"data":{}}`,
		"another invoice": strings.Replace(envelope("200", v1Ours), "184747701", "184747702", 1),
		"without order":   strings.Replace(envelope("200", v1Ours), "01JC7QK4", "", 1),
	} {
		if a := send(t, v1Says(200, body), overV1); a.State != providers.Open || a.Link == "" {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestEveryStatusOverV1MeansWhatTheTableSays(t *testing.T) {
	tx := func(amount, coin, status string) string {
		return `{"amount":` + amount + `,"currency":"` + coin + `","status":"` + status + `"}`
	}
	for _, row := range []struct {
		status, txs         string
		state               providers.State
		code                string
		confirming          bool
		received, shortfall string
		message             string
	}{
		{"new", "", providers.Open, "New", false, "", "", ""},
		{"WAITING", "", providers.Open, "Waiting", false, "", "", ""},
		{"paying", "", providers.Open, "paying", true, "", "", ""},
		{"paying", tx("0.002", "BTC", "confirming"), providers.Open, "paying", true, "", "", "0.002 BTC came"},
		{"paying", tx("0.002", "BTC", "confirmed"), providers.Open, "paying", true, "", "", "0.002 BTC came"},
		{"paying", tx("100", "USD", "confirming"), providers.Open, "paying", true, "100.00", "", ""},
		{"paying", tx("100", "usd", "confirmed"), providers.PartlyPaid, "paying", false, "100.00", "25.50", ""},
		{"paying", tx("100", "USD", "confirmed") + "," + tx("25.50", "USD", "confirming"), providers.PartlyPaid, "paying", true, "125.50", "", ""},
		{"paying", tx("100", "USD", "confirmed") + "," + tx("20", "USD", "confirming"), providers.PartlyPaid, "paying", true, "120.00", "5.50", ""},
		{"paying", tx("0.001", "BTC", "confirmed") + "," + tx("0.001", "BTC", "confirming"), providers.PartlyPaid, "paying", true, "", "", "0.002 BTC came"},
		{"paid", tx("100", "USD", "confirmed") + "," + tx("25.50", "USD", "confirmed"), providers.Approved, "Paid", false, "125.50", "", ""},
		{"paid", tx("123", "USD", "confirmed"), providers.Approved, "Paid", false, "123.00", "2.50", ""},
		{"paid", tx("130", "USD", "confirmed"), providers.Approved, "Paid", false, "130.00", "", ""},
		{"Paid", tx("10", "TRX", "confirmed") + "," + tx("0.1", "LTC", "confirmed"), providers.Approved, "Paid", false, "", "", "10 TRX and 0.1 LTC came"},
		{"paid", `7,"x"`, providers.Approved, "Paid", false, "", "", ""},
		{"manual_accept", tx("100", "USD", "confirmed"), providers.Approved, "manual_accept", false, "100.00", "25.50", ""},
		{"underpaid", tx("100", "USD", "confirmed"), providers.PartlyPaid, "underpaid", false, "100.00", "25.50", ""},
		{"underpaid", "", providers.PartlyPaid, "underpaid", false, "", "", ""},
		{"refunding", tx("125.50", "USD", "confirmed"), providers.PartlyPaid, "refunding", false, "125.50", "", ""},
		{"refunded", tx("125.50", "USD", "confirmed"), providers.Declined, "refunded", false, "", "", ""},
		{"expired", "", providers.Expired, "Expired", false, "", "", ""},
		{"expired", tx("100", "USD", "confirmed"), providers.Expired, "Expired", false, "100.00", "25.50", ""},
	} {
		a := askV1(t, 200, v1Payment(row.status, row.txs))
		if a.State != row.state || a.Code != row.code || a.Confirming != row.confirming || a.Reason != "" ||
			a.Received != row.received || a.Shortfall != row.shortfall || a.Message != row.message || a.ProviderRef != "184747701" {
			t.Errorf("%s with %s gave %+v", row.status, row.txs, a)
		}
	}
	for _, status := range []string{"", "Confirming", "Failed", "paid ", "manual accept", "100", "200"} {
		if a := askV1(t, 200, v1Payment(status, "")); a.State != providers.Open || a.Reason != providers.Unlisted {
			t.Errorf("%q gave %+v", status, a)
		}
	}
}

func TestOverV1AnAnswerAboutAnotherInvoiceIsNoNews(t *testing.T) {
	paid := v1Payment("paid", "")
	for _, change := range [][2]string{
		{`"184747701"`, `"184747702"`}, {`"01JC7QK4"`, `"01JC7QK5"`}, {`"01JC7QK4"`, `null`}, {`"USD"`, `"EUR"`}, {"125.5", "125.51"}, {`"amount":125.5,`, ``},
	} {
		if a := askV1(t, 200, strings.Replace(paid, change[0], change[1], 1)); a.State != providers.Unknown || a.Reason != providers.Disagrees {
			t.Errorf("%s gave %+v", change[1], a)
		}
	}
	for body, reason := range map[string]providers.Reason{
		`{"status":401,"data":{},"error":{"message":"key"}}`: providers.ProviderSaidNo, `{"status":404,"data":{}}`: providers.ProviderSaidNo,
		`{"status":500,"data":{}}`: providers.ServerFault, `{"status":777,"data":{}}`: providers.Unlisted,
		strings.Replace(paid, `"error":{}`, `"error":{"message":"x"}`, 1): providers.Disagrees, strings.Replace(paid, `"status":"paid"`, `"status":7`, 1): providers.BadBody,
		strings.Replace(paid, `"type":`, `"STATUS":"new","type":`, 1): providers.BadBody,
	} {
		if a := askV1(t, 200, body); a.State != providers.Unknown || a.Reason != reason {
			t.Errorf("%s gave %+v", body, a)
		}
	}
	if a := askV1(t, 500, paid); a.State != providers.Approved {
		t.Errorf("the envelope's status counts for more than the HTTP one: %+v", a)
	}
}

func TestAskedTooOftenOverV1TheWatchObeysThePause(t *testing.T) {
	c := client(t, providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "40")
		providertest.Says(429, "")(w, r)
	}).URL, overV1)
	if a := c.Ask(context.Background(), watchV1); a.Reason != providers.Throttled || a.RetryAfter != 40*time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestANumberThatCannotStandInAnAddressIsNotAskedFor(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, v1Payment("paid", "")))
	c := client(t, s.URL, overV1)
	for _, ref := range []string{"", "../merchants/inquiry", "1/2", "1?x", "1%2f2", "ä", strings.Repeat("1", 65)} {
		w := watchV1
		w.ProviderRef = ref
		if a := c.Ask(context.Background(), w); a.State != providers.Unknown {
			t.Errorf("%q gave %+v", ref, a)
		}
	}
	if lines, _ := s.Got(); len(lines) != 0 {
		t.Errorf("it was asked: %v", lines)
	}
}

func TestAKeyThatNoHeaderCanHoldIsSaidAndNotSent(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, envelope("200", v1Made)))
	c := client(t, s.URL, overV1, func(c *Config) { c.MerchantKey = func() string { return "MERCH\r\nX: 1" } })
	if _, err := c.Prepare(order); providers.KindOf(err) != providers.Credentials || strings.Contains(err.Error(), "MERCH") {
		t.Errorf("got %v", err)
	}
	if a := c.Ask(context.Background(), watchV1); a.Reason != providers.NoKey {
		t.Errorf("asked: %+v", a)
	}
	if lines, _ := s.Got(); len(lines) != 0 {
		t.Errorf("it was sent: %v", lines)
	}
}

func TestThereAreTwoAPIsAndNoThird(t *testing.T) {
	for api, good := range map[API]bool{"": true, Legacy: true, V1: true, "v2": false, "V1": false} {
		_, err := New(Config{HTTP: providers.HTTPOptions{Base: providertest.Nowhere}, API: api})
		if (err == nil) != good {
			t.Errorf("%q gave %v", api, err)
		}
	}
}
