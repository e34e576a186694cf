package code_test

import (
	"testing"

	"cashdesk/internal/till"
	"cashdesk/screens/code"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteCode: func(args any) ui.Screen { return code.New(d, args.(desk.DraftArgs)) }}
}

func setup() desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteCode, Args: func(*desktest.Counter) any {
		var args desk.DraftArgs
		args.Draft.Amount = desktest.Minor(12550)
		return args
	}}
}

func TestTheCodeScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("empty-" + size.name)
		c.Type("0102")
		c.Golden("typed-" + size.name)
	}
}

func TestWhatTheSameSaleNeedsIsSaid(t *testing.T) {
	for good, want := range map[bool]string{
		false: "the customer makes a new code first", true: "scan or type the code again, it is still good",
	} {
		s := setup()
		s.Args = func(*desktest.Counter) any {
			return desk.DraftArgs{Draft: till.Draft{Sale: "01JC", Amount: desktest.Minor(12550)}, GoodCode: good}
		}
		desktest.New(t, s).Shows(want)
	}
}

func TestATypedCodeGoesToConfirm(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("010203")
	c.On(desk.RouteCode)
	c.Press("enter")
	c.On(desk.RouteConfirm)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Code != "010203" || d.AcceptOtherCode || d.Amount != desktest.Minor(12550) {
		t.Errorf("confirm was given %+v", d)
	}
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments before they were confirmed", n)
	}
}

func TestAScannedCodeGoesToConfirmByItselfAndChargesNothing(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("77")
	c.Scan("6199010203")
	c.On(desk.RouteConfirm)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Code != "6199010203" {
		t.Errorf("confirm was given %q", d.Code)
	}
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments", n)
	}
}

func TestAnUnusualCodeGoesOnOnlyAfterAWarning(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("0102ABCD")
	c.Press("enter")
	c.Shows("An unusual code")
	c.Press("enter") // the default
	c.On(desk.RouteCode)
	c.Press("enter", "right", "enter")
	c.On(desk.RouteConfirm)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Code != "0102ABCD" || !d.AcceptOtherCode {
		t.Errorf("confirm was given %+v", d)
	}
}

func TestASpentCodeIsSaidAndTheFieldEmptied(t *testing.T) {
	c := desktest.New(t, setup())
	c.Charge(8900, "010203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Type("010203")
	c.Press("enter")
	c.Shows("This code was used before")
	c.Press("esc")
	c.On(desk.RouteCode)
	c.Hides("010203")
}

func TestWithoutACodeTheWayLeadsToInvite(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f3")
	c.On(desk.RouteInvite)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Amount != desktest.Minor(12550) {
		t.Errorf("invite was given %+v", d)
	}
}

func TestItFitsEveryWindow(t *testing.T) { desktest.New(t, setup()).EverySize() }

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup()) }
