package oxapay

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// reported reads a report as a client with the usual key does; its MAC is right
// unless another is given.
func reported(t *testing.T, body string, mac ...string) (providers.Notice, error) {
	t.Helper()
	header := http.Header{}
	if mac == nil {
		mac = []string{reportMAC([]byte(body), secret)}
	}
	for _, m := range mac {
		header.Add("HMAC", m)
	}
	n, err := client(t, providertest.Nowhere).Notice(header, []byte(body))
	if err != nil {
		for _, word := range []string{secret, "HMAC", "12373985", "01JC7QK4", "json", "unexpected"} {
			if strings.Contains(err.Error()+providers.HintOf(err), word) {
				t.Errorf("the error tells %q: %v", word, err)
			}
		}
	}
	return n, err
}

const (
	legacyReport = `{"status":"Paid","trackId":"12373985","orderId":"01JC7QK4","type":"invoice","amount":"125.5","currency":"USD",` +
		`"payAmount":"502","payCurrency":"TRX","network":"Tron Network","txID":"ab12","email":"","feePaidByPayer":0,"underPaidCover":"0","date":"1684609283","payDate":"1684609290"}`
	v1Report = `{"track_id":"12373985","status":"Paid","type":"invoice","amount":125.5,"value":125.5,"sent_value":125.5,"currency":"USD","order_id":"01JC7QK4",` +
		`"fee_paid_by_payer":0,"under_paid_coverage":0,"date":1684609283,"txs":[{"status":"confirmed","tx_hash":"ab12","sent_amount":502,"received_amount":500,"currency":"TRX"}]}`
)

func TestTheMACOfAReportIsTheProvidersOwn(t *testing.T) {
	const body, key = `{"type":"invoice","status":"Paid"}`, "custom-merchant-secret"
	const want = "29341ce38b87b4300406f345824c03a63cd42d3c82758144757b4322478d022ea20141cbefb272b79bed466a25ad019747cf1bd21a07cff2ec2bc5922baa50d5"
	header := http.Header{"Hmac": {want}}
	if !genuine(header, []byte(body), key) {
		t.Error("the documented example does not verify")
	}
	for name, wrong := range map[string]bool{
		"another key": genuine(header, []byte(body), key+"x"), "another body": genuine(header, []byte(body+" "), key),
		"capitals": genuine(http.Header{"Hmac": {strings.ToUpper(want)}}, []byte(body), key), "none": genuine(http.Header{}, []byte(body), key),
		"two": genuine(http.Header{"Hmac": {want, want}}, []byte(body), key), "empty": genuine(http.Header{"Hmac": {""}}, []byte(body), key),
	} {
		if wrong {
			t.Errorf("%s verifies", name)
		}
	}
}

func TestAReportIsJudgedAsAnAnswerToAQuestionWouldBe(t *testing.T) {
	for name, body := range map[string]string{"legacy": legacyReport, "v1": v1Report} {
		n, err := reported(t, body)
		if err != nil || n.ProviderRef != "12373985" || n.Reference != "01JC7QK4" || !n.Proven {
			t.Fatalf("%s: %+v %v", name, n, err)
		}
		if a := n.Judge(watch); a.State != providers.Approved || a.Code != "Paid" || a.ProviderRef != "12373985" || a.Message != "502 TRX came" {
			t.Errorf("%s is judged %+v", name, a)
		}
		for what, change := range map[string]func(*providers.Watch){
			"another order":    func(w *providers.Watch) { w.Reference = "01JC7QK5" },
			"another invoice":  func(w *providers.Watch) { w.ProviderRef = "12373986" },
			"another price":    func(w *providers.Watch) { w.Amount.Minor++ },
			"another currency": func(w *providers.Watch) { w.Amount.Currency.Code = "EUR" },
		} {
			w := watch
			change(&w)
			if a := n.Judge(w); a.State != providers.Unknown || a.Reason != providers.Disagrees {
				t.Errorf("%s, %s: judged %+v", name, what, a)
			}
		}
		unnamed := watch
		unnamed.ProviderRef = "" // the answer to its create was lost
		if a := n.Judge(unnamed); a.State != providers.Approved || a.ProviderRef != "12373985" {
			t.Errorf("%s: judged %+v", name, a)
		}
	}
}

func TestEveryStatusOfAReportMeansWhatTheAPIOfItsWordsSays(t *testing.T) {
	for _, row := range []struct {
		body, status string
		state        providers.State
		reason       providers.Reason
	}{
		{legacyReport, "Waiting", providers.PartlyPaid, ""}, {legacyReport, "Confirming", providers.Open, ""}, {legacyReport, "paid", providers.Approved, ""},
		{legacyReport, "Failed", providers.Declined, ""}, {legacyReport, "Expired", providers.Expired, ""}, {legacyReport, "Paying", providers.Open, providers.Unlisted},
		{v1Report, "Paying", providers.Open, ""}, {v1Report, "PAID", providers.Approved, ""}, {v1Report, "Confirming", providers.Open, providers.Unlisted},
		{v1Report, "Refunded", providers.Declined, ""}, {v1Report, "Underpaid", providers.PartlyPaid, ""}, {v1Report, "Frozen", providers.Open, providers.Unlisted},
	} {
		n, err := reported(t, strings.Replace(row.body, `"Paid"`, `"`+row.status+`"`, 1))
		if err != nil {
			t.Fatal(err)
		}
		if a := n.Judge(watch); a.State != row.state || a.Reason != row.reason {
			t.Errorf("%s gave %+v", row.status, a)
		}
	}
}

func TestFieldsOfAReportMayBeTextOrNumbers(t *testing.T) {
	for _, body := range []string{
		strings.NewReplacer(`"12373985"`, `12373985`, `"125.5"`, `125.50`, `"502"`, `5.02e2`).Replace(legacyReport),
		strings.NewReplacer(`"12373985"`, `12373985`, `125.5,"value"`, `"125.50","value"`, `502`, `"502"`).Replace(v1Report),
		strings.Replace(legacyReport, `"invoice"`, `"payment"`, 1),
		strings.Replace(v1Report, `"invoice"`, `"Invoice"`, 1),
	} {
		n, err := reported(t, body)
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		if a := n.Judge(watch); a.State != providers.Approved || a.Message != "502 TRX came" {
			t.Errorf("%s\ngave %+v", body, a)
		}
	}
}

func TestWhatIsNoReportAboutAnInvoiceIsThrownAway(t *testing.T) {
	right := reportMAC([]byte(legacyReport), secret)
	for name, mac := range map[string][]string{
		"no MAC": {}, "an empty one": {""}, "a wrong one": {strings.Repeat("0", 128)}, "capitals": {strings.ToUpper(right)}, "two": {right, right},
		"another key's": {reportMAC([]byte(legacyReport), "x")}, "another body's": {reportMAC([]byte(v1Report), secret)}, "spaces": {" " + right}, "cut": {right[:127]},
	} {
		if n, err := reported(t, legacyReport, append([]string{}, mac...)...); err == nil || n.Proven || n.Judge != nil {
			t.Errorf("%s gave %+v", name, n)
		}
	}
	for name, body := range map[string]string{
		"a payout": strings.Replace(legacyReport, `"invoice"`, `"payout"`, 1), "a static address": strings.Replace(v1Report, `"invoice"`, `"static_address"`, 1),
		"no type": strings.Replace(legacyReport, `"type":"invoice",`, ``, 1), "nothing named": `{"type":"invoice","status":"Paid"}`,
		"both words": strings.Replace(legacyReport, `{`, `{"track_id":"1",`, 1), "twice": strings.Replace(legacyReport, `{`, `{"status":"Expired",`, 1),
		"half": legacyReport[:80], "two": legacyReport + legacyReport, "a list": `[` + legacyReport + `]`, "null": `null`, "nothing": ``, "a page": `<html>`,
		"no text": strings.Replace(legacyReport, `"Paid"`, `["Paid"]`, 1), "a number that moves the cursor": strings.Replace(legacyReport, `12373985`, `1\u001b[2J`, 1),
		"the key as its number": strings.Replace(legacyReport, `12373985`, secret, 1), "too long": legacyReport + strings.Repeat(" ", providers.MaxReply),
	} {
		if n, err := reported(t, body); err == nil || n.Proven || n.Judge != nil {
			t.Errorf("%s gave %+v", name, n)
		}
	}
}

func TestWithoutAKeyNoReportIsBelieved(t *testing.T) {
	for _, key := range []string{"", "sandbox"} { // the test key, at a live counter
		c := client(t, providertest.Nowhere, func(c *Config) { c.MerchantKey = func() string { return key } })
		header := http.Header{"Hmac": {reportMAC([]byte(legacyReport), key)}}
		_, err := c.Notice(header, []byte(legacyReport))
		var e *providers.Error
		if !errors.As(err, &e) || e.Kind != providers.Credentials {
			t.Errorf("the key %q: %v", key, err)
		}
	}
}
