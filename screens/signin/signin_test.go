package signin_test

import (
	"testing"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/signin"
	"cashdesk/ui"
)

func setup() desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteSignIn: func(any) ui.Screen { return signin.New(d) }}
		},
		Start:  desk.RouteSignIn,
		Change: func(d *desk.Desk) { d.SetSession(till.Session{}) },
	}
}

func TestTheSignInScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Press("down")
		c.Type("826")
		c.Golden("typed-" + size.name)
		c.Type("1")
		c.Press("enter")
		c.Golden("wrong-" + size.name)
	}
}

func TestAPersonSignsInAndTheNextScreenIsTheSale(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down")
	c.Type(desktest.TomsPIN)
	c.Hides(desktest.TomsPIN)
	c.Press("enter")
	c.On(desk.RouteSale)
	if s := c.Desk.Session(); s.Operator != "tom" || s.ID == "" || s.Manager() {
		t.Errorf("signed in is %+v", s)
	}
}

func TestAWrongPINIsSaidAndForgotten(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter") // nothing typed yet
	c.Type("0000")
	c.Press("enter")
	c.On(desk.RouteSignIn)
	c.Shows("That operator or PIN is not right.")
	if c.Desk.SignedIn() {
		t.Fatal("signed in with a wrong PIN")
	}
	c.Press("enter") // must not try an empty or the old PIN
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestFiveWrongPINsLockOnePersonOnly(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down")
	for range 6 {
		c.Type("0000")
		c.Press("enter")
	}
	c.Shows("Tom is locked for another")
	c.Press("up")
	c.Hides("locked")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestAScanNeverGoesIntoThePIN(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("73")
	c.Scan("6199010203")
	c.On(desk.RouteSignIn)
	c.Type("91") // the rest of Mia's PIN, around the scan
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestAPINTypedForOneIsNotTriedForAnother(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type(desktest.TomsPIN)
	c.Press("down", "enter")
	c.On(desk.RouteSignIn)
	if c.Desk.SignedIn() {
		t.Error("signed in with a PIN that was typed for somebody else")
	}
}

func TestTheDemoTellsItsPIN(t *testing.T) {
	s := setup()
	change := s.Change
	s.Change = func(d *desk.Desk) {
		change(d)
		d.Shop.SignInHint = "in this demo Mia's PIN is 4071"
	}
	c := desktest.New(t, s)
	c.Shows("in this demo Mia's PIN is 4071")
	c.Type("0000")
	c.Press("enter")
	c.Shows("That operator or PIN is not right.", "in this demo Mia's PIN is 4071")
	desktest.New(t, setup()).Hides("demo")
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(), func(c *desktest.Counter) {
		c.Type("0000")
		c.Press("enter")
	})
	desktest.New(t, setup()).EverySize()
}
