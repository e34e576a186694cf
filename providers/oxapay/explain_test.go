package oxapay

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestTheTableHoldsEveryDocumentedCodeOnce(t *testing.T) {
	want := strings.Fields(`100 101 102 103 104 105 106 107 108 109 110 111 112 113 114 115 116 117 118 119 120 121 122 123 124
		125 126 127 128 129 130 131 135 500 New Waiting Confirming Paid Failed Expired
		200 400 401 404 429 503 paying manual_accept underpaid refunding refunded`)
	got := map[string]int{}
	for _, row := range Codes() {
		got[row.Code]++
		if row.Staff == "" || row.Customer == "" || row.Next == "" || row.Class == "" || row.Retry == "" {
			t.Errorf("%s is not explained: %+v", row.Code, row)
		}
	}
	for _, code := range want {
		if got[code] != 1 {
			t.Errorf("%s stands in the table %d times", code, got[code])
		}
	}
	if len(got) != len(want) {
		t.Errorf("the table has %d codes, the documentation %d", len(got), len(want))
	}
}

func TestNoTwoRefusalsReadTheSameToStaff(t *testing.T) {
	seen := map[string]string{}
	for _, row := range Codes() {
		if other, found := seen[row.Staff]; found && !(other == "100" && row.Code == "New" || row.Code == "200") {
			t.Errorf("%s and %s say the same: %s", other, row.Code, row.Staff)
		}
		seen[row.Staff] = row.Code
	}
}

func TestEveryAttemptHasWords(t *testing.T) {
	c := client(t, providertest.Nowhere)
	codes := []string{"", "777", "Settling"}
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
					if said := strings.HasPrefix(w.Customer, "Paid"); said != (state == providers.Approved) {
						t.Fatalf("%s %s %q tells the customer %q", state, reason, code, w.Customer)
					}
				}
			}
		}
	}
}

func TestAnAttemptIsExplainedByWhatHappenedToIt(t *testing.T) {
	c := client(t, providertest.Nowhere)
	for _, row := range []struct {
		a    providers.Attempt
		says string
	}{
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "123.00", Shortfall: "2.50"}, "Paid within tolerance, 2.50 USD short."},
		{providers.Attempt{State: providers.Approved, Code: "Paid", Received: "130.00"}, "Paid, and 4.50 USD more than asked."},
		{providers.Attempt{State: providers.Declined, Reason: providers.NotFound}, "nobody can pay it"},
		{providers.Attempt{State: providers.Declined, Code: "Failed"}, "The payment failed at OxaPay."},
		{providers.Attempt{State: providers.Open, Code: "Paid"}, "one more look makes sure"},
		{providers.Attempt{State: providers.Refused, Code: "105", Reason: providers.ProviderSaidNo}, "OxaPay does not take this currency."},
		{providers.Attempt{State: providers.Refused, Reason: providers.Unreachable}, "nothing was sent"},
		{providers.Attempt{State: providers.Refused, Reason: providers.NotFound}, "the provider does not know it"},
		{providers.Attempt{State: providers.Unknown, Code: "777", Reason: providers.Unlisted}, `"777", which nobody has documented`},
		{providers.Attempt{State: providers.Unknown, Reason: providers.TimedOut}, "no answer in time"},
		{providers.Attempt{State: providers.Unknown, Code: "500", Reason: providers.ServerFault}, "a fault of its own"},
		{providers.Attempt{State: providers.Open, Link: "x", Code: "Settling", Reason: providers.Unlisted}, `"Settling", which nobody has documented`},
		{providers.Attempt{State: providers.Open, Link: "x", Code: "Confirming", Confirming: true}, "not confirmed yet"},
		{providers.Attempt{State: providers.Open, Code: "New"}, "its link was lost"},
		{providers.Attempt{State: providers.PartlyPaid, Shortfall: "5.00"}, "5.00 USD is missing"},
		{providers.Attempt{State: providers.Expired}, "watched for 24 hours"},
		{providers.Attempt{State: providers.Expired, Received: "30.00", Shortfall: "95.50"}, "too little has come: 30.00 USD; 95.50 USD is missing"},
		{providers.Attempt{State: providers.Expired, Personal: providers.Personal{Message: "4.68 TRX came"}}, "too little has come: 4.68 TRX"},
	} {
		row.a.Amount = price
		if w := c.Explain(row.a); !strings.Contains(w.Staff, row.says) {
			t.Errorf("%+v says %q, not %q", row.a, w.Staff, row.says)
		}
	}
	if w := c.Explain(providers.Attempt{State: providers.Open, Link: "x", Aside: true}); !strings.Contains(w.Next, "stays watched") {
		t.Errorf("put aside it says %q", w.Next)
	}
}
