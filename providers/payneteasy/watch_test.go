package payneteasy

import (
	"net/http"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestTheResultIsAskedForAtItsAddressWithTheInvoiceEscaped(t *testing.T) {
	var asked string
	s := providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.RequestURI
		providertest.Says(200, `{"invoiceId":"3^$+ /..&x=1","status":"Approved","more":[1]}`)(w, r)
	})
	for template, want := range map[string]string{
		"/result?of=till&invoiceId={invoiceId}": "GET /result?of=till&invoiceId=3%5E%24%2B%20%2F..%26x%3D1",
		"/t/{invoiceId}/result":                 "GET /t/3%5E%24%2B%20%2F..%26x%3D1/result",
		"/{invoiceId}?i={invoiceId}":            "GET /3%5E%24%2B%20%2F..%26x%3D1?i=3%5E%24%2B%20%2F..%26x%3D1",
	} {
		c := client(t, "https://elsewhere.example", func(c *Config) { c.ResultURL = s.URL + template })
		a := c.Ask(t.Context(), providers.Watch{ProviderRef: "3^$+ /..&x=1"})
		if asked != want || a.State != providers.Approved || a.Code != "approved" || a.Message != "" {
			t.Errorf("%s asked %s, and took it for %+v", template, asked, a)
		}
	}
}

func TestAResultThatIsNotSureIsNoNews(t *testing.T) {
	for _, row := range []struct {
		status int
		body   string
		state  providers.State
		reason providers.Reason
	}{
		{200, `{"invoiceId":7,"status":"declined"}`, providers.Declined, ""},
		{200, `{"invoiceId":"7","status":"PENDING"}`, providers.HandedOver, ""},
		{200, `{"invoiceId":"8","status":"approved"}`, providers.Unknown, providers.Disagrees},
		{200, `{"status":"approved"}`, providers.Unknown, providers.Disagrees},
		{200, `{"invoiceId":"7"}`, providers.Unknown, providers.Unlisted},
		{200, `{"invoiceId":"7","status":"paid"}`, providers.Unknown, providers.Unlisted},
		{200, `{"invoiceId":"7","status":"FILTERED"}`, providers.Unknown, providers.Unlisted},
		{200, `{"invoiceId":"7","status":true}`, providers.Unknown, providers.BadBody},
		{200, `{"invoiceId":"7","status":"approved","status":"declined"}`, providers.Unknown, providers.BadBody},
		{200, `{"invoiceId":"7","status":"approved","error":{"cause":"FILTERED"}}`, providers.Unknown, providers.ServerFault},
		{404, `{"invoiceId":"7","status":"approved"}`, providers.Unknown, providers.BadStatus},
		{403, ``, providers.Unknown, providers.AccessDenied},
		{429, ``, providers.Unknown, providers.Throttled},
		{200, ``, providers.Unknown, providers.BadBody},
	} {
		s := providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "40")
			providertest.Says(row.status, row.body)(w, r)
		})
		c := client(t, "https://elsewhere.example", func(c *Config) { c.ResultURL = s.URL + "/{invoiceId}" })
		a := c.Ask(t.Context(), providers.Watch{ProviderRef: "7"})
		if a.State != row.state || a.Reason != row.reason || a.RetryAfter != 40*time.Second || (a.ProviderRef == "7") != (row.state != providers.Unknown) {
			t.Errorf("%d %s: %+v", row.status, row.body, a)
		}
	}
	c := client(t, "https://elsewhere.example", func(c *Config) { c.ResultURL = providertest.Gone() + "/{invoiceId}" })
	if a := c.Ask(t.Context(), providers.Watch{ProviderRef: "7"}); a.State != providers.Unknown || a.Reason != providers.Unreachable {
		t.Errorf("without a server: %+v", a)
	}
	if a := c.Ask(t.Context(), providers.Watch{}); a.State != providers.Unknown {
		t.Errorf("of no transfer: %+v", a)
	}
}
