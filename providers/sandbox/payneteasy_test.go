package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const (
	initiatePath = "/payneteasy/transfer/initiate-transfer"
	resultPath   = "/payneteasy/result"
)

func transferOf(centis string, changes map[string]any) map[string]any {
	return with(map[string]any{
		"consumer": map[string]any{
			"device":      map[string]any{"serialNumber": "SN-0001", "imei": "490154203237518"},
			"ipAddresses": []string{"192.168.100.200", "1.1.1.1"},
		},
		"location":    map[string]any{"lat": json.Number("-90.0"), "lng": json.Number("180")},
		"session":     map[string]any{"accessToken": PayneteasyToken},
		"transaction": map[string]any{"amountCentis": json.Number(centis), "currency": "EUR"},
		"fromBin":     "411111", "toBin": "522222",
	}, changes)
}

func (s *shop) begin(centis string) payneteasyBegun {
	s.t.Helper()
	return begunIn(s.t, s.post(initiatePath, jsonText(s.t, transferOf(centis, nil))))
}

// begunIn is the transfer that an answer has begun.
func begunIn(t *testing.T, g got) payneteasyBegun {
	t.Helper()
	var begun payneteasyBegun
	if err := json.Unmarshal(g.body, &begun); err != nil || g.status != http.StatusOK || begun.InvoiceID == "" {
		t.Fatalf("HTTP %d %s", g.status, g.body)
	}
	return begun
}

// resultOf asks the result URL.
func (s *shop) resultOf(invoiceID string) (int, string) {
	s.t.Helper()
	r, err := s.client.Get(s.url + resultPath + "?invoiceId=" + invoiceID)
	if err != nil {
		s.t.Fatal(err)
	}
	defer r.Body.Close()
	var m struct{ InvoiceID, Status string }
	if err := json.NewDecoder(r.Body).Decode(&m); err != nil {
		s.t.Fatal(err)
	}
	if m.Status != "" && m.InvoiceID != invoiceID {
		s.t.Errorf("asked for %s, answered for %s", invoiceID, m.InvoiceID)
	}
	return r.StatusCode, m.Status
}

func TestTransferSignaturesAreThoseOfTheVectors(t *testing.T) {
	for _, row := range [][]string{
		{"ABCD", "123456789012345678901234567890123456789012345678901234567890abcd", "abcd", "111", "5678xyz", "someUuid", "1000", "RUB",
			"D2F51EF92568A3F3EFF59221B2CE177354B8C770"},
		{PayneteasyControlKey, "11111111-1111-1111-1111-111111111111", "SN-0001", "1111", "22222222-2222-2222-2222-222222222222",
			"33333333-3333-3333-3333-333333333333", "10000", "EUR", "862EA9B0DCD989B89EF6CFC01FC61C19640A42BF"},
	} {
		if have := payneteasyMAC(row[0], row[1:8]...); have != row[8] {
			t.Errorf("MAC %s, want %s", have, row[8])
		}
	}
}

func TestABegunTransferIsSignedByTheControlKeyAndMovesNoMoney(t *testing.T) {
	s := open(t, Options{})
	begun := s.begin("20000")
	want := payneteasyMAC(PayneteasyControlKey, PayneteasyToken, "SN-0001", "1111", begun.Session.Nonce, begun.InvoiceID, "20000", "EUR")
	if begun.EndpointID != "1111" || begun.Session.Signature != want {
		t.Errorf("begun %v, want signature %s", begun, want)
	}
	if !strings.ContainsAny(begun.Session.Nonce, "^$") {
		t.Errorf("the nonce %s needs no escaping", begun.Session.Nonce)
	}
	if begun.Rates == nil || *begun.Rates != (payneteasyRates{"2", "4.00"}) {
		t.Errorf("rates %v", begun.Rates)
	}
	if n := len(PayneteasyToken); n < 32 || n > 128 {
		t.Errorf("the access token has %d characters", n)
	}
	if len(s.Ledger()) != 0 {
		t.Error("initiate moved money")
	}
	if again := s.begin("20000"); again.InvoiceID == begun.InvoiceID {
		t.Error("two initiates, one invoice")
	}
	if rates := s.begin("10044").Rates; rates != nil {
		t.Errorf("cents .44: rates %v, want none", rates)
	}
	if rates := s.begin("10045").Rates; rates == nil || rates.Min != rates.Max {
		t.Errorf("cents .45: rates %v, want one figure", rates)
	}
}

func TestCentsPlayTheFailures(t *testing.T) {
	s := open(t, Options{})
	for centis, want := range map[string]struct {
		status int
		cause  string
	}{
		"10041": {200, "FILTERED"}, "41": {200, "FILTERED"}, "10042": {500, "SERVER_FAILED"}, "10043": {503, "SERVER_UNAVAILABLE"},
	} {
		s.failure(jsonText(t, transferOf(centis, nil)), want.status, want.cause)
	}
}

// failure posts a transfer that must fail, with everything that a failure has.
func (s *shop) failure(body string, status int, cause string) {
	s.t.Helper()
	g := s.post(initiatePath, body)
	e, ok := s.fields(g)["error"].(map[string]any)
	if !ok || g.status != status || e["cause"] != cause || e["code"] == "" || e["message"] == "" {
		s.t.Errorf("HTTP %d %s, want %d %s", g.status, g.body, status, cause)
	}
	if strings.Contains(string(g.body), `"nonce"`) {
		s.t.Errorf("a failure with a session: %s", g.body)
	}
}

func TestInitiateDemandsTheTypesAndRangesOfItsPage(t *testing.T) {
	s := open(t, Options{})
	n := func(digits string) json.Number { return json.Number(digits) }
	device := func(d map[string]any) map[string]any {
		return map[string]any{"consumer": map[string]any{"device": d}}
	}
	money := func(centis, currency any) map[string]any {
		return map[string]any{"transaction": map[string]any{"amountCentis": centis, "currency": currency}}
	}
	at := func(lat, lng any) map[string]any {
		return map[string]any{"location": with(map[string]any{}, map[string]any{"lat": lat, "lng": lng})}
	}
	ips := func(list any) map[string]any {
		return map[string]any{"consumer": map[string]any{"device": map[string]any{"serialNumber": "SN-0001"}, "ipAddresses": list}}
	}
	for name, changes := range map[string]map[string]any{
		"no consumer": {"consumer": nil}, "no device": {"consumer": map[string]any{}}, "no serial number": device(map[string]any{}),
		"empty serial number": device(map[string]any{"serialNumber": ""}),
		"serial number of 51": device(map[string]any{"serialNumber": strings.Repeat("s", 51)}),
		"imei of 13":          device(map[string]any{"serialNumber": "s", "imei": "4901542032375"}),
		"imei of 17":          device(map[string]any{"serialNumber": "s", "imei": "49015420323751812"}),
		"IPv6":                ips([]string{"2001:db8::8a2e:370:7334"}), "short address": ips([]string{"1.1.1"}),
		"address no list": ips("1.1.1.1"), "addresses as numbers": ips([]int{1}),
		"no transaction": {"transaction": nil}, "amount as text": money("10000", "EUR"), "amount with a point": money(n("100.00"), "EUR"),
		"amount zero": money(n("0"), "EUR"), "amount below zero": money(n("-1"), "EUR"),
		"currency in lower": money(n("10000"), "eur"), "currency of 4": money(n("10000"), "EURO"), "no currency": money(n("10000"), ""),
		"no session": {"session": nil}, "token of 31": {"session": map[string]any{"accessToken": strings.Repeat("t", 31)}},
		"token of 129":  {"session": map[string]any{"accessToken": strings.Repeat("t", 129)}},
		"too far north": at(n("90.1"), n("0")), "too far west": at(n("0"), n("-180.1")), "only one": at(n("1"), nil), "lat as text": at("1", n("1")),
		"BIN of 5": {"fromBin": "41111"}, "BIN of 7": {"toBin": "4111111"}, "BIN with a letter": {"toBin": "41111a"}, "BIN as number": {"toBin": 411111},
		"unknown field": {"orderId": "R-1"}, "unknown inside": {"session": map[string]any{"accessToken": PayneteasyToken, "nonce": "x"}},
	} {
		body := jsonText(t, transferOf("10000", changes))
		before := len(s.handed)
		s.failure(body, http.StatusBadRequest, "INVALID_REQUEST")
		if len(s.handed) != before || t.Failed() {
			t.Fatalf("%s: not refused", name)
		}
	}
	for name, changes := range map[string]map[string]any{
		"without options": {"location": nil, "fromBin": nil, "toBin": nil, "consumer": map[string]any{"device": map[string]any{"serialNumber": "S"}}},
		"any serial":      device(map[string]any{"serialNumber": strings.Repeat("ß", 50)}),
		"no addresses":    ips([]string{}),
	} {
		if g := s.post(initiatePath, jsonText(t, transferOf("1", changes))); g.status != http.StatusOK {
			t.Errorf("%s: HTTP %d %s", name, g.status, g.body)
		}
	}
}

func TestAWrongTokenGetsNothingAndBadJSONGetsHTML(t *testing.T) {
	s := open(t, Options{})
	wrong := transferOf("10000", map[string]any{"session": map[string]any{"accessToken": strings.Repeat("t", 32)}})
	if g := s.post(initiatePath, jsonText(t, wrong)); g.status != http.StatusForbidden || len(g.body) != 0 {
		t.Errorf("wrong token: HTTP %d %q, want 403 and nothing", g.status, g.body)
	}
	g := s.post(initiatePath, `{"consumer":`)
	if g.status != http.StatusBadRequest || !strings.HasPrefix(g.header.Get("Content-Type"), "text/html") {
		t.Errorf("bad JSON: HTTP %d %s", g.status, g.header)
	}
	if len(s.handed) != 0 {
		t.Error("a refused request began a transfer")
	}
}

func TestTheResultURLFollowsTheHandOver(t *testing.T) {
	s := open(t, Options{})
	yes, no := s.begin("12550").InvoiceID, s.begin("300").InvoiceID
	if _, r := s.resultOf(yes); r != "pending" {
		t.Errorf("before: %s", r)
	}
	if s.Approve(yes) != nil || s.Decline(no) != nil {
		t.Fatal("not accepted")
	}
	if s.Decline(yes) == nil || s.Approve(no) == nil || s.Approve("x") == nil {
		t.Error("a finished or unknown transfer was finished again")
	}
	if _, r := s.resultOf(yes); r != "approved" {
		t.Errorf("after approving: %s", r)
	}
	if _, r := s.resultOf(no); r != "declined" {
		t.Errorf("after declining: %s", r)
	}
	if status, _ := s.resultOf("33333333-3333-3333-3333-333333333333"); status != http.StatusNotFound {
		t.Errorf("an unknown invoiceId: HTTP %d", status)
	}
	want := Entry{"payneteasy", "", yes, "125.50", "EUR", 0}
	if entries := s.Ledger(); len(entries) != 1 || entries[0] != want {
		t.Errorf("ledger %v, want only %v", entries, want)
	}
}
