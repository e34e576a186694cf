package oxapay_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/sandbox"
)

// counter is a client beside a strict sandbox.
func counter(t *testing.T, o sandbox.Options, key string) (*oxapay.Client, *sandbox.Server) {
	t.Helper()
	box := sandbox.New(o)
	s := httptest.NewServer(box)
	t.Cleanup(s.Close)
	c, err := oxapay.New(oxapay.Config{
		HTTP:        providers.HTTPOptions{Base: sandbox.Bases(s.URL).OxaPay, Timeout: 5 * time.Second},
		MerchantKey: func() string { return key }, Test: true, LifeTime: 30, UnderPaidCover: "2.5",
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, box
}

func orderOf(t *testing.T, minor int64, code string) providers.Order {
	t.Helper()
	cur, err := providers.ISO(code)
	if err != nil {
		t.Fatal(err)
	}
	return providers.Order{Kind: providers.Invoice, Reference: "01JC7QK4", Amount: providers.Amount{Minor: minor, Currency: cur}}
}

func send(t *testing.T, c *oxapay.Client, o providers.Order) providers.Answer {
	t.Helper()
	r, err := c.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return c.Send(context.Background(), r, false)
}

func TestTheSandboxTakesAnInvoiceFromOpenToPaid(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.OxaPayMerchant)
	o := orderOf(t, 12550, "USD")
	a := send(t, c, o)
	if a.State != providers.Open || a.Link == "" || a.ExpiresAt.Sub(a.ServerDate) < 29*time.Minute {
		t.Fatalf("got %+v", a)
	}
	w := providers.Watch{Reference: o.Reference, ProviderRef: a.ProviderRef, Amount: o.Amount}
	if got := c.Ask(context.Background(), w); got.State != providers.Open || got.Code != "New" {
		t.Errorf("before paying it is %+v", got)
	}
	if err := box.Pay(a.ProviderRef); err != nil {
		t.Fatal(err)
	}
	if got := c.Ask(context.Background(), w); got.State != providers.Approved || got.Code != "Paid" || got.Shortfall != "" {
		t.Errorf("after paying it is %+v", got)
	}
}

func TestTheSandboxLetsAnInvoiceExpire(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.OxaPayMerchant)
	o := orderOf(t, 12550, "USD")
	a := send(t, c, o)
	if err := box.Expire(a.ProviderRef); err != nil {
		t.Fatal(err)
	}
	got := c.Ask(context.Background(), providers.Watch{Reference: o.Reference, ProviderRef: a.ProviderRef, Amount: o.Amount})
	if got.State != providers.Expired || got.Received != "" {
		t.Errorf("got %+v", got)
	}
}

func TestTheSandboxFindsAnInvoiceWhoseAnswerWasLost(t *testing.T) {
	var asked atomic.Bool
	c, _ := counter(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
		if !asked.Swap(true) {
			return sandbox.Fault{Kind: sandbox.LoseAnswer}
		}
		return sandbox.Fault{}
	}}, sandbox.OxaPayMerchant)
	o := orderOf(t, 12550, "USD")
	if a := send(t, c, o); a.State != providers.Unknown || a.Reason != providers.Cut {
		t.Errorf("the lost answer is %+v", a)
	}
	w := providers.Watch{Reference: o.Reference, Amount: o.Amount}
	if a := c.Find(context.Background(), w); a.State != providers.Open || a.ProviderRef == "" {
		t.Errorf("it was found as %+v", a)
	}
	w.Reference = "01JC0000"
	if a := c.Find(context.Background(), w); a.State != providers.Refused || a.Reason != providers.NotFound {
		t.Errorf("what was never made was found as %+v", a)
	}
}

func TestTheSandboxRefusesWithTheProvidersCodes(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.OxaPayMerchant)
	for code, o := range map[string]providers.Order{"105": orderOf(t, 1000, "SEK"), "110": orderOf(t, providers.MaxMinor, "USD")} {
		if a := send(t, c, o); a.State != providers.Refused || a.Code != code || a.Reason != providers.ProviderSaidNo {
			t.Errorf("%s came as %+v", code, a)
		}
	}
	wrong, _ := counter(t, sandbox.Options{}, "somebody-else")
	if a := send(t, wrong, orderOf(t, 1000, "USD")); a.State != providers.Refused || a.Code != "102" {
		t.Errorf("a wrong key gave %+v", a)
	}
	if len(box.Ledger()) != 0 {
		t.Errorf("money was taken: %v", box.Ledger())
	}
}

func TestTheBytesThatReachTheSandboxAreExactlyThese(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.OxaPayMerchant)
	o := orderOf(t, 12550, "USD")
	a := send(t, c, o)
	w := providers.Watch{Reference: o.Reference, ProviderRef: a.ProviderRef, Amount: o.Amount}
	c.Ask(context.Background(), w)
	want := []struct{ path, body string }{
		{"/oxapay/merchants/request", `{"merchant":"sandbox","amount":125.50,"currency":"USD","lifeTime":30,"underPaidCover":2.5,"orderId":"01JC7QK4"}`},
		{"/oxapay/merchants/inquiry", `{"merchant":"sandbox","trackId":` + a.ProviderRef + `}`}, // before anybody sees the link
		{"/oxapay/merchants/inquiry", `{"merchant":"sandbox","trackId":` + a.ProviderRef + `}`},
	}
	got := box.Requests()
	if len(got) != len(want) {
		t.Fatalf("%d requests", len(got))
	}
	for i, w := range want {
		if got[i].Method != http.MethodPost || got[i].Path != w.path || got[i].Header.Get("Content-Type") != "application/json" || string(got[i].Body) != w.body {
			t.Errorf("%s %s\n%s\nwant\n%s", got[i].Method, got[i].Path, got[i].Body, w.body)
		}
	}
}
