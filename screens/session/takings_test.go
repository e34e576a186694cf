package session_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// TestOfASaleFinancedInPartTheSessionCountsThatPart: the rest was paid another
// way, and is not given back through Oxipay either.
func TestOfASaleFinancedInPartTheSessionCountsThatPart(t *testing.T) {
	c := desktest.New(t, setup())
	a := c.Begin(c.Oxipay, till.Draft{
		Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(12550), FinanceMinor: 10000, Code: "6199013203",
	})
	c.Answer(c.Oxipay, desktest.Approved)
	c.Wait(time.Minute)
	c.Shows("100.00 AUD")
	c.Hides("125.50 AUD")
	c.Refund(a.ID, 10000)
	c.Answer(c.Oxipay, desktest.Refunded)
	c.Wait(time.Minute)
	c.Shows("-100.00 AUD", "takings", "0.00 AUD", "approved, less what was refunded")
	c.Hides("25.50 AUD")
}

func TestARefundOfATransferTakesNothingOffTheSessionsTakings(t *testing.T) {
	c := desktest.New(t, setup())
	some(c)
	var transfer providers.Attempt
	for _, a := range c.Attempts() {
		if a.Kind == providers.Transfer {
			transfer = a
		}
	}
	session := c.Desk.Session()
	permit, err := c.Till.Permit(t.Context(), session, till.Refund, till.Manager{}, "brought back")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Till.RefundElsewhere(t.Context(), session, permit, transfer.ID, transfer.Amount, "T-9"); err != nil {
		t.Fatal(err)
	}
	c.Open(desk.RouteSession, nil)
	c.Wait(time.Minute)
	c.Shows("-200.00 EUR", "of money not confirmed here")
	c.Hides("takings")
}
