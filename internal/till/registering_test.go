package till

import (
	"context"
	"testing"

	"cashdesk/keystore"
	"cashdesk/providers"
)

// signing is Oxipay's gateway, where something happens just after a request was
// signed.
type signing struct {
	scriptedOxipay
	then func()
}

func (s *signing) Prepare(o providers.Order) (providers.Request, error) {
	r, err := s.scriptedOxipay.Prepare(o)
	if s.then != nil {
		s.then()
		s.then = nil
	}
	return r, err
}

// registersBeside has another process begin to register this device; the function
// that it gives ends that.
func (c *counter) registersBeside() (end func()) {
	c.t.Helper()
	release, ok, err := c.journal.Claim(registerClaim)
	if err != nil || !ok {
		c.t.Fatalf("no claim: %v", err)
	}
	if _, err := c.journal.Append(context.Background(), providers.Event{Type: providers.EventRegistering, By: "mia"}); err != nil {
		c.t.Fatal(err)
	}
	return func() {
		if _, err := c.journal.Append(context.Background(), providers.Event{Type: providers.EventRegistering, By: "mia", To: providers.Approved}); err != nil {
			c.t.Error(err)
		}
		release()
	}
}

func TestWhatWasSignedJustBeforeAnotherProcessRegistersIsNotRecorded(t *testing.T) {
	c := newCounter(t)
	paid := c.sold(8000, "010204")
	for name, begins := range map[string]func() error{
		"a sale": func() error {
			_, err := c.till.Begin(context.Background(), c.tom, sale(5000, "010203"))
			return err
		},
		"a refund": func() error {
			_, err := c.refund(paid, 2000)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			var end func()
			c.till.gateways[providers.Oxipay] = &signing{scriptedOxipay{c.oxipay}, func() { end = c.registersBeside() }}
			sent := len(c.oxipay.bodies())
			if err := begins(); providers.KindOf(err) != providers.Conflict {
				t.Errorf("it begins: %v", err)
			}
			all, err := c.journal.Unfinished(t.Context())
			if err != nil || len(all) != 0 || len(c.oxipay.bodies()) != sent {
				t.Errorf("it was recorded, or sent with a key that is dead: %+v, %v", all, err)
			}
			end()
			// Over before anybody looks: what is signed anew goes out.
			c.till.gateways[providers.Oxipay] = &signing{scriptedOxipay{c.oxipay}, func() { c.registersBeside()() }}
			if err := begins(); err != nil {
				t.Fatal(err)
			}
			c.oxipay.gets()
			c.oxipay.answers <- declined
			c.till.work.Wait()
			if n := len(c.oxipay.bodies()); n != sent+1 {
				t.Errorf("%d were sent", n-sent)
			}
		})
	}
}

// writing is a keystore where something happens while a secret is written.
type writing struct {
	Vault
	then func()
}

func (w *writing) Set(name string, value keystore.Secret) error {
	if w.then != nil {
		w.then()
		w.then = nil
	}
	return w.Vault.Set(name, value)
}

func TestNobodyRegistersOverASaleThatAnotherProcessBeganMeanwhile(t *testing.T) {
	c := newCounter(t)
	c.till.config.Vault = &writing{c.staff, func() {
		_, err := c.journal.Record(context.Background(), providers.Attempt{
			ID: "A-1", Sale: "R-1", Reference: "R-1", Provider: providers.Oxipay, Kind: providers.Authorise, Amount: money(5000), Operator: "tom",
		}, bodyOf(providers.Request{Call: "Call", Body: []byte("signed with the old key"), Keep: true}))
		if err != nil {
			t.Error(err)
		}
	}}
	if err := c.register("0123456789"); providers.KindOf(err) != providers.Conflict {
		t.Errorf("it registers: %v", err)
	}
	if len(c.oxipay.arrived) != 0 || len(c.registered()) != 0 || c.staff.Has(keystore.OxipayDeviceToken) {
		t.Error("something was sent, written down, or left in the keystore")
	}
}
