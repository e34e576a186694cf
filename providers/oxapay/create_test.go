package oxapay

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

const created = `{"result":100,"message":"Operation completed successfully!","trackId":"12373985","payLink":"https://pay.oxapay.com/12373985","expiredAt":1763640000}`

func TestACreatedInvoiceIsOpenWithItsLinkAndItsExpiry(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, created))
	c := client(t, s.URL)
	r := prepared(t, c)
	a := c.Send(context.Background(), r, false)
	if a.State != providers.Open || a.ProviderRef != "12373985" || a.Link != "https://pay.oxapay.com/12373985" || a.Code != "100" || a.Reason != "" {
		t.Errorf("got %+v", a)
	}
	if want := time.Unix(1763640000, 0); !a.ExpiresAt.Equal(want) {
		t.Errorf("it expires at %v, want %v", a.ExpiresAt, want)
	}
	lines, bodies := s.Got()
	if len(bodies) != 2 || bodies[0] != string(r.Body) || lines[0] != "POST /merchants/request application/json" || lines[1] != "POST /merchants/inquiry application/json" {
		t.Errorf("the server got %v %v", lines, bodies)
	}
}

func TestNumbersWrittenAsTextAndTextAsNumbersAreRead(t *testing.T) {
	a := send(t, providertest.Says(200, `{"result":"100","trackId":12373985,"payLink":"https://pay.oxapay.com/1","expiredAt":"1763640000000"}`))
	if a.State != providers.Open || a.ProviderRef != "12373985" || !a.ExpiresAt.Equal(time.Unix(1763640000, 0)) {
		t.Errorf("got %+v", a)
	}
}

func TestWithoutAnExpiryTheLifeTimeCountsFromTheRepliesDate(t *testing.T) {
	date := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	answer := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", date.Format(http.TimeFormat))
		providertest.Says(200, `{"result":100,"trackId":"1","payLink":"https://pay.oxapay.com/1"}`)(w, r)
	}
	if a := send(t, answer); !a.ExpiresAt.Equal(date.Add(time.Hour)) {
		t.Errorf("by default it expires at %v", a.ExpiresAt)
	}
	if a := send(t, answer, func(c *Config) { c.LifeTime = 15 }); !a.ExpiresAt.Equal(date.Add(15 * time.Minute)) {
		t.Errorf("after 15 minutes it expires at %v", a.ExpiresAt)
	}
}

func TestEveryResultCodeAtTheCreationMeansWhatTheTableSays(t *testing.T) {
	for _, row := range codes {
		if row.Code == "100" || row.Status != "" {
			continue
		}
		for _, status := range []int{200, 400} {
			a := send(t, providertest.Says(status, fmt.Sprintf(`{"result":%s,"message":"no: %s"}`, row.Code, secret)))
			want, reason := providers.Refused, providers.ProviderSaidNo
			if row.Code == "131" || row.Code == "500" {
				want, reason = providers.Unknown, providers.ServerFault
			}
			if a.State != want || a.Reason != reason || a.Code != row.Code || a.Message != "no: [oxapay.merchant_key]" {
				t.Errorf("%s with HTTP %d gave %+v", row.Code, status, a)
			}
		}
	}
}

func TestNothingButResult100MakesAnInvoice(t *testing.T) {
	for body, reason := range map[string]providers.Reason{
		`{"result":200,"message":"success","trackId":"1","payLink":"https://pay.oxapay.com/1"}`: providers.Unlisted,
		`{"result":0,"message":"Operation completed successfully!","trackId":"1"}`:              providers.Unlisted,
		`{"result":132}`:    providers.Unlisted,
		`{"result":"Paid"}`: providers.Unlisted,
		`{"result":"100\u0007","trackId":"1","payLink":"https://pay.oxapay.com/1"}`: providers.Unlisted,
		`{"result":"103\u0007"}`:                                                     providers.Unlisted,
		`{"message":"Operation completed"}`:                                          providers.BadBody,
		`{"result":100,"trackId":"1"}`:                                               providers.BadBody,
		`{"result":100,"payLink":"https://pay.oxapay.com/1"}`:                        providers.BadBody,
		`{"result":100,"trackId":"1\u001b[2J","payLink":"https://pay.oxapay.com/1"}`: providers.BadBody,
		`{"result":100,"trackId":"1","payLink":"https://evil.example/1"}`:            providers.LinkRefused,
		`{"result":100,"trackId":"1","payLink":"http://pay.oxapay.com/1"}`:           providers.LinkRefused,
		`{"result":100,"trackId":"1","payLink":"http://127.0.0.1/1"}`:                providers.LinkRefused,
		`{"result":true}`: providers.BadBody,
		`{"result":100,"trackId":{},"payLink":"https://pay.oxapay.com/1"}`: providers.BadBody,
		`[]`: providers.BadBody, `null`: providers.BadBody, `100`: providers.BadBody,
	} {
		a := send(t, providertest.Says(200, body))
		if a.State != providers.Unknown || a.Reason != reason || a.Link != "" {
			t.Errorf("%s gave %+v, want %s", body, a, reason)
		}
	}
}

func TestALinkToThisMachineIsForTestModeAlone(t *testing.T) {
	body := providertest.Says(200, `{"result":100,"trackId":"1","payLink":"http://127.0.0.1:8199/pay/1"}`)
	if a := send(t, body, func(c *Config) { c.Test = true }); a.State != providers.Open || a.Link == "" {
		t.Errorf("got %+v", a)
	}
}

func TestARefusalFromAFailingServerIsNotSure(t *testing.T) {
	for _, status := range []int{500, 502, 503} {
		if a := send(t, providertest.Says(status, `{"result":105}`)); a.State != providers.Unknown {
			t.Errorf("HTTP %d gave %+v", status, a)
		}
	}
	if a := send(t, providertest.Says(500, created)); a.State != providers.Unknown || a.Link != "" {
		t.Errorf("an invoice from a failing server gave %+v", a)
	}
}

func TestTheProvidersPhraseForSuccessIsNoNewsAboutAnInvoice(t *testing.T) {
	if a := send(t, providertest.Says(200, created)); a.State != providers.Open || a.Message != "" {
		t.Errorf("got %+v", a)
	}
}

func TestAskedTooOftenTheProvidersPauseIsKept(t *testing.T) {
	a := send(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "17")
		providertest.Says(429, `{"result":124}`)(w, r)
	})
	if a.State != providers.Unknown || a.Reason != providers.Throttled || a.RetryAfter != 17*time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestAResentCreationIsNeverRefused(t *testing.T) {
	c := client(t, providertest.Serve(t, providertest.Says(200, `{"result":105}`)).URL)
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
