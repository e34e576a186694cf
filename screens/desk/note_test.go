package desk_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func TestMoneyThatCameToNothingIsToldAsThat(t *testing.T) {
	seen := providers.Event{Type: providers.EventWatched, To: providers.Open, Code: "Confirming", Confirming: true}
	open := providers.Event{Type: providers.EventWatched, To: providers.Open, Code: "Waiting"}
	told := func(events ...providers.Event) (last string) {
		d := &desk.Desk{}
		for _, step := range d.Steps(uitest.Theme(ui.ThemeDark), till.Detail{Timeline: events}) {
			last = step.Text
		}
		return last
	}
	if got := told(open); got != "still open (Waiting)" {
		t.Errorf("before any money: %q", got)
	}
	if got := told(open, seen, open); got != "open again: what was seen does not count yet (Waiting)" {
		t.Errorf("after money that did not count: %q", got)
	}
	d := till.Detail{Attempt: providers.Attempt{State: providers.Open}, Timeline: []providers.Event{open, seen, open}}
	if !desk.Uncounted(d) {
		t.Error("it is not noticed")
	}
	d.Attempt.Confirming = true
	if desk.Uncounted(d) {
		t.Error("money that is on its way was given up")
	}
}

func TestEachPaymentInAListHasARemarkThatFitsItsState(t *testing.T) {
	now := uitest.Start
	soon := now.Add(41*time.Minute + 20*time.Second)
	for _, row := range []struct {
		want string
		a    providers.Attempt
		live till.Live
	}{
		{"purchase 52011913", providers.Attempt{State: providers.Approved, Provider: providers.Oxipay, ProviderRef: "52011913"}, till.Live{}},
		{"invoice 7073…aa5c", providers.Attempt{State: providers.HandedOver, ProviderRef: "7073d31b-f71a-4835-9d3c-0a11c5d1aa5c"}, till.Live{}},
		{"too little, 59 min left", providers.Attempt{State: providers.PartlyPaid, ExpiresAt: now.Add(time.Hour - time.Second)}, till.Live{}},
		{"0.35 AUD too much", providers.Attempt{Kind: providers.Invoice, State: providers.Approved, ProviderRef: "1", Received: "35.35", Amount: desktest.Minor(3500)}, till.Live{}},
		{"paid late", providers.Attempt{Kind: providers.Invoice, State: providers.Approved, ProviderRef: "1", Received: "35.00", Amount: desktest.Minor(3500), Late: true}, till.Live{}},
		{"another coin has come", providers.Attempt{State: providers.PartlyPaid, Coin: "0.0021 BTC"}, till.Live{}},
		{"asked 3 times, next in 20 s", providers.Attempt{State: providers.Unknown, Sends: 3}, till.Live{NextIn: 20}},
		{"possible double payment", providers.Attempt{State: providers.Approved, ProviderRef: "52011913", PossibleDouble: true}, till.Live{}},
		{"waiting, 41 min left", providers.Attempt{State: providers.Open, ExpiresAt: soon}, till.Live{}},
		{"waiting for the coin", providers.Attempt{State: providers.Open, ExpiresAt: now.Add(-time.Minute)}, till.Live{}},
		{"OxaPay cannot be asked", providers.Attempt{State: providers.Open, Provider: providers.OxaPay, ExpiresAt: soon}, till.Live{Lost: 3}},
		{"waiting, 41 min left", providers.Attempt{State: providers.Open, Provider: providers.OxaPay, ExpiresAt: soon}, till.Live{Lost: 2}},
		{"money seen, not yet safe", providers.Attempt{State: providers.Open, Confirming: true}, till.Live{}},
		{"too little has come", providers.Attempt{State: providers.PartlyPaid}, till.Live{}},
		{"asked once, next in 5 s", providers.Attempt{State: providers.Unknown, Sends: 1}, till.Live{NextIn: 5}},
		{"asked 3 times, asking now", providers.Attempt{State: providers.Unknown, Sends: 3}, till.Live{Busy: true}},
		{"a manager settles it", providers.Attempt{State: providers.Unknown, Closed: true}, till.Live{}},
		{"key wrong? call a manager", providers.Attempt{State: providers.Unknown, KeySuspected: true}, till.Live{NextIn: 5}},
		{"waiting for the answer", providers.Attempt{State: providers.Sent}, till.Live{Busy: true}},
		{"late money is watched for", providers.Attempt{State: providers.Expired}, till.Live{}},
		{"too little came in time", providers.Attempt{State: providers.Expired, Received: "30.00"}, till.Live{}},
		{"the SMS went out", providers.Attempt{State: providers.Invited}, till.Live{}},
		{"FPRA04", providers.Attempt{State: providers.Declined, Code: "FPRA04"}, till.Live{}},
		{"", providers.Attempt{State: providers.Cancelled}, till.Live{}},
	} {
		if got := desk.Note(row.a, row.live, now); got != row.want || len(got) > 27 {
			t.Errorf("%+v: %q, want %q", row.a, got, row.want)
		}
	}
}

func TestNewsOfAnInvoiceIsToldByWhatItSays(t *testing.T) {
	a := providers.Attempt{Provider: providers.OxaPay}
	for want, e := range map[string]providers.Event{
		"paid (Paid)":                          {To: providers.Approved, Code: "Paid"},
		"too little has come: 5.00 is missing": {To: providers.PartlyPaid, Shortfall: "5.00"},
		"a coin came that the invoice does not take: 0.0021 BTC": {To: providers.PartlyPaid, Coin: "0.0021 BTC"},
		"too little has come":                   {To: providers.PartlyPaid},
		"expired; late money is watched for":    {To: providers.Expired},
		"expired, and too little has come":      {To: providers.Expired, Message: "31.5 USDT came"},
		"OxaPay says that it failed (Failed)":   {To: providers.Declined, Code: "Failed"},
		"money seen, not yet safe (Confirming)": {To: providers.Open, Confirming: true, Code: "Confirming"},
		"still open (Waiting)":                  {To: providers.Open, Code: "Waiting"},
	} {
		e.Type = providers.EventWatched
		if got := desk.Tell(a, e); got != want {
			t.Errorf("told as %q, want %q", got, want)
		}
	}
}
