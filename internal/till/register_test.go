package till

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
)

// held says what the keystore has under a name.
func (c *counter) held(name string) string {
	value, _ := c.staff.Get(name)
	return value.Reveal()
}

// registered gives what the journal says of registering, oldest first.
func (c *counter) registered() []providers.Event {
	c.t.Helper()
	all, err := c.journal.CounterEvents(context.Background(), []providers.EventType{providers.EventRegistering}, "", time.Time{}, 10)
	if err != nil {
		c.t.Fatal(err)
	}
	for i, k := 0, len(all)-1; i < k; i, k = i+1, k-1 {
		all[i], all[k] = all[k], all[i]
	}
	return all
}

// register asks for a new key.
func (c *counter) register(token string) error {
	return c.till.Register(context.Background(), c.mia, Permit{right: Keys, By: "mia", Reason: "new device"}, token)
}

func TestALostRegisteringSaysThatTheOldKeyMayBeDead(t *testing.T) {
	r := newRealShop(t, rightKey)
	r.faults.Store(oxipay.CallCreateKey, unheard)
	err := r.register("01-first-token")
	if providers.KindOf(err) != providers.Uncertain || !strings.Contains(providers.HintOf(err), "the old key may be dead") {
		t.Errorf("it says %v, %s", err, providers.HintOf(err))
	}
	if r.held(keystore.OxipaySigningKey) != rightKey || r.staff.Has(keystore.OxipayDeviceToken) {
		t.Error("the keystore holds another key, or still the token")
	}
	all := r.registered()
	if len(all) != 2 || all[0].To != "" || all[1].To != providers.Unknown || all[0].By != "mia" || all[1].Note != lostRegistering {
		t.Errorf("the journal says %+v", all)
	}
	r.faults.Delete(oxipay.CallCreateKey)
	if err := r.register("01-first-token"); providers.KindOf(err) != providers.Credentials {
		t.Errorf("the token works twice: %v", err)
	}
	if err := r.register("01-second-token"); err != nil {
		t.Fatal(err)
	}
	key := r.held(keystore.OxipaySigningKey)
	if key == rightKey || key == "" || r.staff.Has(keystore.OxipayDeviceToken) {
		t.Error("the new key is not in the keystore, or the token still is")
	}
	r.taken(990, "010999") // signed with the new one
	r.stop()
	for _, file := range []string{r.path, r.path + "-wal"} {
		data, err := os.ReadFile(file)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		for _, secret := range []string{key, "01-first-token", "01-second-token"} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s has a secret in it", file)
			}
		}
	}
	r.start()
}

func TestNobodyRegistersWhileAPaymentIsNotKnownUnlessItIsGivenUp(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	r.lose.Store(false)
	var waiting *UnresolvedError
	if err := r.register("01-a-token"); !errors.As(err, &waiting) || len(waiting.Attempts) != 1 || waiting.Attempts[0].ID != a.ID {
		t.Fatalf("it says %v", err)
	}
	if n := len(r.calls(oxipay.CallCreateKey)); n != 0 || r.staff.Has(keystore.OxipayDeviceToken) || len(r.registered()) != 0 {
		t.Errorf("%d requests were sent, or something is left of it", n)
	}
	permit := Permit{right: Keys, By: "mia", Reason: "new device"}
	if err := r.till.RegisterAnyway(t.Context(), r.mia, permit, "01-a-token"); err != nil {
		t.Fatal(err)
	}
	if now := r.attempt(a.ID); !givenUp(now) {
		t.Errorf("the payment stands as %+v", now)
	}
}

func TestWhileThisDeviceIsBeingRegisteredNothingIsSignedWithTheOldKey(t *testing.T) {
	c := newCounter(t)
	ended := make(chan error, 1)
	go func() { ended <- c.register("0123456789") }()
	c.oxipay.gets() // it waits for the answer
	if !c.staff.Has(keystore.OxipayDeviceToken) {
		t.Error("the keystore was not proven to be writable")
	}
	if err := c.register("9876543210"); providers.KindOf(err) != providers.Conflict {
		t.Errorf("two register at once: %v", err)
	}
	if _, err := c.till.Begin(t.Context(), c.tom, sale(5000, "010203")); providers.KindOf(err) != providers.Conflict {
		t.Errorf("a sale begins: %v", err)
	}
	c.opens(c.oxapay, invoice(providers.OxaPay, 3500)) // others go on
	c.oxipay.answers <- done
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if c.held(keystore.OxipaySigningKey) != "a-key-that-is-new" || c.staff.Has(keystore.OxipayDeviceToken) {
		t.Error("the new key is not kept, or the token still is")
	}
	if c.counted(providers.EventKeySet) != 1 {
		t.Error("the journal does not know that the key is another one")
	}
	c.sold(5000, "010203")
}

func TestARegisteringWhoseProgramDiedIsEndedAtTheNextStart(t *testing.T) {
	c := newCounter(t)
	if err := c.staff.Set(keystore.OxipayDeviceToken, keystore.NewSecret("0123456789")); err != nil {
		t.Fatal(err)
	}
	if _, err := c.journal.Append(t.Context(), providers.Event{Type: providers.EventRegistering, By: "mia"}); err != nil {
		t.Fatal(err)
	}
	if err := c.till.Check(t.Context(), c.tom, sale(5000, "010203")); err != nil {
		t.Errorf("the dead one stops sales: %v", err)
	}
	c.reopen()
	all := c.registered()
	if len(all) != 2 || all[1].To != providers.Unknown || all[1].Reason != providers.Interrupted || c.staff.Has(keystore.OxipayDeviceToken) {
		t.Errorf("the journal says %+v, or the token is still kept", all)
	}
	c.sold(5000, "010203")
}

func TestATokenThatIsNoneIsNotSent(t *testing.T) {
	c := newCounter(t)
	for _, wrong := range []string{"", "two words", strings.Repeat("x", 65)} {
		if err := c.register(wrong); providers.KindOf(err) != providers.Input || wrong != "" && strings.Contains(err.Error(), wrong) {
			t.Errorf("%d characters: %v", len(wrong), err)
		}
	}
	if len(c.oxipay.arrived) != 0 || len(c.registered()) != 0 {
		t.Error("something was sent or written down")
	}
}

// TestASaleThatWasClosedUnknownIsSettledOrGivenUpBeforeTheDeviceIsRegistered: with
// the old key a manager could still ask about it.
func TestASaleThatWasClosedUnknownIsSettledOrGivenUpBeforeTheDeviceIsRegistered(t *testing.T) {
	for name, wayOut := range map[string]func(r *realShop, a providers.Attempt) error{
		"given up": func(r *realShop, a providers.Attempt) error {
			return r.till.RegisterAnyway(t.Context(), r.mia, Permit{right: Keys, By: "mia", Reason: "new device"}, "01-a-token")
		},
		"settled": func(r *realShop, a providers.Attempt) error {
			if _, err := r.till.Settle(t.Context(), r.mia, r.permit(Settle), a.ID, true); err != nil {
				return err
			}
			return r.register("01-a-token")
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRealShop(t, rightKey)
			a := r.lostSale("010203")
			r.lose.Store(false)
			if _, err := r.till.CloseUnknown(t.Context(), r.tom, a.ID, "the customer left"); err != nil {
				t.Fatal(err)
			}
			var waiting *UnresolvedError
			if err := r.register("01-a-token"); !errors.As(err, &waiting) || len(waiting.Attempts) != 1 || waiting.Attempts[0].ID != a.ID {
				t.Fatalf("it says %v", err)
			}
			if n := len(r.calls(oxipay.CallCreateKey)); n != 0 || r.held(keystore.OxipaySigningKey) != rightKey {
				t.Errorf("%d requests were sent, or the key is another one", n)
			}
			if err := wayOut(r, a); err != nil {
				t.Fatal(err)
			}
			r.taken(990, "010999") // signed with the new key
			switch now := r.attempt(a.ID); name {
			case "settled":
				if now.State != providers.Approved {
					t.Errorf("it is %s", now.State)
				}
			default:
				if now.State != providers.Unknown || !givenUp(now) {
					t.Errorf("it stands as %+v", now)
				}
				if _, err := r.till.Settle(t.Context(), r.mia, r.permit(Settle), a.ID, true); err != nil {
					t.Errorf("it cannot be settled any more: %v", err)
				}
			}
			if err := r.register("01-another-token"); err != nil {
				t.Errorf("it stands in the way again: %v", err)
			}
			if n := len(r.calls(oxipay.CallProcessAuthorisation)); n != 2 {
				t.Errorf("%d requests for two sales", n)
			}
		})
	}
}
