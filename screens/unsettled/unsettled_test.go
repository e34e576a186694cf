package unsettled_test

import (
	"context"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/unsettled"
	"cashdesk/ui"
)

func setup() desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteUnsettled: func(any) ui.Screen { return unsettled.New(d) }}
		},
		Start: desk.RouteUnsettled,
	}
}

// two are an open invoice and, later, a payment that is not known.
func two(c *desktest.Counter) {
	usd := providers.Currency{Code: "USD", Decimals: 2}
	c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: providers.Amount{Minor: 3500, Currency: usd}})
	c.Answer(c.OxaPay, c.Invoice())
	c.Charge(12550, "6199990203")
	c.Answer(c.Oxipay, desktest.Lost)
}

func TestTheList(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}, {"40x12", 40, 12}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("settled-" + size.name)
		two(c)
		c.Press("down")
		c.Golden("two-" + size.name)
	}
}

func TestWhatIsNotKnownStandsAboveWhatOnlyWaits(t *testing.T) {
	c := desktest.New(t, setup())
	two(c)
	c.Charge(4500, "6199040506") // on its way: newer, but nothing to worry about
	c.Press("ctrl+home", "tab")
	c.On(desk.RouteDetail)
	for _, a := range c.Attempts() {
		if a.ID == c.Opened().(desk.AttemptArgs).ID && a.State != providers.Unknown {
			t.Errorf("the first is %s", a.State)
		}
	}
}

func TestEnterOpensThePaymentWhereItStands(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter") // nothing there
	c.On(desk.RouteUnsettled)
	two(c)
	c.Press("ctrl+home", "enter")
	c.On(desk.RouteWaiting)
	c.Press("esc", "down", "enter")
	c.On(desk.RouteInvoice)
}

func TestItBelongsToTheCounterNotToWhoBeganIt(t *testing.T) {
	c := desktest.New(t, setup())
	two(c)
	tom, err := c.Till.SignInTrusted(context.Background(), "tom")
	if err != nil {
		t.Fatal(err)
	}
	c.Desk.SetSession(tom)
	c.Press("enter", "esc") // shown again
	c.Shows("125.50 AUD", "35.00 USD")
	c.Hides("6199990203")
}

func TestWhatIsSettledLeavesTheListByItself(t *testing.T) {
	c := desktest.New(t, setup())
	c.Charge(12550, "6199013203")
	c.Shows("125.50 AUD")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Shows("Everything is settled.")
	c.Hides("125.50")
}

func TestTheCountdownMoves(t *testing.T) {
	c := desktest.New(t, setup())
	two(c)
	c.Pass(time.Second)
	c.Shows("next in 4 s")
	c.Pass(time.Second)
	c.Shows("next in 3 s")
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(), two)
	c := desktest.New(t, setup())
	two(c)
	c.EverySize()
}
