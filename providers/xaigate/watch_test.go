package xaigate

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

func info(status, paid string) string {
	body := strings.Replace(created, `"Pending"`, fmt.Sprintf("%q", status), 1)
	return strings.Replace(body, `"paidAmount":"0"`, `"paidAmount":`+paid, 1)
}

func ask(t *testing.T, body string) providers.Answer {
	t.Helper()
	a := client(t, providertest.Serve(t, providertest.Says(200, body)).URL).Ask(context.Background(), watch)
	providertest.Hides(t, a, secret)
	return a
}

func TestTheStatusIsAskedByInvoiceNumber(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, created))
	client(t, s.URL).Ask(context.Background(), watch)
	want := `{"apiKey":"` + secret + `","invoiceNo":"INV2167234232"}`
	lines, bodies := s.Got()
	if len(bodies) != 1 || bodies[0] != want || lines[0] != "POST /api/v1/invoice/info application/json" {
		t.Errorf("asked %v %v", lines, bodies)
	}
}

func TestEveryStatusAndWhatHasComeMakeTheState(t *testing.T) {
	for _, row := range []struct {
		status, paid        string
		state               providers.State
		received, shortfall string
		reason              providers.Reason
	}{
		{"Pending", `"0"`, providers.Open, "", "", ""},
		{"pending", `null`, providers.Open, "", "", ""},
		{"Paid", `"10.55"`, providers.Approved, "10.55", "", ""},
		{"PAID", `10.550`, providers.Approved, "10.550", "", ""},
		{"Paid", `"12"`, providers.Approved, "12.00", "", ""},
		{"Paid", `null`, providers.Approved, "", "", ""},
		{"Paid", `"0"`, providers.Unknown, "", "", providers.Disagrees},
		{"Paid", `"-3"`, providers.Unknown, "", "", providers.Disagrees},
		{"Paid", `"8"`, providers.PartlyPaid, "8.00", "2.55", providers.Disagrees},
		{"PaidPartial", `"8.05"`, providers.PartlyPaid, "8.05", "2.50", ""},
		{"PaidPartial", `null`, providers.PartlyPaid, "", "", ""},
		{"Expired", `"0"`, providers.Expired, "", "", ""},
		{"Expired", `"8"`, providers.Expired, "8.00", "", ""},
		{"Deleted", `"0"`, providers.Declined, "", "", ""},
	} {
		a := ask(t, info(row.status, row.paid))
		if a.State != row.state || a.Received != row.received || a.Shortfall != row.shortfall || a.Reason != row.reason {
			t.Errorf("%s with %s gave %+v", row.status, row.paid, a)
		}
		if listed, _ := Lookup(row.status); a.Code != listed.Code || a.ProviderRef != watch.ProviderRef {
			t.Errorf("%s has the code %q and the number %q", row.status, a.Code, a.ProviderRef)
		}
	}
}

func TestAnUnknownStatusIsOpenNeverPaid(t *testing.T) {
	for _, status := range []string{"", "Paid!", "Completed", "paid ", "success"} {
		if a := ask(t, info(status, `"10.55"`)); a.State != providers.Open || a.Reason != providers.Unlisted {
			t.Errorf("%q gave %+v", status, a)
		}
	}
}

func TestAnAnswerAboutAnotherInvoiceIsNoNews(t *testing.T) {
	paid := info("Paid", `"10.55"`)
	for _, change := range [][2]string{
		{`"invoiceNo":"INV2167234232"`, `"invoiceNo":"INV1"`}, {`"orderId":"01JC7QK4"`, `"orderId":"1"`}, {`"orderId":"01JC7QK4"`, `"x":"01JC7QK4"`},
		{`"amount":"10.55"`, `"amount":"10.54"`}, {`"amount":"10.55"`, `"amount":""`}, {`"currency":"USD"`, `"currency":"EUR"`},
	} {
		if a := ask(t, with(t, paid, change[0], change[1])); a.State != providers.Unknown || a.Reason != providers.Disagrees {
			t.Errorf("%s gave %+v", change[1], a)
		}
	}
}

func TestPaidWithAFailingStatusOrAPauseIsNoNews(t *testing.T) {
	paid := info("Paid", `"10.55"`)
	c := client(t, providertest.Serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "40")
		providertest.Says(429, paid)(w, r)
	}).URL)
	if a := c.Ask(context.Background(), watch); a.State != providers.Unknown || a.Reason != providers.Throttled || a.RetryAfter != 40*time.Second {
		t.Errorf("got %+v", a)
	}
	c = client(t, providertest.Serve(t, providertest.Says(404, paid)).URL)
	if a := c.Ask(context.Background(), watch); a.State != providers.Unknown || a.Reason != providers.BadStatus {
		t.Errorf("got %+v", a)
	}
}

func TestWithoutAKeyNothingIsAsked(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, created))
	c := client(t, s.URL, func(c *Config) { c.APIKey = nil })
	a := c.Ask(context.Background(), watch)
	if _, bodies := s.Got(); a.State != providers.Unknown || a.Reason != providers.NoKey || len(bodies) != 0 {
		t.Errorf("got %+v after %v", a, bodies)
	}
}

func TestNothingInAReplyPanicsOrApprovesByChance(t *testing.T) {
	c := client(t, providertest.Nowhere)
	keys := []string{"invoiceNo", "amount", "paidAmount", "expiry", "status", "payUrl", "currency", "orderId", "createdAt", "toEmail"}
	values := []string{`"INV2167234232"`, `"10.55"`, `10.55`, `"Paid"`, `"USD"`, `"01JC7QK4"`, `"https://wallet.xaigate.com/1"`, `null`, `true`, `{}`, `[]`,
		`"1e99"`, `-1`, `60`, `99999999999999999999`, `"2023-12-07T09:03:07Z"`}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.OneOf(
			rapid.String(),
			rapid.Custom(func(t *rapid.T) string {
				object := map[string]json.RawMessage{}
				for range rapid.IntRange(0, 10).Draw(t, "fields") {
					object[rapid.SampledFrom(keys).Draw(t, "key")] = json.RawMessage(rapid.SampledFrom(values).Draw(t, "value"))
				}
				text, _ := json.Marshal(object)
				return string(text)
			}),
		).Draw(t, "body")
		reply := providers.Reply{Status: rapid.SampledFrom([]int{200, 201, 400, 500}).Draw(t, "status"), Body: []byte(body)}
		sent := CreateRequest{APIKey: secret, Amount: "10.55", Currency: "USD", OrderID: "01JC7QK4"}
		if a := c.readCreate(reply, sent); a.State != providers.Refused && a.State != providers.Open {
			t.Fatalf("a creation became %s by %s", a.State, body)
		}
		if readInfo(reply, watch, secret).State != providers.Approved {
			return
		}
		for _, needed := range []string{"Paid", "INV2167234232", "10.55", "USD", "01JC7QK4"} {
			if !reply.OK() || !strings.Contains(body, needed) {
				t.Fatalf("approved by %s", body)
			}
		}
	})
}
