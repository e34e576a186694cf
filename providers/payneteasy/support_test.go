package payneteasy

import (
	"context"
	"net/http"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

const (
	secret  = "Tok^en$-00000000000000000000000000000001"
	control = "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"
)

func client(t testing.TB, base string, change ...func(*Config)) *Client {
	t.Helper()
	c := Config{
		HTTP:         providers.HTTPOptions{Base: base, Timeout: 5 * time.Second},
		AccessToken:  func() string { return secret },
		SerialNumber: "SN-0001",
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
	eur   = providers.Currency{Code: "EUR", Decimals: 2}
	price = providers.Amount{Minor: 10000, Currency: eur}
	order = providers.Order{Kind: providers.Transfer, Reference: "01JC7QK4", Amount: price}
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
	providertest.Hides(t, a, secret, control)
	return a
}
