package oxipay

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

const testKey = "a-device-key-of-this-shop"

var aud = providers.Currency{Code: "AUD", Decimals: 2}

// settings of a counter in Australia, in test mode, that reaches base. The
// tokens of its requests are the letters a to z, over and over.
func settings(base string) Config {
	return Config{
		HTTP:     providers.HTTPOptions{Base: base},
		Merchant: "30299999", Device: "d555", Firmware: "1.0.0", Country: Australia,
		SigningKey: func() string { return testKey },
		Test:       true,
		Random:     endless("abcdefghijklmnopqrstuvwxyz"),
	}
}

type alphabet struct {
	text string
	at   int
}

func endless(text string) io.Reader { return &alphabet{text: text} }

func (a *alphabet) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = a.text[a.at%len(a.text)]
		a.at++
	}
	return len(p), nil
}

func client(t testing.TB, c Config) *Client {
	t.Helper()
	made, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// counter serves with the handler and gives a client that talks to it.
func counter(t testing.TB, h http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	c := settings(server.URL + "/webapi/v1")
	c.HTTP.Timeout, c.Authorise = 5*time.Second, 5*time.Second
	return client(t, c)
}

func sale() providers.Order {
	return providers.Order{
		Kind: providers.Authorise, Reference: "01JC7QK4", Operator: "mia",
		Amount: providers.Amount{Minor: 12550, Currency: aud}, Code: "6199123456",
	}
}

func invitation() providers.Order {
	return providers.Order{
		Kind: providers.Invite, Reference: "01JC7QK5", Operator: "mia",
		Amount: providers.Amount{Minor: 6401, Currency: aud}, Mobile: "+61 412 345 678",
	}
}

func refund() providers.Order {
	return providers.Order{
		Kind: providers.Refund, Reference: "01JC7QK6", Operator: "ana", PurchaseRef: "01JC7QK4",
		Amount: providers.Amount{Minor: 2001, Currency: aud},
	}
}

func undo() providers.Order {
	return providers.Order{
		Kind: providers.UndoRefund, Reference: "01JC7QK7", Operator: "ana", RefundSignature: "01" + strings.Repeat("a9", 31),
		Amount: providers.Amount{Minor: 2001, Currency: aud},
	}
}

// everyOrder is one of each kind that Oxipay takes.
func everyOrder() []providers.Order {
	return []providers.Order{sale(), invitation(), refund(), undo()}
}

func prepare(t testing.TB, c *Client, o providers.Order) providers.Request {
	t.Helper()
	r, err := c.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// script is a reply to be built: fields, and what is wrong with it.
type script struct {
	status, code, message, number string
	sign                          providers.Signature
	echo                          json.RawMessage // nil: none
	http                          int
}

func (s script) body() []byte {
	fields := map[string]string{"x_status": s.status, "x_code": s.code, "x_message": s.message}
	if s.number != "" {
		fields["x_purchase_number"] = s.number
	}
	all := map[string]any{}
	for name, value := range fields {
		all[name] = value
	}
	switch s.sign {
	case providers.SignatureValid:
		all["signature"] = Sign(testKey, fields)
	case providers.SignatureWrong:
		all["signature"] = Sign("another key", fields)
	}
	if s.echo != nil {
		all["tracking_data"] = s.echo
	}
	body, _ := json.Marshal(all)
	return body
}

// echoOf is the tracking data of a request's body.
func echoOf(body []byte) json.RawMessage {
	var sent struct {
		Tracking json.RawMessage `json:"tracking_data"`
	}
	if json.NewDecoder(bytes.NewReader(body)).Decode(&sent) != nil {
		return nil
	}
	return sent.Tracking
}

// answer sends an order to a server that answers with the script.
func (s script) answer(key string, r providers.Request, resend bool) providers.Answer {
	return decide(key, r, providers.Reply{Status: s.http, Body: s.body()}, resend)
}
