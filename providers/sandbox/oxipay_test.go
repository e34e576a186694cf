package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const (
	dummyInvite     = "/oxipay/webapi/v1/Test/Invite"
	dummyAuthorise  = "/oxipay/webapi/v1/Test/ProcessAuthorisation"
	ledgerInvite    = "/oxipay/webapi/v1/Invite"
	ledgerAuthorise = "/oxipay/webapi/v1/ProcessAuthorisation"
	approvedMessage = "Your first debit is on 5 December"
)

var terminal = map[string]any{
	"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "mia", "x_firmware_version": "1.0",
}

var invitation = with(terminal, map[string]any{"x_mobile": "0412345678", "x_purchase_amount": json.Number("12501")})

func authorisation(code, reference string) map[string]any {
	return with(terminal, map[string]any{
		"x_pos_transaction_ref": reference, "x_pre_approval_code": code,
		"x_purchase_amount": json.Number("12550"), "x_finance_amount": json.Number("12550"),
		"tracking_data": map[string]any{"token": "t-1"},
	})
}

// seal signs a request with a key and writes it.
func seal(t *testing.T, request map[string]any, key string) string {
	t.Helper()
	fields := map[string]string{}
	for name, value := range request {
		fields[name] = fmt.Sprint(value)
	}
	return jsonText(t, with(request, map[string]any{"signature": oxipayMAC(fields, key)}))
}

// checkMAC verifies a reply over the x_ fields that are in it.
func (s *shop) checkMAC(reply map[string]any) {
	s.t.Helper()
	fields := map[string]string{}
	for name, value := range reply {
		fields[name] = fmt.Sprint(value)
	}
	if reply["signature"] != oxipayMAC(fields, OxipayKey) {
		s.t.Errorf("the reply %v is not signed with the dummy key", reply)
	}
}

// expect posts a request and checks status, code and MAC of the reply.
func (s *shop) expect(path, body, status, code string) map[string]any {
	s.t.Helper()
	g := s.post(path, body)
	reply := s.fields(g)
	if g.status != http.StatusOK || reply["x_status"] != status || reply["x_code"] != code {
		s.t.Fatalf("HTTP %d, %v; want 200, %s %s", g.status, reply, status, code)
	}
	s.checkMAC(reply)
	if _, there := reply["x_purchase_number"]; there != (code == "SPRA01") {
		s.t.Errorf("x_purchase_number in %v; want it on an approval and nowhere else", reply)
	}
	return reply
}

func TestSignaturesAreThoseOfTheProvidersVectors(t *testing.T) {
	request := map[string]string{
		"x_merchant_id": "30299999", "x_device_id": "d555", "x_operator_id": "test_operator", "x_firmware_version": "123",
		"x_pos_transaction_ref": "tnx-ref1", "x_pre_approval_code": "6111NHQMAM4Z",
		"x_finance_amount": "10000", "x_purchase_amount": "50000",
		"tracking_data": "not signed", "purchase_items": "not signed",
	}
	for _, row := range []struct {
		key    string
		fields map[string]string
		want   string
	}{
		{"dy33vQhksVsv", request, "d6967970b99e585fc7d1a11702690f25b4be0c5fbfd10b39fbea3953ba48bad2"},
		{"dy33vQhksVsv", map[string]string{"x_status": "Success", "x_code": "SPRA01", "x_message": "Approved"},
			"07fa5c9b43520bb9417d7eadb8390a87bf7a42767a67bd5af95627b51c2d8bae"},
		{"1234567890", map[string]string{"x_status": "Success", "x_code": "SINV01", "x_message": "Success"},
			"be3f90d02bf10c3c404851fe3885ea5a44d4e6111900af2a7ea4828b2e2a4649"},
	} {
		if have := oxipayMAC(row.fields, row.key); have != row.want {
			t.Errorf("MAC of %v is %s, want %s", row.fields, have, row.want)
		}
	}
}

// authorisationTable is the seed page, once more and by hand.
const authorisationTable = `01 Success SPRA01,10 Failed FPRA01,11 Failed FPRA02,12 Failed FPRA03,13 Failed FPRA04,
14 Failed FPRA05,15 Failed FPRA06,16 Failed FPRA07,17 Failed FPRA08,18 Failed FPRA21,19 Failed FPRA22,20 Failed FPRA23,
21 Failed FPRA24,22 Failed FPRA99,23 Failed FPRA09,30 Error EVAL01,31 Error EAUT01,32 Error EVAL02,
00 Error EISE01,02 Error EISE01,24 Error EISE01,61 Error EISE01,99 Error EISE01,A1 Error EISE01`

func TestEveryRowOfTheAuthorisationTableIsAnsweredInEveryFormOfTheCode(t *testing.T) {
	s := open(t, Options{})
	rows := strings.Split(strings.ReplaceAll(authorisationTable, "\n", ""), ",")
	for i, row := range rows {
		w := strings.Fields(row)
		for j, code := range []string{w[0] + "1234", w[0] + "12ab56", "6199" + w[0] + "9876"} {
			body := seal(t, authorisation(code, fmt.Sprintf("R-%d-%d", i, j)), OxipayKey)
			reply := s.expect(dummyAuthorise, body, w[1], w[2])
			if echo := jsonText(t, reply["tracking_data"]); echo != `{"token":"t-1"}` {
				t.Errorf("%s: tracking_data came back as %s", code, echo)
			}
			if reply["x_message"] == "" {
				t.Errorf("%s: no message", code)
			}
		}
		body := seal(t, authorisation("6199"+w[0]+"5555", fmt.Sprintf("L-%d", i)), OxipayKey)
		s.expect(ledgerAuthorise, body, w[1], w[2])
	}
	if len(rows) != len(authorisationOutcomes)+6 {
		t.Errorf("the table has %d rows, the sandbox plays %d", len(rows), len(authorisationOutcomes))
	}
}

func TestTheTwoCharactersAfterThePrefixCountOnlyInTenCharacters(t *testing.T) {
	s := open(t, Options{})
	s.expect(dummyAuthorise, seal(t, authorisation("619901", "R-1"), OxipayKey), "Error", "EISE01")
	s.expect(dummyAuthorise, seal(t, authorisation("61990112", "R-2"), OxipayKey), "Error", "EISE01")
}

func TestEveryRowOfTheInviteTableIsAnsweredByTheLastTwoDigits(t *testing.T) {
	s := open(t, Options{})
	for amount, want := range map[string]string{
		"12501": "Success SINV01", "1": "Error EISE01", "101": "Success SINV01", "999999999901": "Success SINV01",
		"30": "Error EVAL01", "12530": "Error EVAL01", "31": "Error EAUT01", "5031": "Error EAUT01",
		"100": "Error EISE01", "2": "Error EISE01", "3001": "Success SINV01", "131299": "Error EISE01",
	} {
		w := strings.Fields(want)
		for _, path := range []string{dummyInvite, ledgerInvite} {
			s.expect(path, seal(t, with(invitation, map[string]any{"x_purchase_amount": json.Number(amount)}), OxipayKey), w[0], w[1])
		}
	}
	if entries := s.Ledger(); len(entries) != 0 {
		t.Errorf("invitations moved money: %v", entries)
	}
}

func TestAWrongSignatureIsRefusedWithoutASignature(t *testing.T) {
	s := open(t, Options{})
	good := seal(t, authorisation("011234", "R-1"), OxipayKey)
	for name, body := range map[string]string{
		"another key":       seal(t, authorisation("011234", "R-1"), "0987654321"),
		"amount changed":    strings.Replace(good, `12550`, `12551`, 1),
		"not trimmed":       seal(t, with(authorisation("011234", "R-1"), map[string]any{"x_operator_id": "mia "}), OxipayKey),
		"no signature":      jsonText(t, authorisation("011234", "R-1")),
		"signature no text": jsonText(t, with(authorisation("011234", "R-1"), map[string]any{"signature": 7})),
	} {
		reply := s.fields(s.post(ledgerAuthorise, body))
		if reply["x_code"] != "ESIG01" || reply["x_status"] != "Error" {
			t.Errorf("%s: %v, want ESIG01", name, reply)
		}
		if _, there := reply["signature"]; there {
			t.Errorf("%s: ESIG01 is signed", name)
		}
	}
	upper := strings.Replace(good, signatureOf(t, good), strings.ToUpper(signatureOf(t, good)), 1)
	s.expect(dummyAuthorise, upper, "Success", "SPRA01")
	if len(s.Ledger()) != 0 {
		t.Error("a refused request reached the ledger")
	}
}

func signatureOf(t *testing.T, body string) string {
	t.Helper()
	var m struct{ Signature string }
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	return m.Signature
}

func TestLengthsAndTypesOfTheSeedPagesAreDemanded(t *testing.T) {
	s := open(t, Options{})
	long := func(n int) string { return strings.Repeat("a", n) }
	for name, changes := range map[string]map[string]any{
		"merchant of 11":           {"x_merchant_id": long(11)},
		"no merchant":              {"x_merchant_id": nil},
		"empty merchant":           {"x_merchant_id": ""},
		"device of 65":             {"x_device_id": long(65)},
		"operator of 65":           {"x_operator_id": long(65)},
		"operator of 33 emoji":     {"x_operator_id": strings.Repeat("🧡", 33)},
		"firmware of 65":           {"x_firmware_version": long(65)},
		"reference of 65":          {"x_pos_transaction_ref": long(65)},
		"no reference":             {"x_pos_transaction_ref": nil},
		"amount as text":           {"x_purchase_amount": "12550"},
		"amount of 13 digits":      {"x_purchase_amount": json.Number("1234567890123")},
		"amount with a point":      {"x_purchase_amount": json.Number("12550.0")},
		"amount with an exponent":  {"x_purchase_amount": json.Number("1e5")},
		"amount below zero":        {"x_purchase_amount": json.Number("-1")},
		"nothing financed":         {"x_finance_amount": json.Number("0")},
		"more financed than asked": {"x_finance_amount": json.Number("12551")},
		"code of 5":                {"x_pre_approval_code": "01123"},
		"code of 7":                {"x_pre_approval_code": "0112345"},
		"code of 10 without 6199":  {"x_pre_approval_code": "0112345678"},
		"code of 12":               {"x_pre_approval_code": "6111NHQMAM4Z"},
		"code with a dash":         {"x_pre_approval_code": "01-123"},
		"code as a number":         {"x_pre_approval_code": json.Number("611234")},
		"items of 201":             {"purchase_items": `{"PurchaseItems":["` + long(201-22) + `"]}`},
		"items not JSON":           {"purchase_items": "Item1"},
		"items as an object":       {"purchase_items": map[string]any{"PurchaseItems": []string{"a"}}},
		"tracking data as text":    {"tracking_data": "t-1"},
		"too much tracking data":   {"tracking_data": map[string]any{"a": long(1_000_000)}},
		"an unknown field":         {"x_colour": "green"},
		"confirms as text":         {"buyer_confirms": "yes"},
	} {
		body := seal(t, with(authorisation("011234", "R-1"), changes), OxipayKey)
		reply := s.expect(ledgerAuthorise, body, "Error", "EVAL01")
		if why := fmt.Sprint(reply["x_message"]); why == "The request is not valid" {
			t.Errorf("%s: the message does not say what is wrong", name)
		}
	}
	if len(s.Ledger()) != 0 {
		t.Error("an invalid request was approved")
	}
	full := with(authorisation("011234", long(64)), map[string]any{
		"x_merchant_id": long(10), "x_device_id": long(64), "x_operator_id": strings.Repeat("🧡", 32), "x_firmware_version": long(64),
		"x_purchase_amount": json.Number("999999999999"), "x_finance_amount": json.Number("1"),
		"purchase_items": `{"PurchaseItems":["` + long(200-22) + `"]}`, "buyer_confirms": true,
		"tracking_data": map[string]any{"a": long(999_992)},
	})
	s.expect(ledgerAuthorise, seal(t, full, OxipayKey), "Success", "SPRA01")
}

func TestAnInviteNeedsAMobileInNationalFormAndAnAmount(t *testing.T) {
	s := open(t, Options{})
	for _, changes := range []map[string]any{
		{"x_mobile": "+61412345678"}, {"x_mobile": "0412 345 67"}, {"x_mobile": "04123456789"}, {"x_mobile": "412345678"},
		{"x_mobile": nil}, {"x_mobile": json.Number("412345678")},
		{"x_purchase_amount": json.Number("0")}, {"x_purchase_amount": nil}, {"x_purchase_amount": json.Number("1234567890123")},
	} {
		s.expect(dummyInvite, seal(t, with(invitation, changes), OxipayKey), "Error", "EVAL01")
	}
	s.expect(dummyInvite, seal(t, with(invitation, map[string]any{"x_mobile": "021234567"}), OxipayKey), "Success", "SINV01")
}

func TestWhatIsNoJSONObjectIsRefusedUnsigned(t *testing.T) {
	s := open(t, Options{})
	good := seal(t, authorisation("011234", "R-1"), OxipayKey)
	for _, body := range []string{"", "[]", "null", `"x"`, "{", good[:len(good)-1], good + "{}", `{"x_mobile":"1","x_mobile":"2"}`} {
		reply := s.fields(s.post(dummyAuthorise, body))
		if _, signed := reply["signature"]; reply["x_code"] != "EVAL01" || signed {
			t.Errorf("%.40q: %v, want EVAL01 unsigned", body, reply)
		}
	}
}
