package sandbox

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	dummyRegister  = "/oxipay/webapi/v1/Test/CreateKey"
	dummyReceipt   = "/oxipay/webapi/v1/Test/SendReceipt"
	ledgerRegister = "/oxipay/webapi/v1/CreateKey"
	ledgerReceipt  = "/oxipay/webapi/v1/SendReceipt"

	goodToken = "01-a-token-of-the-portal"
)

func registering(token string) map[string]any {
	return with(terminal, map[string]any{
		"x_device_token": token, "x_pos_vendor": "cashdesk", "tracking_data": map[string]any{"token": "t-1"},
	})
}

func receipting(reference, number string) map[string]any {
	return with(terminal, map[string]any{
		"x_pos_transaction_ref": reference, "x_receipt_number": number, "tracking_data": map[string]any{"token": "t-1"},
	})
}

// register asks for a key with a token, and gives the key where there is one.
func (s *shop) register(path, token, code string) string {
	s.t.Helper()
	g := s.post(path, seal(s.t, registering(token), token))
	reply := s.fields(g)
	if g.status != http.StatusOK || reply["x_code"] != code {
		s.t.Fatalf("HTTP %d, %v; want %s", g.status, reply, code)
	}
	if reply["signature"] != macOf(reply, token) {
		s.t.Errorf("the reply %v is not signed with the token", reply)
	}
	key, there := reply["x_key"].(string)
	if there != (code == "SCRK01") {
		s.t.Errorf("x_key in %v; want it on a success and nowhere else", reply)
	}
	return key
}

func TestTheVectorsOfRegisteringAndOfReceipts(t *testing.T) {
	common := map[string]string{"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "test_operator", "x_firmware_version": "123"}
	more := func(fields map[string]string) map[string]string {
		for name, value := range common {
			fields[name] = value
		}
		return fields
	}
	const token, key = "nb4i6ldxuVQC", "dy33vQhksVsv"
	for _, row := range []struct {
		key    string
		fields map[string]string
		want   string
	}{
		{token, more(map[string]string{"x_device_token": token, "x_pos_vendor": "Pos Provider"}), "cf4f4a19662c7617ea83a47456934123f530c82cdfdd66f5b706dd2263806848"},
		{token, map[string]string{"x_key": key, "x_status": "Success", "x_code": "SCRK01", "x_message": "Success"}, "c8340d19b24f8ec2fb915202ea7fb08d81fc711681fbfea297106d219a5c30a6"},
		{key, more(map[string]string{"x_pos_transaction_ref": "tnx-ref1", "x_receipt_number": "NewReceipt"}), "ac164e40585474838641bde1ad9bab08b6e6e0ab0c2dae814298e4fcef9c52fa"},
		{key, map[string]string{"x_status": "Success", "x_code": "SSER01", "x_message": "Success"}, "b55c8cbe59305d3d8abc6ea8f0cdcf4702059d6d2fa935c83595e56e7001157b"},
	} {
		if have := oxipayMAC(row.fields, row.key); have != row.want {
			t.Errorf("MAC of %v is %s, want %s", row.fields, have, row.want)
		}
	}
}

func TestEveryRowOfTheKeyAndReceiptTablesIsAnsweredByTheDummy(t *testing.T) {
	s := open(t, Options{})
	for row := range strings.SplitSeq("01 SCRK01,10 FCRK01,11 FCRK02,30 EVAL01,31 EAUT01,99 EISE01,1 EISE01", ",") {
		digits, code, _ := strings.Cut(row, " ")
		for range 2 { // it burns nothing
			if key := s.register(dummyRegister, digits+"ab12", code); code == "SCRK01" && key != OxipayKey {
				t.Errorf("the dummy's key is %q", key)
			}
		}
	}
	for row := range strings.SplitSeq("01 SSER01,10 FSER01,11 FSER02,30 EVAL01,31 EAUT01,99 EISE01,A1 EISE01", ",") {
		digits, code, _ := strings.Cut(row, " ")
		s.adjust(dummyReceipt, receipting("nobody's sale", digits+"-77"), code)
	}
}

func TestATokenServesOnceAndKillsTheOldKey(t *testing.T) {
	s := open(t, Options{})
	old := seal(t, authorisation("011234", "R-1"), OxipayKey)
	s.expect(ledgerAuthorise, old, "Success", "SPRA01")
	key := s.register(ledgerRegister, goodToken, "SCRK01")
	s.register(ledgerRegister, goodToken, "FCRK02")
	s.register(ledgerRegister, "10-somebody's", "FCRK01")
	s.register(ledgerRegister, "a token that nobody issued", "FCRK01")
	if key == OxipayKey || len(key) != 12 {
		t.Errorf("the new key is %q", key)
	}
	// Not even the identical request of before is known with the old key.
	for _, body := range []string{old, seal(t, authorisation("012222", "R-2"), OxipayKey)} {
		if reply := s.fields(s.post(ledgerAuthorise, body)); reply["x_code"] != "ESIG01" || reply["signature"] != nil {
			t.Errorf("the dead key is answered %v", reply)
		}
	}
	reply := s.fields(s.post(ledgerAuthorise, seal(t, authorisation("013333", "R-3"), key)))
	if reply["x_code"] != "SPRA01" || reply["signature"] != macOf(reply, key) {
		t.Errorf("the new key is answered %v", reply)
	}
	// Another device, and the dummy, go on as before.
	other := with(authorisation("014444", "R-4"), map[string]any{"x_device_id": "d556"})
	s.expect(ledgerAuthorise, seal(t, other, OxipayKey), "Success", "SPRA01")
	s.expect(dummyAuthorise, old, "Success", "SPRA01")
	if second := s.register(ledgerRegister, "01-another", "SCRK01"); second == key {
		t.Error("two registrations gave one key")
	}
}

func TestARegistrationWhoseAnswerIsLostHasBurntItsTokenAndTheOldKey(t *testing.T) {
	s := open(t, Options{})
	s.LoseNext()
	if _, err := s.try(ledgerRegister, seal(t, registering(goodToken), goodToken)); !isCut(err) {
		t.Fatalf("the answer came: %v", err)
	}
	s.register(ledgerRegister, goodToken, "FCRK02")
	if reply := s.fields(s.post(ledgerAuthorise, seal(t, authorisation("011234", "R-1"), OxipayKey))); reply["x_code"] != "ESIG01" {
		t.Errorf("the old key is answered %v", reply)
	}
}

func TestARegistrationIsSignedWithItsToken(t *testing.T) {
	s := open(t, Options{})
	for name, body := range map[string]string{
		"the device's key": seal(t, registering(goodToken), OxipayKey),
		"no token":         seal(t, with(registering(goodToken), map[string]any{"x_device_token": nil}), OxipayKey),
		"an empty token":   seal(t, registering(""), ""),
	} {
		if reply := s.fields(s.post(ledgerRegister, body)); reply["x_code"] != "ESIG01" || reply["signature"] != nil {
			t.Errorf("%s: %v, want ESIG01 unsigned", name, reply)
		}
	}
	long := strings.Repeat("0", 65)
	s.register(ledgerRegister, long, "EVAL01")
	s.register(ledgerRegister, goodToken, "SCRK01") // nothing of that burnt it
}

func TestAReceiptNumberIsASecondNameOfOneSale(t *testing.T) {
	s := open(t, Options{})
	s.sell("011111", "R-1")
	s.sell("012222", "R-2")
	for _, row := range []struct{ reference, number, code string }{
		{"R-1", "INV-1", "SSER01"},
		{"R-1", "INV-1", "SSER01"}, // safely repeated
		{"R-2", "INV-1", "FSER02"},
		{"R-2", "R-1", "FSER02"}, // what names another sale already
		{"R-3", "INV-3", "FSER01"},
		{"INV-1", "INV-4", "FSER01"}, // not what the sale was sent under
		{"R-1", "INV-5", "SSER01"},   // a sale may have several
	} {
		s.adjust(ledgerReceipt, receipting(row.reference, row.number), row.code)
	}
	want := []Receipt{{"oxipay", "R-1", "INV-1"}, {"oxipay", "R-1", "INV-5"}}
	if diff := cmp.Diff(want, s.books("?reference=R-1").Receipts); diff != "" {
		t.Errorf("receipts (-want +got):\n%s", diff)
	}
	if b := s.books("?reference=R-2"); len(b.Receipts) != 0 {
		t.Errorf("R-2 has %v", b.Receipts)
	}
	s.refund("B-1", "INV-5", "100", "SPSA01")
	// No sale may be called what is a receipt number already.
	s.expect(ledgerAuthorise, seal(t, authorisation("013333", "INV-1"), OxipayKey), "Failed", "FPRA07")
}
