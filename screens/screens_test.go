package screens_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

func counter(t *testing.T) *desktest.Counter {
	t.Helper()
	return desktest.New(t, desktest.Setup{Routes: screens.Routes, Operator: true})
}

func TestASaleFromTheAmountToTheNextCustomer(t *testing.T) {
	c := counter(t)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.On(desk.RouteWaiting)
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	c.Shows("✓ approved", "125.50 AUD", "purchase 52011913")
	c.Pass(2 * time.Second)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Shows("type the amount", "✓ approved")
	c.Press("enter") // nothing is left to charge
	c.On(desk.RouteSale)
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestADeclineThenANewCodeIsOneSaleWithTwoAttempts(t *testing.T) {
	c := counter(t)
	c.Type("31000")
	c.Scan("6199130000")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Declined)
	c.Pass(2 * time.Second)
	c.Press("f4")
	c.On(desk.RouteCode)
	c.Scan("6199010203")
	c.On(desk.RouteConfirm)
	c.Mean()
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	all := c.Attempts()
	if len(all) != 2 || all[0].Sale != all[1].Sale || all[0].Reference == all[1].Reference {
		t.Fatalf("the journal has %+v", all)
	}
	c.Pass(2 * time.Second)
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestTheNextCustomerIsServedWhileOneIsNotKnown(t *testing.T) {
	c := counter(t)
	c.Type("24000")
	c.Scan("6199990000")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Lost)
	c.Shows("? not known", "You will not pay twice")
	c.Press("esc")
	c.On(desk.RouteSale)
	c.Type("500")
	c.Scan("6199010101")
	c.Press("enter")
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	c.Shows("5.00 AUD")
	// The first one becomes known meanwhile: it does not take the screen.
	c.Pass(6 * time.Second)
	c.Sent(c.Oxipay, 3)
	second := desktest.Approved
	second.ProviderRef = "52011914"
	c.Answer(c.Oxipay, second)
	c.On(desk.RouteResult)
	c.Shows("5.00 AUD", "52011913", "✓ 240.00 AUD  Oxipay  approved, purchase 52011914")
	c.Press("f9")
	c.On(desk.RouteResult)
	c.Shows("✓ approved  ·  240.00 AUD")
	c.Pass(2 * time.Second)
	c.Press("esc") // back to the customer who is here
	c.Shows("✓ approved  ·  5.00 AUD")
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestTheStripSaysNothingOfAPaymentThatIsOnTheScreen(t *testing.T) {
	c := counter(t)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Lost)
	c.Hides("F9 show")
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteResult)
	c.Hides("F9 show")
}

func TestAnApprovalAfterTheSaleWasClosedIsSaidInTheStrip(t *testing.T) {
	c := counter(t)
	c.Type("12550")
	c.Scan("6199010203")
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Lost)
	c.Pass(5 * time.Second)
	c.Sent(c.Oxipay, 2) // the second request is on its way when it is closed
	c.Press("f7", "right", "enter", "esc")
	c.On(desk.RouteSale)
	c.Answer(c.Oxipay, desktest.Approved)
	c.On(desk.RouteSale)
	c.Shows("125.50 AUD: Approved after the sale was closed.", "F9 show")
	c.Press("f9")
	c.Shows("Approved after the sale was closed", "manager")
}

func TestAnInvoiceFromTheWaysToPayToPaid(t *testing.T) {
	c := counter(t)
	c.Type("3500")
	c.Press("enter")
	c.On(desk.RouteMethod)
	c.Press("down", "down", "enter")
	c.Sent(c.OxaPay, 1)
	c.Answer(c.OxaPay, c.Invoice())
	c.On(desk.RouteInvoice)
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: "59381726", HTTPStatus: 200})
	c.On(desk.RouteResult)
	c.Shows("✓ approved", "35.00 AUD", "OxaPay")
	c.Pass(2 * time.Second)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Shows("type the amount")
}

func TestAnInvitationAndATransferAreNeverCalledPaid(t *testing.T) {
	c := counter(t)
	c.Press("f3")
	c.Type("0412345678")
	c.Press("enter")
	c.Type("6400")
	c.Press("enter")
	c.On(desk.RouteConfirm)
	c.Mean()
	c.Sent(c.Oxipay, 1)
	c.Answer(c.Oxipay, desktest.Invited)
	c.On(desk.RouteResult)
	c.Shows("➜ invited", "No money has moved")
	c.Hides("✓")
	c.Pass(2 * time.Second)
	c.Press("enter")

	c.Type("20000")
	c.Press("enter", "down", "down", "down", "down", "enter")
	c.Sent(c.Payneteasy, 1)
	c.Answer(c.Payneteasy, desktest.Begun)
	c.On(desk.RouteTransfer)
	c.Shows("begun; not confirmed here")
	c.Hides("✓ approved")
	c.Pass(2 * time.Second)
	c.Press("enter")
	c.On(desk.RouteSale)
}

func TestEachProviderLeadsFromSentToItsOwnScreen(t *testing.T) {
	c := counter(t)
	a := c.Begin(c.OxaPay, till.Draft{Provider: providers.OxaPay, Kind: providers.Invoice, Amount: desktest.Minor(3500)})
	c.Open(desk.RouteWaiting, desk.AttemptArgs{ID: a.ID})
	c.On(desk.RouteWaiting)
	// Covered by another page, it waits with its move until it is shown again.
	c.Open(desk.RouteHistory, desk.HistoryArgs{})
	c.Answer(c.OxaPay, c.Invoice())
	c.On(desk.RouteHistory)
	c.Press("esc")
	c.On(desk.RouteInvoice)
}

func TestAWindowCanChangeAtAnyMomentOfASale(t *testing.T) {
	c := counter(t)
	c.Resize(40, 12)
	c.Type("12550")
	c.Resize(200, 60)
	c.Scan("6199010203")
	c.Resize(20, 5) // too small to read: nothing can be pressed
	c.Press("enter")
	if n := len(c.Attempts()); n != 0 {
		t.Fatalf("%d payments in a window that nobody can read", n)
	}
	c.Resize(80, 24)
	c.Press("enter")
	c.Sent(c.Oxipay, 1)
	c.Resize(30, 6)
	c.Answer(c.Oxipay, desktest.Approved)
	c.Resize(80, 24)
	c.On(desk.RouteResult)
	c.Shows("✓ approved")
}
