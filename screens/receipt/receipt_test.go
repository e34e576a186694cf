package receipt_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/detail"
	"cashdesk/screens/receipt"
	"cashdesk/screens/receipts"
	"cashdesk/screens/result"
	"cashdesk/screens/sale"
	"cashdesk/ui"
)

func routes(d *desk.Desk) map[string]ui.Route {
	return map[string]ui.Route{
		desk.RouteSale:   func(any) ui.Screen { return sale.New(d) },
		desk.RouteResult: func(args any) ui.Screen { return result.New(d, args.(desk.AttemptArgs)) },
		desk.RouteDetail: func(args any) ui.Screen { return detail.New(d, args.(desk.AttemptArgs)) },
		desk.RouteReceipt: func(args any) ui.Screen {
			return receipt.New(d, args.(desk.ReceiptArgs))
		},
		desk.RouteReceipts: func(any) ui.Screen { return receipts.New(d) },
	}
}

var (
	stored = providers.Answer{State: providers.Approved, Code: "SSER01", Signature: providers.SignatureValid, HTTPStatus: 200}
	inUse  = providers.Answer{State: providers.Declined, Code: "FSER02", Signature: providers.SignatureValid, HTTPStatus: 200}
)

// setup is a shop whose own till makes the receipt numbers.
func setup(change ...func(*desktest.Setup)) desktest.Setup {
	s := desktest.Setup{Routes: routes, Operator: true, Till: func(c *till.Config) { c.ReceiptNumbers = true }}
	for _, f := range change {
		f(&s)
	}
	return s
}

// approved shows the result of a sale whose receipt number is missing.
func approved(c *desktest.Counter) providers.Attempt {
	a := c.Charge(12550, "6199010203")
	c.Answer(c.Oxipay, desktest.Approved)
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID, Fresh: true})
	c.On(desk.RouteResult)
	c.Wait(time.Second)
	return a
}

// first is the newest payment in the journal.
func first(c *desktest.Counter) providers.Attempt { return c.Attempts()[0] }

func TestAfterTheApprovalTheReceiptNumberIsAskedForAndMayWait(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Shows("The receipt number is missing. F4, or scan the receipt.", "F4 receipt number")
	c.Golden("result-80x24")
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Shows("1 receipt number is missing: F4")
	c.Golden("sale-80x24")
	c.Press("f4")
	c.On(desk.RouteReceipts)
	c.Golden("list-80x24")
}

func TestATypedNumberIsSentAndItsFateStandsBesideTheSale(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Press("f4")
	c.On(desk.RouteReceipt)
	c.Shows("Receipt number", "(Enter send it to Oxipay)")
	c.Type("R-2026-0042")
	c.Golden("typed-80x24")
	c.Press("enter")
	c.On(desk.RouteResult)
	c.Pass(time.Second)
	c.Shows("Receipt number R-2026-0042 is on its way to Oxipay.")
	c.Numbered(desktest.Lost)
	c.Shows("It is sent again until")
	c.Press("f4")
	c.Shows("receipt number R-2026-0042 is still on its way to Oxipay")
	c.On(desk.RouteResult)
	c.Pass(5 * time.Second)
	c.Numbered(stored)
	c.Shows("Oxipay has the receipt number R-2026-0042.")
	c.Golden("stored-80x24")
	c.Press("enter")
	c.Hides("missing")
	if a := first(c); !a.ReceiptStored || a.Receipt != "R-2026-0042" || a.State != providers.Approved {
		t.Errorf("the journal has %+v", a)
	}
}

func TestTheReceiptsBarcodeOpensThePageAndIsNotACode(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Scan("R-2026-0042")
	c.On(desk.RouteReceipt)
	c.Shows("R-2026-0042")
	if a := first(c); a.Receipt != "" {
		t.Errorf("a scan alone gave the number: %+v", a)
	}
	c.Press("enter")
	c.Numbered(stored)
	c.On(desk.RouteResult)
	c.Press("enter")
	c.Hides("scanned", "a code, but no amount yet")
}

func TestACustomersCodeIsNeverAReceiptNumber(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Scan("6199777888")
	c.On(desk.RouteResult)
	c.Press("f4")
	c.Scan("6199777888")
	c.On(desk.RouteReceipt)
	c.Shows("(Enter send it to Oxipay)", "kept for the next step")
	c.Press("esc", "enter")
	c.On(desk.RouteSale)
	c.Shows("a code, but no amount yet", "6199 ••• 888")
	if a := first(c); a.Receipt != "" {
		t.Errorf("the code became the receipt number: %+v", a)
	}
}

func TestTypingStartsTheNextSaleOnlyAfterTheNumberWasAskedFor(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Type("4500") // the next amount, or a receipt's number without its key
	c.On(desk.RouteResult)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Shows("1 receipt number is missing")
	c.Pass(3 * time.Second)
	c.Type("4500")
	c.Shows("Enter: other ways to pay")
}

func TestSixBareDigitsOnAResultAreTheNextCustomersCode(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.ScanOnly("777888")
	c.On(desk.RouteResult)
}

func TestANumberThatIsInUseIsSaidAndAnotherGiven(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Press("f4")
	c.Type("R-7")
	c.Press("enter")
	c.Numbered(inUse)
	c.Shows("This receipt number is in use already", "F4 another receipt number")
	c.Golden("in-use-80x24")
	c.Press("enter", "f4")
	c.On(desk.RouteReceipts)
	c.Shows("R-7 not taken")
	c.Press("enter")
	c.On(desk.RouteReceipt)
	c.Type("R-8")
	c.Press("enter")
	c.Numbered(stored)
	c.On(desk.RouteReceipts)
	c.Shows("No receipt number is missing.")
}

func TestARefusedNumberIsNewsForWhoeverIsElsewhere(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Press("f4")
	c.Type("R-7")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("enter")
	c.On(desk.RouteSale)
	c.Numbered(inUse)
	c.Shows("Oxipay did not take receipt number R-7")
	c.Press("f9")
	c.On(desk.RouteReceipt)
	c.Shows("in use already")
}

func TestTwoSalesNeverShareANumber(t *testing.T) {
	c := desktest.New(t, setup())
	approved(c)
	c.Press("f4")
	c.Type("R-7")
	c.Press("enter")
	c.Numbered(stored)
	c.Press("enter")
	c.Charge(8900, "6199010204")
	other := desktest.Approved
	other.ProviderRef = "52011914"
	c.Answer(c.Oxipay, other)
	c.Press("f4", "enter")
	c.Type("R-7")
	c.Press("enter")
	c.On(desk.RouteReceipt)
	c.Shows("Another payment has the number R-7.")
	if a := first(c); a.Receipt != "" {
		t.Errorf("the journal has %+v", a)
	}
}

func TestItIsGivenLaterFromTheSalesDetail(t *testing.T) {
	c := desktest.New(t, setup())
	a := approved(c)
	c.Open(desk.RouteDetail, desk.AttemptArgs{ID: a.ID})
	c.Shows("F4 receipt number", "The receipt number is missing.")
	c.Press("f4")
	c.Type("R-7")
	c.Press("enter")
	c.Numbered(stored)
	c.On(desk.RouteDetail)
	c.Shows("Oxipay has the receipt number R-7.")
}

func TestWhereTheShopMakesNoneNobodyIsAsked(t *testing.T) {
	c := desktest.New(t, setup(func(s *desktest.Setup) { s.Till = nil }))
	approved(c)
	c.Hides("receipt")
	c.Press("enter")
	c.Hides("receipt")
	c.Press("f4")
	c.On(desk.RouteSale)
}

func TestThePagesFitEveryWindow(t *testing.T) {
	for _, keys := range [][]string{{"f4"}, {"enter", "f4"}, nil} {
		c := desktest.New(t, setup())
		approved(c)
		c.Press(keys...)
		c.EverySize()
	}
}

func TestThePagesFitTheCornersInEveryTheme(t *testing.T) {
	desktest.Corners(t, setup(), func(c *desktest.Counter) {
		approved(c)
		c.Press("f4")
		c.Type("R-2026-0042")
	})
	desktest.Corners(t, setup(), func(c *desktest.Counter) {
		approved(c)
		c.Press("enter", "f4")
	})
}
