package xaigate

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

func TestTheTableHoldsEveryDocumentedStatus(t *testing.T) {
	want := []string{"Pending", "Paid", "PaidPartial", "Expired", "Deleted"}
	for i, row := range Codes() {
		if row.Code != want[i] || row.Staff == "" || row.Customer == "" || row.Next == "" || row.Class == "" || row.Retry == "" {
			t.Errorf("%s is not explained: %+v", want[i], row)
		}
	}
	if len(Codes()) != len(want) {
		t.Errorf("the table has %d rows", len(Codes()))
	}
}

func TestEveryAttemptHasWords(t *testing.T) {
	c := client(t, providertest.Nowhere)
	codes := []string{"", "Fresh"}
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
		{providers.Attempt{State: providers.Approved, Received: "12.00"}, "Paid, and 1.45 USD more than asked."},
		{providers.Attempt{State: providers.Approved, Received: "10.55"}, "Paid and confirmed by XaiGate."},
		{providers.Attempt{State: providers.Approved, Received: "10.550"}, "Paid and confirmed by XaiGate."},
		{providers.Attempt{State: providers.Approved, Received: "10.55", Late: true}, "Paid, but only after the time to pay was over."},
		{providers.Attempt{State: providers.Approved, Received: "12", Late: true}, "Paid after the time to pay was over, and 1.45 USD more than asked."},
		{providers.Attempt{State: providers.Declined, Code: "Deleted"}, "deleted at XaiGate; nobody can pay it any more."},
		{providers.Attempt{State: providers.Declined, Code: "Deleted", Received: "8"}, "deleted at XaiGate after 8.00 USD had come; nobody can pay it any more."},
		{providers.Attempt{State: providers.PartlyPaid, Shortfall: "2.50", Late: true}, "2.50 USD is missing. It came after the time to pay was over."},
		{providers.Attempt{State: providers.Refused, Reason: providers.TimedOut}, "the customer cannot have paid it: no answer in time"},
		{providers.Attempt{State: providers.Refused, Reason: providers.Unreachable}, "nothing was sent"},
		{providers.Attempt{State: providers.Unknown, Reason: providers.Interrupted}, "the program stopped"},
		{providers.Attempt{State: providers.Unknown, Link: "x", Reason: providers.Cut}, "No news of this invoice"},
		{providers.Attempt{State: providers.Open, Code: "Fresh", Reason: providers.Unlisted}, `"Fresh", which nobody has documented`},
		{providers.Attempt{State: providers.PartlyPaid, Shortfall: "2.50"}, "2.50 USD is missing"},
		{providers.Attempt{State: providers.PartlyPaid, Shortfall: "2.50", Reason: providers.Disagrees}, "calls it paid all the same"},
		{providers.Attempt{State: providers.Expired}, "watched for 24 hours"},
		{providers.Attempt{State: providers.Expired, Received: "8.00"}, "too little has come: 8.00 USD"},
	} {
		row.a.Amount = price
		if w := c.Explain(row.a); !strings.Contains(w.Staff, row.says) {
			t.Errorf("%+v says %q, not %q", row.a, w.Staff, row.says)
		}
	}
	if w := c.Explain(providers.Attempt{State: providers.Open, Aside: true}); !strings.Contains(w.Next, "stays watched") {
		t.Errorf("put aside it says %q", w.Next)
	}
}

func TestEachThingThatMoneyCanDoHasItsOwnSentenceAndNextStep(t *testing.T) {
	c := client(t, providertest.Nowhere)
	said := map[string]providers.Attempt{}
	for _, a := range []providers.Attempt{
		{State: providers.Open, Code: "Pending"}, {State: providers.Approved, Received: "10.55"},
		{State: providers.Approved, Received: "12"}, {State: providers.Approved, Received: "10.55", Late: true}, {State: providers.Approved, Received: "12", Late: true},
		{State: providers.PartlyPaid, Received: "8", Shortfall: "2.55"}, {State: providers.PartlyPaid, Received: "8", Shortfall: "2.55", Late: true},
		{State: providers.Expired}, {State: providers.Expired, Received: "8"},
		{State: providers.Declined, Code: "Deleted"}, {State: providers.Declined, Code: "Deleted", Received: "8"},
	} {
		a.Amount = price
		w := c.Explain(a)
		for _, text := range []string{"staff: " + w.Staff, "next: " + w.Next} {
			if other, twice := said[text]; twice {
				t.Errorf("%+v and %+v are both told %q", other, a, text)
			}
			said[text] = a
		}
		if came := a.Received != "" && a.State != providers.Approved; came && !strings.Contains(w.Next, "manager") {
			t.Errorf("money has come for %+v, and no manager is called: %q", a, w.Next)
		}
		if a.State != providers.Approved && strings.Contains(w.Next, "and over the goods") {
			t.Errorf("%+v lets the goods go: %q", a, w.Next)
		}
	}
}
