package transfer_test

import (
	"errors"
	"strings"
	"testing"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/transfer"
	"cashdesk/screens/waiting"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteTransfer: func(args any) ui.Screen { return transfer.New(d, args.(desk.AttemptArgs)) }}
}

func setup(answer providers.Answer, change ...func(*desktest.Setup)) desktest.Setup {
	s := desktest.Setup{Routes: only, Start: desk.RouteTransfer, Args: func(c *desktest.Counter) any {
		a := c.Begin(c.Payneteasy, till.Draft{
			Provider: providers.Payneteasy, Kind: providers.Transfer,
			Amount: providers.Amount{Minor: 20000, Currency: providers.Currency{Code: "EUR", Decimals: 2}},
		})
		c.Answer(c.Payneteasy, answer)
		return desk.AttemptArgs{ID: a.ID, Fresh: true}
	}}
	for _, f := range change {
		f(&s)
	}
	return s
}

// plain is a transfer without a page to go on at, its commission one figure.
func plain() providers.Answer {
	a := desktest.Begun
	a.Link, a.CommissionMin, a.CommissionMax = "", "2.5", "2.50"
	return a
}

func TestTheTransferScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		for name, answer := range map[string]providers.Answer{"link": desktest.Begun, "plain": plain()} {
			c := desktest.New(t, setup(answer, func(s *desktest.Setup) { s.Width, s.Height = size.w, size.h }))
			c.Golden(name + "-" + size.name)
		}
	}
}

func TestATransferIsNeverCalledPaid(t *testing.T) {
	for number, answer := range map[string]providers.Answer{"invoice 1f4c…5a11": desktest.Begun, "invoice 1f4ce2ae-9f4d-4d2a-a1b0-0c6e8e4e5a11": plain()} {
		c := desktest.New(t, setup(answer))
		c.Shows("begun; not confirmed here", number, "EUR")
		c.Hides("approved", "✓", "Paid.")
	}
}

func TestALongLinkHasItsQRAloneAndTheHostBesideIt(t *testing.T) {
	long := desktest.Begun
	long.Link = "http://127.0.0.1:41025/h/6f1ecde2-d45b-428e-9996-f46314c364df?nonce=0123456789abcdef0123456789ab" // 92 bytes
	c := desktest.New(t, setup(long, func(s *desktest.Setup) { s.Change = func(d *desk.Desk) { d.Shop.Test = true } }))
	c.Shows("F4 shows the QR alone", "http://127.0.0.1:41025/h/6f1ecde2")
	c.Press("f4")
	c.Shows("▀▀▀▀▀▀▀", "TEST", "127.0.0.1:41025")
	c.Golden("long-80x24")
	c.Press("f4")
	c.Hides("▀▀▀▀▀▀▀")
}

func TestTheCommissionIsOneFigureWhereBothAreEqual(t *testing.T) {
	c := desktest.New(t, setup(plain()))
	c.Shows("2.50 EUR")
	c.Hides("2.50 to")
	c = desktest.New(t, setup(desktest.Begun))
	c.Shows("1.50 to 3.00 EUR")
	mixed := plain()
	mixed.CommissionMin, mixed.CommissionMax = "0.5", "1.00"
	c = desktest.New(t, setup(mixed))
	c.Shows("0.50 to 1.00 EUR")
	none := plain()
	none.CommissionMin, none.CommissionMax = "", ""
	c = desktest.New(t, setup(none))
	c.Hides("commission")
}

func TestKeysTypedAheadDoNotDismissIt(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: func(d *desk.Desk) map[string]ui.Route {
		all := only(d)
		all[desk.RouteWaiting] = func(args any) ui.Screen { return waiting.New(d, args.(desk.AttemptArgs)) }
		return all
	}})
	a := c.Begin(c.Payneteasy, till.Draft{
		Provider: providers.Payneteasy, Kind: providers.Transfer,
		Amount: providers.Amount{Minor: 20000, Currency: providers.Currency{Code: "EUR", Decimals: 2}},
	})
	c.Open(desk.RouteWaiting, desk.AttemptArgs{ID: a.ID, Fresh: true})
	c.Answer(c.Payneteasy, desktest.Begun)
	c.PressNow("enter")
	c.PressNow("f4")
	c.On(desk.RouteTransfer)
	c.Shows("begun; not confirmed here")
}

func TestTheSlipSaysThatItIsNotPaid(t *testing.T) {
	var slip string
	c := desktest.New(t, setup(desktest.Begun, func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) { d.Print = func(text string) error { slip = text; return nil } }
	}))
	c.Press("f2")
	for _, want := range []string{"NOT PAID YET", "200.00 EUR", "TEST"} {
		if !strings.Contains(slip, want) {
			t.Errorf("the slip lacks %q:\n%s", want, slip)
		}
	}
}

func TestTheLinkIsCopiedAndAPrinterThatFailsIsSaid(t *testing.T) {
	var copied string
	c := desktest.New(t, setup(desktest.Begun, func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) {
			d.Copy = func(text string) error { copied = text; return nil }
			d.Print = func(string) error { return errors.New("the printer is out of paper") }
		}
	}))
	c.Press("f3")
	c.Shows("The link is copied.")
	if copied != desktest.Begun.Link {
		t.Errorf("copied %q", copied)
	}
	c.Press("f2")
	c.Shows("The printer is out of paper.")
	c.Hides("The slip is printed")
}

func TestItFitsEveryWindow(t *testing.T) {
	desktest.New(t, setup(plain())).EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup(desktest.Begun)) }

func TestATransferThatIsNotSavedSaysWriteThisDown(t *testing.T) {
	c := desktest.New(t, setup(desktest.Begun))
	c.Hides("Not saved")
	a := c.Attempts()[0]
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a, NotSaved: true}})
	c.Shows("Not saved: write this down")
	c.Send(desk.UpdateMsg{Update: till.Update{Attempt: a}})
	c.Hides("Not saved")
}
