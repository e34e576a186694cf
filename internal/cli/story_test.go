//go:build unix

package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
	"cashdesk/screens/desk"
)

func TestAmountScanEnterIsAWholeSale(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.amount("12550")
	s.scan("6199011234", "125.50 AUD with Oxipay")
	if n := len(s.box.Requests()); n != 0 {
		t.Errorf("%d requests before the Enter that charges", n)
	}
	screen := s.until("enter", "✓ approved", "125.50 AUD", "purchase", "Tell the customer", "Hand over the goods")
	entry := s.took("125.50")[0]
	if !screen.Contains("purchase " + entry.ProviderRef) {
		t.Errorf("not the purchase number %s:\n%s", entry.ProviderRef, screen.Text())
	}
	s.same("/ProcessAuthorisation", 1)
	var sent map[string]any
	s.must(json.Unmarshal(s.calls("/ProcessAuthorisation")[0], &sent))
	if sent["x_purchase_amount"] != 12550.0 || sent["x_finance_amount"] != 12550.0 || sent["x_pre_approval_code"] != "6199011234" || sent["x_operator_id"] != "mia" {
		t.Errorf("sent %v", sent)
	}
	s.leaves()
	if !strings.Contains(plain(s.Written()), "code 6199 ••• 234 scanned") {
		t.Error("what the terminal got cannot be read: no secret would be found in it either")
	}
	a := s.state(providers.Approved)
	if a.ProviderRef != entry.ProviderRef || a.Amount.Minor != 12550 || a.Sends != 1 || a.Reference != entry.Reference {
		t.Errorf("the journal has %+v, the provider %+v", a, entry)
	}
}

func TestAScanInTheMidstOfTypingNeverBecomesAnAmount(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.must(s.Scan("6199011234", "\r"))
	s.sees("a code, but no amount yet", "6199 ••• 234")
	s.must(s.Type("125"))
	s.sees("Enter charges 1.25 AUD")
	s.must(s.Scan("6199011299", "\n")) // another customer's code, before the amount is whole
	s.sees("6199 ••• 299", "Enter charges 1.25 AUD")
	s.must(s.Type("50"))
	s.sees("Enter charges 125.50 AUD")
	if n := len(s.box.Requests()); n != 0 {
		t.Errorf("a scan alone sent %d requests", n)
	}
	s.until("enter", "✓ approved", "125.50 AUD")
	s.took("125.50")
	if body := string(s.calls("/ProcessAuthorisation")[0]); !strings.Contains(body, `"6199011299"`) {
		t.Errorf("the newest scan does not count: %s", body)
	}
	s.leaves()
}

func TestADeclineSaysNothingThatTheQueueMustNotRead(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.sells("24000", "6199111234", "240.00 AUD", "✗ declined", "240.00 AUD", "Tell the customer", "FPRA02")
	s.hides("Insufficient", "Funds", "approved", "✓")
	s.took()
	s.same("/ProcessAuthorisation", 1)
	s.calmly("f7", "Insufficient Funds") // it stands behind a key
	s.leaves()
	if a := s.state(providers.Declined); a.Code != "FPRA02" || a.ProviderRef != "" {
		t.Errorf("the journal has %+v", a)
	}
}

func TestAnInvitationIsSentAndMovesNoMoney(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.amount("6401")
	s.press("f3")
	s.sees("Mobile", "Oxipay sends an SMS")
	s.must(s.Type("0412345678"))
	s.sees("Enter go on")
	s.press("enter")
	s.sees("Enter: send the SMS")
	if n := len(s.box.Requests()); n != 0 {
		t.Errorf("%d requests before it was confirmed", n)
	}
	s.until("enter", "➜ invited", "64.01 AUD", "mobile ••• 678", "Open it")
	s.hides("approved", "Paid")
	s.took()
	s.same("/Invite", 1)
	s.leaves()
	if a := s.state(providers.Invited); a.Code != "SINV01" {
		t.Errorf("the journal has %+v", a)
	}
}

func TestAnOxaPayInvoiceIsWatchedUntilItIsPaid(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.method("3500", 2, "OxaPay")
	s.sees("▀▀▀▀▀▀▀", "OxaPay", "open", "left to pay", "TEST  127.0.0.1")
	s.took()
	a := s.state(providers.Open)
	s.must(s.box.Pay(a.ProviderRef))
	s.calmly("f8", "✓ approved", "35.00 AUD", "OxaPay", "Hand over the goods")
	if e := s.took("35.00")[0]; e.ProviderRef != a.ProviderRef || e.Reference != a.Reference {
		t.Errorf("paid was %+v", e)
	}
	s.same("/merchants/request", 1)
	s.leaves()
	s.state(providers.Approved)
}

func TestAnXaiGateInvoiceTakesTheShopsAddressAndAnotherCurrency(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.method("1850", 3, "XaiGate")
	s.sees("counter@shop.example", "Enter: make the invoice")
	s.until("enter", "▀▀▀▀▀▀▀", "XaiGate", "open", "USD", "TEST  127.0.0.1")
	a := s.state(providers.Open)
	s.must(s.box.Pay(a.ProviderRef))
	s.calmly("f8", "✓ approved", "18.50 USD", "XaiGate")
	s.took("18.50")
	s.same("/invoice/create", 1)
	if body := string(s.calls("/invoice/create")[0]); !strings.Contains(body, `"email":"counter@shop.example"`) || !strings.Contains(body, `"amount":"18.50","currency":"USD"`) {
		t.Errorf("sent %s", body)
	}
	s.leaves()
	s.state(providers.Approved)
}

func TestAPayneteasyTransferIsHandedOverAndNeverCalledPaid(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.method("20000", 4, "Payneteasy")
	screen := s.sees("begun; not confirmed here", "200.00 AUD", "commission 2.00 to 4.00 AUD", "127.0.0.1")
	s.hides("approved", "Paid", "✓")
	a := s.state(providers.HandedOver)
	if !screen.Contains("invoice " + desk.Short(a.ProviderRef)) {
		t.Errorf("the invoice id %s is not shown:\n%s", a.ProviderRef, screen.Text())
	}
	s.calmly("tab", a.ProviderRef)
	s.press("esc")
	s.sees("begun; not confirmed here")
	s.must(s.box.Approve(a.ProviderRef)) // the counter never learns of it
	s.calmly("esc", "➜ handed over", "200.00 AUD", "Amount")
	s.hides("✓ approved")
	s.same("/transfer/initiate-transfer", 1)
	s.leaves()
	s.state(providers.HandedOver)
}

func TestALargeSumIsAskedAboutAndTheAnswerAtHandIsNo(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.sells("1000001", "6199011234", "10,000.01 AUD", "A large amount")
	s.calmly("enter", "Enter charges 10,000.01 AUD")
	if n := len(s.box.Requests()); n != 0 {
		t.Fatalf("%d requests after a no", n)
	}
	s.until("enter", "A large amount")
	s.calmly("tab", "▸ Go on")
	s.until("enter", "✓ approved", "10,000.01 AUD")
	s.took("10000.01")
	s.same("/ProcessAuthorisation", 1)
	s.leaves()
}
