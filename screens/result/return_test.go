package result_test

import (
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// back is a counter whose sale of 125.50 was refunded by 20.00, with that refund's
// result on the screen.
func back(t *testing.T, answer providers.Answer, change ...func(*desktest.Setup)) *desktest.Counter {
	t.Helper()
	s := desktest.Setup{Routes: withWaiting}
	for _, f := range change {
		f(&s)
	}
	c := desktest.New(t, s)
	sale := c.Charge(12550, "6199010203")
	c.Answer(c.Oxipay, desktest.Approved)
	r := c.Refund(sale.ID, 2000)
	c.Pass(2 * time.Second)
	c.Answer(c.Oxipay, answer)
	c.Open(desk.Route(c.Attempts()[0]), desk.AttemptArgs{ID: r.ID})
	return c
}

// notRefunded is Oxipay's no to a refund.
var notRefunded = providers.Answer{State: providers.Declined, Code: "FPSA04", Signature: providers.SignatureValid, HTTPStatus: 200}

// ofASale are words that no refund may be told in.
var ofASale = []string{"Paid", "is paid", "charge", "Hand over", "the goods here", "with a new code", "another way to pay", "next sale"}

func TestARefundIsNeverToldInTheWordsOfASale(t *testing.T) {
	for name, answer := range map[string]providers.Answer{"refunded": desktest.Refunded, "not-refunded": notRefunded} {
		c := back(t, answer)
		c.On(desk.RouteResult)
		c.Shows("-20.00 AUD")
		c.Hides(ofASale...)
		c.Golden(name + "-80x24")
	}
}

func TestARefundThatWasNotMadeIsBegunAnewFromItsOwnPage(t *testing.T) {
	c := back(t, notRefunded)
	c.Press("f6")
	c.On(desk.RouteRefund)
	if args := c.Opened().(desk.AttemptArgs); args.ID != c.Attempts()[1].ID {
		t.Errorf("the page is given %+v, not the sale", args)
	}
	if n := len(c.Oxipay.Bodies()); n != 2 {
		t.Errorf("%d requests", n)
	}
}

func TestARefundThatIsNotKnownIsNeitherDoneNorASale(t *testing.T) {
	c := back(t, desktest.Lost)
	c.On(desk.RouteWaiting)
	c.Shows("-20.00 AUD", "not known", "F7 stop asking")
	c.Hides(ofASale...)
	c.Golden("refund-not-known-80x24")
	c.Press("f7")
	c.Shows("Stop asking about the refund?")
	c.Hides(ofASale...)
}

func TestTheSlipOfARefundSaysRefunded(t *testing.T) {
	var slip string
	c := back(t, desktest.Refunded, func(s *desktest.Setup) {
		s.Change = func(d *desk.Desk) { d.Print = func(text string) error { slip = text; return nil } }
	})
	c.Press("f2")
	if !strings.Contains(slip, "REFUNDED  -20.00 AUD") || strings.Contains(slip, "APPROVED") || strings.Contains(slip, "PAID") {
		t.Errorf("the slip says\n%s", slip)
	}
}

func TestOfASaleThatIsPaidInPartTheRestComesBeforeTheGoods(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: routes})
	a := c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(12550), FinanceMinor: 10000, Code: "6199010203"})
	c.Answer(c.Oxipay, desktest.Approved)
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID, Fresh: true})
	c.Shows("The other 25.50 AUD are still to pay.", "Take the other 25.50 AUD in another way.")
	c.Golden("part-80x24")
}

func TestTheNextTryOfASaleInPartIsForTheSamePart(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: routes})
	a := c.Begin(c.Oxipay, till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(12550), FinanceMinor: 10000, Code: "6199010203"})
	c.Answer(c.Oxipay, desktest.Declined)
	c.Open(desk.RouteResult, desk.AttemptArgs{ID: a.ID, Fresh: true})
	c.Press("f4")
	c.On(desk.RouteCode)
	if d := c.Opened().(desk.DraftArgs).Draft; d.FinanceMinor != 10000 || d.Sale != a.Sale {
		t.Errorf("the code screen was given %+v", d)
	}
}
