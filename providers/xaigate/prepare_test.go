package xaigate

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestAnInvoiceIsAskedForWithTheShopsOwnAddress(t *testing.T) {
	r := prepared(t, client(t, providertest.Nowhere))
	rest := `,"amount":"10.55","currency":"USD","orderId":"01JC7QK4","email":"shop@example.com"}`
	if want := `{"apiKey":"` + secret + `"` + rest; string(r.Body) != want {
		t.Errorf("sent\n%s\nwant\n%s", r.Body, want)
	}
	if want := `{"apiKey":"[xaigate.api_key]"` + rest; string(r.Record) != want || r.Keep {
		t.Errorf("recorded, keep %v\n%s", r.Keep, r.Record)
	}
	if r.Provider != providers.XaiGate || r.Kind != providers.Invoice || r.Call != "/api/v1/invoice/create" || r.Reference != order.Reference {
		t.Errorf("the request is labelled %+v", r)
	}
}

func TestAnInvoiceIsAskedForWithEveryOption(t *testing.T) {
	c := client(t, providertest.Nowhere, func(c *Config) {
		c.ShopName, c.Description = "My Store", "3 Coffee"
		c.SuccessURL, c.FailURL, c.NotifyURL = "https://example.com/ok?a=1&b=2", "https://example.com/fail", "https://example.com/notify"
	})
	o := order
	o.Email, o.Amount.Currency.Code = "customer@example.com", "EUR"
	r, err := c.Prepare(o)
	want := `{"apiKey":"` + secret + `","shopName":"My Store","amount":"10.55","currency":"EUR","orderId":"01JC7QK4","email":"customer@example.com",` +
		`"successUrl":"https://example.com/ok?a=1&b=2","failUrl":"https://example.com/fail","notifyUrl":"https://example.com/notify","description":"3 Coffee"}`
	if err != nil || string(r.Body) != want {
		t.Errorf("sent %v\n%s\nwant\n%s", err, r.Body, want)
	}
	o.Description = "2 Tea"
	if r, err = c.Prepare(o); err != nil || !strings.Contains(string(r.Body), `"description":"2 Tea"`) {
		t.Errorf("the order's own description is lost: %s %v", r.Body, err)
	}
}

func TestAnOrderThatCannotBeSentIsRefusedAtItsField(t *testing.T) {
	for _, row := range []struct {
		field  string
		change func(*providers.Order)
	}{
		{"kind", func(o *providers.Order) { o.Kind = providers.Invite }},
		{"reference", func(o *providers.Order) { o.Reference = "" }},
		{"reference", func(o *providers.Order) { o.Reference = "a\xffb" }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = 0 }},
		{"amount", func(o *providers.Order) { o.Amount.Minor = providers.MaxMinor + 1 }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "AUD" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Code = "usd" }},
		{"currency", func(o *providers.Order) { o.Amount.Currency.Decimals = 3 }},
		{"email", func(o *providers.Order) { o.Email = "customer" }},
		{"email", func(o *providers.Order) { o.Email = "a@b.example, c@d.example" }},
		{"email", func(o *providers.Order) { o.Email = "<a@b.example>" }},
		{"description", func(o *providers.Order) { o.Description = "two\nlines" }},
	} {
		o := order
		row.change(&o)
		r, err := client(t, providertest.Nowhere).Prepare(o)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field || r.Body != nil {
			t.Errorf("%+v: got %+v, want a refusal at %s", o, e, row.field)
		}
		if err != nil && o.Email != "" && strings.Contains(err.Error(), o.Email) {
			t.Errorf("the error repeats the customer's address: %v", err)
		}
	}
}

func TestWithoutAnyAddressTheCounterHasToAsk(t *testing.T) {
	c := client(t, providertest.Nowhere, func(c *Config) { c.Email = "" })
	_, err := c.Prepare(order)
	var e *providers.Error
	if !errors.As(err, &e) || e.Field != "email" || e.Hint == "" {
		t.Errorf("got %v", err)
	}
	o := order
	o.Email = "customer@example.com"
	if _, err := c.Prepare(o); err != nil {
		t.Errorf("the customer's own address is refused: %v", err)
	}
}

func TestOtherCurrenciesAreForTheSettingsToName(t *testing.T) {
	o := order
	o.Amount.Currency.Code = "GBP"
	if _, err := client(t, providertest.Nowhere, func(c *Config) { c.Currencies = []string{"GBP"} }).Prepare(o); err != nil {
		t.Errorf("GBP is refused: %v", err)
	}
}

func TestSettingsThatCannotBeSentAreRefused(t *testing.T) {
	for _, row := range []struct {
		field  string
		change func(*Config)
	}{
		{"success_url", func(c *Config) { c.SuccessURL = "ok" }},
		{"fail_url", func(c *Config) { c.FailURL = "javascript:alert(1)" }},
		{"notify_url", func(c *Config) { c.NotifyURL = "//example.com" }},
		{"email", func(c *Config) { c.Email = "shop" }},
		{"currency", func(c *Config) { c.Currencies = []string{"Dollars"} }},
		{"base_url", func(c *Config) { c.HTTP.Base = "http://wallet-api.xaigate.com" }},
	} {
		c := Config{}
		row.change(&c)
		_, err := New(c)
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Input || e.Field != row.field {
			t.Errorf("got %v, want a refusal at %s", err, row.field)
		}
	}
}

func TestWithoutAKeyOrWithThePublishedOneNothingIsPrepared(t *testing.T) {
	sample := func() string { return "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e" }
	for name, key := range map[string]func() string{"none": nil, "empty": func() string { return "" }, "published": sample} {
		_, err := client(t, providertest.Nowhere, func(c *Config) { c.APIKey = key }).Prepare(order)
		if providers.KindOf(err) != providers.Credentials || strings.Contains(err.Error(), sample()) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if _, err := client(t, providertest.Nowhere, func(c *Config) { c.APIKey, c.Test = sample, true }).Prepare(order); err != nil {
		t.Errorf("test mode refuses the published key: %v", err)
	}
}
