package history_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

func TestTheTotalsCountOfASaleWhatOxipayTookOfIt(t *testing.T) {
	c := desktest.New(t, setup(""))
	a := c.Begin(c.Oxipay, till.Draft{
		Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(12550), FinanceMinor: 10000, Code: "6199013203",
	})
	c.Answer(c.Oxipay, desktest.Approved)
	c.Wait(time.Minute)
	c.Shows("approved 100.00 AUD")
	c.Refund(a.ID, 10000)
	c.Answer(c.Oxipay, desktest.Refunded)
	c.Wait(time.Minute)
	c.Shows("refunded 100.00 AUD", "takings 0.00 AUD")
}

func TestARefundOfATransferStandsApartFromTheTakings(t *testing.T) {
	c := desktest.New(t, setup(""))
	a := c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: 20000, Currency: eur}})
	c.Answer(c.Payneteasy, desktest.Begun)
	session := c.Desk.Session()
	permit, err := c.Till.Permit(t.Context(), session, till.Refund, till.Manager{}, "brought back")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Till.RefundElsewhere(t.Context(), session, permit, a.ID, a.Amount, "T-9"); err != nil {
		t.Fatal(err)
	}
	c.Open(desk.RouteHistory, desk.HistoryArgs{})
	c.Wait(time.Minute)
	c.Shows("handed over, not confirmed here 200.00 EUR", "refunded, never counted as taken 200.00 EUR")
	c.Hides("takings")
}
