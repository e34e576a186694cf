package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	dummyRefund  = "/oxipay/webapi/v1/Test/ProcessSalesAdjustment"
	dummyUndo    = "/oxipay/webapi/v1/Test/ProcessSalesAdjustmentReversal"
	ledgerRefund = "/oxipay/webapi/v1/ProcessSalesAdjustment"
	ledgerUndo   = "/oxipay/webapi/v1/ProcessSalesAdjustmentReversal"
)

// refunding is a refund of so many cents of the sale that is called of.
func refunding(reference, of, cents string) map[string]any {
	return with(terminal, map[string]any{
		"x_pos_transaction_ref": reference, "x_purchase_ref": of, "x_amount": json.Number(cents),
		"tracking_data": map[string]any{"token": "t-1"},
	})
}

func undoing(reference, signature string) map[string]any {
	return with(terminal, map[string]any{
		"x_pos_transaction_ref": reference, "x_adjustment_signature": signature,
		"tracking_data": map[string]any{"token": "t-1"},
	})
}

// sell takes 125.50 for a sale with this reference, and gives its purchase number.
func (s *shop) sell(code, reference string) string {
	s.t.Helper()
	reply := s.expect(ledgerAuthorise, seal(s.t, authorisation(code, reference), OxipayKey), "Success", "SPRA01")
	return reply["x_purchase_number"].(string)
}

// refund asks for one and gives its signature.
func (s *shop) refund(reference, of, cents, code string) string {
	s.t.Helper()
	return s.adjust(ledgerRefund, refunding(reference, of, cents), code)
}

func (s *shop) undo(reference, signature, code string) {
	s.t.Helper()
	s.adjust(ledgerUndo, undoing(reference, signature), code)
}

func (s *shop) adjust(path string, request map[string]any, code string) string {
	s.t.Helper()
	body := seal(s.t, request, OxipayKey)
	status := map[byte]string{'S': "Success", 'F': "Failed", 'E': "Error"}[code[0]]
	s.expect(path, body, status, code)
	return signatureOf(s.t, body)
}

func TestEveryRowOfTheRefundTablesIsAnsweredByTheDummyWhateverWentBefore(t *testing.T) {
	s := open(t, Options{})
	rows := "01 SPSA01,10 FPSA01,11 FPSA02,12 FPSA03,13 FPSA04,14 FPSA05,15 FPSA06,16 FPSA07,17 FPSA08,18 FPSA09,30 EVAL01,31 EAUT01,19 EISE01,00 EISE01,99 EISE01"
	for row := range strings.SplitSeq(rows, ",") {
		digits, code, _ := strings.Cut(row, " ")
		s.adjust(dummyRefund, refunding("the same", "nobody's sale", "123"+digits), code)
	}
	rows = "01 SPAR01,10 FPAR01,11 FPAR02,12 FPAR03,13 FPAR05,14 FPAR06,15 FPAR07,16 FPAR08,30 EVAL01,31 EAUT01,17 EISE01,ff EISE01"
	for row := range strings.SplitSeq(rows, ",") {
		digits, code, _ := strings.Cut(row, " ")
		s.adjust(dummyUndo, undoing("the same", digits+"77"), code)
	}
	if n := len(s.Refunds()); n != 0 {
		t.Errorf("the dummy remembers %d refunds", n)
	}
}

func TestASaleGivesBackWhatItTookAndNoMoreUnderEachOfItsNames(t *testing.T) {
	s := open(t, Options{})
	number := s.sell("011234", "R-1")
	s.expect(ledgerReceipt, seal(t, receipting("R-1", "INV-1"), OxipayKey), "Success", "SSER01")
	s.refund("B-7", "R-1", "2000", "FPSA01") // the number has taken its place
	s.refund("B-1", number, "2000", "SPSA01")
	s.refund("B-2", "INV-1", "10000", "SPSA01")
	s.refund("B-3", number, "551", "FPSA04")
	s.refund("B-4", number, "550", "SPSA01")
	s.refund("B-5", number, "1", "FPSA03")
	s.refund("B-6", "R-2", "1", "FPSA01")
	want := []Refunded{
		{"oxipay", "B-1", "R-1", number, "20.00", ""},
		{"oxipay", "B-2", "R-1", number, "100.00", ""},
		{"oxipay", "B-4", "R-1", number, "5.50", ""},
	}
	if diff := cmp.Diff(want, s.books("?reference=R-1").Refunds); diff != "" {
		t.Errorf("refunds (-want +got):\n%s", diff)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Amount != "125.50" {
		t.Errorf("a refund changed what was taken: %v", e)
	}
	if _, _, page := s.page(s.url + "/"); !strings.Contains(page, "<dt>oxipay B-2</dt><dd>100.00 refunded of R-1</dd>") {
		t.Errorf("a person does not read of the refund:\n%s", page)
	}
}

func TestOnlyAnApprovedSaleOfTheSameMerchantCanBeRefunded(t *testing.T) {
	s := open(t, Options{})
	s.sell("011234", "R-1")
	s.expect(ledgerAuthorise, seal(t, authorisation("101234", "R-2"), OxipayKey), "Failed", "FPRA01")
	s.refund("B-1", "R-2", "100", "FPSA01")
	s.adjust(ledgerRefund, with(refunding("B-2", "R-1", "100"), map[string]any{"x_merchant_id": "30300000"}), "FPSA07")
	s.refund("B-3", "R-1", "0", "FPSA09")
	for name, changes := range map[string]map[string]any{
		"no amount": {"x_amount": nil}, "amount as text": {"x_amount": "100"}, "no sale": {"x_purchase_ref": nil},
		"no reference": {"x_pos_transaction_ref": nil}, "a long name": {"x_purchase_ref": strings.Repeat("a", 65)},
		"13 digits": {"x_amount": json.Number("1000000000000")}, "below zero": {"x_amount": json.Number("-1")},
	} {
		t.Log(name)
		s.adjust(ledgerRefund, with(refunding("B-4", "R-1", "100"), changes), "EVAL01")
	}
	if n := len(s.Refunds()); n != 0 {
		t.Errorf("%d refunds", n)
	}
	s.refund("B-4", "R-1", "100", "SPSA01") // what was invalid used nothing up
}

func TestOfAPartFinancedSaleOnlyThatPartCanGoBack(t *testing.T) {
	s := open(t, Options{})
	part := with(authorisation("011234", "R-1"), map[string]any{"x_finance_amount": json.Number("10000")})
	s.expect(ledgerAuthorise, seal(t, part, OxipayKey), "Success", "SPRA01")
	s.refund("B-1", "R-1", "10001", "FPSA04")
	s.refund("B-2", "R-1", "10000", "SPSA01")
	s.refund("B-3", "R-1", "1", "FPSA03")
}

// TestIdenticalBytesOfARefundAreNotKnownAgain: nobody has documented that they
// are, so that a client has to live with it.
func TestIdenticalBytesOfARefundAreNotKnownAgain(t *testing.T) {
	s := open(t, Options{})
	s.sell("011234", "R-1")
	body := seal(t, refunding("B-1", "R-1", "2000"), OxipayKey)
	s.LoseNext()
	if _, err := s.try(ledgerRefund, body); !isCut(err) {
		t.Fatalf("the answer came: %v", err)
	}
	for range 2 {
		s.expect(ledgerRefund, body, "Failed", "FPSA08")
	}
	s.refund("R-1", "R-1", "2000", "FPSA08") // the sale's own reference
	if made := s.Refunds(); len(made) != 1 || made[0].Reference != "B-1" {
		t.Errorf("the books have %v, want the one whose answer was lost", made)
	}
	s.expect(ledgerReceipt, seal(t, receipting("R-1", "INV-1"), OxipayKey), "Success", "SSER01")
	s.expect(ledgerRefund, body, "Failed", "FPSA01") // it was made all the same
	s.undo("U-1", signatureOf(t, body), "SPAR01")    // it can be undone all the same
	s.refund("B-2", "INV-1", "12550", "SPSA01")
}

func TestARefundIsUndoneOnceBySignature(t *testing.T) {
	s := open(t, Options{})
	s.sell("011234", "R-1")
	first := s.refund("B-1", "R-1", "12550", "SPSA01")
	declined := s.refund("B-2", "R-1", "1", "FPSA03")
	s.undo("U-1", declined, "FPAR01")
	s.undo("U-2", strings.Repeat("0", 64), "FPAR01")
	s.adjust(ledgerUndo, with(undoing("U-3", first), map[string]any{"x_merchant_id": "30300000"}), "FPAR07")
	s.undo("B-1", first, "FPAR08") // a reference of before
	s.undo("U-4", strings.ToUpper(first), "SPAR01")
	s.undo("U-5", first, "FPAR08") // a signature of before
	s.undo("U-4", first, "FPAR08")
	if made := s.Refunds(); len(made) != 1 || made[0].UndoneBy != "U-4" {
		t.Errorf("the books have %v", made)
	}
	if b := s.books("?reference=U-4"); len(b.Refunds) != 1 || len(b.Calls) != 2 || b.Calls[0].Call != "oxipay.undo" {
		t.Errorf("the books of the reversal are %+v", b)
	}
	s.refund("B-3", "R-1", "12550", "SPSA01") // it is all there again
}

func TestManyRefundsAtOnceGiveBackNoMoreThanWasTaken(t *testing.T) {
	s := open(t, Options{})
	s.sell("011234", "R-1")
	const each = 20
	codes := make(chan any, each)
	for i := range each {
		body := seal(t, refunding(fmt.Sprintf("B-%d", i), "R-1", "2510"), OxipayKey)
		go func() {
			g, err := s.try(ledgerRefund, body)
			reply := map[string]any{}
			if err != nil || json.Unmarshal(g.body, &reply) != nil {
				t.Errorf("%v: %s", err, g.body)
			}
			codes <- reply["x_code"]
		}()
	}
	seen := map[any]int{}
	for range each {
		seen[<-codes]++
	}
	if seen["SPSA01"] != 5 || seen["FPSA03"] != each-5 || len(s.Refunds()) != 5 {
		t.Errorf("%v, in the books %d", seen, len(s.Refunds()))
	}
}
