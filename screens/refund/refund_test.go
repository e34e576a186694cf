package refund_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/refund"
	"cashdesk/ui"
)

// refunded is Oxipay's yes to a refund.
var refunded = providers.Answer{State: providers.Approved, Code: "SPSA01", Signature: providers.SignatureValid, HTTPStatus: 200}

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteRefund: func(args any) ui.Screen { return refund.New(d, args.(desk.AttemptArgs)) }}
}

// setup is the page of a sale of 125.50.
func setup(operator bool) desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteSale, Operator: operator}
}

// sale opens the page of a sale that is approved.
func sale(c *desktest.Counter) providers.Attempt {
	a := c.Charge(12550, "010203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Open(desk.RouteRefund, desk.AttemptArgs{ID: a.ID})
	c.On(desk.RouteRefund)
	return a
}

// agree gives a reason, and the yes to the last question.
func agree(c *desktest.Counter) {
	c.Type("came back unused")
	c.Press("tab", "enter")
	c.Wait(time.Second)
	c.Press("tab", "enter")
	c.Wait(time.Second)
}

func TestAPartIsGivenBackOnAManagersWord(t *testing.T) {
	c := desktest.New(t, setup(false))
	a := sale(c)
	c.Golden("whole-80x24")
	c.Press("ctrl+u")
	c.Type("99999")
	c.Press("enter")
	c.Shows("only 125.50 AUD can be given back")
	c.Press("ctrl+u")
	c.Type("2000")
	c.Mean()
	c.Shows("Refund 20.00 AUD of the sale of 125.50 AUD.")
	agree(c)
	c.Sent(c.Oxipay, 2)
	body := c.Oxipay.Bodies()[1]
	if !strings.Contains(body, `"x_amount":2000`) || !strings.Contains(body, `"x_purchase_ref":"`+a.Reference) {
		t.Errorf("it sent %s", body)
	}
	c.On(desk.RouteWaiting)
	c.Answer(c.Oxipay, refunded)
	if r := c.Attempts()[0]; r.Kind != providers.Refund || r.Of != a.ID || r.State != providers.Approved || r.Amount != desktest.Minor(2000) {
		t.Errorf("the journal has %+v", r)
	}
}

func TestTheSecondRefundKnowsOfTheFirst(t *testing.T) {
	c := desktest.New(t, setup(false))
	sale(c)
	c.Press("ctrl+u")
	c.Type("2000")
	c.Mean()
	agree(c)
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, refunded)
	c.Open(desk.RouteRefund, desk.AttemptArgs{ID: c.Attempts()[1].ID})
	c.Shows("105.50 AUD can be given back", "Refunds of this sale", "refunded", "-20.00 AUD")
	c.Golden("second-80x24")
}

func TestStoppedAtTheLastQuestionNothingIsSent(t *testing.T) {
	c := desktest.New(t, setup(false))
	sale(c)
	c.Mean()
	c.Type("came back unused")
	c.Press("tab", "enter")
	c.Wait(time.Second)
	c.Shows("Give back 125.50 AUD?")
	c.Press("enter") // the answer that is marked is no
	c.On(desk.RouteRefund)
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d attempts", n)
	}
}

func TestWhatIsRefundedAtTheProviderIsWrittenDown(t *testing.T) {
	c := desktest.New(t, setup(false))
	a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(5000)})
	c.Answer(c.OxaPay, c.Invoice())
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: "59381726", Received: "50.00", HTTPStatus: 200})
	c.Open(desk.RouteRefund, desk.AttemptArgs{ID: a.ID})
	c.Shows("refund at the provider")
	c.Golden("elsewhere-80x24")
	c.Press("enter")
	c.Shows("type what the provider calls the refund")
	c.Press("tab")
	c.Type("PAYOUT-77")
	c.Mean()
	agree(c)
	c.On(desk.RouteDetail)
	if r := c.Attempts()[0]; r.Kind != providers.Refund || r.State != providers.Approved || !r.Settled || r.ProviderRef != "PAYOUT-77" {
		t.Errorf("the journal has %+v", r)
	}
	if n := len(c.OxaPay.Bodies()); n != 1 {
		t.Errorf("%d requests: nothing is sent for it", n)
	}
}

// settled opens the page of a sale that a manager settled as paid.
func settled(c *desktest.Counter) providers.Attempt {
	a := c.Charge(12550, "010203")
	c.Answer(c.Oxipay, desktest.Lost)
	session := c.Desk.Session()
	permit, err := c.Till.Permit(context.Background(), session, till.Settle, till.Manager{}, "the portal shows it")
	if err != nil {
		panic(err)
	}
	if a, err = c.Till.Settle(context.Background(), session, permit, a.ID, true); err != nil {
		panic(err)
	}
	c.Open(desk.RouteRefund, desk.AttemptArgs{ID: a.ID})
	c.On(desk.RouteRefund)
	return a
}

func TestASaleThatWasSettledAsPaidIsRefundedFromHere(t *testing.T) {
	c := desktest.New(t, setup(false))
	a := settled(c)
	c.Shows("refund 125.50 AUD", "F5: it was refunded there")
	c.Hides("Reference")
	sent := len(c.Oxipay.Bodies())
	c.Mean()
	c.Shows("Refund 125.50 AUD of the sale of 125.50 AUD.")
	agree(c)
	c.Sent(c.Oxipay, sent+1)
	c.On(desk.RouteWaiting)
	c.Answer(c.Oxipay, refunded)
	if r := c.Attempts()[0]; r.Of != a.ID || r.State != providers.Approved || r.Settled {
		t.Errorf("the journal has %+v", r)
	}
}

func TestThatASettledSaleWasRefundedAtTheProviderIsAKeyAway(t *testing.T) {
	c := desktest.New(t, setup(false))
	settled(c)
	sent := len(c.Oxipay.Bodies())
	c.Press("f5")
	c.Shows("it was refunded at Oxipay: nothing is sent from here", "F5: refund from here")
	c.Press("enter")
	c.Shows("type what the provider calls the refund")
	c.Press("tab")
	c.Type("PORTAL-9")
	c.Mean()
	agree(c)
	c.On(desk.RouteDetail)
	if r := c.Attempts()[0]; r.Kind != providers.Refund || r.State != providers.Approved || r.ProviderRef != "PORTAL-9" {
		t.Errorf("the journal has %+v", r)
	}
	if n := len(c.Oxipay.Bodies()); n != sent {
		t.Errorf("%d requests: nothing is sent for it", n-sent)
	}
}

func TestAnOperatorNeedsAManager(t *testing.T) {
	c := desktest.New(t, setup(true))
	sale(c)
	c.Mean()
	c.Shows("A manager is needed")
	c.Press("esc")
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d attempts", n)
	}
}

func TestItFitsEveryWindow(t *testing.T) {
	c := desktest.New(t, setup(false))
	sale(c)
	c.EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) {
	desktest.Corners(t, setup(false), func(c *desktest.Counter) { sale(c) })
}
