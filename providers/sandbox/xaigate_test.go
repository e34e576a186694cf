package sandbox

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"
)

const (
	xaiCreatePath = "/xaigate/api/v1/invoice/create"
	xaiInfoPath   = "/xaigate/api/v1/invoice/info"
)

var xaiOrder = map[string]any{
	"apiKey": XaiGateKey, "shopName": "Hill St Books", "amount": "10.50", "currency": "USD", "orderId": "R-1",
	"email": "example@hotmail.com", "successUrl": "http://yourdomain.com/success-url",
	"failUrl": "http://yourdomain.com/fail-url", "notifyUrl": "http://yourdomain.com/notify-url", "description": "3 Coffee",
}

func (s *shop) xaiMake(changes map[string]any) map[string]any {
	s.t.Helper()
	g := s.post(xaiCreatePath, jsonText(s.t, with(xaiOrder, changes)))
	if g.status != http.StatusOK {
		s.t.Fatalf("create: HTTP %d %s", g.status, g.body)
	}
	return s.fields(g)
}

func (s *shop) xaiStatus(invoiceNo, status, paid string) {
	s.t.Helper()
	d := s.fields(s.post(xaiInfoPath, jsonText(s.t, map[string]any{"apiKey": XaiGateKey, "invoiceNo": invoiceNo})))
	if d["status"] != status || d["paidAmount"] != paid {
		s.t.Fatalf("%s is %v with %v, want %s with %s", invoiceNo, d["status"], d["paidAmount"], status, paid)
	}
}

func TestAnXaiGateInvoiceHasEveryFieldOfThePage(t *testing.T) {
	s := open(t, Options{})
	made := s.xaiMake(nil)
	number := made["invoiceNo"].(string)
	for name, want := range map[string]any{
		"amount": "10.5", "paidAmount": "0", "toEmail": "example@hotmail.com", "toName": "Hill St Books",
		"expiry": json.Number("60"), "description": "3 Coffee", "status": "Pending", "currency": "USD",
		"shopName": "Hill St Books", "orderId": "R-1", "payUrl": s.url + "/p/" + number[3:],
		"createdAt": "2026-11-21T14:07:00.000000Z", "updatedAt": "2026-11-21T14:07:00.000000Z",
	} {
		if made[name] != want {
			t.Errorf("%s is %#v, want %#v", name, made[name], want)
		}
	}
	if number[:3] != "INV" || len(number) != 11 {
		t.Errorf("invoiceNo %s", number)
	}
	for sent, want := range map[string]any{"10": json.Number("10"), "007": "007", "01JC7QK4": "01JC7QK4"} {
		if back := s.xaiMake(map[string]any{"orderId": sent})["orderId"]; back != want {
			t.Errorf("orderId %q came back as %#v, want %#v", sent, back, want)
		}
	}
	if back := s.xaiMake(map[string]any{"amount": "10.00"})["amount"]; back != "10" {
		t.Errorf("10.00 came back as %v", back)
	}
}

func TestXaiGateDemandsTheTypesOfItsTable(t *testing.T) {
	s := open(t, Options{})
	for name, changes := range map[string]map[string]any{
		"no order": {"orderId": nil}, "empty order": {"orderId": ""}, "order as a number": {"orderId": 10},
		"amount as a number": {"amount": 10}, "amount with a comma": {"amount": "10,50"}, "amount zero": {"amount": "0.00"},
		"amount below zero": {"amount": "-1"}, "three decimals": {"amount": "1.005"}, "no amount": {"amount": nil},
		"no email": {"email": nil}, "no at": {"email": "example"}, "yen": {"currency": "JPY"}, "only in plugins": {"currency": "GBP"},
		"lower case": {"currency": "usd"}, "no URL": {"notifyUrl": "x"}, "unknown field": {"name": "Wilson"},
	} {
		if g := s.post(xaiCreatePath, jsonText(t, with(xaiOrder, changes))); g.status != http.StatusBadRequest || s.fields(g)["message"] == "" {
			t.Errorf("%s: HTTP %d %s, want 400 with a message", name, g.status, g.body)
		}
	}
	for path, request := range map[string]map[string]any{
		xaiCreatePath: with(xaiOrder, map[string]any{"apiKey": "fdda9f03-6409-43eb-a6ef-000000000000"}),
		xaiInfoPath:   {"apiKey": "none", "invoiceNo": "INV1"},
	} {
		if g := s.post(path, jsonText(t, request)); g.status != http.StatusUnauthorized {
			t.Errorf("%s with a wrong key: HTTP %d", path, g.status)
		}
	}
	if g := s.post(xaiInfoPath, jsonText(t, map[string]any{"apiKey": XaiGateKey, "invoiceNo": "INV1"})); g.status != http.StatusNotFound {
		t.Errorf("an unknown invoice: HTTP %d", g.status)
	}
	if g := s.post(xaiCreatePath, "not JSON"); g.status != http.StatusBadRequest {
		t.Errorf("no JSON: HTTP %d", g.status)
	}
}

func TestPartOfAnXaiGateInvoiceCanBeToppedUp(t *testing.T) {
	s := open(t, Options{Confirm: time.Minute})
	number := s.xaiMake(nil)["invoiceNo"].(string)
	if err := s.PayLess(number); err != nil {
		t.Fatal(err)
	}
	s.xaiStatus(number, "Pending", "0")
	s.clock.pass(time.Minute)
	s.xaiStatus(number, "PaidPartial", "9.45")
	s.clock.pass(time.Hour)
	s.xaiStatus(number, "PaidPartial", "9.45") // after its time a person decides
	if n := len(s.Ledger()); n != 0 {
		t.Errorf("%d in the ledger for a part", n)
	}
	if err := s.Pay("R-1"); err != nil {
		t.Fatal(err)
	}
	s.clock.pass(time.Minute)
	s.xaiStatus(number, "Paid", "10.5")
	want := Entry{"xaigate", "R-1", number, "10.50", "USD", 0}
	if entries := s.Ledger(); len(entries) != 1 || entries[0] != want {
		t.Errorf("ledger %v, want only %v", entries, want)
	}
}

func TestAnXaiGateInvoiceExpiresAfterAnHour(t *testing.T) {
	s := open(t, Options{})
	number := s.xaiMake(nil)["invoiceNo"].(string)
	s.clock.pass(time.Hour - 1)
	s.xaiStatus(number, "Pending", "0")
	s.clock.pass(1)
	s.xaiStatus(number, "Expired", "0")
}
