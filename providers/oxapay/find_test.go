package oxapay

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

const (
	ours   = `{"trackId":"12373985","status":"Waiting","amount":"125.5","currency":"USD","orderId":"01JC7QK4","payLink":"https://pay.oxapay.com/12373985"}`
	theirs = `{"trackId":"777","status":"Paid","amount":"125.5","currency":"USD","orderId":"01JC0000"}`
)

// lost is an invoice whose creation was never answered: no trackId is known.
var lost = providers.Watch{Reference: watch.Reference, Amount: price}

func find(t *testing.T, body string) providers.Answer {
	t.Helper()
	a := client(t, providertest.Serve(t, providertest.Says(200, body)).URL).Find(context.Background(), lost)
	providertest.Hides(t, a, secret)
	return a
}

func TestALostInvoiceIsLookedUpByItsOrderId(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, `{"result":100,"data":[`+ours+`]}`))
	a := client(t, s.URL).Find(context.Background(), lost)
	if a.State != providers.Open || a.ProviderRef != "12373985" || a.Link != "https://pay.oxapay.com/12373985" || a.Code != "Waiting" {
		t.Errorf("got %+v", a)
	}
	lines, bodies := s.Got()
	if want := `{"merchant":"MERCH-4f9a-key","orderId":"01JC7QK4"}`; len(bodies) != 1 || bodies[0] != want || !strings.HasPrefix(lines[0], "POST /merchants/list ") {
		t.Errorf("asked %v %v", lines, bodies)
	}
}

func TestTheListIsReadWhereverItStands(t *testing.T) {
	for _, body := range []string{
		`{"result":100,"data":[` + theirs + `,` + ours + `]}`,
		`{"result":"100","list":[` + ours + `]}`,
		`{"result":100,"data":{"list":[` + ours + `],"total":1}}`,
		`{"result":100,"data":[7,` + ours + `],"meta":"?"}`,
	} {
		if a := find(t, body); a.State != providers.Open || a.ProviderRef != "12373985" {
			t.Errorf("%s gave %+v", body, a)
		}
	}
}

func TestAFoundInvoiceMayAlreadyBePaid(t *testing.T) {
	if a := find(t, `{"result":100,"data":[`+strings.Replace(ours, "Waiting", "Paid", 1)+`]}`); a.State != providers.Approved {
		t.Errorf("got %+v", a)
	}
}

func TestALinkFromElsewhereIsNotTakenFromTheList(t *testing.T) {
	if a := find(t, `{"result":100,"data":[`+strings.Replace(ours, "pay.oxapay.com", "evil.example", 1)+`]}`); a.State != providers.Open || a.Link != "" {
		t.Errorf("got %+v", a)
	}
}

func TestOnlyAListThatClearlyAnsweredSaysNotFound(t *testing.T) {
	for _, body := range []string{
		`{"result":100,"data":[]}`, `{"result":100,"data":[` + theirs + `]}`, `{"result":100,"data":[],"meta":{"total":0}}`,
		`{"result":100,"data":{"list":[],"total":"0"}}`, `{"result":100,"data":[],"meta":{"count":0,"page":1,"pages":0}}`,
		`{"result":100,"data":[` + strings.TrimSuffix(strings.Repeat(theirs+",", 12), ",") + `],"meta":{"count":12,"page":1,"pages":1}}`,
	} {
		if a := find(t, body); a.State != providers.Refused || a.Reason != providers.NotFound {
			t.Errorf("%s gave %+v", body, a)
		}
	}
	full := strings.TrimSuffix(strings.Repeat(theirs+",", 10), ",")
	for _, body := range []string{
		`{"result":100}`, `{"result":100,"data":null}`, `{"result":100,"data":"none"}`, `{"result":100,"data":{}}`,
		`{"result":100,"data":[7]}`, `{"result":100,"data":[{"orderId":true}]}`, `{"result":100,"data":[],"meta":7}`,
		`{"result":100,"data":[` + theirs + `],"meta":{"total":25}}`, `{"result":100,"data":[` + theirs + `],"meta":{"count":1,"page":1,"pages":2}}`,
		`{"result":100,"data":[` + theirs + `],"meta":{"count":25}}`, `{"result":100,"data":[` + theirs + `],"total":2}`, `{"result":100,"data":[` + full + `],"meta":{"count":10}}`,
		`{"result":100,"data":{"list":[` + theirs + `],"total":2}}`, `{"result":100,"data":[` + full + `]}`,
		`{"result":102,"data":[]}`, `{"result":500}`, `{"result":777,"data":[]}`, `{"data":[]}`,
		`{"result":100,"data":[` + ours + `,` + ours + `]}`,
	} {
		if a := find(t, body); a.State != providers.Unknown || a.Reason == "" {
			t.Errorf("%s gave %+v", body, a)
		}
	}
	for _, status := range []int{404, 500} {
		c := client(t, providertest.Serve(t, providertest.Says(status, `{"result":100,"data":[]}`)).URL)
		if a := c.Find(context.Background(), lost); a.State != providers.Unknown {
			t.Errorf("HTTP %d gave %+v", status, a)
		}
	}
}

func TestAnInvoiceWithOurOrderIdAndAnotherAmountIsNotOurs(t *testing.T) {
	for _, change := range [][2]string{{"125.5", "1.00"}, {"USD", "EUR"}, {`"trackId":"12373985"`, `"trackId":""`}} {
		body := fmt.Sprintf(`{"result":100,"data":[%s]}`, strings.Replace(ours, change[0], change[1], 1))
		if a := find(t, body); a.State != providers.Unknown || a.Reason != providers.Disagrees {
			t.Errorf("%s gave %+v", body, a)
		}
	}
}
