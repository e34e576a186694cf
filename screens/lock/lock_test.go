package lock_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
)

// idle is when the counters of these tests lock.
const idle = 5 * time.Minute

// setup is Tom's counter with all its screens.
func setup() desktest.Setup {
	return desktest.Setup{Routes: screens.Routes, Operator: true, IdleLock: idle}
}

// away lets the time pass that nobody touches the counter for.
func away(c *desktest.Counter) {
	c.Pass(idle)
	c.On(desk.RouteLock)
}

func unlock(c *desktest.Counter) {
	c.Type(desktest.TomsPIN)
	c.Press("enter")
}

func TestTheLockedScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}, {"40x12", 40, 12}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Type("12550")
		away(c)
		c.Wait(time.Second)
		c.Golden("settled-" + size.name)
		c.Charge(4500, "6199990203")
		c.Answer(c.Oxipay, desktest.Lost)
		c.Type("826")
		c.Golden("typed-" + size.name)
		c.Type("1")
		c.Press("enter")
		c.Golden("wrong-" + size.name)
	}
}

func TestTheSaleIsStillThereAfterThePIN(t *testing.T) {
	c := desktest.New(t, setup())
	before := c.Desk.Session()
	c.Type("12550")
	c.Scan("6199010203")
	away(c)
	c.Shows("Tom: type your PIN", "Everything at this counter is settled")
	c.Hides("125.50", "6199")
	unlock(c)
	c.On(desk.RouteSale)
	c.Shows("Enter charges 125.50 AUD")
	if c.Desk.Session() != before {
		t.Error("it is another session")
	}
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("unlocking charged %d payments", n)
	}
}

func TestAKeyOrAScanKeepsTheScreenOpen(t *testing.T) {
	c := desktest.New(t, setup())
	c.Pass(idle - 2*time.Second)
	c.Type("1")
	c.Pass(idle - 2*time.Second)
	c.Scan("6199010203")
	c.Pass(idle - 2*time.Second)
	c.On(desk.RouteSale)
	c.Pass(2 * time.Second)
	c.On(desk.RouteLock)
}

func TestAScanReachesNeitherThePINNorTheScreenBeneath(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("12550")
	away(c)
	c.Type("82")
	c.Scan("6199010203")
	c.Hides("6199", "scanned", "203")
	c.Type("64") // the rest of Tom's PIN, around the scan
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Hides("6199", "scanned")
	c.Press("enter") // without a code it asks how to pay
	c.On(desk.RouteMethod)
	c.Press("enter")
	c.On(desk.RouteCode)
	c.Scan("6199010203")  // here it is wanted
	c.Shows("125.50 AUD") // it went into no amount either
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments", n)
	}
}

func TestAScanFromBeforeTheLockIsNotTheNextCustomers(t *testing.T) {
	s := setup()
	s.IdleLock = 30 * time.Second
	c := desktest.New(t, s)
	c.Press("f6") // a page that takes no scan: it is kept
	c.Scan("6199010203")
	c.Shows("scanned 61")
	c.Pass(s.IdleLock)
	c.On(desk.RouteLock)
	c.Hides("scanned")
	unlock(c)
	c.On(desk.RouteUnsettled)
	c.Hides("scanned")
	c.Press("esc")
	c.On(desk.RouteSale)
	c.Hides("scanned", "a code, but no amount")
}

func TestEnterHeldDownChargesNothing(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("12550")
	c.Scan("6199010203")
	away(c)
	c.Type(desktest.TomsPIN)
	c.Wait(time.Second)
	for range 100 {
		c.PressNow("enter")
		c.Wait(30 * time.Millisecond)
	}
	c.On(desk.RouteSale)
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments by an Enter that was meant for the PIN", n)
	}
	c.Press("enter") // let go, and pressed again by somebody who reads
	c.Sent(c.Oxipay, 1)
}

func TestFiveWrongPINsLockAsAtTheSignIn(t *testing.T) {
	c := desktest.New(t, setup())
	away(c)
	for range 5 {
		c.Type("0000")
		c.Press("enter", "enter") // the second Enter has no PIN to try
		c.On(desk.RouteLock)
	}
	unlock(c) // right, but too late
	c.On(desk.RouteLock)
	c.Shows("Tom is locked for another")
	if _, err := c.Till.SignIn(t.Context(), "tom", desktest.TomsPIN); err == nil {
		t.Error("the sign-in knows nothing of the wrong PINs")
	}
}

func TestSomebodyElseSignsIn(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("12550")
	away(c)
	c.Press("f8")
	c.Wait(100 * time.Millisecond)
	c.On(desk.RouteSignIn)
	if c.Desk.SignedIn() || len(c.App.Routes()) != 1 {
		t.Fatalf("signed in is %+v, the screens are %v", c.Desk.Session(), c.App.Routes())
	}
	c.Pass(2 * idle) // nobody is signed in: nothing to lock
	c.On(desk.RouteSignIn)
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Hides("125.50")
	if who := c.Desk.Session().Operator; who != "mia" {
		t.Errorf("signed in is %q", who)
	}
	away(c)
	c.Shows("Mia: type your PIN")
}

func TestASaleOnItsWayIsNeverCovered(t *testing.T) {
	s := setup()
	s.IdleLock = 30 * time.Second
	c := desktest.New(t, s)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Pass(70 * time.Second)
	c.On(desk.RouteWaiting)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Pass(28 * time.Second) // the verdict has its own time to be read
	c.On(desk.RouteResult)
	c.Pass(4 * time.Second)
	c.On(desk.RouteLock)
	c.Hides("125.50", "approved", "52011913")
}

func TestASaleThatIsApprovedMeanwhileIsShownAfterThePIN(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("12550")
	c.Scan("6199990203")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Lost)
	for n := 2; len(c.App.Routes()) < 3; n++ { // it is asked again until nobody is there
		c.Pass(time.Minute)
		c.Sent(c.Oxipay, n)
		if len(c.App.Routes()) < 3 {
			c.Answer(c.Oxipay, desktest.Lost)
		}
	}
	c.On(desk.RouteLock)
	c.Shows("1 not known: payments go on")
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteLock)
	c.Shows("Everything at this counter is settled")
	c.Hides("125.50", "approved", "52011913", "F9 show")
	unlock(c)
	c.On(desk.RouteResult)
	c.Shows("✓ approved", "125.50 AUD")
	c.Hides("F9 show") // it is on the screen
}

func TestNewsWaitUntilSomebodyIsSignedIn(t *testing.T) {
	c := desktest.New(t, setup())
	a := c.Charge(12550, "6199010203")
	c.Pass(time.Second)
	away(c)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Hides("125.50", "approved", "F9 show")
	c.Press("f9")
	c.On(desk.RouteLock)
	c.Press("enter") // a key's reason is said, and the news stay hidden behind it
	c.Shows("type your PIN first")
	c.Press("f8")
	c.Wait(100 * time.Millisecond)
	c.On(desk.RouteSignIn)
	c.Hides("125.50", "approved", "F9 show")
	c.Press("f9")
	c.On(desk.RouteSignIn)
	c.Press("down")
	unlock(c)
	c.On(desk.RouteSale)
	c.Shows("125.50 AUD  Oxipay  approved", "F9 show")
	c.Press("f9")
	c.On(desk.RouteResult)
	if c.Attempts()[0].ID != a.ID {
		t.Error("it is another payment")
	}
}

func TestAnOpenQuestionIsAnsweredNo(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("1500000")
	c.Scan("6199010203")
	c.Press("enter")
	c.Shows("A large amount")
	c.Press("right") // Yes is chosen, but nobody confirmed it
	away(c)
	c.Hides("large", "15,000")
	unlock(c)
	c.On(desk.RouteSale)
	c.Hides("A large amount")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments", n)
	}
	c.Press("enter") // it can be asked anew
	c.Shows("A large amount")
}

func TestTheHelpPageIsCoveredToo(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f1")
	away(c)
	c.Hides("Keys")
	unlock(c)
	c.On(desk.RouteSale)
	c.Shows("Amount")
}

func TestAWindowThatIsTooSmallLocksAsWell(t *testing.T) {
	c := desktest.New(t, setup())
	c.Resize(30, 6)
	away(c)
	c.Type(desktest.TomsPIN) // nobody can read what is typed here
	c.Press("enter")
	c.Resize(80, 24)
	c.On(desk.RouteLock)
	unlock(c)
	c.On(desk.RouteSale)
}

func TestWithoutATimeItNeverLocks(t *testing.T) {
	s := setup()
	s.IdleLock = 0
	c := desktest.New(t, s)
	c.Pass(3 * idle)
	c.On(desk.RouteSale)
}

func TestThePlainPageSaysItLineByLine(t *testing.T) {
	s := setup()
	s.Theme = ui.ThemePlain
	c := desktest.New(t, s)
	away(c)
	c.Shows("Locked. Tom: type your PIN", "PIN: ")
}

func TestEveryTryIsInTheJournal(t *testing.T) {
	c := desktest.New(t, setup())
	away(c)
	c.Type("0000")
	c.Press("enter")
	unlock(c)
	c.On(desk.RouteSale)
	events, err := c.Journal.CounterEvents(t.Context(), []providers.EventType{providers.EventPINTry, providers.EventPINRight}, "tom", time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	var tries []string
	for _, e := range events { // newest first
		tries = append(tries, string(e.Type))
	}
	want := []string{string(providers.EventPINRight), string(providers.EventPINTry), string(providers.EventPINTry)}
	if strings.Join(tries, " ") != strings.Join(want, " ") {
		t.Errorf("the journal has %v", tries)
	}
}

func TestItFitsEverywhere(t *testing.T) {
	s := setup()
	s.IdleLock = 30 * time.Second
	locked := func(c *desktest.Counter) {
		c.Charge(4500, "6199990203")
		c.Answer(c.Oxipay, desktest.Lost)
		c.Wait(s.IdleLock)
		c.Type("0000")
		c.Press("enter")
		c.On(desk.RouteLock)
	}
	desktest.Corners(t, s, locked)
	c := desktest.New(t, s)
	locked(c)
	c.EverySize()
}
