package history_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/history"
	"cashdesk/ui"
)

func setup(text string) desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteHistory: func(args any) ui.Screen { return history.New(d, args.(desk.HistoryArgs)) }}
		},
		Start: desk.RouteHistory,
		Args:  func(*desktest.Counter) any { return desk.HistoryArgs{Text: text} },
	}
}

var (
	usd = providers.Currency{Code: "USD", Decimals: 2}
	eur = providers.Currency{Code: "EUR", Decimals: 2}
)

// day is a day with one payment of each kind: Tom's, then Mia's.
func day(t *testing.T, c *desktest.Counter) {
	t.Helper()
	mia := c.Desk.Session()
	as(t, c, "tom")
	c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: 20000, Currency: eur}})
	c.Answer(c.Payneteasy, desktest.Begun)
	c.Pass(time.Minute)
	c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(6400), Mobile: "0412345678"})
	c.Answer(c.Oxipay, desktest.Invited)
	c.Pass(time.Minute)
	c.Desk.SetSession(mia)
	c.Charge(31000, "6199108203")
	c.Answer(c.Oxipay, desktest.Declined)
	c.Pass(time.Minute)
	c.Charge(8900, "6199013313")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Pass(time.Minute)
	c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: providers.Amount{Minor: 3500, Currency: usd}})
	c.Answer(c.OxaPay, c.Invoice())
	c.Charge(12550, "6199990203")
	c.Answer(c.Oxipay, desktest.Lost)
}

// as makes somebody else sign in.
func as(t *testing.T, c *desktest.Counter, id string) {
	t.Helper()
	s, err := c.Till.SignInTrusted(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	c.Desk.SetSession(s)
}

func TestTheManagersPage(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}, {"40x12", 40, 12}} {
		s := setup("")
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("empty-" + size.name)
		day(t, c)
		c.Golden("session-" + size.name)
		c.Press("tab", "tab")
		c.Golden("all-" + size.name)
		c.Type("nothing like it")
		c.Golden("none-" + size.name)
	}
}

func TestStaffSeeTheirOwnAndAManagerAll(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	c.Hides("handed over") // that was in Tom's session
	c.Press("tab")
	c.Shows("handed over", "invited", "approved", "declined")

	as(t, c, "tom")
	c.Press("shift+tab", "tab") // read again, as Tom
	c.Shows("handed over", "invited")
	c.Hides("approved", "declined", "89.00")
}

func TestTypingSearchesAndEscClearsBeforeItLeaves(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	c.Type("310")
	c.Shows("310.00 AUD", "1 in all")
	c.Hides("125.50", "89.00")
	c.Press("esc")
	c.On(desk.RouteHistory)
	c.Shows("125.50", "89.00", "310.00")
}

func TestAScanFindsThePaymentOnWhateverDay(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	before := len(c.Attempts())
	c.Type("8")
	c.Scan("6199013313")
	c.Shows("all days", "89.00 AUD", "1 in all")
	c.Hides("125.50", "86199") // what was typed before is no part of the code
	if after := len(c.Attempts()); after != before {
		t.Error("a scan here began a payment")
	}
}

func TestFiltersNarrowTheListAndTheTotals(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	c.Press("f2")
	c.Shows("Oxipay ▾")
	c.Hides("OxaPay")
	c.Press("f3")
	c.Shows("approved 89.00 AUD", "1 in all")
	c.Hides("not known", "125.50")
}

func TestHandedOverIsNeverCountedAsTaken(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	c.Press("tab")
	c.Shows("handed over, not confirmed here 200.00 EUR", "approved 89.00 AUD")
	if frame := c.Frame(); strings.Contains(frame, "289.00") || strings.Contains(frame, "approved 200") {
		t.Errorf("it is among the takings:\n%s", frame)
	}
}

func TestEnterOpensTheMarkedPayment(t *testing.T) {
	c := desktest.New(t, setup(""))
	c.Press("enter") // the list is empty
	c.On(desk.RouteHistory)
	day(t, c)
	c.Press("down", "down", "enter")
	c.On(desk.RouteDetail)
	args := c.Opened().(desk.AttemptArgs)
	if want := c.Attempts()[2]; args.ID != want.ID || args.Fresh {
		t.Errorf("opened %+v, not %s", args, want.ID)
	}
}

func TestNewsDoNotMoveTheMarker(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	c.Press("down", "down")
	marked := c.Attempts()[2]
	c.Charge(4500, "6199040506") // a newer one above all
	c.Press("enter")
	if args := c.Opened().(desk.AttemptArgs); args.ID != marked.ID {
		t.Error("the marker stands on another payment than before the news")
	}
}

func TestALongHistoryIsReadPageByPage(t *testing.T) {
	c := desktest.New(t, setup(""))
	const many = 130
	for i := range many {
		c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: int64(100 + i), Currency: eur}})
	}
	c.Press("tab") // reads anew
	c.Shows("100 of 130 read")
	c.Hides("1.00 EUR")
	for range 9 {
		c.Press("pgdown")
	}
	c.Shows("130 in all", "1.00 EUR") // the oldest
	c.Press("ctrl+home")
	c.Shows("2.29 EUR") // the newest
}

func TestASearchFromElsewhereLooksThroughAllDays(t *testing.T) {
	c := desktest.New(t, setup("89.00"))
	c.Shows("all days", "89.00")
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(""), func(c *desktest.Counter) {
		day(t, c)
		c.Press("tab", "tab")
	})
	c := desktest.New(t, setup(""))
	day(t, c)
	c.EverySize()
}

func TestAnOperatorSeesEverybodysPaymentsOnAManagersWord(t *testing.T) {
	c := desktest.New(t, setup(""))
	day(t, c)
	as(t, c, "tom")
	c.Press("tab")
	c.Shows("200.00 EUR")
	c.Hides("310.00 AUD", "89.00 AUD")
	c.Press("f4")
	c.Shows("See everybody's payments on this page.", "Mia, please enter your PIN.")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Type("a customer asks for it")
	c.Press("enter")
	c.Shows("200.00 EUR", "310.00 AUD", "89.00 AUD")
	c.Press("f4")
	c.Shows("these are everybody's")
	c.Press("enter")
	if args, ok := c.Opened().(desk.AttemptArgs); !ok || args.As.ID != c.Desk.Session().ID {
		t.Errorf("the payment's page is not told: %+v", args)
	}
	said, err := c.Journal.CounterEvents(t.Context(), []providers.EventType{providers.EventAllowed}, "mia", time.Time{}, 10)
	if err != nil || len(said) != 1 || said[0].Note != "see everybody's payments: a customer asks for it" {
		t.Errorf("the journal says %+v, %v", said, err)
	}
}
