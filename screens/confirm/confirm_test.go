package confirm_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/confirm"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteConfirm: func(args any) ui.Screen { return confirm.New(d, args.(desk.DraftArgs)) }}
}

func setup(d till.Draft) desktest.Setup {
	return desktest.Setup{Routes: only, Start: desk.RouteConfirm, Args: func(*desktest.Counter) any { return desk.DraftArgs{Draft: d} }}
}

var (
	oxipay = till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(12550), Code: "6199010203"}
	sms    = till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(6400), Mobile: "0412 345 678"}
)

func xaigate() till.Draft {
	return till.Draft{Provider: providers.XaiGate, Kind: providers.Invoice, Amount: providers.Amount{Minor: 1850, Currency: providers.Currency{Code: "EUR", Decimals: 2}}}
}

func TestTheConfirmScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		for name, d := range map[string]till.Draft{"oxipay": oxipay, "invite": sms, "xaigate": xaigate()} {
			s := setup(d)
			s.Width, s.Height = size.w, size.h
			c := desktest.New(t, s)
			c.Pass(time.Second)
			c.Golden(name + "-" + size.name)
		}
	}
}

func TestEnterChargesOnceHoweverOftenItIsPressed(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	c.PressNow("enter")
	c.PressNow("enter")
	c.Mean()
	c.PressNow("enter")
	c.PressNow("enter")
	c.Sent(c.Oxipay, 1)
	c.On(desk.RouteWaiting)
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestAnEnterMeantForTheScreenBeforeChargesNothing(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	for range 100 { // the key is held down
		c.PressNow("enter")
		c.Wait(30 * time.Millisecond)
	}
	c.Wait(time.Second)
	c.On(desk.RouteConfirm)
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments", n)
	}
	c.Mean()
	c.On(desk.RouteWaiting)
}

func TestAScanReplacesTheCodeAndNeverConfirms(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	c.Scan("6199777888")
	c.On(desk.RouteConfirm)
	c.Shows("6199 ••• 888", "took the place of the one before")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments by a scan", n)
	}
	c.Mean()
	c.Sent(c.Oxipay, 1)
	if body := c.Oxipay.Bodies()[0]; !strings.Contains(body, "6199777888") || strings.Contains(body, "6199010203") {
		t.Errorf("it sent %s", body)
	}
}

func TestBackSendsNothing(t *testing.T) {
	s := setup(oxipay)
	c := desktest.New(t, s)
	c.Press("esc")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d payments", n)
	}
}

func TestAnInvitationIsSentToTheNumberThatWasShown(t *testing.T) {
	c := desktest.New(t, setup(sms))
	c.Shows("0412 345 678", "send the SMS")
	c.Mean()
	c.Sent(c.Oxipay, 1)
	if a := c.Attempts()[0]; a.Kind != providers.Invite || a.Amount != desktest.Minor(6400) {
		t.Errorf("the journal has %+v", a)
	}
}

func TestTheEmailIsTheShopsUntilAnotherIsTyped(t *testing.T) {
	c := desktest.New(t, setup(xaigate()))
	c.Shows("till@hillst.example")
	c.Press("ctrl+u")
	c.Type("not an address")
	c.Mean()
	c.On(desk.RouteConfirm)
	c.Shows("not an address")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d invoices with a bad address", n)
	}
	c.Press("ctrl+u")
	c.Type("mia@example.org")
	c.Mean()
	c.Sent(c.XaiGate, 1)
	if body := c.XaiGate.Bodies()[0]; !strings.Contains(body, "mia@example.org") {
		t.Errorf("it sent %s", body)
	}
}

func TestASpentCodeMustBeScannedAnew(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	c.Charge(8900, "010203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Mean()
	c.Shows("This code was used before")
	c.Press("esc")
	c.Mean()
	c.On(desk.RouteConfirm)
	c.Shows("scan the customer's new code first")
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestItFitsEveryWindow(t *testing.T) { desktest.New(t, setup(xaigate())).EverySize() }

func TestItFitsTheCornersInEveryTheme(t *testing.T) { desktest.Corners(t, setup(oxipay)) }

func TestAPartOfTheSaleIsFinancedAndTheRestIsSaid(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	c.Press("f4")
	c.Scan("6199777888") // kept: a scan is no amount
	c.Type("20000")
	c.Press("enter")
	c.Shows("that is more than the sale")
	c.Press("ctrl+u")
	c.Type("10000")
	c.Shows("the customer pays 25.50 in another way")
	c.Golden("part-80x24")
	c.Press("enter")
	c.On(desk.RouteConfirm)
	c.Shows("Oxipay pays 100.00, the customer pays 25.50 AUD in another way", "charge 100.00 AUD")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments while the part was typed", n)
	}
	c.Mean()
	c.Sent(c.Oxipay, 1)
	a := c.Attempts()[0]
	if part, rest := a.Financed(); part != desktest.Minor(10000) || rest != desktest.Minor(2550) || a.Amount != desktest.Minor(12550) {
		t.Errorf("the journal has %+v", a)
	}
}

func TestThePartIsGivenUp(t *testing.T) {
	c := desktest.New(t, setup(oxipay))
	c.Press("f4")
	c.Type("10000")
	c.Press("esc")
	c.On(desk.RouteConfirm)
	c.Shows("charge 125.50 AUD")
	c.Mean()
	c.Sent(c.Oxipay, 1)
	if a := c.Attempts()[0]; a.FinanceMinor != 0 {
		t.Errorf("the journal has %+v", a)
	}
}
