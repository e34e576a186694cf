package waiting_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/waiting"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteWaiting: func(args any) ui.Screen { return waiting.New(d, args.(desk.AttemptArgs)) }}
}

// setup begins a sale of 125.50 and opens it as the counter does.
func setup() desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteWaiting, Operator: true, Args: func(c *desktest.Counter) any {
		return desk.AttemptArgs{ID: c.Charge(12550, "6199010203").ID, Fresh: true}
	}}
}

// unknown is a sale whose answer was lost.
func unknown(c *desktest.Counter) {
	c.Pass(75 * time.Second)
	c.Answer(c.Oxipay, desktest.Lost)
}

func TestTheWaitingScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Pass(14 * time.Second)
		c.Golden("sent-" + size.name)
		c.Pass(61 * time.Second)
		c.Answer(c.Oxipay, desktest.Lost)
		c.Pass(5 * time.Second)
		c.Sent(c.Oxipay, 2)
		c.Answer(c.Oxipay, desktest.Lost)
		c.Pass(4 * time.Second)
		c.Golden("unknown-" + size.name)
	}
}

func TestTheVerdictTakesTheScreen(t *testing.T) {
	for answer, route := range map[*providers.Answer]string{
		&desktest.Approved: desk.RouteResult, &desktest.Declined: desk.RouteResult,
	} {
		c := desktest.New(t, setup())
		c.Answer(c.Oxipay, *answer)
		c.On(route)
		if args := c.Opened().(desk.AttemptArgs); !args.Fresh || args.ID != c.Attempts()[0].ID {
			t.Errorf("it was given %+v", args)
		}
	}
}

func TestEnterSendsNothingAndEscapeParks(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter", "enter")
	c.On(desk.RouteWaiting)
	c.Press("esc")
	c.Shows("125.50 AUD with Oxipay goes on by itself and stays at F6")
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Fatalf("%d requests", n)
	}
	c.Answer(c.Oxipay, desktest.Approved) // it went on
	if a := c.Attempts()[0]; a.State != providers.Approved {
		t.Errorf("it is %s", a.State)
	}
}

func TestALostAnswerIsNotKnownAndNeverDeclined(t *testing.T) {
	c := desktest.New(t, setup())
	unknown(c)
	c.Pass(time.Second)
	c.On(desk.RouteWaiting)
	c.Shows("not known", "You will not pay twice", "Keep the goods", "asking again in 4 s")
	c.Hides("declined", "DECLINED")
	c.Pass(4 * time.Second)
	c.Sent(c.Oxipay, 2)
	if bodies := c.Oxipay.Bodies(); bodies[0] != bodies[1] {
		t.Error("the second request has other bytes")
	}
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
}

func TestClosingIsAskedAboutAndNoKeepsAsking(t *testing.T) {
	c := desktest.New(t, setup())
	unknown(c)
	c.Press("f7", "enter") // the default is no
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Lost)
	c.Press("f7", "right", "enter")
	if a := c.Attempts()[0]; !a.Closed {
		t.Fatal("it is not closed")
	}
	c.Pass(2 * time.Minute)
	if n := len(c.Oxipay.Bodies()); n != 2 {
		t.Errorf("%d requests: a closed sale was asked about again", n)
	}
	c.Shows("nothing more is asked by itself")
	c.Press("f7")
	c.Shows("it is closed already")
}

func TestCheckingNowAsksAtOnceWithinTheWindow(t *testing.T) {
	c := desktest.New(t, setup())
	unknown(c)
	c.Press("f8")
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Declined)
	c.On(desk.RouteResult)
}

func TestCheckingAfterTheWindowSaysThatItMayChargeAndTheDefaultDoesNot(t *testing.T) {
	s := setup()
	s.Till = func(c *till.Config) { c.ResendWindow = 80 * time.Second }
	c := desktest.New(t, s)
	unknown(c)
	c.Pass(5 * time.Second) // the window is over: the till asks no more
	c.Press("f8")
	c.Shows("Checking may itself charge the customer", "If Oxipay never received this, checking now", "125.50 AUD")
	c.Press("enter", "enter")
	c.On(desk.RouteWaiting)
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Fatalf("%d requests after a No", n)
	}
	c.Press("f8", "right", "enter")
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
}

func TestAnInvitationWhoseAnswerWasLostCanBeSentAgain(t *testing.T) {
	s := setup()
	s.Args = func(c *desktest.Counter) any {
		d := till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(6400), Mobile: "0412345678"}
		return desk.AttemptArgs{ID: c.Begin(c.Oxipay, d).ID, Fresh: true}
	}
	c := desktest.New(t, s)
	c.Lose(c.Oxipay)
	c.Shows("Not known whether", "send again")
	c.Golden("invite-unknown-80x24")
	c.Press("f4")
	c.On(desk.RouteInvite)
	c.Press("esc", "esc")
	c.Hides("F6.", "goes on by itself") // it is not there, and nothing goes on
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("%d SMS", n)
	}
}

// closed is a sale that was closed while it was not known.
func closed(c *desktest.Counter) {
	unknown(c)
	c.Press("f7", "right", "enter")
	c.Pass(time.Second)
}

func TestAClosedPaymentIsLeftToAManagerAndNothingGoesOn(t *testing.T) {
	c := desktest.New(t, setup())
	closed(c)
	c.Press("esc")
	c.Shows("125.50 AUD with Oxipay stays at F6 for a manager.")
	c.Hides("goes on by itself")
	c.Type("1") // the next step
	c.Hides("stays at F6 for a manager")
}

func TestPastItsTimeAPaymentGoesOnNoMore(t *testing.T) {
	s := setup()
	s.Till = func(c *till.Config) { c.ResendWindow = 80 * time.Second }
	c := desktest.New(t, s)
	unknown(c)
	c.Pass(5 * time.Second)
	c.Press("esc")
	c.Shows("125.50 AUD with Oxipay stays at F6.")
	c.Hides("goes on by itself")
}

func TestAClosedSaleIsCheckedOnAManagersWordOnly(t *testing.T) {
	c := desktest.New(t, setup())
	closed(c)
	c.Press("f8")
	c.Shows("Checking may itself charge the customer")
	c.Press("right", "enter")
	c.Shows("A manager is needed", "although that may charge", "Mia, please enter your PIN.")
	c.Press("esc") // nobody there
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Fatalf("%d requests without a manager", n)
	}
	c.Press("f8", "right", "enter")
	c.Type(desktest.TomsPIN)
	c.Press("enter")
	c.Shows("That operator or PIN is not right.")
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Fatalf("%d requests on an operator's own word", n)
	}
	c.Press("f8", "right", "enter")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Type("the customer is here and agrees")
	c.Press("enter")
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
}

func TestAManagersOwnCheckOfAClosedSaleNeedsAReasonOnly(t *testing.T) {
	s := setup()
	s.Operator = false
	c := desktest.New(t, s)
	closed(c)
	c.Press("f8", "right", "enter")
	c.Shows("Reason, in words")
	c.Hides("enter your PIN")
	c.Type("the customer is here and agrees")
	c.Press("enter")
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
}

func TestOpenedFromAListItLeadsBackThere(t *testing.T) {
	s := setup()
	fresh := s.Args
	s.Start, s.Args = desk.RouteUnsettled, nil
	c := desktest.New(t, s)
	args := fresh(c).(desk.AttemptArgs)
	args.Fresh = false
	c.Open(desk.RouteWaiting, args)
	c.On(desk.RouteWaiting)
	c.Press("esc")
	c.On(desk.RouteUnsettled)
	c.Hides("stays at F6") // there it is
}

func TestAVerdictThatIsNotSavedIsShownAllTheSame(t *testing.T) {
	c := desktest.New(t, setup())
	a := c.Attempts()[0]
	a.State, a.Code, a.ProviderRef = providers.Approved, "SPRA01", "52011913"
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a, NotSaved: true}})
	c.On(desk.RouteResult)
	if args := c.Opened().(desk.AttemptArgs); args.Unsaved == nil || args.Unsaved.State != providers.Approved {
		t.Errorf("the result was given %+v", args)
	}
}

func TestItFitsEveryWindow(t *testing.T) {
	c := desktest.New(t, setup())
	unknown(c)
	c.EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup(), unknown) }

func TestInTheSmallestWindowWhatToDoNowCanBeScrolledTo(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Width: 40, Height: 12})
	c.Open(desk.RouteWaiting, desk.AttemptArgs{ID: c.Charge(12550, "6199010203").ID, Fresh: true})
	c.Hides("goes on by")
	c.Press("pgdown")
	c.Shows("goes on by")
}

func TestWhatWasBegunJustNowIsKnownBeforeTheJournalIsRead(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	a := c.Charge(12550, "6199010203")
	unread := waiting.New(c.Desk, desk.AttemptArgs{ID: a.ID, Fresh: true, Begun: &a})
	view := unread.View(ui.Canvas{Width: 80, Height: 20, Theme: uitest.Theme(ui.ThemeNoColour)})
	if !strings.Contains(view, "125.50 AUD") || strings.Contains(view, "one moment") || strings.Contains(view, "010203") {
		t.Errorf("it shows:\n%s", view)
	}
}
