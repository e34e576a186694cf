package callbacks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"cashdesk/providers"
)

// gateway reports in JSON; what verifies has the header Signed.
type gateway struct {
	providers.Gateway
	name  providers.Provider
	noKey bool
}

func (g *gateway) Provider() providers.Provider { return g.name }

func (g *gateway) Notice(header http.Header, body []byte) (providers.Notice, error) {
	var told struct{ ID, Order string }
	switch {
	case g.noKey:
		return providers.Notice{}, providers.KeyTrouble("a.key", "the key is missing")
	case header.Get("Signed") == "wrongly":
		return providers.Notice{}, &providers.Error{Kind: providers.ProviderFault, Text: "the signature is wrong"}
	case json.Unmarshal(body, &told) != nil:
		return providers.Notice{}, errors.New("no report: " + string(body))
	}
	return providers.Notice{
		ProviderRef: told.ID, Reference: told.Order, Proven: header.Get("Signed") == "rightly",
		Judge: func(w providers.Watch) providers.Answer {
			if told.ID == "another" {
				return providers.Answer{State: providers.Unknown, Reason: providers.Disagrees}
			}
			return providers.Answer{State: providers.Approved}
		},
	}, nil
}

// books is a till that notes what it was told.
type books struct {
	mu     sync.Mutex
	known  map[string]providers.Attempt // by reference
	fault  error                        // of every call
	silent error                        // of Notified alone
	heard  []providers.Notice
	during func(context.Context) // called by Notified
}

func (b *books) Named(_ context.Context, _ providers.Provider, n providers.Notice) (providers.Attempt, bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a, ok := b.known[n.Reference]
	return a, ok, b.fault
}

func (b *books) Notified(ctx context.Context, _ providers.Provider, n providers.Notice) error {
	b.mu.Lock()
	during := b.during
	b.heard = append(b.heard, n)
	fault := errors.Join(b.fault, b.silent)
	b.mu.Unlock()
	if during != nil {
		during(ctx)
	}
	return fault
}

// knows puts an invoice into the books.
func (b *books) knows(a providers.Attempt) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.known[a.Reference] = a
}

// told are the references of what was heard.
func (b *books) told() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, n := range b.heard {
		all = append(all, n.Reference)
	}
	return strings.Join(all, " ")
}

// stand is a receiver with the two providers, and the log that it writes.
type stand struct {
	*testing.T
	books    *books
	receiver *Receiver
	log      *bytes.Buffer
	oxapay   *gateway
}

// other is a gateway that reports nothing.
type other struct{ providers.Gateway }

func (other) Provider() providers.Provider { return providers.Oxipay }

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{T: t, log: &bytes.Buffer{}, oxapay: &gateway{name: providers.OxaPay}}
	s.books = &books{known: map[string]providers.Attempt{
		"R-1": {ID: "1", Reference: "R-1", State: providers.Open},
		"R-2": {ID: "2", Reference: "R-2", State: providers.Approved},
	}}
	s.receiver = New(Config{
		Gateways: []providers.Gateway{other{}, s.oxapay, &gateway{name: providers.XaiGate}},
		Till:     s.books, Log: slog.New(slog.NewTextHandler(s.log, nil)),
	})
	t.Cleanup(s.receiver.Close)
	return s
}

// request is a report as a provider sends it.
func request(method, target, signed, body string) *http.Request {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	if signed != "" {
		r.Header.Set("Signed", signed)
	}
	return r
}

// sends reports something, and wants a status; the body is "ok" for 200 and
// nothing else.
func (s *stand) sends(r *http.Request, want int) {
	s.Helper()
	w := httptest.NewRecorder()
	s.receiver.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		s.Fatal(err)
	}
	text := ""
	if want == http.StatusOK {
		text = "ok"
	}
	if w.Code != want || string(body) != text {
		s.Errorf("%s %s: %d %q, want %d %q", r.Method, r.URL, w.Code, body, want, text)
	}
}

func (s *stand) heard(want string) {
	s.Helper()
	if got := s.books.told(); got != want {
		s.Errorf("the till heard of %q, want %q", got, want)
	}
}
