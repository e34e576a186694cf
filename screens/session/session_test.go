package session_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/session"
	"cashdesk/ui"
)

func setup() desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteSession: func(any) ui.Screen { return session.New(d) }}
		},
		Start: desk.RouteSession,
	}
}

func some(c *desktest.Counter) {
	c.Charge(12550, "6199013203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Begin(c.Payneteasy, till.Draft{
		Provider: providers.Payneteasy, Kind: providers.Transfer,
		Amount: providers.Amount{Minor: 20000, Currency: providers.Currency{Code: "EUR", Decimals: 2}},
	})
	c.Answer(c.Payneteasy, desktest.Begun)
	c.Charge(31000, "6199108203")
	c.Answer(c.Oxipay, desktest.Declined)
	c.Charge(4500, "6199990203")
	c.Answer(c.Oxipay, desktest.Lost)
}

func TestTheSession(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Wait(time.Second)
		c.Golden("empty-" + size.name)
		some(c)
		c.Wait(time.Minute)
		c.Golden("some-" + size.name)
	}
}

func TestHandingOverSignsOutAndWhatIsOpenStays(t *testing.T) {
	c := desktest.New(t, setup())
	some(c)
	c.Hides("0 open")
	c.Shows("At this counter 1 not known: that stays at F6")
	c.Press("f8")
	c.Wait(100 * time.Millisecond)
	c.On(desk.RouteSignIn)
	if c.Desk.SignedIn() {
		t.Error("still signed in")
	}
	if routes := c.App.Routes(); len(routes) != 1 {
		t.Errorf("the next person finds %v", routes)
	}
	tom, err := c.Till.SignIn(t.Context(), "tom", desktest.TomsPIN)
	if err != nil {
		t.Fatal(err)
	}
	c.Desk.SetSession(tom)
	if left, err := c.Till.Unsettled(t.Context()); err != nil || len(left) != 1 {
		t.Errorf("%d payments stayed with the counter, %v", len(left), err)
	}
}

func TestEnterAndAScanHandNothingOver(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter")
	c.Scan("6199010203")
	c.On(desk.RouteSession)
	if !c.Desk.SignedIn() {
		t.Error("signed out by an Enter or a scan")
	}
}

func TestItLeadsToThePagesOfTheIdleScreen(t *testing.T) {
	for key, route := range map[string]string{
		"f4": desk.RouteKeys, "f5": desk.RouteHistory, "f6": desk.RouteUnsettled, "f7": desk.RouteHealth,
	} {
		c := desktest.New(t, setup())
		c.Press(key)
		c.On(route)
	}
	s := setup()
	s.Operator = true
	c := desktest.New(t, s)
	c.Press("f7")
	c.On(desk.RouteSession)
	c.Shows("only a manager may see settings and health")
	c.Press("f4") // there a manager can agree
	c.On(desk.RouteKeys)
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(), some)
	c := desktest.New(t, setup())
	some(c)
	c.EverySize()
}

// A burst from a scanner that ends in an F8, or two keys at once, is nobody's wish.
func TestHandingOverTakesOnePressAfterThePageHasCome(t *testing.T) {
	c := desktest.New(t, setup())
	c.PressNow("f8") // in one breath with the key that led here
	c.Wait(time.Second)
	c.On(desk.RouteSession)
	c.PressNow("f8")
	c.PressNow("f8")
	c.Wait(time.Second)
	c.On(desk.RouteSession)
	if !c.Desk.SignedIn() {
		t.Error("signed out")
	}
}

func TestWhatWentBackIsNoTakings(t *testing.T) {
	c := desktest.New(t, setup())
	sale := c.Charge(12550, "6199013203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Refund(sale.ID, 2000)
	c.Answer(c.Oxipay, desktest.Refunded)
	c.Wait(time.Second)
	c.Shows("125.50 AUD", "-20.00 AUD", "105.50 AUD   approved, less what was refunded")
	c.Golden("refunded-80x24")
}
