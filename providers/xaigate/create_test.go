package xaigate

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

const created = `{"invoiceNo":"INV2167234232","amount":"10.55","paidAmount":"0","toEmail":"other@example.com","toName":"My Store","expiry":60,` +
	`"description":"3 Coffee","status":"Pending","payUrl":"https://wallet.xaigate.com/pay/INV2167234232?lang=en","currency":"USD","shopName":"My Store",` +
	`"orderId":"01JC7QK4","createdAt":"2023-12-07T09:03:07.976520Z","updatedAt":"2023-12-07T09:03:07.976523Z","more":{"ignored":[true]}}`

// with is the reply with one thing changed.
func with(t *testing.T, body, old, new string) string {
	t.Helper()
	changed := strings.Replace(body, old, new, 1)
	if changed == body {
		t.Fatalf("%s is not in the reply", old)
	}
	return changed
}

func TestACreatedInvoiceIsOpenWithItsLinkAndItsExpiry(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, created))
	c := client(t, s.URL)
	r := prepared(t, c)
	a := c.Send(context.Background(), r, false)
	if a.State != providers.Open || a.ProviderRef != "INV2167234232" || a.Code != "Pending" || a.Reason != "" ||
		a.Link != "https://wallet.xaigate.com/pay/INV2167234232?lang=en" {
		t.Errorf("got %+v", a)
	}
	if want := time.Date(2023, 12, 7, 10, 3, 7, 976520000, time.UTC); !a.ExpiresAt.Equal(want) {
		t.Errorf("it expires at %v, want %v", a.ExpiresAt, want)
	}
	lines, bodies := s.Got()
	if len(bodies) != 1 || bodies[0] != string(r.Body) || lines[0] != "POST /api/v1/invoice/create application/json" {
		t.Errorf("the server got %v %v", lines, bodies)
	}
}

func TestWithoutACreationTimeTheExpiryCountsFromTheRepliesDate(t *testing.T) {
	date := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for body, want := range map[string]time.Time{
		with(t, created, `"createdAt":"2023-12-07T09:03:07.976520Z"`, `"createdAt":null`): date.Add(time.Hour),
		with(t, created, `"expiry":60`, `"expiry":"soon"`):                                {},
		with(t, created, `"expiry":60`, `"expiry":-5`):                                    {},
	} {
		a := send(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Date", date.Format(http.TimeFormat))
			providertest.Says(200, body)(w, r)
		})
		if a.State != providers.Open || !a.ExpiresAt.Equal(want) {
			t.Errorf("%s expires at %v, want %v", body, a.ExpiresAt, want)
		}
	}
}

func TestAmountsOfTheEchoAreComparedAsDecimals(t *testing.T) {
	for _, echo := range []string{`10.55`, `"10.550"`, `"10.5500"`} {
		if a := send(t, providertest.Says(201, with(t, created, `"amount":"10.55"`, `"amount":`+echo))); a.State != providers.Open {
			t.Errorf("%s gave %+v", echo, a)
		}
	}
	o := order
	o.Amount.Minor, o.Reference = 1000, "10"
	s := providertest.Serve(t, providertest.Says(200, with(t, with(t, created, `"amount":"10.55"`, `"amount":10`), `"orderId":"01JC7QK4"`, `"orderId":10`)))
	c := client(t, s.URL)
	r, err := c.Prepare(o)
	if a := c.Send(context.Background(), r, false); err != nil || a.State != providers.Open {
		t.Errorf("the page's own sample gave %+v, %v", a, err)
	}
}

func TestWhatIsNotASureInvoiceIsRefusedAndSafeToRepeat(t *testing.T) {
	for reason, changes := range map[providers.Reason][][2]string{
		providers.WrongEcho: {{`"orderId":"01JC7QK4"`, `"orderId":"01JC7QK5"`}, {`"orderId":"01JC7QK4"`, `"orderId":null`}},
		providers.Disagrees: {
			{`"amount":"10.55"`, `"amount":"10.56"`}, {`"amount":"10.55"`, `"amount":"1055"`}, {`"amount":"10.55"`, `"amount":null`},
			{`"amount":"10.55"`, `"amount":"1e999999999"`}, {`"currency":"USD"`, `"currency":"EUR"`}, {`"currency":"USD"`, `"currency":""`},
		},
		providers.BadBody: {
			{`"invoiceNo":"INV2167234232"`, `"invoiceNo":""`}, {`"invoiceNo":"INV2167234232"`, `"invoiceNo":"I\u001b[2J"`},
			{`"invoiceNo":"INV2167234232"`, `"invoiceNo":{}`}, {`"invoiceNo":"INV2167234232"`, `"invoiceNo":"x` + secret + `"`},
			{`"payUrl":"https://wallet.xaigate.com/pay/INV2167234232?lang=en",`, ``}, {`"payUrl":"https`, `"payUrl":7,"x":"https`},
			{`"status":"Pending"`, `"status":true`},
		},
		providers.LinkRefused: {
			{`https://wallet.xaigate.com`, `https://evil.example`}, {`https://wallet`, `http://wallet`}, {`https://wallet.xaigate.com`, `http://127.0.0.1`},
			{`?lang=en`, `?key=` + secret}, {`?lang=en`, `?lang=\u202e`},
		},
	} {
		for _, change := range changes {
			a := send(t, providertest.Says(200, with(t, created, change[0], change[1])))
			if a.State != providers.Refused || a.Reason != reason || a.Link != "" {
				t.Errorf("%s gave %+v, want %s", change[1], a, reason)
			}
		}
	}
}

func TestAnUnknownStatusAtTheCreationIsOpen(t *testing.T) {
	a := send(t, providertest.Says(200, with(t, created, `"Pending"`, `"Fresh"`)))
	if a.State != providers.Open || a.Reason != providers.Unlisted || a.Code != "Fresh" || a.Link == "" {
		t.Errorf("got %+v", a)
	}
}

func TestAnUndocumentedErrorIsKeptShortAndWithoutTheKey(t *testing.T) {
	for _, status := range []int{400, 401, 403, 422, 500} {
		a := send(t, providertest.Says(status, fmt.Sprintf(`{"error":"apiKey %s is\u0007 wrong %s"}`, strings.ToUpper(secret), strings.Repeat("x", 500))))
		if a.State != providers.Refused || a.Reason != providers.BadStatus || a.HTTPStatus != status ||
			!strings.HasPrefix(a.Message, `{"error":"apiKey [xaigate.api_key] is`) || len([]rune(a.Message)) > providers.MaxMessage+1 {
			t.Errorf("HTTP %d gave %+v", status, a)
		}
	}
	if a := send(t, providertest.Says(500, created)); a.State != providers.Refused || a.Link != "" {
		t.Errorf("an invoice from a failing server gave %+v", a)
	}
}

func TestAskedTooOftenTheProvidersPauseIsKept(t *testing.T) {
	a := send(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "17")
		providertest.Says(429, "")(w, r)
	})
	if a.State != providers.Refused || a.Reason != providers.Throttled || a.RetryAfter != 17*time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestALinkToThisMachineIsForTestModeAlone(t *testing.T) {
	body := providertest.Says(200, with(t, created, "https://wallet.xaigate.com", "http://127.0.0.1:8199"))
	if a := send(t, body, func(c *Config) { c.Test = true }); a.State != providers.Open {
		t.Errorf("got %+v", a)
	}
}

func TestAResentCreationIsNeverRefused(t *testing.T) {
	c := client(t, providertest.Serve(t, providertest.Says(400, "")).URL)
	if a := c.Send(context.Background(), prepared(t, c), true); a.State != providers.Unknown || a.Reason != providers.OnResend {
		t.Errorf("got %+v", a)
	}
}

func TestARequestWithoutAKeyNeverLeaves(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, "{}"))
	c := client(t, s.URL)
	for _, body := range []string{"{}", "[]", ""} {
		r := providers.Request{Body: []byte(body)}
		if a := c.Send(context.Background(), r, false); a.State != providers.Refused || a.Reason != providers.NoKey {
			t.Errorf("%q: %+v", body, a)
		}
		if a := c.Send(context.Background(), r, true); a.State != providers.Unknown || a.Reason != providers.NoKey {
			t.Errorf("%q again: %+v", body, a)
		}
	}
	if lines, _ := s.Got(); len(lines) != 0 {
		t.Errorf("%q were sent", lines)
	}
	w := c.Explain(providers.Attempt{State: providers.Refused, Reason: providers.NoKey})
	if !strings.Contains(w.Staff, "its key is not set here") || !strings.Contains(w.Next, "A manager sets the") {
		t.Errorf("it is explained by %+v", w)
	}
}
