package invoice_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// deaf are looks at the invoice that bring nothing usable.
func deaf(c *desktest.Counter, first, count int) {
	for i := range count {
		c.Pass(time.Minute)
		c.Sent(c.OxaPay, first+i)
		c.Look(c.OxaPay, providers.Answer{State: providers.Unknown, Reason: providers.BadBody, HTTPStatus: 200})
		c.Pass(time.Second)
	}
}

func TestAProviderThatCannotBeAskedIsNotWaitedForInSilence(t *testing.T) {
	c := desktest.New(t, setup())
	deaf(c, 2, 2)
	c.Shows("waiting for the coin") // twice is an everyday thing
	deaf(c, 4, 1)
	c.On(desk.RouteInvoice)
	c.Shows("OxaPay cannot be asked", "Do not hand over the goods on")
	c.Hides("waiting for the coin", "Wait for the coin", "APPROVED")
	c.Golden("blind-80x24")
	c.Press("tab")
	c.Press("esc")
	c.Pass(time.Minute)
	c.Sent(c.OxaPay, 5)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Open, Code: "Waiting", ProviderRef: "59381726", HTTPStatus: 200})
	c.Pass(time.Second)
	c.Shows("waiting for the coin")
	c.Hides("cannot be asked")
}

func TestTooLittleMoneyKeepsItsWordsThoughTheProviderCannotBeAsked(t *testing.T) {
	c := desktest.New(t, setup())
	status(c, providers.Answer{State: providers.PartlyPaid, Code: "Paid", Received: "30.00", Shortfall: "5.00"})
	deaf(c, 3, 3)
	c.Shows("too little has come", "missing    5.00 AUD", "Keep the goods and call a")
	c.Hides("cannot be asked")
}

func TestCheckingNowIsAnsweredEachTime(t *testing.T) {
	c := desktest.New(t, setup())
	for look, answer := range []struct {
		brings providers.Answer
		says   string
	}{
		{providers.Answer{State: providers.Open, Code: "100", HTTPStatus: 200}, "OxaPay was asked just now: still waiting"},
		{providers.Answer{State: providers.Open, Code: "100", HTTPStatus: 200}, "OxaPay was asked just now: still waiting"},
		{providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}, "OxaPay was asked just now: no usable answer"},
	} {
		c.Press("f8")
		c.Hides("asked just now")
		c.Sent(c.OxaPay, 2+look)
		answer.brings.ProviderRef = "59381726"
		c.Look(c.OxaPay, answer.brings)
		c.Pass(time.Second)
		c.Shows(answer.says)
	}
	c.Press("f8")
	c.Sent(c.OxaPay, 5)
	c.Answer(c.OxaPay, providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true, ProviderRef: "59381726", HTTPStatus: 200})
	c.Pass(time.Second)
	c.Shows("money seen, not yet safe") // news is its own answer
	c.Hides("asked just now")
}
