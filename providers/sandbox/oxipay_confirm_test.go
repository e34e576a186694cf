package sandbox

import (
	"encoding/json"
	"testing"
)

// confirming asks for a sale of a customer who has to confirm.
func (s *shop) confirming(body, status, code string) map[string]any {
	s.t.Helper()
	g := s.post(ledgerAuthorise, body)
	reply := s.fields(g)
	if reply["x_status"] != status || reply["x_code"] != code || reply["signature"] != oxipayMACOf(reply) {
		s.t.Fatalf("%v, want %s %s", reply, status, code)
	}
	if pending := status == "Pending"; (reply["retry_duration"] == json.Number("5")) != pending {
		s.t.Errorf("%v: a pause belongs to Pending and to nothing else", reply)
	}
	return reply
}

func oxipayMACOf(reply map[string]any) string { return macOf(reply, OxipayKey) }

func TestACustomerWhoConfirmsIsChargedWhenTheyDoAndNotBefore(t *testing.T) {
	s := open(t, Options{FaultCodes: true})
	body := seal(t, authorisation("6199811234", "R-1"), OxipayKey)
	for range 2 {
		s.confirming(body, "Pending", "SPND01")
		if e := s.Ledger(); len(e) != 0 {
			t.Fatalf("money was taken before the customer agreed: %v", e)
		}
		// It cannot be refunded either, and its code is used.
		s.expect(ledgerAuthorise, seal(t, authorisation("811234", "R-2"), OxipayKey), "Failed", "FPRA22")
	}
	number := s.confirming(body, "Success", "SPRA01")["x_purchase_number"]
	if again := s.confirming(body, "Success", "SPRA01")["x_purchase_number"]; again != number {
		t.Errorf("purchase numbers %v and %v", number, again)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Answers != 2 || e[0].ProviderRef != number {
		t.Errorf("ledger %v", e)
	}
	s.refund("B-1", "R-1", "12550", "SPSA01")
}

func TestACustomerWhoDoesNotConfirmIsNotCharged(t *testing.T) {
	s := open(t, Options{FaultCodes: true})
	cancels := seal(t, authorisation("821234", "R-1"), OxipayKey)
	never := seal(t, authorisation("831234", "R-2"), OxipayKey)
	for range 2 {
		s.confirming(cancels, "Pending", "SPND01")
	}
	for range 20 {
		s.confirming(cancels, "Cancelled", "FCNL01")
		s.confirming(never, "Pending", "SPND01")
	}
	if e := s.Ledger(); len(e) != 0 {
		t.Errorf("ledger %v", e)
	}
	s.refund("B-1", "R-1", "100", "FPSA01")
}

func TestNobodyConfirmsWhereThatWasNotAskedFor(t *testing.T) {
	s := open(t, Options{})
	s.expect(ledgerAuthorise, seal(t, authorisation("811234", "R-1"), OxipayKey), "Error", "EISE01")
	playing := open(t, Options{FaultCodes: true})
	playing.expect(dummyAuthorise, seal(t, authorisation("811234", "R-1"), OxipayKey), "Error", "EISE01")
}
