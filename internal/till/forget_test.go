package till

import (
	"slices"
	"testing"
	"time"

	"cashdesk/providers"
)

const kept = 90 * 24 * time.Hour

// paid is a sale that was approved.
func (c *counter) paid(minor int64, code string) providers.Attempt {
	c.t.Helper()
	a := approved
	a.ProviderRef, a.Message = "PN-"+code, "Approved for Kim"
	c.oxipay.answers <- a
	return c.becomes(c.begin(sale(minor, code)).ID, providers.Approved)
}

// knows says whether the journal still knows the customer of a payment.
func (c *counter) knows(id string) bool {
	c.t.Helper()
	return c.attempt(id).Personal != providers.Personal{}
}

// untilTomorrow lets a run of the removal go through.
func (c *counter) untilTomorrow() {
	c.t.Helper()
	for c.passes() != forgetEvery {
	}
}

func TestTheCustomerOfAPaymentIsForgottenByItself(t *testing.T) {
	c := newCounter(t)
	old := c.paid(1000, "203001")
	c.clock.jump(kept - time.Hour)
	young := c.paid(2000, "203002")
	c.till.ForgetAfter(kept)
	c.untilTomorrow() // the first run finds nothing yet
	if !c.knows(old.ID) || !c.knows(young.ID) {
		t.Fatal("a customer was forgotten before the time was over")
	}
	c.untilTomorrow()
	if c.knows(old.ID) || !c.knows(young.ID) {
		t.Errorf("the old one is known %v, the young one %v", c.knows(old.ID), c.knows(young.ID))
	}
	if got := c.events(old.ID); got[len(got)-1] != providers.EventForgotten {
		t.Errorf("its events are %v", got)
	}
	if a := c.attempt(old.ID); a.State != providers.Approved || a.ProviderRef != "PN-203001" || a.Amount.Minor != 1000 {
		t.Errorf("what a refund needs is not there: %+v", a)
	}
	if r, err := c.journal.Verify(t.Context()); err != nil || !r.OK() || r.Removed == 0 {
		t.Errorf("verify: %+v, %v", r, err)
	}
}

func TestNothingIsRemovedWhileACustomerIsBeingServed(t *testing.T) {
	c := newCounter(t)
	old := c.paid(1000, "203001")
	c.clock.jump(kept + time.Hour)
	c.till.ForgetAfter(kept)
	now := c.begin(sale(2000, "203002"))
	c.oxipay.gets() // the payment of before
	c.oxipay.gets() // it is on its way
	for range 5 {
		c.passes()
	}
	if !c.knows(old.ID) {
		t.Error("somebody was forgotten while a payment was on its way")
	}
	c.oxipay.answers <- approved
	c.becomes(now.ID, providers.Approved)
	c.untilTomorrow()
	if c.knows(old.ID) || !c.knows(now.ID) {
		t.Errorf("the old one is known %v, the new one %v", c.knows(old.ID), c.knows(now.ID))
	}
}

func TestAWrongClockRemovesNothing(t *testing.T) {
	c := newCounter(t)
	old := c.paid(1000, "203001")
	right := c.clock.Now()
	c.clock.jump(10 * kept)
	c.till.met(providers.Oxipay, providers.Answer{HTTPStatus: 200, ServerDate: right})
	c.till.ForgetAfter(kept)
	c.untilTomorrow()
	if !c.knows(old.ID) || slices.Contains(c.events(old.ID), providers.EventForgotten) {
		t.Error("a wrong year removed a customer's data")
	}
}
