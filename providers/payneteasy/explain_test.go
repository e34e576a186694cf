package payneteasy

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestTheTableHoldsTheFourCausesAndTheThreeResults(t *testing.T) {
	want := []string{"FILTERED", "INVALID_REQUEST", "SERVER_FAILED", "SERVER_UNAVAILABLE", "approved", "declined", "pending"}
	for i, row := range Codes() {
		if row.Code != want[i] || row.Staff == "" || row.Customer == "" || row.Next == "" || row.Class == "" || row.Retry == "" {
			t.Errorf("%s is not explained: %+v", want[i], row)
		}
	}
	if len(Codes()) != len(want) {
		t.Errorf("the table has %d rows", len(Codes()))
	}
	if row, _ := Lookup("FILTERED"); !row.Private || row.Retry != providers.RetryNever {
		t.Errorf("the queue can read why: %+v", row)
	}
}

func TestEveryAttemptHasWords(t *testing.T) {
	c := client(t, "https://group.example")
	codes := []string{"", "OTHER"}
	for _, row := range Codes() {
		codes = append(codes, row.Code)
	}
	for _, state := range providers.States {
		for _, kind := range []providers.Kind{providers.Authorise, providers.Invite, providers.Invoice, providers.Transfer} {
			for _, reason := range append(providers.Reasons(), providers.NoReason) {
				for _, code := range codes {
					w := c.Explain(providers.Attempt{State: state, Kind: kind, Reason: reason, Code: code, Amount: price})
					if w.Staff == "" || w.Customer == "" || w.Next == "" {
						t.Fatalf("%s %s %s %q has no words: %+v", state, kind, reason, code, w)
					}
					if paid := state == providers.Approved; strings.HasPrefix(w.Customer, "Paid") != paid || strings.Contains(w.Next, "Hand over") != paid {
						t.Fatalf("%s %s %q tells the customer %q", state, reason, code, w.Customer)
					}
				}
			}
		}
	}
}

func TestAnAttemptIsExplainedByWhatHappenedToIt(t *testing.T) {
	c := client(t, "https://group.example")
	for _, row := range []struct {
		a    providers.Attempt
		says string
	}{
		{providers.Attempt{State: providers.HandedOver}, "Begun; no money is confirmed here."},
		{providers.Attempt{State: providers.HandedOver, CommissionMin: "39", CommissionMax: "39.0"}, "The commission may be 39.00 EUR, in all 139.00 EUR."},
		{providers.Attempt{State: providers.HandedOver, CommissionMin: "1.50", CommissionMax: "3.00"}, "The commission may be 1.50 to 3.00 EUR, in all 101.50 to 103.00 EUR."},
		{providers.Attempt{State: providers.HandedOver, CommissionMax: "3.00"}, "up to 3.00 EUR, in all at most 103.00 EUR."},
		{providers.Attempt{State: providers.HandedOver, CommissionMin: "1.50"}, "from 1.50 EUR, in all at least 101.50 EUR."},
		{providers.Attempt{State: providers.HandedOver, Reason: providers.LinkRefused}, "its link is too long"},
		{providers.Attempt{State: providers.Declined, Code: "FILTERED"}, "was not allowed"},
		{providers.Attempt{State: providers.Declined, Code: "declined"}, "did not go through"},
		{providers.Attempt{State: providers.Approved, Code: "approved"}, "went through"},
		{providers.Attempt{State: providers.Refused, Code: "SERVER_FAILED", Reason: providers.ServerFault}, "failed on its side"},
		{providers.Attempt{State: providers.Refused, Code: "OTHER", Reason: providers.Unlisted}, `"OTHER", which nobody has documented`},
		{providers.Attempt{State: providers.Refused, Reason: providers.AccessDenied}, "does not know this access token or device"},
		{providers.Attempt{State: providers.Refused, Reason: providers.Unreachable}, "nothing was sent"},
		{providers.Attempt{State: providers.Refused, Reason: providers.TimedOut}, "no answer in time"},
		{providers.Attempt{State: providers.Unknown, Reason: providers.Interrupted}, "the program stopped"},
	} {
		row.a.Amount = price
		if w := c.Explain(row.a); !strings.Contains(w.Staff, row.says) {
			t.Errorf("%+v says %q, not %q", row.a, w.Staff, row.says)
		}
	}
	if w := c.Explain(providers.Attempt{State: providers.HandedOver, Link: "x"}); !strings.Contains(w.Customer, "scan this") {
		t.Errorf("with a link the customer hears %q", w.Customer)
	}
	if w := c.Explain(providers.Attempt{State: providers.HandedOver}); strings.Contains(w.Customer, "scan") || strings.Contains(w.Staff, "commission") {
		t.Errorf("without a link and a commission it says %+v", w)
	}
}

func TestWhereTheResultIsAskedForStaffWaitForIt(t *testing.T) {
	begun := providers.Attempt{State: providers.HandedOver, Code: "pending", Link: "x", CommissionMax: "3.00", Amount: price}
	for address, next := range map[string]string{"": "cashdesk: it never learns the result", "https://group.example/r?i={invoiceId}": "Wait: the result is asked for by itself."} {
		c := client(t, "https://group.example", func(c *Config) { c.ResultURL = address })
		w := c.Explain(begun)
		if !strings.Contains(w.Next, next) || !strings.Contains(w.Next, "Keep the goods") || !strings.Contains(w.Staff, "in all at most 103.00 EUR") {
			t.Errorf("with the result address %q it says %+v", address, w)
		}
		if providers.Watches(c, providers.Transfer) != (address != "") || providers.Watches(c, providers.Invoice) {
			t.Errorf("with the result address %q: transfers %v, invoices %v", address, providers.Watches(c, providers.Transfer), providers.Watches(c, providers.Invoice))
		}
	}
}
