package oxapay

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestAnInvoiceIsAskedForWithoutTheOptionsNobodySet(t *testing.T) {
	r := prepared(t, client(t, providertest.Nowhere))
	want := `{"merchant":"MERCH-4f9a-key","amount":125.50,"currency":"USD","underPaidCover":0,"orderId":"01JC7QK4"}`
	if string(r.Body) != want {
		t.Errorf("sent\n%s\nwant\n%s", r.Body, want)
	}
	want = `{"merchant":"[oxapay.merchant_key]","amount":125.50,"currency":"USD","underPaidCover":0,"orderId":"01JC7QK4"}`
	if string(r.Record) != want || r.Keep {
		t.Errorf("recorded, keep %v\n%s", r.Keep, r.Record)
	}
	if r.Provider != providers.OxaPay || r.Kind != providers.Invoice || r.Call != "/merchants/request" || r.Reference != order.Reference {
		t.Errorf("the request is labelled %+v", r)
	}
}

func TestAnInvoiceIsAskedForWithEveryOption(t *testing.T) {
	payer := false
	c := client(t, providertest.Nowhere, func(c *Config) {
		c.UnderPaidCover, c.FeePaidByPayer, c.LifeTime = "2.5", &payer, 30
		c.CallbackURL, c.ReturnURL = "https://example.com/callback?a=1&b=2", "https://example.com/success"
		c.Email, c.Description = "shop@example.com", "Order #12345"
	})
	o := order
	o.Email = "customer@example.com"
	r, err := c.Prepare(o)
	want := `{"merchant":"MERCH-4f9a-key","amount":125.50,"currency":"USD","lifeTime":30,"feePaidByPayer":0,"underPaidCover":2.5,` +
		`"callbackUrl":"https://example.com/callback?a=1&b=2","returnUrl":"https://example.com/success",` +
		`"description":"Order #12345","orderId":"01JC7QK4","email":"customer@example.com"}`
	if err != nil || string(r.Body) != want {
		t.Errorf("sent %v\n%s\nwant\n%s", err, r.Body, want)
	}
	if strings.Contains(string(r.Record), secret) {
		t.Errorf("the key is recorded: %s", r.Record)
	}
}

func TestAmountsGoOutAsExactPlainDecimals(t *testing.T) {
	c := client(t, providertest.Nowhere, func(c *Config) { c.Coins = map[string]int{"BTC": 8} })
	for want, a := range map[string]providers.Amount{
		`"amount":0.01,`:          {Minor: 1, Currency: usd},
		`"amount":9999999999.99,`: {Minor: providers.MaxMinor, Currency: usd},
		`"amount":0.00000001,`:    {Minor: 1, Currency: providers.Currency{Code: "BTC", Decimals: 8}},
		`"amount":500,`:           {Minor: 500, Currency: providers.Currency{Code: "JPY"}},
	} {
		o := order
		o.Amount = a
		if r, err := c.Prepare(o); err != nil || !strings.Contains(string(r.Body), want) {
			t.Errorf("%v: no %s in %s, %v", a, want, r.Body, err)
		}
	}
}

func TestAnOrderThatCannotBeSentIsRefusedAtItsField(t *testing.T) {
	c := client(t, providertest.Nowhere, func(c *Config) { c.Coins = map[string]int{"BTC": 8} })
	for _, row := range []struct {
		field  string
		change func(*providers.Order)
	}{
		{"kind", func(o *providers.Order) { o.Kind = providers.Authorise }},
		{"kind", func(o *providers.Order) { o.Kind = providers.Transfer }},
		{"reference", func(o *providers.Order) { o.Reference = "" }},
		{"reference", func(o *providers.Order) { o.Reference = "a\x00b" }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = 0 }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = -1 }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = providers.MaxMinor + 1 }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "usd" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Decimals = 0 }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "TRX" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency = providers.Currency{Code: "BTC", Decimals: 2} }},
		{"email", func(o *providers.Order) { o.Email = "nobody" }},
		{"email", func(o *providers.Order) { o.Email = "Mia <mia@example.com>" }},
		{"description", func(o *providers.Order) { o.Description = "two\nlines" }},
	} {
		o := order
		row.change(&o)
		r, err := c.Prepare(o)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field || e.Text == "" || r.Body != nil {
			t.Errorf("%+v: got %+v, want a refusal at %s", o, e, row.field)
		}
	}
}

func TestSettingsOutOfRangeAreRefusedBeforeAnythingIsSent(t *testing.T) {
	for _, row := range []struct {
		field  string
		change func(*Config)
	}{
		{"life_time", func(c *Config) { c.LifeTime = 14 }},
		{"life_time", func(c *Config) { c.LifeTime = 2881 }},
		{"life_time", func(c *Config) { c.LifeTime = -1 }},
		{"under_paid_cover", func(c *Config) { c.UnderPaidCover = "60.01" }},
		{"under_paid_cover", func(c *Config) { c.UnderPaidCover = "61" }},
		{"under_paid_cover", func(c *Config) { c.UnderPaidCover = "-1" }},
		{"under_paid_cover", func(c *Config) { c.UnderPaidCover = "1e1" }},
		{"under_paid_cover", func(c *Config) { c.UnderPaidCover = "2,5" }},
		{"callback_url", func(c *Config) { c.CallbackURL = "/callback" }},
		{"return_url", func(c *Config) { c.ReturnURL = "ftp://example.com" }},
		{"coins", func(c *Config) { c.Coins = map[string]int{"BTC": 9} }},
		{"email", func(c *Config) { c.Email = "shop" }},
		{"base_url", func(c *Config) { c.HTTP.Base = "http://api.oxapay.com" }},
		{"base_url", func(c *Config) { c.HTTP.Base = "" }},
	} {
		c := Config{HTTP: providers.HTTPOptions{Base: providertest.Nowhere}}
		row.change(&c)
		_, err := New(c)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field {
			t.Errorf("got %v, want a refusal at %s", err, row.field)
		}
	}
	for _, good := range []Config{{LifeTime: 15}, {LifeTime: 2880}, {UnderPaidCover: "60.00"}, {UnderPaidCover: "0"}, {UnderPaidCover: "59.99"}} {
		good.HTTP.Base = providertest.Nowhere
		if _, err := New(good); err != nil {
			t.Errorf("%+v is refused: %v", good, err)
		}
	}
}

func TestWithoutAKeyOrWithTheTestKeyNothingIsPrepared(t *testing.T) {
	keys := map[string]*Client{
		"none":  client(t, providertest.Nowhere, func(c *Config) { c.MerchantKey = nil }),
		"empty": client(t, providertest.Nowhere, func(c *Config) { c.MerchantKey = func() string { return "" } }),
		"test":  client(t, providertest.Nowhere, func(c *Config) { c.MerchantKey = func() string { return "sandbox" } }),
	}
	for name, c := range keys {
		_, err := c.Prepare(order)
		if providers.KindOf(err) != providers.Credentials || !strings.Contains(providers.HintOf(err), KeyMerchant) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	c := client(t, providertest.Nowhere, func(c *Config) { c.Test, c.MerchantKey = true, func() string { return "sandbox" } })
	if _, err := c.Prepare(order); err != nil {
		t.Errorf("test mode refuses the test key: %v", err)
	}
}
