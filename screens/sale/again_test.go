package sale_test

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk/desktest"
)

// TestASaleAfterATransferOfTheSameAmountAsksWhoseItIs: the customer may be paying it
// on their phone.
func TestASaleAfterATransferOfTheSameAmountAsksWhoseItIs(t *testing.T) {
	c := desktest.New(t, desktest.Setup{Routes: only})
	c.Begin(c.Payneteasy, till.Draft{Provider: providers.Payneteasy, Kind: providers.Transfer, Amount: desktest.Minor(6400)})
	c.Answer(c.Payneteasy, desktest.Begun)
	c.Pass(time.Second)
	c.Type("6400")
	c.Scan("6199777888")
	c.Mean()
	c.Shows("Is this another customer?", "64.00 AUD with Payneteasy at", "is handed over and may still go", "through")
	c.Press("esc")
	c.Shows("No second payment was begun", "The earlier transfer may still go through.")
	if n := len(c.Attempts()); n != 1 {
		t.Errorf("%d attempts", n)
	}
}
