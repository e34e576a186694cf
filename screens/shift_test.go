package screens_test

import (
	"context"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

func TestEveryRouteHasItsScreen(t *testing.T) {
	routes := screens.Routes(&desk.Desk{})
	for _, name := range []string{
		desk.RouteUnlock, desk.RouteSignIn, desk.RouteSale, desk.RouteMethod, desk.RouteCode, desk.RouteInvite,
		desk.RouteConfirm, desk.RouteWaiting, desk.RouteResult, desk.RouteInvoice, desk.RouteTransfer, desk.RouteHistory,
		desk.RouteDetail, desk.RouteUnsettled, desk.RouteKeys, desk.RouteHealth, desk.RouteSession, desk.RouteLock,
	} {
		if routes[name] == nil {
			t.Errorf("there is no screen behind %q", name)
		}
	}
}

func TestTheFirstScreenAsksForWhatIsMissing(t *testing.T) {
	var none *till.Till
	there := &till.Till{}
	d := &desk.Desk{Till: func() *till.Till { return none }}
	if got := screens.Start(d); got != desk.RouteUnlock {
		t.Errorf("before there is a till: %s", got)
	}
	d.Till = func() *till.Till { return there }
	if got := screens.Start(d); got != desk.RouteSignIn {
		t.Errorf("nobody signed in: %s", got)
	}
	d.SetSession(till.Session{ID: "S1"})
	if got := screens.Start(d); got != desk.RouteSale {
		t.Errorf("somebody signed in: %s", got)
	}
}

// A shift ends with a payment that is not known: it stays with the counter,
// and the next person sees what becomes of it.
func TestAShiftIsHandedOverWithAPaymentNotKnown(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: screens.Routes})
	c.Type("12550")
	c.Scan("6199990203")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.On(desk.RouteWaiting)
	c.Answer(c.Oxipay, desktest.Lost)
	c.Press("esc")
	c.On(desk.RouteSale)
	c.Press("f2", "f8")
	c.Wait(100 * time.Millisecond)
	c.On(desk.RouteSignIn)
	c.Press("down")
	c.Type(desktest.TomsPIN)
	c.Press("enter")
	c.On(desk.RouteSale)
	if who := c.Desk.Session().Operator; who != "tom" {
		t.Fatalf("signed in is %q", who)
	}
	c.Press("f6")
	c.Shows("125.50 AUD", "not known")
	c.Press("enter")
	c.On(desk.RouteWaiting)
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	bodies := c.Oxipay.Bodies()
	if len(bodies) != 2 || bodies[0] != bodies[1] {
		t.Error("the next shift sent other bytes than the first")
	}
	mia, err := c.Till.SignInTrusted(context.Background(), "mia")
	if err != nil {
		t.Fatal(err)
	}
	c.Desk.SetSession(mia)
	all := c.Attempts()
	if len(all) != 1 || all[0].Operator != "mia" || all[0].State != providers.Approved {
		t.Errorf("the journal has %+v", all)
	}
}

func TestAManagerLooksBackAndNothingIsBegunByIt(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: screens.Routes})
	c.Charge(8900, "6199013313")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Press("f5")
	c.Shows("89.00 AUD", "approved", "1 in all")
	c.Press("enter")
	c.On(desk.RouteDetail)
	c.Press("enter")
	c.On(desk.RouteResult)
	c.Wait(2 * time.Second)
	c.Press("esc")
	c.On(desk.RouteDetail)
	c.Press("esc", "esc")
	c.On(desk.RouteSale)
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("%d requests", n)
	}
}
