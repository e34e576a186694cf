package oxapay

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cashdesk/providers"
)

const secret = "MERCH-4f9a-key"

// server is OxaPay as one test needs it; it keeps what it got.
type server struct {
	*httptest.Server
	mu     sync.Mutex
	paths  []string
	bodies []string
}

func serve(t *testing.T, answer http.HandlerFunc) *server {
	t.Helper()
	s := &server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.paths = append(s.paths, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type"))
		s.bodies = append(s.bodies, string(body))
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func client(t *testing.T, base string, change ...func(*Config)) *Client {
	t.Helper()
	c := Config{
		HTTP:        providers.HTTPOptions{Base: base, Timeout: 5 * time.Second},
		MerchantKey: func() string { return secret },
		LinkHosts:   []string{"pay.oxapay.com"},
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
	price = providers.Amount{Minor: 12550, Currency: usd}
	order = providers.Order{Kind: providers.Invoice, Reference: "01JC7QK4", Amount: price}
	watch = providers.Watch{Reference: "01JC7QK4", ProviderRef: "12373985", Amount: price}
)

func prepared(t *testing.T, c *Client) providers.Request {
	t.Helper()
	r, err := c.Prepare(order)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// send sends the usual order to a server that answers so.
func send(t *testing.T, answer http.HandlerFunc, change ...func(*Config)) providers.Answer {
	t.Helper()
	c := client(t, serve(t, answer).URL, change...)
	a := c.Send(context.Background(), prepared(t, c), false)
	hidesTheKey(t, a)
	return a
}

func hidesTheKey(t *testing.T, a providers.Answer) {
	t.Helper()
	if text, _ := json.Marshal(a); strings.Contains(strings.ToLower(string(text)), strings.ToLower(secret)) {
		t.Errorf("the key stands in the answer: %s", text)
	}
}

// got is what arrived, each request as its line and its body.
func (s *server) got() (lines, bodies []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.paths), slices.Clone(s.bodies)
}

// nowhere is the base of clients that send nothing.
const nowhere = "https://provider.invalid"
