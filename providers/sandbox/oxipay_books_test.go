package sandbox

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestIdenticalBytesGetTheSameAnswerAndChargeOnce(t *testing.T) {
	s := open(t, Options{})
	body := seal(t, authorisation("6199011234", "R-1"), OxipayKey)
	first := s.post(ledgerAuthorise, body)
	approval := s.expect(ledgerAuthorise, body, "Success", "SPRA01")
	if again := s.post(ledgerAuthorise, body); string(again.body) != string(first.body) {
		t.Errorf("asked again: %s, first: %s", again.body, first.body)
	}
	if approval["x_message"] != approvedMessage {
		t.Errorf("message %q, want %q", approval["x_message"], approvedMessage)
	}
	want := Entry{"oxipay", "R-1", approval["x_purchase_number"].(string), "125.50", "", 3}
	if entries := s.Ledger(); len(entries) != 1 || entries[0] != want {
		t.Errorf("ledger %v, want only %v", entries, want)
	}
	if n := len(s.Requests()); n != 3 {
		t.Errorf("%d requests kept, want 3", n)
	}
}

func TestTheAnswerStaysTheSameOnAnotherDay(t *testing.T) {
	s := open(t, Options{})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	first := s.post(ledgerAuthorise, body)
	s.clock.pass(48 * time.Hour)
	if again := s.post(ledgerAuthorise, body); string(again.body) != string(first.body) {
		t.Errorf("two days later: %s, first: %s", again.body, first.body)
	}
}

func TestACodeBurnsAtFirstSightInEveryForm(t *testing.T) {
	s := open(t, Options{})
	s.expect(ledgerAuthorise, seal(t, authorisation("6199011234", "R-1"), OxipayKey), "Success", "SPRA01")
	s.expect(ledgerAuthorise, seal(t, authorisation("6199011234", "R-2"), OxipayKey), "Failed", "FPRA22")
	s.expect(ledgerAuthorise, seal(t, authorisation("011234", "R-3"), OxipayKey), "Failed", "FPRA22")

	// A new version of the program, another operator: the MAC is another one.
	other := with(authorisation("6199011234", "R-1"), map[string]any{"x_operator_id": "tom"})
	s.expect(ledgerAuthorise, seal(t, other, OxipayKey), "Failed", "FPRA22")

	// The same MAC with other bytes is not the identical request.
	moved := with(authorisation("6199011234", "R-1"), map[string]any{"tracking_data": map[string]any{"token": "t-2"}})
	s.expect(ledgerAuthorise, seal(t, moved, OxipayKey), "Failed", "FPRA22")

	// A declined code and one that ran into an error are used as well.
	for _, selector := range []string{"13", "99"} {
		s.post(ledgerAuthorise, seal(t, authorisation(selector+"5678", "R-4"+selector), OxipayKey))
		s.expect(ledgerAuthorise, seal(t, authorisation(selector+"5678", "R-5"+selector), OxipayKey), "Failed", "FPRA22")
	}
	if n := len(s.Ledger()); n != 1 {
		t.Errorf("%d approvals, want 1", n)
	}
}

func TestAReferenceIsProcessedOnce(t *testing.T) {
	s := open(t, Options{})
	s.expect(ledgerAuthorise, seal(t, authorisation("011111", "R-1"), OxipayKey), "Success", "SPRA01")
	body := seal(t, authorisation("012222", "R-1"), OxipayKey)
	s.expect(ledgerAuthorise, body, "Failed", "FPRA07")
	s.expect(ledgerAuthorise, body, "Failed", "FPRA07")
	s.expect(ledgerAuthorise, seal(t, authorisation("013333", "R-2"), OxipayKey), "Success", "SPRA01")
	if n := len(s.Ledger()); n != 2 {
		t.Errorf("%d approvals, want 2", n)
	}
}

func TestARefusedRequestBurnsNothing(t *testing.T) {
	s := open(t, Options{})
	good := authorisation("011234", "R-1")
	s.post(ledgerAuthorise, seal(t, good, "0987654321"))
	s.expect(ledgerAuthorise, seal(t, with(good, map[string]any{"x_finance_amount": json.Number("0")}), OxipayKey), "Error", "EVAL01")
	s.expect(ledgerAuthorise, seal(t, good, OxipayKey), "Success", "SPRA01")
}

func TestManyCountersAtOnceGetOneApprovalForOneRequest(t *testing.T) {
	s := open(t, Options{})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	other := seal(t, authorisation("011234", "R-2"), OxipayKey)
	const each = 20
	answers := make(chan string, 2*each)
	for range each {
		for _, b := range []string{body, other} {
			go func() {
				g, err := s.try(ledgerAuthorise, b)
				if err != nil {
					t.Error(err)
				}
				answers <- string(g.body)
			}()
		}
	}
	different := map[string]int{}
	for range 2 * each {
		different[<-answers]++
	}
	if len(different) != 2 {
		t.Errorf("%d different answers, want one approval and one refusal: %v", len(different), different)
	}
	if e := s.Ledger(); len(e) != 1 || e[0].Answers != each {
		t.Errorf("ledger %v, want one approval, answered %d times", e, each)
	}
}

func TestPurchaseNumbersAreUnique(t *testing.T) {
	s := open(t, Options{})
	seen := map[any]bool{}
	for _, path := range []string{ledgerAuthorise, dummyAuthorise} {
		for i := range 50 {
			id := strings.Repeat("x", i+1)
			code := "01" + string(rune('A'+i%26)) + string(rune('a'+i/26)) + "12"
			number := s.expect(path, seal(t, authorisation(code, id), OxipayKey), "Success", "SPRA01")["x_purchase_number"]
			if seen[number] {
				t.Fatalf("purchase number %v came twice", number)
			}
			seen[number] = true
		}
	}
}

func TestTheDummyRemembersNothing(t *testing.T) {
	s := open(t, Options{})
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	first := s.expect(dummyAuthorise, body, "Success", "SPRA01")
	if again := s.expect(dummyAuthorise, body, "Success", "SPRA01"); again["x_purchase_number"] != first["x_purchase_number"] {
		t.Error("the same request got two purchase numbers")
	}
	other := s.expect(dummyAuthorise, seal(t, authorisation("011234", "R-2"), OxipayKey), "Success", "SPRA01")
	if other["x_purchase_number"] == first["x_purchase_number"] {
		t.Error("two requests got one purchase number")
	}
	if entries := s.Ledger(); len(entries) != 0 {
		t.Errorf("the dummy is in the ledger: %v", entries)
	}
	s.expect(ledgerAuthorise, body, "Success", "SPRA01")
}
