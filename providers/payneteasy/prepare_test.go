package payneteasy

import (
	"errors"
	"math"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestATransferIsAskedForWithoutTheOptionsNobodySet(t *testing.T) {
	r := prepared(t, client(t, "https://group.example"))
	want := `{"consumer":{"device":{"serialNumber":"SN-0001"}},"session":{"accessToken":"Tok^en$-00000000000000000000000000000001"},` +
		`"transaction":{"amountCentis":10000,"currency":"EUR"}}`
	if string(r.Body) != want {
		t.Errorf("sent\n%s\nwant\n%s", r.Body, want)
	}
	want = `{"consumer":{"device":{"serialNumber":"SN-0001"}},"session":{"accessToken":"[payneteasy.access_token]"},` +
		`"transaction":{"amountCentis":10000,"currency":"EUR"}}`
	if string(r.Record) != want || r.Keep {
		t.Errorf("recorded, keep %v\n%s", r.Keep, r.Record)
	}
	if r.Provider != providers.Payneteasy || r.Kind != providers.Transfer || r.Call != "/transfer/initiate-transfer" || r.Reference != order.Reference {
		t.Errorf("the request is labelled %+v", r)
	}
}

func TestATransferIsAskedForWithEveryOption(t *testing.T) {
	lat, lng := -33.8688, 151.2093
	r := prepared(t, client(t, "https://group.example", func(c *Config) {
		c.IMEI, c.IPAddresses = "490154203237518", []string{"192.0.2.10", "2001:db8::1", "::ffff:192.0.2.1", "203.0.113.255"}
		c.Lat, c.Lng, c.FromBin, c.ToBin = &lat, &lng, "411111", "555555"
	}))
	want := `{"consumer":{"device":{"imei":"490154203237518","serialNumber":"SN-0001"},"ipAddresses":["192.0.2.10","203.0.113.255"]},` +
		`"location":{"lat":-33.8688,"lng":151.2093},"session":{"accessToken":"Tok^en$-00000000000000000000000000000001"},` +
		`"transaction":{"amountCentis":10000,"currency":"EUR"},"fromBin":"411111","toBin":"555555"}`
	if string(r.Body) != want {
		t.Errorf("sent\n%s\nwant\n%s", r.Body, want)
	}
}

func TestAPlaceOnTheEquatorIsStillSent(t *testing.T) {
	zero := 0.0
	r := prepared(t, client(t, "https://group.example", func(c *Config) { c.Lat, c.Lng = &zero, &zero }))
	if !strings.Contains(string(r.Body), `"location":{"lat":0,"lng":0}`) {
		t.Errorf("sent %s", r.Body)
	}
}

func TestAnOrderThatCannotBeSentIsRefusedAtItsField(t *testing.T) {
	for _, row := range []struct {
		field  string
		change func(*providers.Order)
	}{
		{"kind", func(o *providers.Order) { o.Kind = providers.Invoice }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = 0 }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = -100 }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = providers.MaxMinor + 1 }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "eur" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "EURO" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency = providers.Currency{Code: "JPY"} }},
		{"currency", func(o *providers.Order) { o.Amount.Currency = providers.Currency{Code: "JPY", Decimals: 2} }},
		{"currency", func(o *providers.Order) { o.Amount.Currency = providers.Currency{Code: "KWD", Decimals: 3} }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Decimals = 0 }},
	} {
		o := order
		row.change(&o)
		r, err := client(t, "https://group.example").Prepare(o)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field || r.Body != nil {
			t.Errorf("%+v: got %+v, want a refusal at %s", o, e, row.field)
		}
	}
}

func TestTheFirstDigitsOfACardAreTypedOnlyWhereTheyAreAskedFor(t *testing.T) {
	set := func(c *Config) { c.FromBin, c.ToBin = "411111", "555555" }
	ask := func(c *Config) { c.AskBins = true }
	for _, row := range []struct {
		change   []func(*Config)
		from, to string
		field    string // where it is refused
		sent     string
		kept     string // in the journal: the shop's own, never a customer's
	}{
		{nil, "", "", "", "", ""},
		{[]func(*Config){set}, "", "", "", `,"fromBin":"411111","toBin":"555555"`, `,"fromBin":"411111","toBin":"555555"`},
		{[]func(*Config){ask}, "400000", "500000", "", `,"fromBin":"400000","toBin":"500000"`, ""},
		{[]func(*Config){set, ask}, "", "500000", "", `,"fromBin":"411111","toBin":"500000"`, `,"fromBin":"411111"`},
		{[]func(*Config){set}, "400000", "", "from_bin", "", ""},
		{nil, "", "500000", "to_bin", "", ""},
		{[]func(*Config){ask}, "4000000000000002", "", "from_bin", "", ""},
		{[]func(*Config){ask}, "", "5000000", "to_bin", "", ""},
		{[]func(*Config){ask}, "", "50000", "to_bin", "", ""},
		{nil, "4000000000000002", "", "from_bin", "", ""},
	} {
		o := order
		o.FromBIN, o.ToBIN = row.from, row.to
		r, err := client(t, "https://group.example", row.change...).Prepare(o)
		var e *providers.Error
		if row.field != "" {
			if !errors.As(err, &e) || e.Field != row.field || r.Body != nil || r.Record != nil || strings.Contains(e.Text+e.Hint, row.from+row.to) {
				t.Errorf("%+v: %+v, %s", row, e, r.Record)
			}
			continue
		}
		if err != nil || !strings.HasSuffix(string(r.Body), `"currency":"EUR"}`+row.sent+"}") || !strings.HasSuffix(string(r.Record), `"currency":"EUR"}`+row.kept+"}") {
			t.Errorf("%+v: %v\n%s\n%s", row, err, r.Body, r.Record)
		}
	}
}

func TestWithoutATokenOfItsOwnTheCounterNeedsNone(t *testing.T) {
	c := client(t, "https://group.example", func(c *Config) { c.AccessToken, c.AccessTokenURL = nil, "https://group.example/token" })
	r := prepared(t, c)
	if string(r.Body) != string(r.Record) || !strings.Contains(string(r.Body), `"accessToken":"[payneteasy.access_token]"`) {
		t.Errorf("prepared %s", r.Body)
	}
}

func TestSettingsOutOfRangeAreRefusedBeforeAnythingIsSent(t *testing.T) {
	at := func(degrees float64) *float64 { return &degrees }
	for _, row := range []struct {
		field  string
		change func(*Config)
	}{
		{"serial_number", func(c *Config) { c.SerialNumber = "" }},
		{"serial_number", func(c *Config) { c.SerialNumber = strings.Repeat("x", 51) }},
		{"serial_number", func(c *Config) { c.SerialNumber = "a\tb" }},
		{"imei", func(c *Config) { c.IMEI = strings.Repeat("1", 13) }},
		{"imei", func(c *Config) { c.IMEI = strings.Repeat("1", 17) }},
		{"ip_addresses", func(c *Config) { c.IPAddresses = []string{"192.0.2.256"} }},
		{"lat", func(c *Config) { c.Lat = at(1) }},
		{"lat", func(c *Config) { c.Lng = at(1) }},
		{"lat", func(c *Config) { c.Lat, c.Lng = at(90.1), at(0) }},
		{"lat", func(c *Config) { c.Lat, c.Lng = at(math.NaN()), at(0) }},
		{"lng", func(c *Config) { c.Lat, c.Lng = at(0), at(-180.1) }},
		{"lng", func(c *Config) { c.Lat, c.Lng = at(0), at(math.Inf(1)) }},
		{"from_bin", func(c *Config) { c.FromBin = "41111" }},
		{"from_bin", func(c *Config) { c.FromBin = "4111111111111111" }},
		{"to_bin", func(c *Config) { c.ToBin = "41111x" }},
		{"base_url", func(c *Config) { c.HTTP.Base = "" }},
		{"base_url", func(c *Config) { c.HTTP.Base = "http://group.example" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "https://group.example/t" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "https://group.example/{invoiceId}/{accessToken}" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "https://{invoiceId}.example/" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "http://group.example/{invoiceId}" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "http://127.0.0.1/{invoiceId}" }},
		{"handover_url", func(c *Config) { c.HandoverURL = "/{invoiceId}" }},
		{"access_token_url", func(c *Config) { c.AccessTokenURL = "http://group.example/token" }},
		{"access_token_url", func(c *Config) { c.AccessTokenURL = "/token" }},
		{"access_token_url", func(c *Config) { c.AccessTokenURL = "https://mia:pin@group.example/token" }},
		{"get_rate_url", func(c *Config) { c.GetRateURL = "ftp://group.example/rate" }},
		{"get_rate_url", func(c *Config) { c.GetRateURL = "https://group.example/rate#here" }},
		{"result_url", func(c *Config) { c.ResultURL = "https://group.example/r" }},
		{"result_url", func(c *Config) { c.ResultURL = "http://group.example/{invoiceId}" }},
		{"result_url", func(c *Config) { c.ResultURL = "https://{invoiceId}.example/" }},
		{"result_url", func(c *Config) { c.ResultURL = "https://group.example/{invoiceId}?s={signature}" }},
		{"result_url", func(c *Config) { c.ResultURL = "/{invoiceId}" }},
	} {
		c := Config{HTTP: providers.HTTPOptions{Base: "https://group.example"}, SerialNumber: "SN-0001"}
		row.change(&c)
		_, err := New(c)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field {
			t.Errorf("got %v, want a refusal at %s", err, row.field)
		}
	}
	good := Config{HTTP: providers.HTTPOptions{Base: "https://group.example"}, SerialNumber: strings.Repeat("é", 50), Lat: at(-90), Lng: at(180), Test: true,
		IMEI: strings.Repeat("1", 16), HandoverURL: "http://127.0.0.1:8199/t?i={invoiceId}&e={endpointId}&n={nonce}&s={signature}"}
	if _, err := New(good); err != nil {
		t.Errorf("the edges are refused: %v", err)
	}
}

func TestASecretThatCannotWorkIsRefusedBeforeAnythingIsSent(t *testing.T) {
	is := func(text string) func() string { return func() string { return text } }
	for name, change := range map[string]func(*Config){
		"no token":        func(c *Config) { c.AccessToken = nil },
		"empty token":     func(c *Config) { c.AccessToken = is("") },
		"short token":     func(c *Config) { c.AccessToken = is(strings.Repeat("s", 31)) },
		"long token":      func(c *Config) { c.AccessToken = is(strings.Repeat("s", 129)) },
		"control no hex":  func(c *Config) { c.ControlKey = is("XYZ") },
		"control half":    func(c *Config) { c.ControlKey = is("ABC") },
		"control dashes":  func(c *Config) { c.ControlKey = is("--") },
		"control sample":  func(c *Config) { c.ControlKey = is("b17f59b4-a7dc-41b4-8ff9-37d986b43d20") },
		"control sample2": func(c *Config) { c.ControlKey = is("ABCD") },
	} {
		r, err := client(t, "https://group.example", change).Prepare(order)
		if providers.KindOf(err) != providers.Credentials || r.Body != nil || strings.Contains(err.Error(), "sss") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, n := range []int{32, 128} {
		if _, err := client(t, "https://group.example", func(c *Config) { c.AccessToken = is(strings.Repeat("s", n)) }).Prepare(order); err != nil {
			t.Errorf("a token of %d characters is refused: %v", n, err)
		}
	}
}
