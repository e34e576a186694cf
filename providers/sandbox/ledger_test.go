package sandbox

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// books reads the ledger as another program does.
func (s *shop) books(query string) Books {
	s.t.Helper()
	status, header, body := s.page(s.url + "/ledger.json" + query)
	if status != http.StatusOK || header.Get("Content-Type") != "application/json; charset=utf-8" {
		s.t.Fatalf("HTTP %d, %s", status, header.Get("Content-Type"))
	}
	b := Books{}
	if err := json.Unmarshal([]byte(body), &b); err != nil {
		s.t.Fatalf("%v in %s", err, body)
	}
	return b
}

func hash(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:])
}

func TestTheLedgerOfAllFourProvidersIsReadOverHTTP(t *testing.T) {
	s := open(t, Options{})
	if _, _, page := s.page(s.url + "/"); !strings.Contains(page, "Nothing yet") {
		t.Error("a person is not told that nothing was done")
	}
	if b := s.books(""); b.Approvals == nil || b.Begun == nil || b.Calls == nil || len(b.Approvals)+len(b.Begun)+len(b.Calls) != 0 {
		t.Errorf("a sandbox that nobody asked has the books %+v", b)
	}
	paid := seal(t, authorisation("011234", "R-1"), OxipayKey)
	s.expect(ledgerAuthorise, paid, "Success", "SPRA01")
	s.expect(ledgerAuthorise, paid, "Success", "SPRA01")
	s.expect(ledgerAuthorise, seal(t, authorisation("101234", "R-2"), OxipayKey), "Failed", "FPRA01")
	track := s.oxaMake(nil)
	if err := s.PayLess(track); err != nil {
		t.Fatal(err)
	}
	s.post(xaiCreatePath, jsonText(t, xaiOrder))
	if err := s.Pay(s.invoices[1].ref); err != nil {
		t.Fatal(err)
	}
	sent := s.begin("12550").InvoiceID
	if err := s.Approve(sent); err != nil {
		t.Fatal(err)
	}

	b := s.books("")
	purchase := b.Approvals[0].ProviderRef
	want := []Entry{
		{"oxipay", "R-1", purchase, "125.50", "", 2},
		{"xaigate", "R-1", s.invoices[1].ref, "10.50", "USD", 0},
		{"payneteasy", "", sent, "125.50", "EUR", 0},
	}
	if diff := cmp.Diff(want, b.Approvals); diff != "" || len(purchase) != 8 {
		t.Errorf("approvals (-want +got):\n%s", diff)
	}
	begun := []Begun{
		{"oxapay", "R-1", track, "35.50", "31.95", "USD", "Waiting"},
		{"xaigate", "R-1", s.invoices[1].ref, "10.50", "10.50", "USD", "Paid"},
		{"payneteasy", "", sent, "125.50", "125.50", "EUR", "approved"},
	}
	if diff := cmp.Diff(begun, b.Begun); diff != "" {
		t.Errorf("begun (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Tally{"oxipay.charge", ledgerAuthorise, "R-1", hash(paid), len(paid), 2, 2}, b.Calls[0]); diff != "" || len(b.Calls) != 5 {
		t.Errorf("%d calls, the first (-want +got):\n%s", len(b.Calls), diff)
	}
	_, _, page := s.page(s.url + "/")
	for _, line := range []string{
		"<dt>oxipay R-1</dt><dd>125.50 taken, purchase " + purchase + ", told 2 ×</dd>", "<dt>oxapay R-1</dt><dd>35.50 USD Waiting, 31.95 received</dd>",
		"<dt>xaigate R-1</dt><dd>10.50 USD taken, " + s.invoices[1].ref + "</dd>", "<dt>payneteasy</dt><dd>125.50 EUR taken, " + sent + "</dd>",
	} {
		if strings.Count(page, line) != 1 {
			t.Errorf("a person does not read %s:\n%s", line, page)
		}
	}
	if b := s.books("?reference=R-2"); len(b.Approvals) != 0 || len(b.Begun) != 0 || len(b.Calls) != 1 || b.Calls[0].Reference != "R-2" {
		t.Errorf("the books of the declined sale are %+v", b)
	}
}

func TestTheLedgerTellsOtherBytesOfTheSameSaleApart(t *testing.T) {
	plan := &planned{}
	s := open(t, Options{Fault: plan.play})
	first := seal(t, authorisation("011234", "R-1"), OxipayKey)
	plan.set(Fault{Unprocessed: true})
	s.post(ledgerAuthorise, first)
	plan.set(Fault{})
	s.post(ledgerAuthorise, first)
	other := first + "\n" // the same fields and the same MAC, one byte more
	s.post(ledgerAuthorise, other)
	s.resultOf("nobody")
	s.resultOf("somebody")
	want := []Tally{
		{"oxipay.charge", ledgerAuthorise, "R-1", hash(first), len(first), 2, 1},
		{"oxipay.charge", ledgerAuthorise, "R-1", hash(other), len(other), 1, 1},
		{"payneteasy.result", "/payneteasy/result?invoiceId=nobody", "", hash(""), 0, 1, 1},
		{"payneteasy.result", "/payneteasy/result?invoiceId=somebody", "", hash(""), 0, 1, 1},
	}
	if diff := cmp.Diff(want, s.books("").Calls); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	if r, err := s.client.Post(s.url+"/ledger.json", "text/plain", nil); err != nil || r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("the ledger was written to: %v", err)
	}
}
