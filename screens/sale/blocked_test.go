package sale_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

func TestWhileOxipayIsBlockedEnterSaysWhyAndChargesNothing(t *testing.T) {
	c := counter(t)
	c.Charge(8900, "010101")
	c.Leave(c.Oxipay, providers.Answer{State: providers.Unknown, Code: "ESIG01", Reason: providers.SuspectedKey, KeySuspected: true, HTTPStatus: 401})
	c.Pass(time.Second)
	c.Type("3300")
	c.Scan("6199010203")
	c.Shows("no charge now", "our key may be wrong", "(Enter charge)")
	c.Hides("Enter charges")
	c.Golden("blocked-80x24")
	c.Mean()
	c.On(desk.RouteSale)
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestWhileAResultIsNotSavedEnterSaysWhyUntilItIs(t *testing.T) {
	c := counter(t)
	c.Charge(8900, "010101")
	room := c.Full(providers.EventAnswered)
	c.Look(c.Oxipay, desktest.Approved)
	c.Pass(time.Second)
	c.Type("3300")
	c.Scan("6199010203")
	c.Shows("no charge now", "a result could not be saved yet", "(Enter charge)")
	c.Hides("Enter charges")
	room()
	c.Pass(2 * time.Second)
	c.Shows("Enter charges 33.00 AUD with Oxipay")
	c.Hides("no charge now", "(Enter charge)")
}
