package till

import (
	"errors"
	"testing"
	"time"

	"cashdesk/providers"
)

// invites sends an invitation that goes out.
func (c *counter) invites(minor int64, mobile string) providers.Attempt {
	c.t.Helper()
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(minor), Mobile: mobile})
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Invited, Code: "SINV01", Signature: providers.SignatureValid, HTTPStatus: 200}
	return c.becomes(a.ID, providers.Invited)
}

// offered says which invitations wait for their customer, newest first.
func (c *counter) offered(want ...providers.Attempt) {
	c.t.Helper()
	all, err := c.till.Invitations(c.t.Context())
	if err != nil || len(all) != len(want) {
		c.t.Fatalf("%d are offered, want %d; %v", len(all), len(want), err)
	}
	for i, a := range all {
		if a.ID != want[i].ID || a.Personal.Mobile == want[i].Personal.Mobile {
			c.t.Errorf("number %d is %+v, not %s masked", i, a, want[i].ID)
		}
	}
}

func TestTheSaleThatFollowsAnInvitationBelongsToIt(t *testing.T) {
	c := newCounter(t)
	first := c.invites(12550, "0400000001")
	second := c.invites(8000, "0400000002")
	c.offered(second, first)
	d := sale(12550, "010203")
	d.Sale = first.Sale
	other := d
	other.Amount = money(9900)
	if _, err := c.till.Begin(t.Context(), c.tom, other); providers.KindOf(err) != providers.Conflict {
		t.Errorf("another amount is the same sale: %v", err)
	}
	a := c.begin(d)
	if a.Sale != first.Sale || a.Reference != first.Sale+"-2" {
		t.Errorf("it is %s of sale %s", a.Reference, a.Sale)
	}
	c.oxipay.gets()
	c.offered(second) // the customer is paying
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	c.offered(second, first) // and may make another code
	d.Code = "010204"
	a = c.begin(d)
	c.oxipay.gets()
	c.oxipay.answers <- approved
	a = c.becomes(a.ID, providers.Approved)
	c.offered(second)
	if a.PossibleDouble {
		t.Error("an invitation is taken for a payment")
	}
	c.clock.run(invitedTime)
	c.offered()
}

func TestASaleMayFollowAnInvitationWhoseAnswerWasLost(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(5000), Mobile: "0400000001"})
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.clock.run(time.Second)
	later := c.invites(8000, "0400000002")
	c.offered(later, a)
	all, err := c.till.Invitations(t.Context())
	if err != nil || all[0].State != providers.Invited || all[1].State != providers.Unknown {
		t.Errorf("whether the SMS went out is said to be known: %+v, %v", all, err)
	}
	d := sale(5000, "010203")
	d.Sale = a.Sale
	b := c.begin(d)
	c.oxipay.gets()
	c.offered(later) // the customer is paying
	c.oxipay.answers <- approved
	if b = c.becomes(b.ID, providers.Approved); b.Sale != a.Sale || b.PossibleDouble {
		t.Errorf("it is %+v", b)
	}
	c.offered(later)
}

func TestAnInvitationThatWasClosedIsNotOffered(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(5000), Mobile: "0400000001"})
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if _, err := c.till.CloseUnknown(t.Context(), c.tom, a.ID, "the customer left"); err != nil {
		t.Fatal(err)
	}
	c.offered()
}

func TestASecondInvitationToTheSameMobileAsksFirst(t *testing.T) {
	c := newCounter(t)
	first := c.invites(12550, "0400 000 001")
	for _, same := range []string{"0400000001", "+61400000001", "0061 400 000 001"} {
		d := Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(5000), Mobile: same}
		var asks *InvitedError
		if _, err := c.till.Begin(t.Context(), c.tom, d); !errors.As(err, &asks) || asks.Attempt.ID != first.ID || asks.Attempt.Personal.Mobile == first.Personal.Mobile {
			t.Errorf("%s: %v", same, err)
		}
	}
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d were sent", n)
	}
	c.invites(5000, "0400000009") // somebody else
	again := Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(5000), Mobile: "0400000001", InviteAgain: true}
	if err := c.till.Check(t.Context(), c.tom, again); err != nil {
		t.Errorf("they mean it: %v", err)
	}
	c.clock.run(inviteAgain + time.Second)
	again.InviteAgain = false
	if err := c.till.Check(t.Context(), c.tom, again); err != nil {
		t.Errorf("ten minutes later: %v", err)
	}
}

// TestAnInvitationThatIsClosedJustThenKeepsNobodyBusy: the news that it was closed
// come in the moment in which its driver ends, and there is nothing to be asked.
func TestAnInvitationThatIsClosedJustThenKeepsNobodyBusy(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: money(5000), Mobile: "0400000001"})
	c.oxipay.gets()
	c.oxipay.answers <- providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
	a = c.becomes(a.ID, providers.Unknown)
	c.till.work.Wait() // its driver has ended
	ctx, d, err := c.till.claim(a.ID)
	if err != nil || d == nil {
		t.Fatalf("no driver: %v", err)
	}
	d.ask(wish{by: "tom"})
	d.start(ctx, a)
	ended := make(chan struct{})
	go func() {
		c.till.work.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Fatal("its driver turns round and round")
	}
	c.nothingSent()
}
