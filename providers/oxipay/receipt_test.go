package oxipay

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestAReceiptNumberGoesOutSignedAndIsStoredOnASignedYes(t *testing.T) {
	var sent []byte
	var path string
	c := counter(t, func(w http.ResponseWriter, r *http.Request) {
		sent, path = read(r), r.URL.Path
		w.Write(script{status: "Success", code: "SSER01", message: "Success", sign: providers.SignatureValid, echo: echoOf(sent)}.body())
	})
	a := c.Receipt(t.Context(), "01JC7QK4", " INV-7701 ", "mia")
	if a.State != providers.Approved || a.Code != "SSER01" || a.HTTPStatus != 200 || path != "/webapi/v1/SendReceipt" {
		t.Errorf("%s: %+v", path, a)
	}
	var m map[string]any
	if err := json.Unmarshal(sent, &m); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "mia", "x_firmware_version": "1.0.0",
		"x_pos_transaction_ref": "01JC7QK4", "x_receipt_number": "INV-7701",
	}
	if m["signature"] != Sign(testKey, want) || len(m) != len(want)+2 {
		t.Errorf("sent %s", sent)
	}
}

func TestWhatBecomesOfAReceiptNumber(t *testing.T) {
	for name, c := range map[string]struct {
		script script
		state  providers.State
	}{
		"the sale is not known":     {script{status: "Failed", code: "FSER01", sign: providers.SignatureValid}, providers.Declined},
		"the number is in use":      {script{status: "Failed", code: "FSER02", sign: providers.SignatureValid}, providers.Declined},
		"the request was not valid": {script{status: "Error", code: "EVAL01", sign: providers.SignatureValid}, providers.Declined},
		"the shop is not known":     {script{status: "Error", code: "EAUT01", sign: providers.SignatureValid}, providers.Declined},
		"a fault of the server":     {script{status: "Error", code: "EISE01", sign: providers.SignatureValid}, providers.Unknown},
		"unsigned":                  {script{status: "Success", code: "SSER01", sign: providers.SignatureMissing}, providers.Unknown},
		"wrongly signed":            {script{status: "Success", code: "SSER01", sign: providers.SignatureWrong}, providers.Unknown},
		"an unsigned no":            {script{status: "Failed", code: "FSER02", sign: providers.SignatureMissing}, providers.Unknown},
		"another call's yes":        {script{status: "Success", code: "SPSA01", sign: providers.SignatureValid}, providers.Unknown},
		"a code of nobody's":        {script{status: "Success", code: "SSER77", sign: providers.SignatureValid}, providers.Unknown},
	} {
		at := counter(t, func(w http.ResponseWriter, r *http.Request) {
			c.script.echo = echoOf(read(r))
			w.Write(c.script.body())
		})
		if a := at.Receipt(t.Context(), "01JC7QK4", "INV-7701", "mia"); a.State != c.state || a.ProviderRef != "" {
			t.Errorf("%s: %+v, want %s", name, a, c.state)
		}
	}
}

func TestAReceiptNumberThatDidNotArriveIsToBeRepeatedAndOneThatCannotBeSentIsNot(t *testing.T) {
	lost := counter(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	if a := lost.Receipt(t.Context(), "R-1", "INV-1", "mia"); a.State != providers.Unknown || a.Reason != providers.Cut {
		t.Errorf("lost: %+v", a)
	}
	away := client(t, settings("http://127.0.0.1:1"))
	if a := away.Receipt(t.Context(), "R-1", "INV-1", "mia"); a.State != providers.Unknown || a.Reason != providers.Unreachable {
		t.Errorf("without a network: %+v", a)
	}
	for _, bad := range []struct{ reference, number, operator string }{
		{"R-1", "", "mia"}, {"R-1", " \t", "mia"}, {"R-1", strings.Repeat("9", 65), "mia"}, {"R-1", "a\x00b", "mia"}, {"", "INV-1", "mia"}, {"R-1", "INV-1", ""},
	} {
		if a := away.Receipt(t.Context(), bad.reference, bad.number, bad.operator); a.State != providers.Declined || a.Code != "EVAL01" {
			t.Errorf("%+v: %+v", bad, a)
		}
	}
	config := settings("http://127.0.0.1:1")
	config.SigningKey = nil
	if a := client(t, config).Receipt(t.Context(), "R-1", "INV-1", "mia"); a.State != providers.Unknown || a.Reason != providers.NoKey {
		t.Errorf("without a key: %+v", a)
	}
}
