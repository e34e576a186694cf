package payneteasy

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"

	"pgregory.net/rapid"
)

const begun = `{"endpointId":"1111","invoiceId":"3333-aa","rates":{"min":"39","max":"39.00"},"session":{"nonce":"n^o$n+c e","signature":"ABCDEF0123456789"}}`

// with is the reply with one thing changed.
func with(t *testing.T, old, new string) string {
	t.Helper()
	changed := strings.Replace(begun, old, new, 1)
	if changed == begun {
		t.Fatalf("%s is not in the reply", old)
	}
	return changed
}

func TestABegunTransferIsHandedOverAndNeverApproved(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, begun))
	c := client(t, s.URL)
	r := prepared(t, c)
	a := c.Send(context.Background(), r, false)
	if a.State != providers.HandedOver || a.ProviderRef != "3333-aa" || a.CommissionMin != "39" || a.CommissionMax != "39.00" ||
		a.Link != "" || a.Reason != "" || a.Signature != providers.SignatureNone {
		t.Errorf("got %+v", a)
	}
	lines, bodies := s.Got()
	if len(bodies) != 1 || bodies[0] != string(r.Body) || lines[0] != "POST /transfer/initiate-transfer application/json" {
		t.Errorf("the server got %v %v", lines, bodies)
	}
	if text, _ := json.Marshal(a); strings.Contains(string(text), "ABCDEF0123456789") || strings.Contains(string(text), "n^o") {
		t.Errorf("nonce or signature stand in the answer: %s", text)
	}
}

func TestACommissionIsKeptAsItCameOrLeftOut(t *testing.T) {
	for rates, want := range map[string][2]string{
		`{"min":1.5,"max":"3.00"}`: {"1.5", "3.00"}, `{}`: {"", ""}, `null`: {"", ""}, `{"min":null,"max":"2"}`: {"", "2"},
		`{"min":"much","max":"-1"}`: {"", ""}, `{"min":"1e999999999"}`: {"", ""},
	} {
		a := send(t, providertest.Says(200, with(t, `{"min":"39","max":"39.00"}`, rates)))
		if a.State != providers.HandedOver || a.CommissionMin != want[0] || a.CommissionMax != want[1] {
			t.Errorf("%s gave %+v", rates, a)
		}
	}
}

func TestTheHandOverLinkIsFilledAndEscaped(t *testing.T) {
	for template, want := range map[string]string{
		"https://group.example/t/{invoiceId}":                                          "https://group.example/t/3333-aa",
		"https://group.example/t?i={invoiceId}&e={endpointId}&n={nonce}&s={signature}": "https://group.example/t?i=3333-aa&e=1111&n=n%5Eo%24n%2Bc%20e&s=ABCDEF0123456789",
	} {
		a := send(t, providertest.Says(200, begun), func(c *Config) { c.HandoverURL = template })
		if a.State != providers.HandedOver || a.Link != want || a.Reason != "" {
			t.Errorf("%s gave %+v, want %s", template, a, want)
		}
	}
}

func TestAnInvoiceIdCannotLeadTheLinkElsewhere(t *testing.T) {
	a := send(t, providertest.Says(200, with(t, "3333-aa", "../@evil.example/?{nonce}")), func(c *Config) { c.HandoverURL = "https://group.example/t/{invoiceId}" })
	if want := "https://group.example/t/..%2F%40evil.example%2F%3F%7Bnonce%7D"; a.Link != want {
		t.Errorf("got %s, want %s", a.Link, want)
	}
}

func TestALinkThatCannotBeShownLeavesTheTransferBegun(t *testing.T) {
	a := send(t, providertest.Says(200, with(t, "n^o$n+c e", strings.Repeat("n", 3000))), func(c *Config) { c.HandoverURL = "https://group.example/{invoiceId}/{nonce}" })
	if a.State != providers.HandedOver || a.Link != "" || a.Reason != providers.LinkRefused || a.ProviderRef != "3333-aa" {
		t.Errorf("got %+v", a)
	}
	a = send(t, providertest.Says(200, with(t, "n^o$n+c e", secret)), func(c *Config) { c.HandoverURL = "https://group.example/{invoiceId}/{nonce}" })
	if a.Link != "" {
		t.Errorf("the access token stands in the link %s", a.Link)
	}
}

func TestWithAControlKeyOnlyAVerifiedTransferIsUsed(t *testing.T) {
	v := vectors[1]
	reply := func(signature string) string {
		return fmt.Sprintf(`{"endpointId":%q,"invoiceId":%q,"session":{"nonce":%q,"signature":%q}}`, v.endpoint, v.invoice, v.nonce, signature)
	}
	keys := func(c *Config) {
		c.AccessToken, c.ControlKey, c.Test = func() string { return v.token }, func() string { return v.key }, true
		c.HandoverURL = "https://group.example/{invoiceId}"
	}
	a := send(t, providertest.Says(200, reply(v.signature)), keys)
	if a.State != providers.HandedOver || a.Signature != providers.SignatureValid || a.Link == "" {
		t.Errorf("the right one gave %+v", a)
	}
	a = send(t, providertest.Says(200, reply("962EA9B0DCD989B89EF6CFC01FC61C19640A42BF")), keys)
	if a.State != providers.Refused || a.Reason != providers.BadSignature || a.Signature != providers.SignatureWrong || a.Link != "" {
		t.Errorf("a wrong one gave %+v", a)
	}
	if w := client(t, "https://group.example").Explain(providers.Attempt{State: a.State, Reason: a.Reason}); !strings.HasPrefix(w.Next, "Do not use this transfer.") {
		t.Errorf("staff are told %q", w.Next)
	}
	a = send(t, providertest.Says(200, reply("")), keys)
	if a.State != providers.Refused || a.Reason != providers.NoSignature || a.Signature != providers.SignatureMissing {
		t.Errorf("none gave %+v", a)
	}
}

func TestATransferWithAPartMissingIsNone(t *testing.T) {
	for _, change := range [][2]string{
		{`"1111"`, `""`}, {`"1111"`, `null`}, {`"3333-aa"`, `""`}, {`"3333-aa"`, `"3\u202e3"`}, {`"3333-aa"`, `"x` + secret + `"`},
		{`"n^o$n+c e"`, `""`}, {`"ABCDEF0123456789"`, `""`}, {`"ABCDEF0123456789"`, `7`},
	} {
		a := send(t, providertest.Says(200, with(t, change[0], change[1])))
		if a.State != providers.Refused || a.Reason != providers.BadBody || a.ProviderRef != "" {
			t.Errorf("%s gave %+v", change[1], a)
		}
	}
	if a := send(t, providertest.Says(200, with(t, `"1111"`, `1111`))); a.State != providers.HandedOver {
		t.Errorf("an endpoint written as a number gave %+v", a)
	}
}

func TestEveryCauseMeansWhatTheTableSaysWhateverTheStatus(t *testing.T) {
	for cause, want := range map[string]struct {
		state  providers.State
		reason providers.Reason
	}{
		"FILTERED":           {providers.Declined, providers.ProviderSaidNo},
		"INVALID_REQUEST":    {providers.Refused, providers.ProviderSaidNo},
		"SERVER_FAILED":      {providers.Refused, providers.ServerFault},
		"SERVER_UNAVAILABLE": {providers.Refused, providers.ServerFault},
		"OTHER":              {providers.Refused, providers.Unlisted},
		"filtered":           {providers.Refused, providers.Unlisted},
		"":                   {providers.Refused, providers.Unlisted},
	} {
		for _, status := range []int{200, 400, 403, 500} {
			a := send(t, providertest.Says(status, fmt.Sprintf(`{"invoiceId":null,"error":{"cause":%q,"code":"77-%s","message":"at db01.internal"}}`, cause, secret)))
			if a.State != want.state || a.Reason != want.reason || a.Code != cause || a.Message != "support code 77-[payneteasy.access_token]" {
				t.Errorf("%q with HTTP %d gave %+v", cause, status, a)
			}
		}
	}
}

func TestAnErrorBesideACompleteTransferWins(t *testing.T) {
	a := send(t, providertest.Says(200, with(t, `"endpointId"`, `"error":{"cause":"SERVER_FAILED","code":12},"endpointId"`)))
	if a.State != providers.Refused || a.ProviderRef != "" || a.Message != "support code 12" {
		t.Errorf("got %+v", a)
	}
	if a := send(t, providertest.Says(200, with(t, `"endpointId"`, `"error":null,"endpointId"`))); a.State != providers.HandedOver {
		t.Errorf("no error gave %+v", a)
	}
}

func TestAskedTooOftenTheServersPauseIsKept(t *testing.T) {
	a := send(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "17")
		providertest.Says(429, "")(w, r)
	})
	if a.State != providers.Refused || a.Reason != providers.Throttled || a.RetryAfter != 17*time.Second {
		t.Errorf("got %+v", a)
	}
}

func TestAResentTransferIsNeverRefused(t *testing.T) {
	c := client(t, providertest.Serve(t, providertest.Says(403, "")).URL)
	if a := c.Send(context.Background(), prepared(t, c), true); a.State != providers.Unknown || a.Reason != providers.OnResend {
		t.Errorf("got %+v", a)
	}
}

func TestNothingInAReplyPanicsOrApproves(t *testing.T) {
	c := client(t, "https://group.example", func(c *Config) { c.HandoverURL = "https://group.example/{invoiceId}/{nonce}" })
	keys := []string{"endpointId", "invoiceId", "session", "rates", "error", "state", "status"}
	values := []string{`"1"`, `7`, `{}`, `[]`, `null`, `true`, `{"nonce":"n","signature":"AB"}`, `{"cause":"FILTERED"}`, `{"min":1}`, `"Paid"`, `"approved"`}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.OneOf(
			rapid.String(),
			rapid.Custom(func(t *rapid.T) string {
				object := map[string]json.RawMessage{}
				for range rapid.IntRange(0, 7).Draw(t, "fields") {
					object[rapid.SampledFrom(keys).Draw(t, "key")] = json.RawMessage(rapid.SampledFrom(values).Draw(t, "value"))
				}
				text, _ := json.Marshal(object)
				return string(text)
			}),
		).Draw(t, "body")
		reply := providers.Reply{Status: rapid.SampledFrom([]int{200, 201, 400, 403, 500}).Draw(t, "status"), Body: []byte(body)}
		a := c.readInitiate(reply, InitiateRequest{Session: Token{AccessToken: secret}})
		switch a.State {
		case providers.Refused, providers.Declined:
		case providers.HandedOver:
			if !reply.OK() || a.ProviderRef == "" || !strings.Contains(body, "signature") {
				t.Fatalf("handed over by %s", body)
			}
		default:
			t.Fatalf("%s by %s", a.State, body)
		}
	})
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
