package till

import (
	"context"
	"errors"
	"testing"
	"time"

	"cashdesk/providers"
)

// cutOff begins a sale and kills the program while the request is on its way.
func cutOff(c *counter, d Draft) (providers.Attempt, string) {
	a := c.begin(d)
	g := c.script(d.Provider)
	body := g.gets()
	c.stop()
	return a, body
}

func TestKilledWhileWaitingTheNextStartResendsTheSameBytes(t *testing.T) {
	c := newCounter(t)
	a, first := cutOff(c, sale(12550, "010203"))
	c.clock.jump(time.Minute)
	c.open()
	a = c.becomes(a.ID, providers.Unknown)
	if a.Reason != providers.Interrupted {
		t.Errorf("the reason is %q", a.Reason)
	}
	c.passes()
	if again := c.oxipay.gets(); again != first {
		t.Errorf("sent %q after the restart, %q before", again, first)
	}
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
}

func TestKilledAndStartedAfterTheWindowAPersonIsAskedFirst(t *testing.T) {
	for name, jump := range map[string]time.Duration{"later": 11 * time.Minute, "the clock was set back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			a, _ := cutOff(c, sale(12550, "010203"))
			c.clock.jump(jump)
			c.open()
			c.becomes(a.ID, providers.Unknown)
			var risk *ChargeRiskError
			if err := c.till.CheckNow(context.Background(), c.tom, a.ID, false); !errors.As(err, &risk) {
				t.Fatalf("no warning: %v", err)
			}
			if n := len(c.oxipay.bodies()); n != 0 {
				t.Errorf("%d sends by itself", n)
			}
		})
	}
}

func TestRecordedButNotSentIsCancelledAtTheNextStart(t *testing.T) {
	c := newCounter(t)
	c.till.Close() // no driver starts any more: the program dies right after recording
	a := c.begin(sale(12550, "010203"))
	c.reopen()
	c.becomes(a.ID, providers.Cancelled)
	if n := len(c.oxipay.bodies()); n != 0 {
		t.Errorf("%d sends", n)
	}
}

func TestWhatAnInterruptedCallBecomes(t *testing.T) {
	eur := providers.Currency{Code: "EUR", Decimals: 2}
	for _, one := range []struct {
		provider providers.Provider
		kind     providers.Kind
		want     providers.State
	}{
		{providers.Oxipay, providers.Authorise, providers.Unknown},
		{providers.Oxipay, providers.Invite, providers.Unknown},
		{providers.OxaPay, providers.Invoice, providers.Unknown},
		{providers.XaiGate, providers.Invoice, providers.Refused},
		{providers.Payneteasy, providers.Transfer, providers.Refused},
	} {
		t.Run(string(one.provider)+" "+string(one.kind), func(t *testing.T) {
			c := newCounter(t)
			a, _ := cutOff(c, Draft{Provider: one.provider, Kind: one.kind, Amount: providers.Amount{Minor: 1000, Currency: eur}, Code: "", Mobile: "0400000000"})
			c.open()
			c.becomes(a.ID, one.want)
			c.till.Close()
			if n := len(c.script(one.provider).bodies()); n != 0 {
				t.Errorf("%d sends by itself right after the start", n)
			}
		})
	}
}

func TestALostInvitationIsNeverRepeatedByItself(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: providers.Amount{Minor: 1001, Currency: aud}, Mobile: "0400000000"})
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, true); providers.KindOf(err) != providers.Conflict {
		t.Errorf("an invitation can be checked: %v", err)
	}
	st, err := c.till.Status(context.Background())
	if err != nil || st.Unknown != 0 {
		t.Errorf("an SMS counts as a payment that is not known: %+v %v", st, err)
	}
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d messages", n)
	}
}
