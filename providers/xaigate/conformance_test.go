package xaigate_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
	"cashdesk/providers/xaigate"
)

// counter is a client beside a strict sandbox.
func counter(t *testing.T, o sandbox.Options, key string) (*xaigate.Client, *sandbox.Server) {
	t.Helper()
	box := sandbox.New(o)
	s := httptest.NewServer(box)
	t.Cleanup(s.Close)
	c, err := xaigate.New(xaigate.Config{
		HTTP:   providers.HTTPOptions{Base: sandbox.Bases(s.URL).XaiGate, Timeout: 5 * time.Second},
		APIKey: func() string { return key }, Test: true, Email: "shop@example.com",
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, box
}

// tenThirty is 10.30, which the sandbox gives back as 10.3.
func tenThirty(reference string) providers.Order {
	return providers.Order{Kind: providers.Invoice, Reference: reference,
		Amount: providers.Amount{Minor: 1030, Currency: providers.Currency{Code: "EUR", Decimals: 2}}}
}

func send(t *testing.T, c *xaigate.Client, o providers.Order) (providers.Answer, providers.Watch) {
	t.Helper()
	r, err := c.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	a := c.Send(context.Background(), r, false)
	return a, providers.Watch{Reference: o.Reference, ProviderRef: a.ProviderRef, Amount: o.Amount}
}

func TestTheSandboxTakesAnInvoiceFromOpenToPaid(t *testing.T) {
	for _, reference := range []string{"01JC7QK4", "10"} {
		c, box := counter(t, sandbox.Options{}, sandbox.XaiGateKey)
		a, w := send(t, c, tenThirty(reference))
		if a.State != providers.Open || a.Link == "" || a.Code != "Pending" {
			t.Fatalf("got %+v", a)
		}
		if got := c.Ask(context.Background(), w); got.State != providers.Open {
			t.Errorf("before paying it is %+v", got)
		}
		if err := box.Pay(a.ProviderRef); err != nil {
			t.Fatal(err)
		}
		if got := c.Ask(context.Background(), w); got.State != providers.Approved || got.Received != "10.30" {
			t.Errorf("after paying it is %+v", got)
		}
	}
}

func TestTheSandboxTakesTooLittleAndLetsExpire(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.XaiGateKey)
	a, w := send(t, c, tenThirty("A"))
	if err := box.PayLess(a.ProviderRef); err != nil {
		t.Fatal(err)
	}
	if got := c.Ask(context.Background(), w); got.State != providers.PartlyPaid || got.Received == "" || got.Shortfall == "" {
		t.Errorf("partly paid it is %+v", got)
	}
	a, w = send(t, c, tenThirty("B"))
	if err := box.Expire(a.ProviderRef); err != nil {
		t.Fatal(err)
	}
	if got := c.Ask(context.Background(), w); got.State != providers.Expired {
		t.Errorf("expired it is %+v", got)
	}
}

func TestTheSandboxKnowsNobodyElsesKeyAndNoOtherInvoice(t *testing.T) {
	c, _ := counter(t, sandbox.Options{}, "0b7e1c52-93aa-4c1d-8e57-2f1f6a3b9d10")
	if a, _ := send(t, c, tenThirty("A")); a.State != providers.Refused || a.Reason != providers.BadStatus || a.HTTPStatus != http.StatusUnauthorized {
		t.Errorf("got %+v", a)
	}
	c, _ = counter(t, sandbox.Options{}, sandbox.XaiGateKey)
	if a := c.Ask(context.Background(), providers.Watch{Reference: "A", ProviderRef: "INV1"}); a.State != providers.Unknown {
		t.Errorf("got %+v", a)
	}
}

func TestALostAnswerOfTheSandboxMayBeBegunAnew(t *testing.T) {
	var lose atomic.Bool
	lose.Store(true)
	c, box := counter(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
		if lose.Load() {
			return sandbox.Fault{Kind: sandbox.LoseAnswer}
		}
		return sandbox.Fault{}
	}}, sandbox.XaiGateKey)
	if a, _ := send(t, c, tenThirty("A")); a.State != providers.Refused || a.Reason != providers.Cut || a.Link != "" {
		t.Errorf("the lost one is %+v", a)
	}
	lose.Store(false)
	if a, _ := send(t, c, tenThirty("B")); a.State != providers.Open {
		t.Errorf("the new one is %+v", a)
	}
	if len(box.Ledger()) != 0 {
		t.Errorf("money was taken: %v", box.Ledger())
	}
}

func TestTheBytesThatReachTheSandboxAreExactlyThese(t *testing.T) {
	c, box := counter(t, sandbox.Options{}, sandbox.XaiGateKey)
	a, w := send(t, c, tenThirty("01JC7QK4"))
	c.Ask(context.Background(), w)
	const key = `{"apiKey":"fdda9f03-6409-43eb-a6ef-e1f6cea71c2e",`
	want := []struct{ path, body string }{
		{"/xaigate/api/v1/invoice/create", key + `"amount":"10.30","currency":"EUR","orderId":"01JC7QK4","email":"shop@example.com"}`},
		{"/xaigate/api/v1/invoice/info", key + `"invoiceNo":"` + a.ProviderRef + `"}`},
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
