package keys_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
	"cashdesk/screens/keys"
	"cashdesk/ui"
)

const secret = "fdda9f03-6409-43eb-a6ef-e1f6cea71c2e"

func setup() desktest.Setup {
	return desktest.Setup{
		Routes: func(d *desk.Desk) map[string]ui.Route {
			return map[string]ui.Route{desk.RouteKeys: func(any) ui.Screen { return keys.New(d) }}
		},
		Start: desk.RouteKeys,
	}
}

// set says whether a key is set.
func set(t *testing.T, c *desktest.Counter, name string) bool {
	t.Helper()
	all, err := c.Till.KeyStates(context.Background(), c.Desk.Session())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if k.Name == name {
			return k.Set
		}
	}
	t.Fatalf("there is no key %s", name)
	return false
}

func TestTheKeys(t *testing.T) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"100x30", 100, 30}} {
		s := setup()
		s.Width, s.Height = size.w, size.h
		c := desktest.New(t, s)
		c.Golden("list-" + size.name)
		c.Press("down", "down", "enter")
		c.Type("half a key")
		c.Golden("typing-" + size.name)
		c.Press("enter")
		c.Golden("wrong-" + size.name)
		c.Paste(secret)
		c.Press("enter")
		c.Golden("set-" + size.name)
	}
}

func TestAManagerSetsAKeyAndNobodyEverSeesIt(t *testing.T) {
	c := desktest.New(t, setup())
	if set(t, c, "xaigate.api_key") {
		t.Fatal("it is set already")
	}
	c.Press("down", "down", "enter")
	c.Paste(secret)
	c.Hides(secret, secret[:8])
	c.Press("enter")
	c.Shows("XaiGate API key is set.")
	if !set(t, c, "xaigate.api_key") || set(t, c, "oxapay.merchant_key") {
		t.Error("another key was set than the marked one")
	}
	c.Press("enter")
	c.Hides(secret, secret[:8])
	c.Press("enter") // nothing typed: nothing is saved
	c.Shows("type or paste the secret first")
}

func TestAWrongSecretIsRefusedWithItsForm(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("down", "down", "enter")
	c.Type("not a key")
	c.Press("enter")
	c.Shows("This is no XaiGate API key.", "It has a UUID")
	c.Hides("not a key")
	if set(t, c, "xaigate.api_key") {
		t.Error("it was set")
	}
}

func TestEscLeavesAKeyAsItIs(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter")
	c.Type("12345678901234567890")
	c.Press("esc")
	c.On(desk.RouteKeys)
	if set(t, c, "oxipay.signing_key") {
		t.Error("it was set")
	}
	c.Press("enter")
	if strings.Contains(c.Frame(), "•") {
		t.Error("what was typed before is still there")
	}
}

func TestWhatIsTypedOrScannedInTheListGoesNowhere(t *testing.T) {
	c := desktest.New(t, setup())
	c.Type("1234567890")
	c.Scan("6199010203")
	c.Press("enter")
	if strings.Contains(c.Frame(), "•••••") {
		t.Error("it is in the field")
	}
}

func TestAnOperatorSeesNoKeys(t *testing.T) {
	s := setup()
	s.Operator = true
	c := desktest.New(t, s)
	c.Shows("Only a manager may change keys.")
	c.Press("enter")
	c.Hides("New secret", "signing key")
}

func TestItFitsEverywhere(t *testing.T) {
	desktest.Corners(t, setup(), func(c *desktest.Counter) {
		c.Press("enter")
		c.Type("half a key")
		c.Press("enter")
	})
	c := desktest.New(t, setup())
	c.Press("enter")
	c.EverySize()
}

func TestWhatChangesInTheKeystoreFromOutsideIsShown(t *testing.T) {
	c := desktest.New(t, setup())
	c.Hides("✓ set")
	name := ""
	all, err := c.Till.KeyStates(t.Context(), c.Desk.Session())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if strings.Contains(k.Name, "oxipay") {
			name = k.Name
		}
	}
	if err := c.Till.SetKey(t.Context(), c.Desk.Session(), name, "1234567890abcdefghij"); err != nil {
		t.Fatal(err)
	}
	c.Hides("✓ set")
	c.Wait(time.Second)
	c.Shows("✓ set")
}
