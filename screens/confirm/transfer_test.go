package confirm_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

var euro = providers.Currency{Code: "EUR", Decimals: 2}

// told is a server that takes transfers of 50 to 500 euro for 1.5 per cent.
var (
	told = providers.Quote{
		Min: providers.Amount{Minor: 5000, Currency: euro}, Max: providers.Amount{Minor: 50000, Currency: euro},
		CommissionMin: "3.00", CommissionMax: "3.00",
	}
	rate = providers.Answer{State: providers.Approved, HTTPStatus: 200}
)

// transfer is the last look at a transfer whose cost can be asked for.
func transfer(minor int64, change ...func(*desktest.Setup)) desktest.Setup {
	s := desktest.Setup{Routes: only, Start: desk.RouteConfirm, Quotes: true, Prepare: func(c *desktest.Counter) { c.Told = told }}
	s.Args = func(*desktest.Counter) any {
		d := till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: providers.Amount{Minor: minor, Currency: euro}}
		return desk.DraftArgs{Draft: d, Quotes: s.Quotes, AsksBINs: s.AsksBINs}
	}
	for _, f := range change {
		f(&s)
	}
	return s
}

// quoted gives the answer while the page is made: the question goes out with it.
func quoted(t *testing.T, s desktest.Setup, answers ...providers.Answer) *desktest.Counter {
	t.Helper()
	prepare := s.Prepare
	s.Prepare = func(c *desktest.Counter) {
		prepare(c)
		go func() {
			for _, a := range answers {
				c.Payneteasy.Give(a)
			}
		}()
	}
	c := desktest.New(t, s)
	c.Wait(time.Second)
	return c
}

func TestTheCommissionIsKnownBeforeTheCustomerAgrees(t *testing.T) {
	c := quoted(t, transfer(20000), rate)
	c.Shows("commission 3.00 EUR", "in all 203.00 EUR", "Enter: begin the transfer")
	c.Golden("transfer-80x24")
	if n := len(c.Payneteasy.Bodies()); n != 0 {
		t.Fatalf("%d transfers were begun by asking", n)
	}
	c.Mean()
	c.On(desk.RouteWaiting)
	c.Sent(c.Payneteasy, 1)
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d transfers", n)
	}
}

func TestWhatIsOutsideTheLimitsIsSaidAndNothingIsSent(t *testing.T) {
	for minor, why := range map[int64]string{4999: "Less than 50.00 EUR cannot be transferred here.", 50001: "More than 500.00 EUR cannot be transferred here."} {
		c := quoted(t, transfer(minor), rate)
		c.Shows(why, "Type an amount from 50.00 to 500.00 EUR.", "(Enter begin the transfer)")
		c.Hides("in all")
		c.Mean()
		c.On(desk.RouteConfirm)
		if n := len(c.Attempts()); n != 0 {
			t.Errorf("%d transfers", n)
		}
	}
	c := quoted(t, transfer(50001), rate)
	c.Golden("outside-80x24")
}

func TestAServerThatDoesNotTellIsAskedAgain(t *testing.T) {
	c := quoted(t, transfer(20000), desktest.Lost, rate)
	c.Shows("Payneteasy did not tell its limits and commission", "Enter ask again what it costs")
	c.Hides("Enter: begin")
	c.Golden("untold-80x24")
	c.Press("enter")
	c.Wait(time.Second)
	c.Shows("in all 203.00 EUR", "Enter: begin the transfer")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d transfers", n)
	}
}

// asksCards is a shop whose settings ask for the digits of the cards, and not for
// the commission.
func asksCards(s *desktest.Setup) { s.Quotes, s.AsksBINs = false, true }

func TestTheFirstSixDigitsOfTheCardsGoOutWithTheTransfer(t *testing.T) {
	c := desktest.New(t, transfer(20000, asksCards))
	c.Type("400000")
	c.Press("tab")
	c.Type("500001")
	c.Pass(time.Second)
	c.Golden("cards-80x24")
	c.Mean()
	c.Sent(c.Payneteasy, 1)
	if body := c.Payneteasy.Bodies()[0]; !strings.Contains(body, "400000") || !strings.Contains(body, "500001") {
		t.Errorf("it sent %s", body)
	}
}

func TestMoreOfACardNumberIsRefusedAtTheFieldAndNotKept(t *testing.T) {
	for _, enter := range map[string]func(*desktest.Counter){
		"typed": func(c *desktest.Counter) {
			for _, digit := range "4000000000000002" {
				c.Type(string(digit))
				c.Wait(200 * time.Millisecond)
			}
		},
		"scanned": func(c *desktest.Counter) { c.Scan("4000000000000002") },
		"pasted":  func(c *desktest.Counter) { c.Paste("4000000000000002") },
	} {
		c := desktest.New(t, transfer(20000, asksCards))
		c.Type("12")
		enter(c)
		c.Hides("4000000000", "000002", "kept for the next step")
		c.Shows("More than 6 digits, nothing was kept. Backspace first.")
		c.Golden("too-much-80x24")
		c.Press("backspace")
		c.Hides("More than 6")
		c.Type("400000")
		c.Mean()
		c.Sent(c.Payneteasy, 1)
		for _, body := range c.Payneteasy.Bodies() {
			if strings.Contains(body, "40000000") || strings.Contains(body, "000002") {
				t.Errorf("it sent %s", body)
			}
		}
	}
}

func TestTooFewDigitsAreSaidAndNothingIsSent(t *testing.T) {
	c := desktest.New(t, transfer(20000, asksCards))
	c.Type("4000")
	c.Mean()
	c.On(desk.RouteConfirm)
	c.Shows("6 digits, or none")
	if n := len(c.Attempts()); n != 0 {
		t.Errorf("%d transfers", n)
	}
}

func TestATransfersPageFitsEveryWindow(t *testing.T) {
	both := func(s *desktest.Setup) { s.AsksBINs = true }
	quoted(t, transfer(20000, both), rate).EverySize()
}

func TestTheCardsFitTheCornersInEveryTheme(t *testing.T) {
	desktest.Corners(t, transfer(20000, asksCards))
}
