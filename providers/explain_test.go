package providers_test

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestWhatToDoAfterARefusalIsTheProvidersOwnThenEverybodysThenAManagers(t *testing.T) {
	own := map[providers.Reason]string{providers.TimedOut: "Start again.", providers.Throttled: "Wait for an hour."}
	for reason, want := range map[providers.Reason]string{
		providers.TimedOut:    "Start again.",
		providers.Throttled:   "Wait for an hour.",
		providers.Unreachable: "Check the shop's internet, then start again.",
		providers.Redirected:  "Take the payment another way. A manager checks XaiGate's base_url in the settings.",
		providers.LinkRefused: "Take the payment another way. A manager checks link_hosts in the settings.",
		providers.TooLarge:    providers.NextManager,
		"a reason of later":   providers.NextManager,
	} {
		if got := (providers.Attempt{Reason: reason}).NextRefused(providers.XaiGate, own); got != want {
			t.Errorf("%s: %q, want %q", reason, got, want)
		}
	}
}

func TestACodeThatNobodyDocumentedIsNamedAndCannotMoveTheCursor(t *testing.T) {
	for want, a := range map[string]providers.Attempt{
		"No invoice.":                     {},
		"No invoice: no answer in time.":  {Reason: providers.TimedOut, Code: "777"},
		`answered "777", which nobody`:    {Reason: providers.Unlisted, Code: "777"},
		"a code that nobody has document": {Reason: providers.Unlisted},
		`answered "[2J", which nobody`:    {Reason: providers.Unlisted, Code: "\x1b[2J"},
	} {
		if got := a.Because("No invoice", "OxaPay"); !strings.Contains(got, want) || strings.Contains(got, "\x1b") {
			t.Errorf("%+v: %q, want %q", a, got, want)
		}
	}
}

func TestAnInvoiceInAnyOtherStateNeedsAManager(t *testing.T) {
	for _, state := range providers.States {
		w := providers.InvoiceWords(providers.OxaPay, state)
		known := state == providers.Recorded || state == providers.Sent || state == providers.Cancelled
		if w.Staff == "" || w.Customer == "" || w.Next == "" || strings.Contains(w.Next, "manager") == known {
			t.Errorf("%s: %+v", state, w)
		}
	}
}

func TestMoreThanWasAskedIsAManagersMatter(t *testing.T) {
	price := providers.Amount{Minor: 1055, Currency: providers.Currency{Code: "USD", Decimals: 2}}
	usual := providers.Words{Staff: "Paid.", Customer: "Paid, thank you.", Next: "Hand over the goods."}
	for received, more := range map[string]string{"": "", "10.55": "", "10.5": "", "many": "", "12": "1.45 USD more than asked"} {
		w := (providers.Attempt{Amount: price, Received: received}).Paid(usual)
		if more == "" && w != usual || more != "" && (!strings.Contains(w.Staff, more) || !strings.Contains(w.Next, "manager") || w.Customer != usual.Customer) {
			t.Errorf("%q came: %+v", received, w)
		}
		late := (providers.Attempt{Amount: price, Received: received, Late: true}).Paid(usual)
		if late == usual || late == w || !strings.Contains(late.Staff, "after the time to pay was over") || !strings.Contains(late.Staff, more) || !strings.Contains(late.Next, "manager") {
			t.Errorf("%q came late: %+v", received, late)
		}
	}
}

func TestAKeyIsReadWhereSomebodySaidWhere(t *testing.T) {
	if got := providers.Secret(nil); got != "" {
		t.Errorf("nobody said where, and it is %q", got)
	}
	if got := providers.Secret(func() string { return "k" }); got != "k" {
		t.Errorf("got %q", got)
	}
	if err := providers.KeyTrouble("x.key", "the key is missing"); providers.KindOf(err) != providers.Credentials || err.Hint != "cashdesk keys set x.key" {
		t.Errorf("%+v", err)
	}
}
