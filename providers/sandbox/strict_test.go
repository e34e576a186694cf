package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// send posts with a content type of its own.
func (s *shop) send(method, path, contentType, body string) got {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	answer, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	return got{status: answer.StatusCode, header: answer.Header}
}

// fiveCalls are the seed pages' calls, each with a body that succeeds.
func fiveCalls(t *testing.T) map[string]string {
	return map[string]string{
		dummyInvite:     seal(t, invitation, OxipayKey),
		ledgerAuthorise: seal(t, authorisation("011234", "R-1"), OxipayKey),
		oxaRequestPath:  jsonText(t, oxaOrder),
		xaiCreatePath:   jsonText(t, xaiOrder),
		initiatePath:    jsonText(t, transferOf("10000", nil)),
	}
}

func TestOnlyPostedJSONAtTheExactAddressIsTaken(t *testing.T) {
	s := open(t, Options{})
	for path, body := range fiveCalls(t) {
		for _, row := range []struct {
			method, path, contentType string
			want                      int
		}{
			{"POST", path, "", 415}, {"POST", path, "text/plain", 415}, {"POST", path, "application/x-www-form-urlencoded", 415},
			{"PUT", path, "application/json", 405}, {"GET", path, "application/json", 405},
			{"POST", "/" + path, "application/json", 404}, {"POST", strings.Replace(path, "/", "//", 2), "application/json", 404},
			{"POST", path + "/", "application/json", 404}, {"POST", strings.ToLower(path) + "x", "application/json", 404},
		} {
			if g := s.send(row.method, row.path, row.contentType, body); g.status != row.want {
				t.Errorf("%s %s as %q: HTTP %d, want %d", row.method, row.path, row.contentType, g.status, row.want)
			}
		}
	}
	if len(s.Ledger())+len(s.invoices)+len(s.handed) != 0 {
		t.Error("a refused request did something")
	}
	for path, body := range fiveCalls(t) {
		if g := s.send("POST", path, "application/json; charset=utf-8", body); g.status != 200 {
			t.Errorf("%s with a charset: HTTP %d", path, g.status)
		}
	}
	if g := s.send("POST", "/oxipay/webapi/v1/processauthorisation", "application/json", "{}"); g.status != 404 {
		t.Errorf("a method in lower case: HTTP %d", g.status)
	}
}

func TestLenientTakesWhatForeignClientsSend(t *testing.T) {
	strict, lenient := open(t, Options{}), open(t, Options{Lenient: true})
	foreign := map[string]string{
		ledgerAuthorise: seal(t, with(authorisation("012345678901", "R-1"), map[string]any{
			"x_purchase_amount": "12550", "x_finance_amount": "12550", "x_merchant_id": json.Number("30299999"), "x_extra": "1", "purchase_items": "Item1",
		}), OxipayKey),
		dummyInvite: seal(t, with(invitation, map[string]any{"x_mobile": "+412345678", "x_purchase_amount": "12501"}), OxipayKey),
		oxaRequestPath: jsonText(t, with(oxaOrder, map[string]any{
			"amount": "35.50", "lifeTime": "30", "orderId": 7, "underPaidCover": "2.5", "extra": true, "description": json.RawMessage("null"),
		})),
		xaiCreatePath: jsonText(t, with(xaiOrder, map[string]any{"amount": json.Number("10"), "orderId": 1, "currency": "GBP", "name": "Wilson"})),
		initiatePath: jsonText(t, transferOf("10000", map[string]any{
			"transaction": map[string]any{"amountCentis": "10000", "currency": "EUR"}, "extra": 1,
		})),
	}
	for path, body := range foreign {
		if g := lenient.send("POST", strings.Replace(path, "/", "//", 2), "text/plain", body); g.status != 200 {
			t.Errorf("lenient %s: HTTP %d", path, g.status)
		}
	}
	if len(lenient.Ledger()) != 1 || len(lenient.invoices) != 2 || len(lenient.handed) != 1 {
		t.Errorf("lenient: ledger %v, %d invoices, %d transfers; want 1, 2, 1", lenient.Ledger(), len(lenient.invoices), len(lenient.handed))
	}
	lenient.expect(dummyInvite, foreign[dummyInvite], "Success", "SINV01")
	for path, body := range foreign {
		strict.post(path, body)
	}
	if n := len(strict.Ledger()) + len(strict.invoices) + len(strict.handed); n != 0 {
		t.Errorf("strict took %d of them", n)
	}
	bad := seal(t, authorisation("011234", "R-2"), "0987654321")
	if reply := lenient.fields(lenient.post(ledgerAuthorise, bad)); reply["x_code"] != "ESIG01" {
		t.Errorf("lenient took a wrong signature: %v", reply)
	}
}

func TestRawRequestsAreKeptAsTheyCame(t *testing.T) {
	s := open(t, Options{})
	body := " " + seal(t, authorisation("011234", "R-1"), OxipayKey) + "\n"
	s.post(ledgerAuthorise, body)
	s.send("POST", "/oxapay/merchants/request?x=1", "text/plain", "nonsense")
	s.client.Get(s.url + "/")
	kept := s.Requests()
	if len(kept) != 2 {
		t.Fatalf("%d requests kept, want 2 (no pages)", len(kept))
	}
	if r := kept[0]; string(r.Body) != body || r.Path != ledgerAuthorise || r.Method != "POST" ||
		r.Header.Get("Content-Type") != "application/json" || !r.At.Equal(s.clock.Now()) {
		t.Errorf("kept %+v", r)
	}
	if r := kept[1]; string(r.Body) != "nonsense" || r.Query != "x=1" {
		t.Errorf("kept %+v", r)
	}
	kept[0].Body[0] = 'X'
	kept[0].Header.Set("Content-Type", "x")
	if again := s.Requests()[0]; string(again.Body) != body || again.Header.Get("Content-Type") != "application/json" {
		t.Error("what is kept can be changed from outside")
	}
}

func TestOnlyTheNewestRequestsAreKept(t *testing.T) {
	k := recorder{}
	for i := range maxRecorded + 5 {
		k.add(Recorded{Body: []byte{byte(i)}})
	}
	if len(k.kept) != maxRecorded || k.kept[0].Body[0] != 5 || k.bytes != maxRecorded {
		t.Errorf("%d kept, first %v", len(k.kept), k.kept[0].Body)
	}
	k.add(Recorded{Body: make([]byte, maxRecordedBytes-10)})
	if len(k.kept) != 11 || k.bytes != maxRecordedBytes {
		t.Errorf("after a long one: %d kept, %d bytes", len(k.kept), k.bytes)
	}
}
