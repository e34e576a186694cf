package till

import (
	"testing"
	"time"

	"cashdesk/providers"
)

// cannotBeFound is a client whose lost invoices nobody can look up, or pay.
type cannotBeFound struct{ providers.Gateway }

func (cannotBeFound) Lost(providers.Kind) providers.State { return providers.Refused }

func TestWhatALostAnswerLeavesIsForTheClientToSayWhereItKnowsBetter(t *testing.T) {
	c := newCounter(t)
	plain := &Till{gateways: map[providers.Provider]providers.Gateway{providers.OxaPay: c.oxapay}}
	knows := &Till{gateways: map[providers.Provider]providers.Gateway{providers.OxaPay: cannotBeFound{c.oxapay}}}
	for _, row := range []struct {
		till  *Till
		state providers.State
		want  providers.State
	}{
		{plain, providers.Sent, providers.Unknown},
		{knows, providers.Sent, providers.Refused},
		{knows, providers.Unknown, providers.Unknown}, // made by an earlier setting: it is looked up
	} {
		a := providers.Attempt{Provider: providers.OxaPay, Kind: providers.Invoice, State: row.state}
		if got := row.till.lost(a); got != row.want {
			t.Errorf("%s becomes %s, want %s", row.state, got, row.want)
		}
		if astray := row.till.astray(a, providers.Answer{State: providers.Open}, providers.WrongEcho); astray.State != row.want || astray.Reason != providers.WrongEcho {
			t.Errorf("an answer that is another's leaves %+v, want %s", astray, row.want)
		}
	}
}

// TestAPartPaymentIsNotLookedAtForEver: a provider may call it so until the end
// of days.
func TestAPartPaymentIsNotLookedAtForEver(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	ends := c.clock.Now().Add(time.Minute)
	part := providers.Answer{State: providers.PartlyPaid, Code: "underpaid", Shortfall: "5.00", ExpiresAt: ends, HTTPStatus: 200}
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- part
	c.becomes(a.ID, providers.PartlyPaid)
	for c.clock.Now().Before(ends.Add(partGrace)) {
		if pause := c.passes(); pause > 30*time.Second {
			t.Fatalf("while its last payment may be confirmed it is looked at after %s", pause)
		}
		c.oxapay.gets()
		c.oxapay.answers <- part
	}
	for n := range 5 {
		pause := c.passes()
		c.oxapay.gets()
		c.oxapay.answers <- part
		if n > 0 && pause != latePoll {
			t.Errorf("long after its time it is looked at after %s", pause)
		}
	}
}
