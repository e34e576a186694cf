package detail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/detail"
	"cashdesk/ui"
)

// setup shows the payment that begin makes before the screen is opened.
func setup(begin func(*desktest.Counter) providers.Attempt) desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteDetail: func(args any) ui.Screen { return detail.New(d, args.(desk.AttemptArgs)) }}
		},
		Start: desk.RouteDetail,
		Args:  func(c *desktest.Counter) any { return desk.AttemptArgs{ID: begin(c).ID} },
	}
}

func approved(c *desktest.Counter) providers.Attempt {
	a := c.Charge(12550, "6199013203")
	c.Answer(c.Oxipay, desktest.Approved)
	return a
}

func declined(c *desktest.Counter) providers.Attempt {
	a := c.Charge(31000, "6199108203")
	c.Answer(c.Oxipay, desktest.Declined)
	return a
}

func unknown(c *desktest.Counter) providers.Attempt {
	a := c.Charge(12550, "6199990203")
	c.Answer(c.Oxipay, desktest.Lost)
	return a
}

func open(c *desktest.Counter) providers.Attempt {
	usd := providers.Currency{Code: "USD", Decimals: 2}
	a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: providers.Amount{Minor: 3500, Currency: usd}})
	c.Answer(c.OxaPay, c.Invoice())
	return a
}

// state is the only payment as the journal has it.
func state(t *testing.T, c *desktest.Counter) providers.Attempt {
	t.Helper()
	all := c.Attempts()
	if len(all) != 1 {
		t.Fatalf("%d payments", len(all))
	}
	return all[0]
}

func TestTheDetail(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		for name, begin := range map[string]func(*desktest.Counter) providers.Attempt{
			"approved": approved, "declined": declined, "unknown": unknown, "open": open,
		} {
			s := setup(begin)
			s.Width, s.Height = size.w, size.h
			c := desktest.New(t, s)
			c.Golden(name + "-" + size.name)
			c.Press("pgdown", "pgdown")
			c.Golden(name + "-end-" + size.name)
		}
	}
}

func TestTheReasonOfADeclineTakesAKeyAndTheCodeAManager(t *testing.T) {
	s := setup(declined)
	s.Height, s.Width = 40, 100
	s.Operator = true
	c := desktest.New(t, s)
	c.Hides("internal risk")
	c.Press("f3")
	c.Shows("Declined by internal risk assessment")
	c.Hides("6199108203")
	c.Press("f3")
	c.Shows("Mia, please enter your PIN.")
	c.Hides("6199108203")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Type("the customer asks")
	c.Press("enter")
	c.Shows("6199108203", "noted: personal", "customer asks (Mia)")
	c.Press("f3")
	c.Shows("it is shown already")

	s.Operator = false
	c = desktest.New(t, s)
	c.Hides("internal risk", "6199108203")
	c.Press("f3")
	c.Shows("Declined by internal risk assessment")
	c.Press("f3")
	c.Hides("6199108203")
	c.Shows("Reason, in words")
	c.Type("the customer asks")
	c.Press("enter")
	c.Shows("6199108203")
}

func TestAnOperatorDoesNotSeeSomebodyElsesFinishedPayment(t *testing.T) {
	s := setup(approved)
	begun := s.Args
	s.Args = func(c *desktest.Counter) any {
		args := begun(c)
		tom, err := c.Till.SignInTrusted(context.Background(), "tom")
		if err != nil {
			t.Fatal(err)
		}
		tom.Since = tom.Since.Add(time.Minute) // it was finished before Tom came
		c.Desk.SetSession(tom)
		return args
	}
	c := desktest.New(t, s)
	c.Shows("Only a manager may see everybody's payments.")
	c.Hides("125.50", "52011913")
}

func TestWhatIsPastSaysWhyOnTheHelpPage(t *testing.T) {
	c := desktest.New(t, setup(approved))
	c.Press("f8", "f5", "f7")
	c.On(desk.RouteDetail)
	c.Hides("Did the customer leave", "Settle it")
	c.Resize(100, 40)
	c.Press("f1")
	c.Shows("there is nothing to check: it is approved", "only a payment that is not known is settled by hand")
}

func TestEnterShowsTheScreenForTheCustomer(t *testing.T) {
	for route, begin := range map[string]func(*desktest.Counter) providers.Attempt{
		desk.RouteResult: approved, desk.RouteWaiting: unknown, desk.RouteInvoice: open,
	} {
		c := desktest.New(t, setup(begin))
		c.Press("enter")
		c.On(route)
		if args := c.Opened().(desk.AttemptArgs); args.ID != state(t, c).ID || args.Fresh {
			t.Errorf("%s was given %+v", route, args)
		}
	}
}

func TestAnUnknownOneIsCheckedNow(t *testing.T) {
	c := desktest.New(t, setup(unknown))
	before := len(c.Oxipay.Bodies())
	c.Press("f8")
	c.Sent(c.Oxipay, before+1)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Shows("approved", "52011913")
	bodies := c.Oxipay.Bodies()
	if bodies[0] != bodies[len(bodies)-1] {
		t.Error("the check sent other bytes than the first request")
	}
}

func TestAfterTheResendWindowACheckThatMayChargeAsksFirst(t *testing.T) {
	c := desktest.New(t, setup(unknown))
	c.Press("f7", "right", "enter") // closed: nothing is sent by itself any more
	sent := len(c.Oxipay.Bodies())
	c.Press("f8")
	c.Shows("If Oxipay never received this, checking now charges the", "customer 125.50 AUD.")
	c.Wait(time.Second)
	c.Press("enter") // the default
	if n := len(c.Oxipay.Bodies()); n != sent {
		t.Fatalf("%d requests instead of %d: the default answer sent one", n, sent)
	}
	c.Press("f8")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Shows("Reason, in words", "although that may charge")
	c.Type("the customer is here and agrees")
	c.Press("enter")
	c.Sent(c.Oxipay, sent+1)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Shows("Approved after the sale was closed.")
}

func TestAnOperatorChecksAClosedSaleOnAManagersWord(t *testing.T) {
	s := setup(unknown)
	s.Operator = true
	c := desktest.New(t, s)
	c.Press("f7", "right", "enter")
	c.Pass(time.Second)
	sent := len(c.Oxipay.Bodies())
	c.Press("f8", "right", "enter")
	c.Shows("Mia, please enter your PIN.")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Type("the customer is here and agrees")
	if n := len(c.Oxipay.Bodies()); n != sent {
		t.Fatalf("%d requests before the manager agreed", n-sent)
	}
	c.Press("enter")
	c.Sent(c.Oxipay, sent+1)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Shows("Approved after the sale was closed.")
}

func TestClosingAsksAndTheDefaultKeepsAsking(t *testing.T) {
	c := desktest.New(t, setup(unknown))
	c.Press("f7", "enter")
	if state(t, c).Closed {
		t.Fatal("the default answer closed it")
	}
	c.Press("f7", "right", "enter")
	if !state(t, c).Closed {
		t.Error("it was not closed")
	}
	c.Press("f7") // says why not
	c.Shows("it is closed already")
}

func TestAManagerSettlesWithAReasonAndASecondThought(t *testing.T) {
	c := desktest.New(t, setup(unknown))
	c.Press("f4")
	c.Type("the portal shows 52011913")
	c.Press("enter")
	c.Shows("Settle it as paid?")
	c.Wait(time.Second)
	c.Press("enter") // the default
	if s := state(t, c).State; s != providers.Unknown {
		t.Fatalf("the default answer made it %s", s)
	}
	c.Press("f4")
	c.Type("the portal shows 52011913")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	if a := state(t, c); a.State != providers.Approved || !a.Settled {
		t.Errorf("it is %s", a.State)
	}
	c.Resize(99, 40)
	c.Shows("Settled by a manager: paid.", "the portal shows 52011913 (Mia)")
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("settling by hand sent something: %d requests", n)
	}
}

func TestAnOperatorNeedsTheManagersPIN(t *testing.T) {
	s := setup(unknown)
	s.Operator = true
	c := desktest.New(t, s)
	vouch := func(pin string) {
		c.Press("f5")
		c.Type(pin)
		c.Press("enter")
		c.Wait(time.Second)
	}
	vouch(desktest.TomsPIN)
	c.Shows("That operator or PIN is not right.")
	c.Hides("Settle it as not paid?")
	vouch(desktest.MiasPIN)
	c.Type("nothing in the portal")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	if a := state(t, c); a.State != providers.Declined || !a.Settled {
		t.Errorf("it is %s", a.State)
	}
	c.Resize(100, 40)
	c.Shows("Settled by a manager: not paid.", "(Mia)")
}

func TestNewsAppearByThemselves(t *testing.T) {
	c := desktest.New(t, setup(unknown))
	c.Pass(6 * time.Second) // the resend of the background
	c.Sent(c.Oxipay, 2)
	c.Shows("not known")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Shows("approved")
	c.On(desk.RouteDetail)
}

func TestTheOtherPaymentsOfASaleAreOneKeyAway(t *testing.T) {
	var first providers.Attempt
	s := setup(func(c *desktest.Counter) providers.Attempt {
		first = declined(c)
		a := c.Begin(c.Oxipay, till.Draft{Sale: first.Sale, Provider: providers.Oxipay, Kind: providers.Authorise, Amount: first.Amount, Code: "6199013204"})
		c.Answer(c.Oxipay, desktest.Approved)
		return a
	})
	s.Width, s.Height = 100, 40
	c := desktest.New(t, s)
	c.Shows("This sale", "declined", "approved")
	c.Golden("sale-100x40")
	c.Press("tab", "enter")
	if args := c.Opened().(desk.AttemptArgs); args.ID != first.ID {
		t.Error("Tab did not lead to the sale's first payment")
	}
}

func TestAContradictionIsLookedAtByAManager(t *testing.T) {
	s := setup(unknown)
	s.Width, s.Height = 100, 40
	c := desktest.New(t, s)
	c.Press("f2") // no warning yet
	c.Hides("Reason, in words")
	c.Pass(4 * time.Second) // the key took the first second; beyond the fifth the resend could be later
	c.Sent(c.Oxipay, 2)     // the resend is on its way
	c.Press("f5")
	c.Type("nothing in the portal")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Contradict(c.Oxipay, desktest.Approved) // and now it is paid after all
	c.Shows("It is declined, but an answer came later that says otherwise.")
	if a := state(t, c); a.State != providers.Declined {
		t.Fatalf("what was settled by hand was overwritten: %s", a.State)
	}
	c.Golden("contradicted-100x40")
	c.Press("f2")
	c.Type("refunded in the portal")
	c.Press("enter")
	c.Shows("Close the warning?")
	c.Wait(time.Second)
	c.Press("right", "enter")
	if a := state(t, c); a.Contradicted || a.State != providers.Declined {
		t.Errorf("after it was looked at: %s, contradicted %v", a.State, a.Contradicted)
	}
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(unknown))
	desktest.Corners(t, setup(open))
	desktest.New(t, setup(declined)).EverySize()
	if strings.Contains(desktest.New(t, setup(declined)).Frame(), "6199108203") {
		t.Error("the code is not masked")
	}
}
