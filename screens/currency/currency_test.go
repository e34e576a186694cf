package currency_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/currency"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/method"
	"cashdesk/ui"
)

func routes(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{
		desk.RouteMethod:   func(args any) ui.Screen { return method.New(d, args.(desk.DraftArgs)) },
		desk.RouteCurrency: func(args any) ui.Screen { return currency.New(d, args.(desk.CurrencyArgs)) },
	}
}

func setup() desktest.Setup {
	return desktest.Setup{Routes: routes, Start: desk.RouteMethod, Args: func(*desktest.Counter) any {
		var args desk.DraftArgs
		args.Draft.Amount = desktest.Minor(12550)
		return args
	}}
}

// open opens OxaPay's list.
func open(c *desktest.Counter) {
	c.Press("down", "down", "f4")
	c.On(desk.RouteCurrency)
}

func TestTypingNarrowsTheListAndEnterTakesTheMarkedOne(t *testing.T) {
	c := desktest.New(t, setup())
	open(c)
	c.Shows("Customers can pay with BTC USDT TRX")
	c.Golden("all-80x24")
	c.Type("jp")
	c.Shows("JPY", "12,550 JPY")
	c.Hides("USD ")
	c.Press("enter")
	c.On(desk.RouteMethod)
	c.Shows("the same digits, read as JPY")
	c.Wait(time.Second)
	c.Press("enter")
	c.Shows("12,550 JPY is more than usual")
	c.Press("tab", "enter")
	c.Sent(c.OxaPay, 1)
	if a := c.Attempts()[0]; a.Amount.Currency.Code != "JPY" || a.Amount.Minor != 12550 || a.Provider != providers.OxaPay {
		t.Errorf("the journal has %+v", a)
	}
}

func TestAScanChoosesNoCurrency(t *testing.T) {
	c := desktest.New(t, setup())
	open(c)
	c.Scan("6199010203")
	c.On(desk.RouteCurrency)
	c.Shows("kept for the next step")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments", n)
	}
}

func TestANameThatNobodyKnowsTakesNothing(t *testing.T) {
	c := desktest.New(t, setup())
	open(c)
	c.Type("zzz")
	c.Press("enter")
	c.On(desk.RouteCurrency)
	c.Shows("no currency is called that")
}

func TestItFitsEveryWindow(t *testing.T) {
	c := desktest.New(t, setup())
	open(c)
	c.EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup(), open) }
