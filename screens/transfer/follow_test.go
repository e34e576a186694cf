package transfer_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/result"
	"cashdesk/screens/transfer"
	"cashdesk/ui"
)

// followed is a transfer whose server tells what became of it.
func followed() desktest.Setup {
	return setup(desktest.Begun, func(s *desktest.Setup) {
		s.Follows = true
		s.Routes = func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{
				desk.RouteTransfer: func(args any) ui.Screen { return transfer.New(d, args.(desk.AttemptArgs)) },
				desk.RouteResult:   func(args any) ui.Screen { return result.New(d, args.(desk.AttemptArgs)) },
			}
		}
	})
}

func TestWhatBecameOfATransferTakesItsPage(t *testing.T) {
	for word, answer := range map[string]providers.Answer{
		"✓ approved": {State: providers.Approved, Code: "approved", HTTPStatus: 200},
		"✗ declined": {State: providers.Declined, Code: "declined", HTTPStatus: 200},
	} {
		c := desktest.New(t, followed())
		c.On(desk.RouteTransfer)
		c.Pass(30 * time.Second)
		c.Sent(c.Payneteasy, 2)
		c.Answer(c.Payneteasy, answer)
		c.On(desk.RouteResult)
		c.Shows(word, "200.00 EUR")
		c.Golden(string(answer.State) + "-80x24")
	}
}

func TestNoNewsLeavesTheTransferAsItIs(t *testing.T) {
	c := desktest.New(t, followed())
	c.Pass(30 * time.Second)
	c.Sent(c.Payneteasy, 2)
	c.Look(c.Payneteasy, providers.Answer{State: providers.HandedOver, Code: "pending", HTTPStatus: 200})
	c.On(desk.RouteTransfer)
	c.Shows("begun; not confirmed yet", "the server is asked in")
	c.Hides("✓", "✗")
	c.Press("f8")
	c.Sent(c.Payneteasy, 3)
	c.Look(c.Payneteasy, providers.Answer{State: providers.HandedOver, Code: "pending", HTTPStatus: 200})
	c.Pass(time.Second)
	c.Shows("Payneteasy was asked just now")
}
