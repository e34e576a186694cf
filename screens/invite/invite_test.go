package invite_test

import (
	"testing"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/invite"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteInvite: func(args any) ui.Screen { return invite.New(d, args.(desk.DraftArgs)) }}
}

func setup(minor int64) desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteInvite, Args: func(*desktest.Counter) any {
		var args desk.DraftArgs
		args.Draft.Amount = desktest.Minor(minor)
		return args
	}}
}

func TestTheInviteScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup(6400)
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("amount-known-" + size.name)
		c.Type("0412")
		c.Press("enter")
		c.Golden("no-mobile-" + size.name)
	}
}

func TestMobileAndAmountGoToConfirm(t *testing.T) {
	c := desktest.New(t, setup(0))
	c.Type("0412 345 678") // also without an amount: a mobile must not become one
	c.Shows("0412 345 678")
	c.Press("enter")
	c.Type("6400")
	c.Press("enter")
	c.On(desk.RouteConfirm)
	d := c.Opened().(desk.DraftArgs).Draft
	if d.Amount != desktest.Minor(6400) || d.Mobile != "0412 345 678" || d.Kind != providers.Invite {
		t.Errorf("confirm was given %+v", d)
	}
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d invitations before they were confirmed", n)
	}
}

func TestAMobileThatIsNoneIsSaidAtItsField(t *testing.T) {
	c := desktest.New(t, setup(6400))
	c.Type("12345")
	c.Press("enter")
	c.On(desk.RouteInvite)
	c.Shows("This is not an Australian mobile number", "0412 345 678")
	c.Type("6")
	c.Hides("This is not an Australian mobile number")
}

func TestAnEmptyFieldIsNeverSentOn(t *testing.T) {
	c := desktest.New(t, setup(0))
	c.Press("enter")
	c.Shows("type the customer's mobile number first")
	c.Press("tab", "enter")
	c.Shows("type the amount first")
	c.On(desk.RouteInvite)
}

func TestAScanDoesNotBecomeAMobile(t *testing.T) {
	c := desktest.New(t, setup(6400))
	c.Scan("6199010203")
	c.Hides("6199010203")
	c.Press("enter")
	c.On(desk.RouteInvite)
	c.Shows("type the customer's mobile number first")
}

func TestItFitsEveryWindow(t *testing.T) { desktest.New(t, setup(6400)).EverySize() }

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup(6400)) }
