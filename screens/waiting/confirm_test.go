package waiting_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// pending is Oxipay's answer while the customer is asked on their phone.
var pending = providers.Answer{
	State: providers.Unknown, Reason: providers.AwaitsBuyer, Code: "SPND01", Signature: providers.SignatureValid, HTTPStatus: 200, RetryAfter: 5 * time.Second,
}

func TestACustomerWhoHasToConfirmIsWaitedForCalmly(t *testing.T) {
	c := desktest.New(t, setup())
	c.Answer(c.Oxipay, pending)
	c.Pass(time.Second)
	c.On(desk.RouteWaiting)
	c.Shows("◌ to confirm", "Please confirm the payment on your phone.", "asking Oxipay again in 4 s", "Oxipay is asked again by")
	c.Hides("Not known", "not known", "?", "Check the network")
	c.Golden("to-confirm-80x24")
	c.Pass(4 * time.Second)
	c.Sent(c.Oxipay, 2)
	if bodies := c.Oxipay.Bodies(); bodies[0] != bodies[1] {
		t.Error("the second request has other bytes")
	}
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
}

func TestACustomerWhoNeverConfirmsIsNotWaitedForByItselfForEver(t *testing.T) {
	short := setup()
	short.Till = func(c *till.Config) { c.ResendWindow = 6 * time.Second }
	c := desktest.New(t, short)
	c.Answer(c.Oxipay, pending)
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Leave(c.Oxipay, pending)
	c.Pass(10 * time.Second)
	c.Pass(time.Second)
	c.Shows("nothing more is asked by itself", "F8 asks Oxipay once more")
	c.Hides("is asked again by itself", "✗", "declined")
}

func TestWhoeverDoesNotConfirmIsDeclined(t *testing.T) {
	c := desktest.New(t, setup())
	c.Answer(c.Oxipay, pending)
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, providers.Answer{State: providers.Declined, Code: "FCNL01", Signature: providers.SignatureValid, HTTPStatus: 200})
	c.On(desk.RouteResult)
}
