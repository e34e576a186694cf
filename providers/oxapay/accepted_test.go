package oxapay

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func accepted(t *testing.T, body string, change ...func(*Config)) ([]string, providers.Answer) {
	t.Helper()
	list, a := client(t, providertest.Serve(t, providertest.Says(200, body)).URL, change...).Accepted(context.Background())
	providertest.Hides(t, a, secret)
	return list, a
}

func TestTheMerchantsCoinsAreAskedOfEitherAPI(t *testing.T) {
	s := providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			providertest.Says(200, `{"result":100,"message":"ok","allowed":["TRX","USDT"]}`)(w, r)
			return
		}
		providertest.Says(200, envelope("200", `{"list":["TRX","USDT"]}`))(w, r)
	})
	for _, change := range []func(*Config){func(*Config) {}, overV1} {
		if list, a := client(t, s.URL, change).Accepted(context.Background()); a.State != providers.Approved || !slices.Equal(list, []string{"TRX", "USDT"}) {
			t.Errorf("%v %+v", list, a)
		}
	}
	lines, bodies := s.Got()
	if lines[0] != "POST /merchants/allowedCoins application/json" || bodies[0] != `{"merchant":"MERCH-4f9a-key"}` || lines[1] != "GET /v1/payment/accepted-currencies " {
		t.Errorf("asked %v %v", lines, bodies)
	}
}

func TestOnlyPlainSymbolsAreInTheList(t *testing.T) {
	const odd = `["trx", " BTC ", "TRX", "USDT (TRC20)", "", 7, null, {"a":1}, ["LTC"], "A", "ELEVENCHARS", "<b>", "ÄB", "1INCH", "\u001b[31m"]`
	want := []string{"TRX", "BTC", "1INCH"}
	for body, change := range map[string]func(*Config){
		`{"result":"100","allowed":` + odd + `}`:            func(*Config) {},
		envelope("200", `{"list":`+odd+`}`):                 overV1,
		envelope(`"200"`, odd):                              overV1,
		`{"result":100,"message":"","ALLOWED":` + odd + `}`: func(*Config) {},
	} {
		if list, a := accepted(t, body, change); a.State != providers.Approved || !slices.Equal(list, want) {
			t.Errorf("%.60s gave %q %+v", body, list, a)
		}
	}
}

func TestWithoutAListThereIsNoNews(t *testing.T) {
	for body, reason := range map[string]providers.Reason{
		`{"result":100,"allowed":[]}`: providers.BadBody, `{"result":100}`: providers.BadBody, `{"result":100,"allowed":"TRX"}`: providers.BadBody,
		`{"result":102,"message":"key ` + secret + `"}`: providers.ProviderSaidNo, `{"result":500}`: providers.ServerFault, `<html>`: providers.BadBody,
		`{"result":100,"allowed":["` + strings.Repeat("x", 20) + `"]}`: providers.BadBody,
	} {
		if list, a := accepted(t, body); list != nil || a.State != providers.Unknown || a.Reason != reason {
			t.Errorf("%s gave %v %+v", body, list, a)
		}
	}
	for body, reason := range map[string]providers.Reason{
		envelope("200", `{}`): providers.BadBody, envelope("200", `null`): providers.BadBody, envelope("200", `7`): providers.BadBody,
		envelope("401", `{}`): providers.ProviderSaidNo, `[]`: providers.BadBody,
	} {
		if list, a := accepted(t, body, overV1); list != nil || a.State != providers.Unknown || a.Reason != reason {
			t.Errorf("%s gave %v %+v", body, list, a)
		}
	}
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range providertest.Faults(release, `{"result":100,"allowed":["TRX"]}`) {
		for i, h := range handlers {
			c := client(t, providertest.Serve(t, h).URL, shortly(reason))
			if list, a := c.Accepted(context.Background()); list != nil || a.State != providers.Unknown || a.Reason == "" {
				t.Errorf("%s %d gave %v %+v", reason, i, list, a)
			}
		}
	}
	keyless := client(t, providertest.Nowhere, func(c *Config) { c.MerchantKey = nil })
	if _, a := keyless.Accepted(context.Background()); a.Reason != providers.NoKey {
		t.Errorf("without a key: %+v", a)
	}
}

// TestACoinThatTheMerchantDoesNotTakeIsTold: what the list says counts; without
// one, only a price in a coin tells that another coin is wrong.
func TestACoinThatTheMerchantDoesNotTakeIsTold(t *testing.T) {
	usdt := providers.Amount{Minor: 125_500_000, Currency: providers.Currency{Code: "USDT", Decimals: 6}}
	inUSDT := func(body string) string {
		return strings.NewReplacer(`"usd"`, `"USDT"`, `"USD"`, `"USDT"`).Replace(body)
	}
	seen := func(status string) string {
		return strings.Replace(inquiry(status, "0.0021", "BTC"), `"payDate"`, `"txID":"ab12","payDate"`, 1)
	}
	tx := `{"amount":0.0021,"currency":"BTC","status":"confirmed"}`
	for _, row := range []struct {
		name   string
		body   string
		price  providers.Amount
		list   []string
		change func(*Config)
		state  providers.State
		coin   string
	}{
		{"a common currency is always paid in a coin", seen("Waiting"), price, nil, nil, providers.PartlyPaid, ""},
		{"of the list", seen("Waiting"), price, []string{"TRX", "BTC"}, nil, providers.PartlyPaid, ""},
		{"not of the list", seen("Waiting"), price, []string{"TRX"}, nil, providers.PartlyPaid, "0.0021 BTC"},
		{"not of the list, expired", seen("Expired"), price, []string{"TRX"}, nil, providers.Expired, "0.0021 BTC"},
		{"not of the list, and paid all the same", seen("Paid"), price, []string{"TRX"}, nil, providers.Approved, ""},
		{"not of the list, still on its way", seen("Confirming"), price, []string{"TRX"}, nil, providers.Open, ""},
		{"a price in another coin", inUSDT(seen("Waiting")), usdt, nil, nil, providers.PartlyPaid, "0.0021 BTC"},
		{"a price in another coin, and the list has this one", inUSDT(seen("Waiting")), usdt, []string{"BTC"}, nil, providers.PartlyPaid, ""},
		{"the sum that is waited for", inquiry("Waiting", "0.0021", "BTC"), price, []string{"TRX"}, nil, providers.Open, ""},
		{"v1, underpaid", v1Payment("underpaid", tx), price, []string{"TRX"}, overV1, providers.PartlyPaid, "0.0021 BTC"},
		{"v1, paying", v1Payment("paying", tx), price, []string{"TRX"}, overV1, providers.PartlyPaid, "0.0021 BTC"},
		{"v1, waiting", v1Payment("waiting", tx), price, []string{"TRX"}, overV1, providers.PartlyPaid, "0.0021 BTC"},
		{"v1, a coin of the list", v1Payment("paying", tx), price, []string{"BTC"}, overV1, providers.Open, ""},
	} {
		w := watch
		if row.change == nil {
			row.change = func(*Config) {}
		} else {
			w = watchV1
		}
		w.Amount = row.price
		c := client(t, providertest.Serve(t, providertest.Says(200, row.body)).URL, row.change)
		if row.list != nil {
			c.coins.Store(&row.list)
		}
		a := c.Ask(context.Background(), w)
		if a.State != row.state || a.Coin != row.coin || a.Received != "" || a.Shortfall != "" {
			t.Errorf("%s: %+v", row.name, a)
		}
	}
}

func TestTheListOfCoinsIsReadWhileInvoicesAreAskedFor(t *testing.T) {
	s := providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, pathCoins) {
			providertest.Says(200, `{"result":100,"allowed":["TRX"]}`)(w, r)
			return
		}
		providertest.Says(200, inquiry("Expired", "1", "BTC"))(w, r)
	})
	c := client(t, s.URL, func(c *Config) { c.HTTP.Timeout = time.Minute })
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 20 {
			c.Accepted(context.Background())
		}
	}()
	for range 20 {
		c.Ask(context.Background(), watch)
	}
	<-done
	if a := c.Ask(context.Background(), watch); a.Coin != "1 BTC" {
		t.Errorf("after the list is known: %+v", a)
	}
}
