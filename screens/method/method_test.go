package method_test

import (
	"testing"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/method"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteMethod: func(args any) ui.Screen { return method.New(d, args.(desk.DraftArgs)) }}
}

func setup() desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteMethod, Args: func(*desktest.Counter) any {
		var args desk.DraftArgs
		args.Draft.Amount = desktest.Minor(12550)
		return args
	}}
}

func draft(t *testing.T, c *desktest.Counter, route string) providers.Order {
	t.Helper()
	c.On(route)
	d := c.Opened().(desk.DraftArgs).Draft
	return providers.Order{Kind: d.Kind, Amount: d.Amount, Code: d.Code}
}

func TestTheWaysToPay(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("ways-" + size.name)
		c.Press("down", "down", "right")
		c.Golden("yen-" + size.name)
	}
}

func TestAWayThatCannotBeUsedStaysVisibleAndSaysWhy(t *testing.T) {
	s := setup()
	s.Till = func(c *till.Config) {
		c.Unavailable = func(p providers.Provider) string {
			if p == providers.OxaPay {
				return "it is switched off in the settings"
			}
			return ""
		}
	}
	c := desktest.New(t, s)
	c.Golden("off-80x24")
	c.Press("down", "down", "enter")
	c.On(desk.RouteMethod)
	c.Shows("OxaPay cannot be used: it is switched off in the settings")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments through a provider that is off", n)
	}
}

func TestEachWayLeadsToWhatIsStillMissing(t *testing.T) {
	for downs, route := range []string{desk.RouteCode, desk.RouteInvite, "", desk.RouteConfirm} {
		if route == "" {
			continue // OxaPay needs nothing more
		}
		c := desktest.New(t, setup())
		for range downs {
			c.Press("down")
		}
		c.Press("enter")
		c.On(route)
		if n := len(c.Attempts()); n != 0 {
			t.Errorf("%s: %d payments before it was confirmed", route, n)
		}
	}
}

func TestAnInvoiceThatNeedsNothingMoreIsMadeAtOnceAndOnce(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down", "down")
	c.PressNow("enter")
	c.PressNow("enter")
	c.Sent(c.OxaPay, 1)
	c.On(desk.RouteWaiting)
	all := c.Attempts()
	if len(all) != 1 || all[0].Provider != providers.OxaPay || all[0].Kind != providers.Invoice || all[0].Amount != desktest.Minor(12550) {
		t.Fatalf("the journal has %+v", all)
	}
	if args := c.Opened().(desk.AttemptArgs); args.ID != all[0].ID || !args.Fresh {
		t.Errorf("waiting was given %+v", args)
	}
}

func TestInAnotherCurrencyTheSameDigitsAreReadWithItsDecimals(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down", "down", "right")
	c.Shows("the same digits, read as JPY")
	c.Press("enter")
	// The shop asks above 10,000.00 AUD; the same figure holds in every currency.
	c.Shows("A large amount", "12,550 JPY is more than usual")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments before the answer", n)
	}
	c.Press("right", "enter")
	c.Sent(c.OxaPay, 1)
	if a := c.Attempts()[0]; a.Amount.String() != "12,550 JPY" {
		t.Errorf("the invoice is over %s", a.Amount)
	}
}

func TestAScanHereGoesToConfirmAndChargesNothing(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down", "down") // also when another way is marked
	c.Scan("6199010203")
	if o := draft(t, c, desk.RouteConfirm); o.Code != "6199010203" || o.Kind != providers.Authorise || o.Amount != desktest.Minor(12550) {
		t.Errorf("confirm was given %+v", o)
	}
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments", n)
	}
}

func TestAnAmountThatTheProviderDoesNotTakeIsSaidHere(t *testing.T) {
	s := setup()
	s.Args = func(*desktest.Counter) any { return desk.DraftArgs{} }
	c := desktest.New(t, s)
	c.Press("down", "down", "enter")
	c.On(desk.RouteMethod)
	c.Shows("amount")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments of nothing", n)
	}
}

func TestItFitsEveryWindow(t *testing.T) { desktest.New(t, setup()).EverySize() }

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup()) }

func TestATransferIsLookedAtFirstWhereItsCostOrTheCardsAreAskedFor(t *testing.T) {
	for label, change := range map[string]func(*desktest.Setup){
		"Enter see what it costs": func(s *desktest.Setup) { s.Quotes = true },
		"Enter to the cards":      func(s *desktest.Setup) { s.AsksBINs = true },
	} {
		s := setup()
		change(&s)
		c := desktest.New(t, s)
		c.Press("down", "down", "down", "down")
		c.Shows(label)
		c.Press("enter")
		c.On(desk.RouteConfirm)
		if args := c.Opened().(desk.DraftArgs); args.Quotes != s.Quotes || args.AsksBINs != s.AsksBINs || args.Draft.Kind != providers.Transfer {
			t.Errorf("%s leads to %+v", label, args)
		}
		if n := len(c.Attempts()); n != 0 {
			t.Errorf("%d transfers were begun", n)
		}
	}
}

func TestAPartIsOxipaysAlone(t *testing.T) {
	s := setup()
	s.Args = func(*desktest.Counter) any {
		return desk.DraftArgs{Draft: till.Draft{Amount: desktest.Minor(12550), FinanceMinor: 10000}}
	}
	c := desktest.New(t, s)
	c.Press("enter")
	c.On(desk.RouteCode)
	if d := c.Opened().(desk.DraftArgs).Draft; d.FinanceMinor != 10000 {
		t.Errorf("Oxipay is to pay %d of it", d.FinanceMinor)
	}
	c = desktest.New(t, s)
	c.Press("down", "down", "down", "enter")
	c.On(desk.RouteConfirm)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Provider != providers.XaiGate || d.FinanceMinor != 0 {
		t.Errorf("the invoice is %+v", d)
	}
}
