package invoice_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/invoice"
	"cashdesk/screens/result"
	"cashdesk/ui"
)

// withResult shows what became of an invoice too.
func withResult(s *desktest.Setup) {
	s.Routes = func(d *desk.Desk) map[string]ui.Route {
		return map[string]ui.Route{
			desk.RouteInvoice: func(args any) ui.Screen { return invoice.New(d, args.(desk.AttemptArgs)) },
			desk.RouteResult:  func(args any) ui.Screen { return result.New(d, args.(desk.AttemptArgs)) },
		}
	}
}

// xai makes a XaiGate invoice of 18.50 EUR instead.
func xai(s *desktest.Setup) {
	s.Args = func(c *desktest.Counter) any {
		price := providers.Amount{Minor: 1850, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
		a := c.Begin(c.XaiGate, till.Draft{Provider: providers.XaiGate, Kind: providers.Invoice, Amount: price, Email: "till@hillst.example"})
		open := c.Invoice()
		open.Code, open.ProviderRef, open.Link = "Pending", "INV-59381726", "https://wallet.xaigate.com/invoice/59381726"
		c.Answer(c.XaiGate, open)
		return desk.AttemptArgs{ID: a.ID, Fresh: true}
	}
}

// qr is a part of every QR.
const qr = "▀▀▀▀▀▀▀"

func TestNobodyIsInvitedToASecondPaymentThatWouldBeLost(t *testing.T) {
	c := desktest.New(t, setup())
	c.Shows(qr)
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "Paid", Received: "30.00", Shortfall: "5.00"})
	c.Shows("asked     35.00 AUD", "received  30.00 AUD", "missing    5.00 AUD")
	c.Hides(qr, "pay.oxapay.com", "left to pay")
	for _, key := range []string{"f4", "f3", "f2"} {
		c.Press(key)
		c.Hides(qr)
	}
}

func TestTheRestIsSentByTheSameCodeWhereTheProviderAddsPaymentsUp(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "paying", Received: "30.00", Shortfall: "5.00"})
	c.Shows(qr, "missing    5.00 AUD", "left to pay", "send the")
	c.Golden("paying-80x24")

	c = desktest.New(t, setup(xai))
	c.Pass(5 * time.Second)
	c.Sent(c.XaiGate, 2)
	c.Answer(c.XaiGate, providers.Answer{State: providers.PartlyPaid, Code: "PaidPartial", ProviderRef: "INV-59381726", Received: "10.00", Shortfall: "8.50", HTTPStatus: 200})
	c.Shows(qr, "received  10.00 EUR", "missing    8.50 EUR")
}

func TestACoinThatTheInvoiceDoesNotTakeIsNeitherPaidNorAPart(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "Waiting", Coin: "0.0021 BTC", Message: "0.0021 BTC came"})
	c.Shows("a coin that this invoice does not take", "0.0021 BTC", "send nothing more")
	c.Hides(qr, "✓", "too little")
	c.Golden("coin-80x24")
}

func TestMoreThanWasAskedIsSaidWithTheGoods(t *testing.T) {
	c := desktest.New(t, setup(withResult))
	status(c, providers.Answer{State: providers.Approved, Code: "Paid", Received: "35.35"})
	c.On(desk.RouteResult)
	c.Shows("✓ approved", "asked 35.00 AUD", "received 35.35 AUD", "too much 0.35 AUD", "A manager decides about what was paid too much.")
	c.Golden("overpaid-80x24")
}

func TestLateMoneyIsSaidBeforeTheGoodsGo(t *testing.T) {
	c := desktest.New(t, setup(withResult))
	status(c, providers.Answer{State: providers.Expired, Code: "Expired"})
	c.On(desk.RouteResult)
	c.Pass(15 * time.Minute)
	c.Sent(c.OxaPay, 3)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: "59381726", Received: "35.00", HTTPStatus: 200})
	c.Shows("✓ approved", "late", "after the time to pay was over", "See first that this sale was not paid another way")
	c.Golden("late-80x24")
}

func TestADeletedInvoiceThatMoneyHadComeForFetchesAManager(t *testing.T) {
	c := desktest.New(t, setup(xai, withResult))
	c.Pass(5 * time.Second)
	c.Sent(c.XaiGate, 2)
	c.Answer(c.XaiGate, providers.Answer{State: providers.PartlyPaid, Code: "PaidPartial", ProviderRef: "INV-59381726", Received: "10.00", Shortfall: "8.50", HTTPStatus: 200})
	c.Pass(10 * time.Second)
	c.Sent(c.XaiGate, 3)
	c.Answer(c.XaiGate, providers.Answer{State: providers.Declined, Code: "Deleted", ProviderRef: "INV-59381726", Received: "10.00", HTTPStatus: 200})
	c.On(desk.RouteResult)
	c.Shows("received 10.00 EUR", "call a manager", "Please")
	c.Golden("deleted-80x24")
}

func TestPagesWithMoneyFitEveryWindow(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "Waiting", Coin: "0.0021 BTC", Message: "0.0021 BTC came"})
	c.EverySize()
	if strings.Contains(c.Frame(), qr) {
		t.Error("the code is shown")
	}
}

func TestWhileMoneyIsOnItsWayNobodyIsInvitedToSendItAgain(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true})
	c.Shows("money seen, not yet safe")
	c.Hides(qr)
	c.Pass(10 * time.Second)
	c.Sent(c.OxaPay, 3)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Open, Code: "Waiting", ProviderRef: "59381726", HTTPStatus: 200})
	c.Shows(qr, "something came that does not") // what came to nothing can be sent again
}
