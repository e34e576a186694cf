package detail_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// partly has 30.00 come for an invoice of 35.00.
func partly(c *desktest.Counter) {
	c.Pass(5 * time.Second)
	c.Sent(c.OxaPay, 2)
	c.Answer(c.OxaPay, providers.Answer{State: providers.PartlyPaid, Code: "Paying", Received: "30.00", Shortfall: "5.00", HTTPStatus: 200})
}

// transfer is one that was handed over to the group's server.
func transfer(c *desktest.Counter) providers.Attempt {
	eur := providers.Currency{Code: "EUR", Decimals: 2}
	a := c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: 20000, Currency: eur}})
	c.Answer(c.Payneteasy, desktest.Begun)
	return a
}

func TestAManagerTakesAPartThatCameForThePrice(t *testing.T) {
	s := setup(open)
	s.Width, s.Height = 120, 40
	c := desktest.New(t, s)
	partly(c)
	c.Shows("F4 it is paid", "F6 refund at the provider")
	c.Hides("F5 not paid")
	c.Press("f5")
	c.Shows("the customer can still pay the rest")
	c.Press("f4")
	c.Type("a good customer")
	c.Press("enter")
	c.Shows("Settle it as paid?", "30.00 USD came; it counts as the whole 35.00 USD.")
	c.Wait(time.Second)
	c.Press("right", "enter")
	if a := state(t, c); a.State != providers.Approved || !a.Settled {
		t.Errorf("it is %s", a.State)
	}
	c.Shows("Settled by a manager: paid.")
	if open, err := c.Till.Unsettled(t.Context()); err != nil || len(open) != 0 {
		t.Errorf("it stays on the list: %v, %v", open, err)
	}
}

func TestATransferIsRefundedAtTheProvider(t *testing.T) {
	c := desktest.New(t, setup(transfer))
	c.Shows("F6 refund at the provider")
	c.Hides("no money was taken here")
	c.Press("f6")
	c.On(desk.RouteRefund)
}

func TestARefundThatWasSettledByHandIsUndoneFromHere(t *testing.T) {
	c := returned(t, desktest.Lost, false)
	c.Press("f4")
	c.Type("the portal shows it")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Wait(time.Second)
	c.Hides("it was made at Oxipay")
	c.Press("f6")
	c.Type("the wrong sale")
	c.Press("enter")
	c.Wait(time.Second)
	c.Shows("Undo this refund?")
}

func TestASaleThatIsSaidToBePaidAfterAllIsNotSaidToHaveTakenNoMoney(t *testing.T) {
	s := setup(unknown)
	s.Width, s.Height = 120, 40
	c := desktest.New(t, s)
	c.Pass(6 * time.Second)
	c.Sent(c.Oxipay, 2)
	c.Press("f5")
	c.Type("nothing in the portal")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Contradict(c.Oxipay, desktest.Approved)
	c.Press("f6")
	c.Shows("an answer came later that says otherwise")
	c.Press("f2")
	c.Type("looked at the portal")
	c.Press("enter")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Hides("no money was taken")
	c.Shows("F6 refund at the provider", "F4 it is paid", "F5 not paid")
	c.Press("f6")
	c.On(desk.RouteRefund)
}
