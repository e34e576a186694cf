package till

import (
	"context"
	"errors"
	"testing"
	"time"

	"cashdesk/providers"
)

// handsOver begins a transfer, where the group's server tells what became of it.
func (c *counter) handsOver() providers.Attempt {
	c.t.Helper()
	c.tellsOfTransfers()
	d := Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: 1000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}}
	a := c.begin(d)
	c.payneteasy.gets()
	c.payneteasy.answers <- providers.Answer{State: providers.HandedOver, ProviderRef: "T1", HTTPStatus: 200}
	return c.becomes(a.ID, providers.HandedOver)
}

func (c *counter) tellsOfTransfers() {
	c.payneteasy.mu.Lock()
	defer c.payneteasy.mu.Unlock()
	c.payneteasy.tells = true
}

var goingOn = providers.Answer{State: providers.HandedOver, Code: "processing", HTTPStatus: 200}

func TestATransferIsFollowedWhereTheGroupsServerTellsOfIt(t *testing.T) {
	c := newCounter(t)
	a := c.handsOver()
	for range 3 {
		c.passes()
		c.payneteasy.gets()
		c.payneteasy.answers <- goingOn
	}
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, false); err != nil {
		t.Fatal(err)
	}
	c.payneteasy.gets()
	c.payneteasy.answers <- providers.Answer{State: providers.Approved, Code: "approved", HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
	c.till.work.Wait()
	if events := c.events(a.ID); len(events) != 5 { // going on was news once
		t.Errorf("the events are %v", events)
	}
}

func TestATransferOfAnEarlierRunIsFollowedForADayAndNoLonger(t *testing.T) {
	c := newCounter(t)
	a := c.handsOver()
	c.stop()
	c.open()
	if c.till.driverOf(a.ID) != nil {
		t.Error("it is followed where nobody tells of it")
	}
	c.tellsOfTransfers()
	c.looks() // from here on it is
	looks := 0
	for spent := time.Duration(0); spent < lateWatch+time.Hour; looks++ {
		spent += c.passes()
		c.payneteasy.gets()
		c.payneteasy.answers <- goingOn
		if c.clock.Now().Sub(a.AnsweredAt) > lateWatch {
			break
		}
	}
	c.till.work.Wait()
	if looks < 100 || looks > 200 {
		t.Errorf("%d looks in a day", looks)
	}
	c.looks()
	if c.till.driverOf(a.ID) != nil || c.attempt(a.ID).State != providers.HandedOver {
		t.Error("it is followed for ever")
	}
}

func TestATransferOfWhichItsServerTellsNothingIsNotAskedAboutForEver(t *testing.T) {
	c := newCounter(t)
	a := c.handsOver()
	looks := 0
	for c.clock.Now().Sub(a.AnsweredAt) <= lateWatch {
		c.passes()
		c.payneteasy.gets()
		c.payneteasy.answers <- providers.Answer{State: providers.Unknown, Reason: providers.BadStatus, HTTPStatus: 404}
		looks++
	}
	c.till.work.Wait()
	if looks < 100 || looks > 200 {
		t.Errorf("%d looks in a day", looks)
	}
	// Somebody who wants to know has it asked about once more.
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, false); err != nil {
		t.Fatal(err)
	}
	c.payneteasy.gets()
	c.payneteasy.answers <- providers.Answer{State: providers.Approved, Code: "approved", HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
}

func TestWhereNobodyTellsOfATransferNothingIsAsked(t *testing.T) {
	c := newCounter(t)
	d := Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: 1000, Currency: providers.Currency{Code: "EUR", Decimals: 2}}}
	a := c.begin(d)
	c.payneteasy.gets()
	c.payneteasy.answers <- providers.Answer{State: providers.HandedOver, ProviderRef: "T1", HTTPStatus: 200}
	c.becomes(a.ID, providers.HandedOver)
	c.till.work.Wait()
	c.looks()
	if c.till.driverOf(a.ID) != nil || len(c.payneteasy.arrived) != 0 {
		t.Error("it is asked about")
	}
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, false); providers.KindOf(err) != providers.Conflict {
		t.Errorf("there is something to check: %v", err)
	}
}

// TestATransferThatWasJustHandedOverStandsInTheWayOfAnotherPayment: the customer
// may be paying it on their phone.
func TestATransferThatWasJustHandedOverStandsInTheWayOfAnotherPayment(t *testing.T) {
	c := newCounter(t)
	a := c.handsOver()
	other := sale(1000, "010203")
	other.Amount = a.Amount
	again := other
	again.Sale = a.Sale
	var taken *ReferenceError
	if _, err := c.till.Begin(t.Context(), c.tom, again); !errors.As(err, &taken) || taken.Attempt.ID != a.ID {
		t.Errorf("the same sale is charged at once: %v", err)
	}
	var same *SameAmountError
	if _, err := c.till.Begin(t.Context(), c.tom, other); !errors.As(err, &same) || same.Attempt.ID != a.ID {
		t.Errorf("nobody asks whose transfer it is: %v", err)
	}
	if n := len(c.oxipay.bodies()); n != 0 {
		t.Errorf("%d were sent", n)
	}
	agreed := other
	agreed.SameCustomer = c.agree()
	b := c.begin(agreed)
	if b.Sale != a.Sale {
		t.Errorf("it is no attempt of its sale: %s", b.Sale)
	}
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(b.ID, providers.Declined)
	c.clock.jump(guardTime) // the machine's clock says nothing about it
	if err := c.till.Check(t.Context(), c.tom, other); !errors.As(err, &same) {
		t.Errorf("the clock was set forward, and nobody asks: %v", err)
	}
	c.clock.run(guardTime)
	for _, d := range []Draft{other, again} {
		if err := c.till.Check(t.Context(), c.tom, d); err != nil {
			t.Errorf("half an hour later: %v", err)
		}
	}
}
