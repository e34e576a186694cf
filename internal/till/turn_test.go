package till

import (
	"testing"
	"time"

	"cashdesk/providers"
)

// twoOpen makes two invoices of XaiGate's that can be paid.
func (c *counter) twoOpen() {
	c.t.Helper()
	for number, minor := range map[string]int64{"INV1": 1850, "INV2": 2000} {
		a := c.begin(invoice(providers.XaiGate, minor))
		c.xaigate.gets()
		answer := opened
		answer.ProviderRef, answer.ExpiresAt = number, c.clock.Now().Add(time.Hour)
		c.xaigate.answers <- answer
		c.becomes(a.ID, providers.Open)
	}
}

// TestTheOpenInvoicesOfXaiGateAreAskedAboutOneAfterTheOther: however many there
// are, it is asked every five seconds at most, and once at a time.
func TestTheOpenInvoicesOfXaiGateAreAskedAboutOneAfterTheOther(t *testing.T) {
	c := newCounter(t)
	c.twoOpen()
	fire := func(timers int) time.Duration {
		t.Helper()
		pause, err := c.clock.next(t.Context(), timers)
		if err != nil {
			t.Fatal(err)
		}
		return pause
	}
	open := providers.Answer{State: providers.Open, Code: "Pending", HTTPStatus: 200}
	if pause := fire(2); pause != 5*time.Second {
		t.Errorf("the first look after %s", pause)
	}
	c.xaigate.gets()
	fire(1) // the other one's time has come too; it waits for the first answer
	c.xaigate.answers <- open
	if pause := fire(2); pause != 5*time.Second { // the first one's next look is later
		t.Errorf("the other one was asked about after %s", pause)
	}
	c.xaigate.gets()
	if len(c.xaigate.arrived) != 0 {
		t.Error("two questions at once")
	}
	c.xaigate.answers <- open
}

func TestAPauseThatXaiGateWantsIsKeptForAllItsInvoices(t *testing.T) {
	c := newCounter(t)
	c.twoOpen()
	for _, timers := range []int{2, 1} {
		if _, err := c.clock.next(t.Context(), timers); err != nil {
			t.Fatal(err)
		}
	}
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Unknown, Reason: providers.Throttled, RetryAfter: 40 * time.Second, HTTPStatus: 429}
	if pause, err := c.clock.next(t.Context(), 2); err != nil || pause != 40*time.Second {
		t.Errorf("the other one was asked about after %s, %v", pause, err)
	}
}

func TestWhoeverAsksByHandDoesNotWaitForThePause(t *testing.T) {
	c := newCounter(t)
	c.twoOpen()
	for _, timers := range []int{2, 1} {
		if _, err := c.clock.next(t.Context(), timers); err != nil {
			t.Fatal(err)
		}
	}
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Unknown, Reason: providers.Throttled, RetryAfter: time.Hour, HTTPStatus: 429}
	if err := c.clock.waits(t.Context(), 2); err != nil { // both sit the hour out
		t.Fatal(err)
	}
	c.clock.mu.Unlock()
	all, err := c.till.Unsettled(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("open are %+v, %v", all, err)
	}
	for _, a := range all {
		if err := c.till.CheckNow(t.Context(), c.tom, a.ID, false); err != nil {
			t.Fatal(err)
		}
		c.xaigate.gets()
		c.xaigate.answers <- providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: a.ProviderRef, HTTPStatus: 200}
		c.becomes(a.ID, providers.Approved)
	}
}
