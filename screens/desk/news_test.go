package desk

import (
	"fmt"
	"testing"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

func TestTheSameIsNotNewsTwiceAndAnAlarmIsRaisedOnce(t *testing.T) {
	var n News
	hear := func(s providers.State, double, unsaved bool) Change {
		return n.Hear(till.Update{Attempt: providers.Attempt{ID: "a", State: s, PossibleDouble: double}, NotSaved: unsaved})
	}
	for _, step := range []struct {
		got, want Change
	}{
		{hear(providers.Sent, false, false), Change{}},
		{hear(providers.Approved, false, false), Change{Known: true, Before: providers.Sent}},
		{hear(providers.Approved, false, true), Change{Known: true, Before: providers.Approved, Alarm: true, Raised: true}},
		{hear(providers.Approved, true, false), Change{Known: true, Before: providers.Approved, Alarm: true}},
		{hear(providers.Approved, false, false), Change{Known: true, Before: providers.Approved}},
	} {
		if step.got != step.want {
			t.Errorf("%+v, want %+v", step.got, step.want)
		}
	}
}

func TestMoneyOnAnExpiredInvoiceIsNewsOnceForEachThatComes(t *testing.T) {
	var n News
	for _, step := range []struct {
		state    providers.State
		received string
		want     bool
	}{
		{providers.PartlyPaid, "30.00", false}, // has its own state
		{providers.Expired, "30.00", true},
		{providers.Expired, "30.00", false},
		{providers.Expired, "33.00", true}, // late money
		{providers.Approved, "35.00", false},
	} {
		a := providers.Attempt{ID: "a", State: step.state, Received: step.received}
		if got := n.Hear(till.Update{Attempt: a}).Short; got != step.want {
			t.Errorf("%s with %s: %v", step.state, step.received, got)
		}
	}
	if n.Hear(till.Update{Attempt: providers.Attempt{ID: "b", State: providers.Expired}}).Short {
		t.Error("nothing came, and it is told")
	}
}

func TestWhatWasHeardDoesNotGrowForEver(t *testing.T) {
	var n News
	for i := range 3 * mostHeard {
		n.Hear(till.Update{Attempt: providers.Attempt{ID: fmt.Sprint(i), State: providers.Approved}})
	}
	if len(n.last) != mostHeard || len(n.order) != mostHeard {
		t.Errorf("%d and %d are remembered", len(n.last), len(n.order))
	}
	last := providers.Attempt{ID: fmt.Sprint(3*mostHeard - 1), State: providers.Approved}
	if !n.Hear(till.Update{Attempt: last}).Known {
		t.Error("the newest was forgotten")
	}
}
