package oxapay

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// looked answers a create with an invoice, and what comes of the look at it.
func looked(status int, inquiry string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, pathInquiry) {
			providertest.Says(status, inquiry)(w, r)
			return
		}
		providertest.Says(200, created)(w, r)
	}
}

func TestAnInvoiceThatIsAnothersIsNeverShown(t *testing.T) {
	for name, inquiry := range map[string]string{
		"nobody's":         `{"result":116,"message":"not found"}`,
		"another order":    `{"result":100,"trackId":"12373985","orderId":"01OTHER","amount":"125.50","currency":"USD","status":"New"}`,
		"another price":    `{"result":100,"trackId":"12373985","orderId":"01JC7QK4","amount":"12.55","currency":"USD","status":"New"}`,
		"another currency": `{"result":100,"trackId":"12373985","orderId":"01JC7QK4","amount":"125.50","currency":"EUR","status":"New"}`,
	} {
		t.Run(name, func(t *testing.T) {
			a := send(t, looked(200, inquiry))
			if a.State != providers.Unknown || a.Reason != providers.WrongEcho || a.Link != "" || a.ProviderRef != "" {
				t.Errorf("it came as %+v", a)
			}
		})
	}
}

func TestALookThatTellsNothingHidesNoInvoice(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"it is ours":           looked(200, `{"result":"100","trackId":12373985,"orderId":"01JC7QK4","amount":"125.5","currency":"usd","status":"New"}`),
		"another's answer":     looked(200, `{"result":100,"trackId":"999","orderId":"01OTHER","amount":"1","currency":"USD","status":"New"}`),
		"a failing server":     looked(500, `{"result":500}`),
		"asked too often":      looked(429, ``),
		"a page":               looked(200, `<html>welcome</html>`),
		"without the order":    looked(200, `{"result":100,"trackId":"12373985","status":"New"}`),
		"a success that fails": looked(503, `{"result":100,"trackId":"12373985","orderId":"01OTHER","status":"New"}`),
	} {
		t.Run(name, func(t *testing.T) {
			if a := send(t, answer); a.State != providers.Open || a.Link == "" || a.ProviderRef != "12373985" {
				t.Errorf("it came as %+v", a)
			}
		})
	}
}

func TestWhatWasNotMadeIsNotLookedAt(t *testing.T) {
	s := providertest.Serve(t, providertest.Says(200, `{"result":105,"message":"currency"}`))
	c := client(t, s.URL)
	if a := c.Send(context.Background(), prepared(t, c), false); a.State != providers.Refused {
		t.Errorf("it came as %+v", a)
	}
	if lines, _ := s.Got(); len(lines) != 1 {
		t.Errorf("the server got %v", lines)
	}
}
