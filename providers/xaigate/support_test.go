package xaigate

import (
	"context"
	"net/http"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

const secret = "0b7e1c52-93aa-4c1d-8e57-2f1f6a3b9d10"

func client(t testing.TB, base string, change ...func(*Config)) *Client {
	t.Helper()
	c := Config{
		HTTP:      providers.HTTPOptions{Base: base, Timeout: 5 * time.Second},
		APIKey:    func() string { return secret },
		LinkHosts: []string{"wallet.xaigate.com"},
		Email:     "shop@example.com",
	}
	for _, f := range change {
		f(&c)
	}
	made, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

var (
	usd   = providers.Currency{Code: "USD", Decimals: 2}
	price = providers.Amount{Minor: 1055, Currency: usd}
	order = providers.Order{Kind: providers.Invoice, Reference: "01JC7QK4", Amount: price}
	watch = providers.Watch{Reference: "01JC7QK4", ProviderRef: "INV2167234232", Amount: price}
)

func prepared(t testing.TB, c *Client) providers.Request {
	t.Helper()
	return providertest.Prepared(t, c, order)
}

// send sends the usual order to a server that answers so.
func send(t *testing.T, answer http.HandlerFunc, change ...func(*Config)) providers.Answer {
	t.Helper()
	c := client(t, providertest.Serve(t, answer).URL, change...)
	a := c.Send(context.Background(), prepared(t, c), false)
	providertest.Hides(t, a, secret)
	return a
}
