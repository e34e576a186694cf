package sale_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// invite sends an SMS behind the screen.
func invite(c *desktest.Counter, minor int64, mobile string) providers.Attempt {
	a := c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(minor), Mobile: mobile})
	c.Answer(c.Oxipay, desktest.Invited)
	c.Pass(time.Second)
	return a
}

func TestAnInvitationWaitsBesideTheSaleAndItsAmountIsOfferedToItsCode(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	invited := invite(c, 6400, "0412345678")
	c.Pass(3 * time.Minute)
	c.Shows("invited", "64.00 AUD", "3 min ago")
	c.Hides("0412345678")
	c.Scan("6199777888")
	c.Shows("Enter takes the invitation's 64.00 AUD, or type another amount")
	c.Golden("invited-80x24")
	c.Mean()
	c.Shows("64.00", "Enter charges 64.00 AUD")
	if n := len(c.Attempts()); n != 1 {
		t.Fatalf("%d attempts before the second Enter", n)
	}
	c.Mean()
	c.Sent(c.Oxipay, 2)
	if a := c.Attempts()[0]; a.Sale != invited.Sale || a.Amount != desktest.Minor(6400) || a.Kind != providers.Authorise {
		t.Errorf("the journal has %+v", a)
	}
	c.Answer(c.Oxipay, desktest.Approved)
	c.Open(desk.RouteSale, nil)
	c.Hides("min ago")
}

func TestAnotherAmountIsASaleOfItsOwn(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	invited := invite(c, 6400, "0412345678")
	c.Scan("6199777888")
	c.Type("8900")
	c.Mean()
	c.Sent(c.Oxipay, 2)
	if a := c.Attempts()[0]; a.Sale == invited.Sale || a.Amount != desktest.Minor(8900) {
		t.Errorf("the journal has %+v", a)
	}
}

func TestOfTwoInvitationsTheOtherIsAKeyAway(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	first := invite(c, 6400, "0412345678")
	invite(c, 8900, "0498765432")
	c.Scan("6199777888")
	c.Shows("Enter takes the invitation's 89.00 AUD")
	c.Press("tab")
	c.Shows("Enter takes the invitation's 64.00 AUD")
	c.Mean()
	c.Mean()
	c.Sent(c.Oxipay, 3)
	if a := c.Attempts()[0]; a.Sale != first.Sale {
		t.Errorf("the journal has %+v", a)
	}
}

// TestAnInvitationWhoseAnswerWasLostIsOfferedAsOneThatMayHaveGoneOut: the customer
// comes with a code all the same.
func TestAnInvitationWhoseAnswerWasLostIsOfferedAsOneThatMayHaveGoneOut(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	lost := c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(6400), Mobile: "0412345678"})
	c.Lose(c.Oxipay)
	c.Pass(3 * time.Minute)
	c.Shows("may have been invited", "64.00 AUD", "3 min ago")
	c.Scan("6199777888")
	c.Mean()
	c.Mean()
	c.Sent(c.Oxipay, 2)
	if a := c.Attempts()[0]; a.Sale != lost.Sale || a.Kind != providers.Authorise {
		t.Errorf("the journal has %+v", a)
	}
}
