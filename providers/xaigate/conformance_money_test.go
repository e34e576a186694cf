package xaigate_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
	"cashdesk/providers/xaigate"
)

// TestTheSandboxOverpaysPaysLateAndDeletes follows each invoice as the counter
// does: what was told becomes the row, and the row says what to do.
func TestTheSandboxOverpaysPaysLateAndDeletes(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.XaiGateKey)
	for _, row := range []struct {
		plays []func(string) error
		state providers.State
		staff string
		next  string
	}{
		{[]func(string) error{box.PayMore}, providers.Approved, "Paid, and 1.03 EUR more than asked.", "Hand over the goods. A manager decides"},
		{[]func(string) error{box.Expire, box.Pay}, providers.Approved, "Paid, but only after the time to pay was over.", "a manager refunds it"},
		{[]func(string) error{box.Expire, box.PayMore}, providers.Approved, "Paid after the time to pay was over, and 1.03 EUR more than asked.", "a manager"},
		{[]func(string) error{box.PayLess, box.Pay}, providers.Approved, "Paid and confirmed by XaiGate.", "Hand over the goods."},
		{[]func(string) error{box.PayLess}, providers.PartlyPaid, "1.03 EUR is missing", "Keep the goods"},
		{[]func(string) error{box.Expire, box.PayLess}, providers.PartlyPaid, "It came after the time to pay was over.", "call a manager"},
		{[]func(string) error{box.Delete}, providers.Declined, "nobody can pay it any more", "Start again"},
		{[]func(string) error{box.PayLess, box.Delete}, providers.Declined, "after 9.27 EUR had come; nobody can pay it any more", "call a manager"},
	} {
		made, w := send(t, c, tenThirty("01JC7QK4"))
		a := providers.Attempt{State: providers.Open, Amount: w.Amount, ProviderRef: made.ProviderRef, Link: made.Link}
		for _, play := range row.plays {
			if err := play(made.ProviderRef); err != nil {
				t.Fatal(err)
			}
			answer := c.Ask(context.Background(), w)
			after, err := providers.Apply(a, providers.FromAnswer(providers.EventWatched, "A", answer))
			if err != nil {
				t.Fatal(err)
			}
			a = after
		}
		words := c.Explain(a)
		if a.State != row.state || !strings.Contains(words.Staff, row.staff) || !strings.Contains(words.Next, row.next) {
			t.Errorf("%s (late %v, %s came): %+v\nwant %s, %q, %q", a.State, a.Late, a.Received, words, row.state, row.staff, row.next)
		}
	}
}

func TestBothOfTheSandboxsReportsNameTheInvoiceAndAreOnlyHints(t *testing.T) {
	type report struct {
		header http.Header
		body   []byte
	}
	reports := make(chan report, 8)
	web := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		reports <- report{r.Header, body}
	}))
	t.Cleanup(web.Close)
	box := sandbox.New(sandbox.Options{})
	provider := httptest.NewServer(box)
	t.Cleanup(provider.Close)
	c, err := xaigate.New(xaigate.Config{
		HTTP:   providers.HTTPOptions{Base: sandbox.Bases(provider.URL).XaiGate, Timeout: 5 * time.Second},
		APIKey: func() string { return sandbox.XaiGateKey }, Test: true, Email: "shop@example.com", NotifyURL: web.URL,
	})
	if err != nil {
		t.Fatal(err)
	}
	made, w := send(t, c, tenThirty("01JC7QK4"))
	if err := box.Pay(made.ProviderRef); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		r := <-reports
		n, err := c.Notice(r.header, r.body)
		if err != nil || n.Proven || n.Reference != w.Reference || n.ProviderRef != "" && n.ProviderRef != w.ProviderRef {
			t.Errorf("%s is read as %+v, %v", r.body, n, err)
		}
		if a := n.Judge(w); a.State != providers.Unknown {
			t.Errorf("%s is believed: %+v", r.body, a)
		}
		if strings.Contains(string(r.body), sandbox.XaiGateKey) {
			t.Errorf("the key goes about: %s", r.body)
		}
	}
	if a := c.Ask(context.Background(), w); a.State != providers.Approved {
		t.Errorf("asked, it is %+v", a)
	}
}
