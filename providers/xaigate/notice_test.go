package xaigate

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestAReportIsReadInEitherShapeAndIsNeverProven(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, row := range []struct{ body, number, order string }{
		{`{"invoiceNo":"INV2167234232","orderId":"01JC7QK4","amount":"10.55"}`, "INV2167234232", "01JC7QK4"},
		{created, "INV2167234232", "01JC7QK4"},
		{` {"orderId":10}` + "\n", "", "10"},
		{`{"invoiceNo":"INV1","orderId":null,"status":"Paid","signature":"00"}`, "INV1", ""},
		{"orderId=01JC7QK4&status=Paid", "", "01JC7QK4"},
		{"status=Paid&orderId=R%2F1+2", "", "R/1 2"},
		{"invoiceNo=INV1\r\n", "INV1", ""},
	} {
		for _, kind := range []string{"application/json", "application/x-www-form-urlencoded", "text/plain", ""} {
			n, err := c.Notice(http.Header{"Content-Type": {kind}, "Hmac": {"00"}}, []byte(row.body))
			if err != nil || n.ProviderRef != row.number || n.Reference != row.order || n.Proven {
				t.Errorf("%s as %q: %+v, %v", row.body, kind, n, err)
			}
			if a := n.Judge(watch); a.State != providers.Unknown {
				t.Errorf("%s is believed: %+v", row.body, a)
			}
		}
	}
}

func TestWhatIsNoReportIsThrownAwayWithoutAWordOfIt(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, body := range []string{
		"", " ", "{}", "null", "[]", `[{"orderId":"1"}]`, `"orderId"`, `{"orderId":""}`, `{"orderId":"  "}`, `{"orderId":["1"]}`, `{"orderId":true}`, `{"orderId":"1"`, `{"orderId":"1"} {"orderId":"2"}`,
		`{"orderId":"1","orderId":"2"}`, `{"orderId":"1","ORDERID":"2"}`, `{"invoiceNo":"` + strings.Repeat("9", 101) + `"}`, `{"orderId":"a\u001b[2Jb"}`, `{"orderId":"a\u202eb"}`,
		"status=Paid", "orderId=", "orderId=1&orderId=2", "orderId=%zz", "orderId=a;b", "orderId=a%00b", "%7B%22orderId%22%3A1%7D", "\x00", strings.Repeat("a", providers.MaxReply+1),
		`{"orderId":"1","x":"` + strings.Repeat("a", providers.MaxReply) + `"}`,
	} {
		n, err := c.Notice(nil, []byte(body))
		if providers.KindOf(err) != providers.Input || n.ProviderRef+n.Reference != "" {
			t.Errorf("%.60q: %+v, %v", body, n, err)
		}
		if err != nil && body != "" && len(strings.TrimSpace(body)) > 2 && strings.Contains(err.Error(), strings.TrimSpace(body)) {
			t.Errorf("%.60q is repeated: %v", body, err)
		}
	}
}

func TestTheKeyIsInNoErrorWhateverTheServerEchoes(t *testing.T) {
	each := func(form string) (all string) {
		for _, r := range secret {
			all += fmt.Sprintf(form, r)
		}
		return all
	}
	bare := strings.ReplaceAll(secret, "-", "")
	for _, echo := range []string{
		secret, strings.ToUpper(secret), bare, each(`\u%04x`), each("%%%02x"), each("&#%d;"), each("%c "), each("%c\\u0000"), each("%c\\u200b"), secret[:20], secret[16:],
	} {
		for _, body := range []string{
			`{"statusCode":401,"message":"Invalid apiKey ` + echo + `"}`, `<html>` + echo + `</html>`, echo,
			with(t, created, `"Pending"`, `"`+echo+`"`), with(t, created, `"INV2167234232"`, `"`+echo+`"`),
		} {
			for _, status := range []int{200, 401, 500} {
				s := providertest.Serve(t, providertest.Says(status, body))
				c := client(t, s.URL)
				sent := c.Send(t.Context(), prepared(t, c), false)
				asked := c.Ask(t.Context(), watch)
				for _, a := range []providers.Answer{sent, asked} {
					providertest.Hides(t, a, secret, bare, secret[:19], secret[19:])
					w := c.Explain(providers.Attempt{State: a.State, Reason: a.Reason, Code: a.Code, Amount: price, Personal: providers.Personal{Message: a.Message}})
					for _, text := range []string{a.Message, a.Code, a.ProviderRef, w.Staff, w.Customer, w.Next} {
						plain := strings.NewReplacer(" ", "", "-", "").Replace(text)
						if strings.Contains(plain, bare[:16]) || strings.Contains(plain, bare[16:]) {
							t.Errorf("HTTP %d, %.80s: %q", status, body, text)
						}
					}
				}
			}
		}
	}
}
