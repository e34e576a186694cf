package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const (
	oxaRequestPath = "/oxapay/merchants/request"
	oxaInquiryPath = "/oxapay/merchants/inquiry"
	oxaListPath    = "/oxapay/merchants/list"
)

var oxaOrder = map[string]any{
	"merchant": OxaPayMerchant, "amount": json.Number("35.50"), "currency": "USD", "lifeTime": 30,
	"underPaidCover": json.Number("0"), "orderId": "R-1", "description": "Order #12345",
	"email": "customer@example.com", "callbackUrl": "https://example.com/callback", "returnUrl": "https://example.com/success",
	"feePaidByPayer": 0,
}

// oxaMake creates an invoice and gives its trackId.
func (s *shop) oxaMake(changes map[string]any) string {
	s.t.Helper()
	made := s.fields(s.post(oxaRequestPath, jsonText(s.t, with(oxaOrder, changes))))
	if fmt.Sprint(made["result"]) != "100" {
		s.t.Fatalf("create: %v", made)
	}
	return made["trackId"].(string)
}

func (s *shop) oxaAsk(trackID string) map[string]any {
	s.t.Helper()
	return s.fields(s.post(oxaInquiryPath, jsonText(s.t, map[string]any{"merchant": OxaPayMerchant, "trackId": json.Number(trackID)})))
}

func (s *shop) oxaStatus(trackID, want string) map[string]any {
	s.t.Helper()
	d := s.oxaAsk(trackID)
	if d["status"] != want {
		s.t.Fatalf("status of %s is %v, want %s", trackID, d["status"], want)
	}
	return d
}

func TestAnInvoiceIsMadeWithALinkToHere(t *testing.T) {
	s := open(t, Options{})
	g := s.post(oxaRequestPath, jsonText(t, oxaOrder))
	made := s.fields(g)
	trackID := made["trackId"].(string)
	if len(trackID) != 8 || made["payLink"] != s.url+"/p/"+trackID {
		t.Errorf("created %v", made)
	}
	if want := fmt.Sprint(s.clock.Now().Add(30 * time.Minute).Unix()); fmt.Sprint(made["expiredAt"]) != want {
		t.Errorf("expiredAt %v, want %s", made["expiredAt"], want)
	}
	if d := g.header.Get("Date"); d != "Sat, 21 Nov 2026 14:07:00 GMT" {
		t.Errorf("Date header %q is not the clock's", d)
	}
	asked := s.oxaStatus(trackID, "New")
	for name, want := range map[string]any{
		"trackId": trackID, "amount": "35.50", "currency": "USD", "orderId": "R-1", "payAmount": "0", "payDate": json.Number("0"),
		"underPaidCover": "0", "feePaidByPayer": "0", "email": "customer@example.com", "description": "Order #12345",
	} {
		if asked[name] != want {
			t.Errorf("inquiry: %s is %#v, want %#v", name, asked[name], want)
		}
	}
	byText := s.fields(s.post(oxaInquiryPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant, "trackId": trackID})))
	if byText["trackId"] != trackID {
		t.Errorf("a trackId in quotes: %v", byText)
	}
}

func TestOxaPayRefusesWithItsResultCodes(t *testing.T) {
	s := open(t, Options{})
	n := func(digits string) json.Number { return json.Number(digits) }
	for name, row := range map[string]struct {
		changes map[string]any
		code    int
	}{
		"no merchant":           {map[string]any{"merchant": nil}, 102},
		"wrong merchant":        {map[string]any{"merchant": "Sandbox"}, 102},
		"no amount":             {map[string]any{"amount": nil}, 126},
		"amount as text":        {map[string]any{"amount": "35.50"}, 101},
		"amount with exponent":  {map[string]any{"amount": n("3e1")}, 101},
		"amount zero":           {map[string]any{"amount": n("0.00")}, 109},
		"amount below zero":     {map[string]any{"amount": n("-1")}, 109},
		"amount far too high":   {map[string]any{"amount": n("1000000.01")}, 110},
		"nine decimals":         {map[string]any{"amount": n("0.000000001"), "currency": "BTC"}, 101},
		"unknown currency":      {map[string]any{"currency": "XYZ"}, 105},
		"currency in lower":     {map[string]any{"currency": "usd"}, 105},
		"two currencies":        {map[string]any{"currency": "USD EUR"}, 105},
		"callback no URL":       {map[string]any{"callbackUrl": "example.com"}, 107},
		"callback ftp":          {map[string]any{"callbackUrl": "ftp://example.com"}, 107},
		"return no URL":         {map[string]any{"returnUrl": "/back"}, 108},
		"life of 14":            {map[string]any{"lifeTime": 14}, 111},
		"life of 2881":          {map[string]any{"lifeTime": 2881}, 112},
		"life as text":          {map[string]any{"lifeTime": "30"}, 101},
		"cover below zero":      {map[string]any{"underPaidCover": n("-0.01")}, 113},
		"cover above sixty":     {map[string]any{"underPaidCover": n("60.01")}, 114},
		"fee of two":            {map[string]any{"feePaidByPayer": 2}, 115},
		"email without at":      {map[string]any{"email": "customer"}, 101},
		"orderId as a number":   {map[string]any{"orderId": 7}, 101},
		"null description":      {map[string]any{"description": json.RawMessage("null")}, 101},
		"a field nobody has":    {map[string]any{"sandbox": true}, 101},
		"a key in another case": {map[string]any{"Merchant": OxaPayMerchant}, 101},
	} {
		g := s.post(oxaRequestPath, jsonText(t, with(oxaOrder, row.changes)))
		refused := s.fields(g)
		if g.status != http.StatusOK || fmt.Sprint(refused["result"]) != fmt.Sprint(row.code) || refused["message"] == "" {
			t.Errorf("%s: HTTP %d %v, want 200 and %d", name, g.status, refused, row.code)
		}
		if refused["payLink"] != nil || refused["trackId"] != nil {
			t.Errorf("%s: a refusal with a link: %v", name, refused)
		}
	}
	if refused := s.fields(s.post(oxaRequestPath, "{")); fmt.Sprint(refused["result"]) != "101" {
		t.Errorf("half a body: %v", refused)
	}
	if d := s.oxaAsk("12345678"); fmt.Sprint(d["result"]) != "116" {
		t.Errorf("an unknown trackId: %v", d)
	}
	all := s.fields(s.post(oxaListPath, jsonText(t, map[string]any{"merchant": OxaPayMerchant})))
	if list := all["data"].([]any); len(list) != 0 {
		t.Errorf("refused requests made %d invoices", len(list))
	}
	for _, changes := range []map[string]any{
		{"lifeTime": 15}, {"lifeTime": 2880}, {"underPaidCover": n("60.00")}, {"amount": n("100")},
		{"feePaidByPayer": 1}, {"amount": n("0.00000001"), "currency": "BTC"}, {"currency": nil},
	} {
		s.oxaMake(changes)
	}
}

func TestACustomerIsTakenThroughEveryStage(t *testing.T) {
	s := open(t, Options{})
	id := s.oxaMake(nil)
	s.oxaStatus(id, "New")
	for _, want := range []string{"Waiting", "Confirming", "Paid", "Paid"} {
		have, err := s.Step("R-1")
		if err != nil || have != want {
			t.Fatalf("step gave %q, %v; want %s", have, err, want)
		}
		s.oxaStatus(id, want)
		if (len(s.Ledger()) == 1) != (want == "Paid") {
			t.Errorf("ledger at %s: %v", want, s.Ledger())
		}
	}
	if _, err := s.Step("R-9"); err == nil {
		t.Error("a step on an invoice that does not exist")
	}
}

func TestPaidMoneyIsConfirmingUntilTheClockSaysSo(t *testing.T) {
	s := open(t, Options{Confirm: 10 * time.Minute})
	id := s.oxaMake(nil)
	s.clock.pass(25 * time.Minute)
	if err := s.Pay(id); err != nil {
		t.Fatal(err)
	}
	seen := s.oxaStatus(id, "Confirming")
	if seen["payAmount"] != "142" || seen["payCurrency"] != "TRX" || seen["payDate"] != json.Number("0") {
		t.Errorf("confirming: %v", seen)
	}
	s.clock.pass(9 * time.Minute) // past the deadline: confirming outlives it
	s.oxaStatus(id, "Confirming")
	s.clock.pass(time.Minute)
	s.oxaStatus(id, "Paid")
	if err := s.Pay(id); err == nil {
		t.Error("paid twice")
	}
	if err := s.Expire(id); err == nil {
		t.Error("a paid invoice expired")
	}
	want := Entry{"oxapay", "R-1", id, "35.50", "USD", 0}
	if entries := s.Ledger(); len(entries) != 1 || entries[0] != want {
		t.Errorf("ledger %v, want only %v", entries, want)
	}
}

func TestAnUnpaidInvoiceExpiresAndLateMoneyIsTaken(t *testing.T) {
	s := open(t, Options{})
	id := s.oxaMake(nil)
	s.clock.pass(30*time.Minute - 1)
	s.oxaStatus(id, "New")
	s.clock.pass(1)
	s.oxaStatus(id, "Expired")
	s.clock.pass(3 * time.Hour)
	if err := s.Pay("R-1"); err != nil {
		t.Fatal(err)
	}
	s.oxaStatus(id, "Paid")

	other := s.oxaMake(map[string]any{"orderId": "R-2"})
	if err := s.Expire("R-2"); err != nil {
		t.Fatal(err)
	}
	s.oxaStatus(other, "Expired")
}

func TestTooLittleIsNotPaidUnlessTheCoverAllowsIt(t *testing.T) {
	s := open(t, Options{})
	for name, row := range map[string]struct {
		cover  any
		status string
	}{
		"none": {json.Number("0"), "Waiting"}, "just not": {json.Number("9.99"), "Waiting"},
		"enough": {json.Number("10"), "Paid"}, "the merchant's own, 40 %": {nil, "Paid"},
	} {
		id := s.oxaMake(map[string]any{"underPaidCover": row.cover, "orderId": name, "amount": json.Number("25.00")})
		if err := s.PayLess(name); err != nil {
			t.Fatal(err)
		}
		d := s.oxaStatus(id, row.status)
		if d["payAmount"] != "90" {
			t.Errorf("%s: payAmount %v, want 90 TRX for 22.50 USD", name, d["payAmount"])
		}
	}
	s.clock.pass(time.Hour)
	for _, e := range s.Ledger() {
		if e.Amount != "22.50" || e.Reference == "none" || e.Reference == "just not" {
			t.Errorf("in the ledger: %v", e)
		}
	}
}

func TestTheFirstAcceptablePaymentCountsAndIsNotAddedUp(t *testing.T) {
	s := open(t, Options{})
	id := s.oxaMake(map[string]any{"currency": "TRX", "amount": json.Number("10")})
	for range 2 {
		if err := s.PayLess(id); err != nil {
			t.Fatal(err)
		}
	}
	if d := s.oxaStatus(id, "Waiting"); d["payAmount"] != "9" || d["payCurrency"] != "TRX" {
		t.Errorf("after paying less twice: %v", d)
	}
	if err := s.Pay(id); err != nil {
		t.Fatal(err)
	}
	if d := s.oxaStatus(id, "Paid"); d["payAmount"] != "10" {
		t.Errorf("after paying: %v", d)
	}
}

func TestALostInvoiceIsFoundInTheListByItsOrderID(t *testing.T) {
	s := open(t, Options{})
	for i := range 12 {
		s.oxaMake(map[string]any{"orderId": fmt.Sprintf("R-%d", i)})
	}
	list := func(filter map[string]any) ([]any, map[string]any) {
		page := s.fields(s.post(oxaListPath, jsonText(t, with(map[string]any{"merchant": OxaPayMerchant}, filter))))
		data, ok := page["data"].([]any)
		if !ok {
			t.Fatalf("list: %v", page)
		}
		return data, page["meta"].(map[string]any)
	}
	if data, _ := list(map[string]any{"orderId": "R-3"}); len(data) != 1 || data[0].(map[string]any)["orderId"] != "R-3" {
		t.Errorf("looked up R-3: %v", data)
	}
	if data, _ := list(map[string]any{"orderId": "R-99"}); len(data) != 0 {
		t.Errorf("looked up R-99: %v", data)
	}
	data, meta := list(nil)
	if len(data) != 10 || fmt.Sprintf("%v/%v", meta["count"], meta["pages"]) != "12/2" || data[0].(map[string]any)["orderId"] != "R-11" {
		t.Errorf("the first page: %d entries, %v", len(data), meta)
	}
	if data, _ := list(map[string]any{"page": 2}); len(data) != 2 {
		t.Errorf("the second page has %d", len(data))
	}
	if data, _ := list(map[string]any{"page": 999999}); len(data) != 0 {
		t.Errorf("a page after the last has %d", len(data))
	}
	if strings.Contains(jsonText(t, data), XaiGateKey) {
		t.Error("a key in the list")
	}
}

func TestAnAutomaticCustomerPaysOnTheClock(t *testing.T) {
	s := open(t, Options{AutoStep: 10 * time.Second})
	id := s.oxaMake(nil)
	for _, want := range []string{"New", "Waiting", "Confirming", "Paid"} {
		s.oxaStatus(id, want)
		s.clock.pass(10 * time.Second)
	}
	slow := open(t, Options{AutoStep: time.Hour})
	id = slow.oxaMake(nil)
	slow.clock.pass(3 * time.Hour)
	slow.oxaStatus(id, "Expired")
}
