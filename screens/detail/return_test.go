package detail_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/detail"
	"cashdesk/ui"
)

// returned is the detail of a refund of 20.00, or of its sale of 125.50.
func returned(t *testing.T, answer providers.Answer, ofSale bool) *desktest.Counter {
	t.Helper()
	c := desktest.New(t, desktest.Setup{Routes: func(d *desk.Desk) map[string]ui.Route {
		return map[string]ui.Route{desk.RouteDetail: func(args any) ui.Screen { return detail.New(d, args.(desk.AttemptArgs)) }}
	}})
	sale := c.Charge(12550, "6199010203")
	c.Answer(c.Oxipay, desktest.Approved)
	r := c.Refund(sale.ID, 2000)
	c.Answer(c.Oxipay, answer)
	id := r.ID
	if ofSale {
		id = sale.ID
	}
	c.Open(desk.RouteDetail, desk.AttemptArgs{ID: id})
	c.Wait(time.Second)
	return c
}

func TestARefundThatIsNotKnownIsSettledInItsOwnWords(t *testing.T) {
	c := returned(t, desktest.Lost, false)
	c.Shows("-20.00 AUD", "F4 refunded", "F5 not refunded")
	c.Hides("it is paid", "Hand over", "the goods here")
	c.Press("f4")
	c.Shows("Settle -20.00 AUD by hand: refunded.")
	c.Type("the portal shows it")
	c.Press("enter")
	c.Wait(time.Second)
	c.Shows("Settle it as refunded?", "20.00 AUD of this sale went back")
	c.Press("right", "enter")
	c.Wait(time.Second)
	c.Shows("✓  refunded", "settled by hand: refunded")
	if r := c.Attempts()[0]; r.State != providers.Approved || !r.Settled || r.Kind != providers.Refund {
		t.Errorf("the journal has %+v", r)
	}
}

func TestCheckingARefundAfterItWasStoppedIsAManagersToDecide(t *testing.T) {
	c := returned(t, desktest.Lost, false)
	c.Press("f7")
	c.Shows("Stop asking about the refund?")
	c.Wait(time.Second)
	c.Press("right", "enter")
	c.Wait(time.Second)
	sent := len(c.Oxipay.Bodies())
	c.Press("f8")
	c.Shows("Checking may itself make the refund")
	c.Wait(time.Second)
	c.Press("enter") // the answer that is marked sends nothing
	if n := len(c.Oxipay.Bodies()); n != sent {
		t.Errorf("%d requests", n)
	}
}

func TestASaleSaysWhatOfItWentBack(t *testing.T) {
	c := returned(t, desktest.Refunded, true)
	c.Shows("20.00 AUD of it went back to the customer")
	c = returned(t, desktest.Lost, true)
	c.Shows("of 20.00 AUD it is not known yet whether they went back")
	c.Hides("of it went back to the customer")
}

func TestARefundThatWasUndoneIsNoRefundAnyMore(t *testing.T) {
	c := returned(t, desktest.Lost, false)
	c.Press("f6")
	c.Type("the wrong sale")
	c.Press("enter")
	c.Wait(time.Second)
	c.Shows("Undo this refund?", "It is not known whether the refund was made")
	c.Press("right", "enter")
	c.Sent(c.Oxipay, 3)
	c.Answer(c.Oxipay, providers.Answer{State: providers.Approved, Code: "SPAR01", Signature: providers.SignatureValid, HTTPStatus: 200})
	c.Wait(time.Second)
	c.Shows("–  taken back   -20.00 AUD", "Undone: this refund was taken back.")
	c.Hides("✓  refunded", "The journal says")
}
