package sale_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/sale"
	"cashdesk/ui"
)

func only(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{desk.RouteSale: func(any) ui.Screen { return sale.New(d) }}
}

func counter(t *testing.T) *desktest.Counter {
	t.Helper()
	return desktest.New(t, desktest.Setup{Routes: only})
}

func demo(d *desk.Desk) {
	d.Demo = &desktest.Demo{}
	d.Shop.DemoHint = []string{"no scanner? type the amount, Enter, Enter, then code 010203", "code 01…  approved     code 10… to 23…  declined", "code 99…  not known yet", "Ctrl+L    the next answer gets lost"}
}

func TestTheIdleScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		c := desktest.New(t, desktest.Setup{Routes: only, Width: size.w, Height: size.h})
		c.Golden("idle-" + size.name)
		c.Type("12550")
		c.Golden("amount-" + size.name)
		c.Scan("6199010203")
		c.Golden("ready-" + size.name)
		c.Press("esc")

		c.Charge(8900, "010101")
		c.Answer(c.Oxipay, desktest.Approved)
		c.Pass(3 * time.Minute)
		c.Charge(31000, "130000")
		c.Answer(c.Oxipay, desktest.Declined)
		c.Pass(2 * time.Minute)
		c.Charge(24000, "990000")
		c.Answer(c.Oxipay, desktest.Lost)
		c.Pass(2 * time.Second)
		c.Golden("last-" + size.name)
	}
}

func TestTheIdleScreenOfTheDemo(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Change: demo})
	c.Golden("demo-80x24")
	c.Charge(8900, "010101")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Pass(time.Second)
	c.Golden("demo-last-80x24")
	c.Press("ctrl+l")
	if played := c.Desk.Demo.(*desktest.Demo).Played; len(played) != 1 || played[0] != "lose next" {
		t.Errorf("played %v", played)
	}
}

func TestAmountScanEnterIsAWholeSale(t *testing.T) {
	c := counter(t)
	c.Type("12550")
	c.Scan("6199010203")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments before Enter: a scan alone moves no money", n)
	}
	c.Shows("Enter charges 125.50 AUD with Oxipay", "code 6199 ••• 203 scanned")
	c.Press("enter")
	c.On(desk.RouteWaiting)
	c.Sent(c.Oxipay, 1)
	all := c.Attempts()
	if len(all) != 1 || all[0].Amount != desktest.Minor(12550) || all[0].Provider != providers.Oxipay {
		t.Fatalf("the journal has %+v", all)
	}
	if args := c.Opened().(desk.AttemptArgs); args.ID != all[0].ID || !args.Fresh {
		t.Errorf("waiting was given %+v", args)
	}
	c.Press("esc") // the stand-in goes back
	c.Shows("type the amount")
	c.Hides("203 scanned")
}

func TestAScanBeforeTheAmountIsKeptAndNeverBecomesAnAmount(t *testing.T) {
	c := counter(t)
	c.Scan("6199010203")
	c.Shows("a code, but no amount yet")
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Type("500")
	c.Shows("Enter charges 5.00 AUD")
	c.Press("enter")
	c.On(desk.RouteWaiting)
}

func TestAScanInTheMiddleOfTheAmountLeavesItAsItWas(t *testing.T) {
	c := counter(t)
	c.Type("12")
	c.Scan("6199010203")
	c.Type("50")
	c.Shows("Enter charges 12.50 AUD")
}

func TestEnterPressedTwiceChargesOnce(t *testing.T) {
	c := counter(t)
	c.Type("12550")
	c.Scan("6199010203")
	c.PressNow("enter")
	c.PressNow("enter")
	c.Sent(c.Oxipay, 1)
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestAShortCodeOfAScannerIsNotChargedWithTheAmount(t *testing.T) {
	c := counter(t)
	c.Type("125")
	c.Scan("6199010203")
	c.ScanOnly("12") // from a price tag
	c.PressNow("enter")
	c.On(desk.RouteSale)
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments", n)
	}
	c.Shows("125.12 AUD") // two digits cannot be told from typing, so they are seen
}

func TestAnAmountWithoutACodeLeadsToTheOtherWays(t *testing.T) {
	c := counter(t)
	c.Type("3500")
	c.Press("enter")
	c.On(desk.RouteMethod)
	if d := c.Opened().(desk.DraftArgs).Draft; d.Amount != desktest.Minor(3500) || d.Code != "" {
		t.Errorf("the draft is %+v", d)
	}
}

func TestNothingTypedMeansThatEnterSaysWhy(t *testing.T) {
	c := counter(t)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Shows("type the amount first")
}

func TestEscapeClearsAmountAndCode(t *testing.T) {
	c := counter(t)
	c.Type("3500")
	c.Scan("6199010203")
	c.Press("esc")
	c.Hides("35.00", "scanned")
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestALargeAmountIsAskedAboutFirst(t *testing.T) {
	c := counter(t)
	c.Type("1000001")
	c.Scan("6199010203")
	c.Press("enter")
	c.Shows("A large amount", "10,000.01 AUD is more than usual")
	c.Press("enter") // the answer that Enter gives is the harmless one
	c.On(desk.RouteSale)
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments after a No", n)
	}
	c.Press("enter", "right", "enter")
	c.On(desk.RouteWaiting)
}

func TestACodeThatPaidAlreadySaysWhichSaleAndChargesNothing(t *testing.T) {
	c := counter(t)
	c.Charge(8900, "010203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.Shows("This code was used before", "89.00 AUD", "52011913", "Nothing was charged now")
	c.Press("esc")
	c.On(desk.RouteSale)
	c.Shows("scan the customer's code")
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d payments", n)
	}
}

func TestACodeThatIsNotKnownYetOpensItsPayment(t *testing.T) {
	c := counter(t)
	a := c.Charge(8900, "010203")
	c.Answer(c.Oxipay, desktest.Lost)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.On(desk.RouteWaiting)
	if args := c.Opened().(desk.AttemptArgs); args.ID != a.ID || args.Fresh {
		t.Errorf("it opened %+v", args)
	}
	c.Shows("Nothing was charged now")
}

func TestTheSameAmountAsOneNotKnownAsksAndNoMovesNoMoney(t *testing.T) {
	c := counter(t)
	c.Charge(12550, "010203")
	c.Answer(c.Oxipay, desktest.Lost)
	c.Type("12550")
	c.Scan("6199020304")
	c.Press("enter")
	c.Shows("Is this another customer?", "125.50 AUD with Oxipay at", "not known yet")
	c.Press("enter") // the default: the same, or not sure
	c.Shows("No second payment was begun", "stays at F6")
	c.Press("enter") // the default again: stop
	c.On(desk.RouteSale)
	if n := len(c.Attempts()); n != 1 {
		t.Fatalf("%d payments after two harmless answers", n)
	}
	c.Press("enter", "right", "enter") // certainly another customer
	c.On(desk.RouteWaiting)
	if n := len(c.Attempts()); n != 2 {
		t.Errorf("%d payments", n)
	}
}

func TestTheSameAmountAsAnOpenInvoiceCanStillBePaidUntilThatExpires(t *testing.T) {
	c := counter(t)
	c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(12550)})
	c.Answer(c.OxaPay, c.Invoice())
	c.Type("12550")
	c.Scan("6199020304")
	c.Press("enter")
	c.Shows("Is this another customer?", "125.50 AUD with OxaPay at", "can still be paid")
	c.Press("enter")
	c.Shows("No second payment was begun", "can still be paid, until 15:07. It stays")
	c.Hides("until it is known")
}

func TestASecondPaymentOfTheSameCustomerNeedsAManagerAndAReason(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Operator: true})
	c.Charge(12550, "010203")
	c.Answer(c.Oxipay, desktest.Lost)
	try := func(pin string) {
		t.Helper()
		c.Press("enter", "enter", "right", "enter")
		c.Shows("A manager is needed", "Mia")
		c.Type(pin)
		c.Hides(pin)
		c.Press("enter")
	}
	c.Type("12550")
	c.Scan("6199020304")
	try("0000")
	c.On(desk.RouteSale)
	c.Shows("PIN is not right")
	c.Hides("Reason, in words")
	if n := len(c.Attempts()); n != 1 {
		t.Fatalf("%d payments after a wrong PIN", n)
	}
	try(desktest.MiasPIN)
	c.Shows("Reason, in words", "Mia's PIN is right")
	c.Type("paid in the app twice")
	c.Press("enter")
	c.On(desk.RouteWaiting)
	if n := len(c.Attempts()); n != 2 {
		t.Errorf("%d payments", n)
	}
}

func TestAKeyMeantForTheVerdictBeforeOpensNothing(t *testing.T) {
	c := counter(t)
	c.Press("f4", "f7", "f8") // try again, why, check now: of other screens
	c.On(desk.RouteSale)
	c.Press("f2") // keys and settings are found there
	c.On(desk.RouteSession)
}

func TestMoneyOnAnInvoiceThatExpiredIsNewsAndTooLittle(t *testing.T) {
	c := counter(t)
	c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)})
	c.Answer(c.OxaPay, c.Invoice())
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Expired, Code: "Expired", ProviderRef: "59381726", Message: providers.OtherCoin("4.68", "TRX"), HTTPStatus: 200})
	c.Pass(time.Second)
	c.Shows("35.00 AUD  OxaPay  expired: too little has come, call a manager", "too little came in time")
	c.Press("f9")
	c.On(desk.RouteResult)
}

func TestTheSmallestDemoStillSaysHowToPay(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Change: demo, Width: 40, Height: 12})
	c.Golden("demo-40x12")
	c.Shows("then code 010203", "type the amount  ·  scan the code")
	busy(c)
	c.Shows("Enter charges 125.50 AUD")
}

func TestTheWayToHandOverIsInTheFooterOfTheIdleCounter(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Width: 80, Height: 24})
	c.Shows("F2 session")
	c.Type("1")
	c.Shows("Esc clear")
}

func busy(c *desktest.Counter) {
	c.Charge(8900, "010101")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Type("12550")
	c.Scan("6199010203")
}

func TestItFitsEveryWindow(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only, Change: demo})
	busy(c)
	c.EverySize()
}

func TestItFitsTheCornersInEveryTheme(t *testing.T) {
	desktest.Corners(t, desktest.Setup{Routes: only, Change: demo}, busy)
}
