package invoice_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/invoice"
	"cashdesk/screens/waiting"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteInvoice: func(args any) ui.Screen { return invoice.New(d, args.(desk.AttemptArgs)) }}
}

// setup makes an OxaPay invoice of 35.00 and opens it as the counter does.
func setup(change ...func(*desktest.Setup)) desktest.Setup {
	s := desktest.Setup{Routes: only, Start: desk.RouteInvoice, Operator: true, Args: func(c *desktest.Counter) any {
		d := till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)}
		a := c.Begin(c.OxaPay, d)
		c.Answer(c.OxaPay, c.Invoice())
		return desk.AttemptArgs{ID: a.ID, Fresh: true}
	}}
	for _, f := range change {
		f(&s)
	}
	return s
}

func size(w, h int) func(*desktest.Setup) {
	return func(s *desktest.Setup) { s.Width, s.Height = w, h }
}

// status is the next look at the invoice, which brings this.
func status(c *desktest.Counter, a providers.Answer) {
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	a.ProviderRef, a.HTTPStatus = "59381726", 200
	c.Answer(c.OxaPay, a)
}

func TestTheInvoiceScreen(t *testing.T) {
	for name, s := range map[string]desktest.Setup{
		"80x24": setup(size(80, 24)), "100x30": setup(size(100, 30)),
		"too-small-60x14": setup(size(60, 14)),
	} {
		c := desktest.New(t, s)
		c.Pass(3 * time.Second)
		c.Golden("open-" + name)
		c.Press("f4")
		c.Golden("large-" + name)
	}
}

func TestTheStatusAsItMoves(t *testing.T) {
	c := desktest.New(t, setup())
	c.Shows("waiting for the coin", "pay.oxapay.com", "left to pay")
	status(c, providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true})
	c.Shows("money seen, not yet safe")
	c.Hides("APPROVED", "✓ approved")
	c.On(desk.RouteInvoice)
}

func TestMoneyThatWasSeenAndDoesNotCountIsSaid(t *testing.T) {
	c := desktest.New(t, setup())
	c.Hides("does not count")
	status(c, providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true})
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 3)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Open, Code: "Waiting", ProviderRef: "59381726", HTTPStatus: 200})
	c.Pass(time.Second)
	c.On(desk.RouteInvoice)
	c.Shows("something came that does not", "Keep the goods", "Something has come")
	c.Hides("waiting for the coin", "Wait for the coin", "APPROVED")
	c.Golden("uncounted-80x24")
	c.Pass(10 * time.Second)
	c.Sent(c.OxaPay, 4)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: "59381726", HTTPStatus: 200})
	c.On(desk.RouteResult)
}

func TestTooLittleMoneyIsNotPaid(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "Paid", Received: "30.00", Shortfall: "5.00"})
	c.On(desk.RouteInvoice)
	c.Shows("◐ partly paid", "received  30.00 AUD", "missing    5.00 AUD")
	c.Hides("✓ approved")
	c.Golden("partly-80x24")
}

func TestPaidAndExpiredGoToTheResult(t *testing.T) {
	for _, answer := range []providers.Answer{{State: providers.Approved, Code: "Paid"}, {State: providers.Expired, Code: "Expired"}} {
		c := desktest.New(t, setup())
		c.Pass(5 * time.Second)
		c.Sent(c.OxaPay, 2)
		c.Answer(c.OxaPay, answer)
		c.On(desk.RouteResult)
	}
}

func TestOnlyTheProviderExpiresAnInvoice(t *testing.T) {
	s := setup()
	s.Args = func(c *desktest.Counter) any {
		a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)})
		open := c.Invoice()
		open.ExpiresAt = a.CreatedAt.Add(time.Minute)
		c.Answer(c.OxaPay, open)
		return desk.AttemptArgs{ID: a.ID, Fresh: true}
	}
	c := desktest.New(t, s)
	c.Wait(2 * time.Minute) // the screen's clock alone; the provider has said nothing
	c.On(desk.RouteInvoice)
	c.Shows("0 s left to pay", "◌ open")
	c.Hides("expired")
}

func TestAWindowTooSmallForTheQRShowsTheLinkAndSaysSo(t *testing.T) {
	c := desktest.New(t, setup(size(60, 16)))
	c.Shows("too small for the QR", "https://pay.oxapay.com/59381726", "(F4 large QR)")
	c.Press("f4")
	c.Shows("F4 large QR: this window is too small")
	c.Resize(40, 12) // what has no room can be scrolled to
	c.Hides("Keep the goods")
	c.Press("pgdown", "pgdown")
	c.Shows("Keep the goods")
	c.Resize(80, 24)
	c.Hides("too small", "https://pay.oxapay.com/59381726")
	c.Shows("pay.oxapay.com")
}

func TestInTestModeTheQRSaysSo(t *testing.T) {
	c := desktest.New(t, setup(func(s *desktest.Setup) { s.Change = func(d *desk.Desk) { d.Shop.Test = true } }))
	c.Shows("TEST  pay.oxapay.com")
}

func TestPutAsideItIsStillWatched(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f7")
	c.Shows("Put aside, still watched. The customer can pay until 15:07")
	if a := c.Attempts()[0]; !a.Aside || a.State != providers.Open {
		t.Fatalf("it is %+v", a)
	}
	status(c, providers.Answer{State: providers.Approved, Code: "Paid"})
	if a := c.Attempts()[0]; a.State != providers.Approved {
		t.Errorf("it is %s", a.State)
	}
}

func TestEscapeLeavesItWatched(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("esc")
	c.Shows("The invoice of 35.00 AUD stays watched")
	if a := c.Attempts()[0]; a.Aside {
		t.Error("it was put aside")
	}
}

func TestKeysTypedAheadDoNotLeaveAnInvoiceThatNobodyHasSeen(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: func(d *desk.Desk) map[string]ui.Route {
		all := only(d)
		all[desk.RouteWaiting] = func(args any) ui.Screen { return waiting.New(d, args.(desk.AttemptArgs)) }
		return all
	}})
	a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)})
	c.Open(desk.RouteWaiting, desk.AttemptArgs{ID: a.ID, Fresh: true})
	c.Answer(c.OxaPay, c.Invoice())
	c.On(desk.RouteInvoice)
	c.PressNow("f7")
	c.PressNow("esc")
	c.On(desk.RouteInvoice)
	if a := c.Attempts()[0]; a.Aside {
		t.Error("it was put aside")
	}
}

func TestCheckingNowLooksAtOnce(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f8")
	c.Sent(c.OxaPay, 2)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid"})
	c.On(desk.RouteResult)
}

func TestTheDemoPlaysTheCustomer(t *testing.T) {
	played := &desktest.Demo{}
	c := desktest.New(t, setup(func(s *desktest.Setup) { s.Change = func(d *desk.Desk) { d.Demo = played } }))
	c.Golden("demo-80x24")
	c.Press("ctrl+o", "ctrl+p", "ctrl+e")
	reference := c.Attempts()[0].Reference
	if want := []string{"pay less " + reference, "pay " + reference, "expire " + reference}; !slices.Equal(played.Played, want) {
		t.Errorf("played %v", played.Played)
	}
	c.Sent(c.OxaPay, 2) // what was played is looked at
}

func TestWithoutTheDemoNobodyPlaysTheCustomer(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("ctrl+p")
	c.On(desk.RouteInvoice)
	for _, a := range c.App.Top().Actions() {
		if strings.Contains(a.ID, "demo") {
			t.Errorf("%s can be pressed", a.ID)
		}
	}
}

func TestTheLinkIsCopiedAndPrinted(t *testing.T) {
	var copied, printed string
	c := desktest.New(t, setup(func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) {
			d.Copy = func(text string) error { copied = text; return nil }
			d.Print = func(text string) error { printed = text; return nil }
		}
	}))
	c.Press("f3", "f2")
	if copied != "https://pay.oxapay.com/59381726" {
		t.Errorf("copied %q", copied)
	}
	for _, want := range []string{"TO PAY  35.00 AUD", copied, "TEST", "until 15:07"} {
		if !strings.Contains(printed, want) {
			t.Errorf("the slip lacks %q:\n%s", want, printed)
		}
	}
}

func TestItFitsEveryWindow(t *testing.T) {
	desktest.New(t, setup()).EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup()) }

func TestAnInvoiceThatIsNotSavedSaysWriteThisDown(t *testing.T) {
	c := desktest.New(t, setup())
	c.Hides("Not saved")
	a := c.Attempts()[0]
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a, NotSaved: true}})
	c.Shows("Not saved: write this down")
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a}})
	c.Hides("Not saved")
}
