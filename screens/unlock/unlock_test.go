package unlock_test

import (
	"errors"
	"testing"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/unlock"
	"cashdesk/ui"
)

const right = "four unrelated words"

// keystore counts how often it was asked to open.
type keystore struct {
	tries  []string
	failed []error // what the command line was told
	fault  error   // nothing to do with the passphrase
}

func (k *keystore) open(passphrase string) error {
	k.tries = append(k.tries, passphrase)
	switch {
	case k.fault != nil:
		return k.fault
	case passphrase != right && passphrase != "":
		return providers.Invalid("passphrase", "the passphrase does not open the keystore", "try again; it is the manager's")
	}
	return nil
}

func setup(k *keystore, locked, signedIn bool) desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteUnlock: func(any) ui.Screen { return unlock.New(d) }}
		},
		Start: desk.RouteUnlock,
		Change: func(d *desk.Desk) {
			d.Locked, d.Unlock = locked, k.open
			d.Fail = func(err error) { k.failed = append(k.failed, err) }
			if !signedIn {
				d.SetSession(till.Session{})
			}
		},
	}
}

func TestTheFirstScreen(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup(&keystore{}, true, false)
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("asks-" + size.name)
		c.Type("wrong words")
		c.Golden("typed-" + size.name)
		c.Press("enter")
		c.Golden("wrong-" + size.name)
	}
}

func TestTheRightPassphraseLeadsToSignIn(t *testing.T) {
	k := &keystore{}
	c := desktest.New(t, setup(k, true, false))
	if len(k.tries) != 0 {
		t.Error("something was opened before anybody typed a passphrase")
	}
	c.Press("enter") // nothing typed yet
	c.Type(right)
	c.Hides(right)
	c.Press("enter")
	c.On(desk.RouteSignIn)
	if len(k.tries) != 1 || k.tries[0] != right {
		t.Errorf("tried %q", k.tries)
	}
}

func TestAWrongPassphraseIsSaidAndForgotten(t *testing.T) {
	k := &keystore{}
	c := desktest.New(t, setup(k, true, false))
	c.Type("guess")
	c.Press("enter")
	c.On(desk.RouteUnlock)
	c.Shows("The passphrase does not open the keystore.", "Try again; it is the manager's.")
	c.Press("enter") // the field is empty
	if len(k.tries) != 1 || len(k.failed) != 0 || c.Gone() {
		t.Errorf("tried %q, failed with %v", k.tries, k.failed)
	}
	c.Type(right)
	c.Hides("does not open")
	c.Press("enter")
	c.On(desk.RouteSignIn)
	if k.tries[1] != right {
		t.Errorf("the second try was %q: something was left of the first", k.tries[1])
	}
}

func TestWithoutAPassphraseItOpensByItself(t *testing.T) {
	k := &keystore{}
	c := desktest.New(t, setup(k, false, false))
	c.On(desk.RouteSignIn)
	if len(k.tries) != 1 || k.tries[0] != "" {
		t.Errorf("tried %q", k.tries)
	}
}

func TestInTheDemoNobodyHasToSignIn(t *testing.T) {
	desktest.New(t, setup(&keystore{}, false, true)).On(desk.RouteSale)
}

func TestWhatCannotBeMendedHereEndsTheProgramWithItsReason(t *testing.T) {
	k := &keystore{fault: &providers.Error{Kind: providers.Internal, Text: "the journal is in use by another counter"}}
	c := desktest.New(t, setup(k, false, false))
	if !c.Gone() || len(k.failed) != 1 || !errors.Is(k.failed[0], k.fault) {
		t.Errorf("gone %v, told %v", c.Gone(), k.failed)
	}
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(&keystore{}, true, false), func(c *desktest.Counter) {
		c.Type("guess")
		c.Press("enter")
	})
	desktest.New(t, setup(&keystore{}, true, false)).EverySize()
}
