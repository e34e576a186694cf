package keys_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
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
	all, err := c.Till.KeyStates(context.Background(), c.Desk.Session(), till.Permit{})
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

// because gives the reason that is asked for.
func because(c *desktest.Counter) {
	c.Type("the key was renewed")
	c.Press("enter")
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
		because(c)
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
	c.Shows("Reason, in words", "Set the XaiGate API key.")
	if set(t, c, "xaigate.api_key") {
		t.Error("it was set without a reason")
	}
	because(c)
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

func TestAnOperatorSeesNoKeysWithoutAManager(t *testing.T) {
	s := setup()
	s.Operator = true
	c := desktest.New(t, s)
	c.Shows("See and change the keys.", "Mia, please enter your PIN.")
	c.Wait(time.Second)
	c.Press("esc")
	c.Shows("Keys are a manager's", "Enter ask a manager")
	c.Hides("New secret", "XaiGate", "set")

	c.Press("enter")
	c.Type(desktest.MiasPIN)
	c.Press("enter")
	c.Type("the key was renewed")
	c.Press("enter")
	c.Shows("XaiGate API key")
	c.Press("down", "down", "enter")
	c.Paste(secret)
	c.Press("enter")
	c.Shows("XaiGate API key is set.")
	for _, e := range journalled(t, c, providers.EventKeySet) {
		if e.By != "mia" || e.Note != "xaigate.api_key" {
			t.Errorf("the journal says %+v", e)
		}
	}
	if said := journalled(t, c, providers.EventAllowed); len(said) != 1 || said[0].By != "mia" || said[0].Note != "change keys: the key was renewed" {
		t.Errorf("the journal says of the manager's word: %+v", said)
	}
}

// journalled are the counter's events of a type.
func journalled(t *testing.T, c *desktest.Counter, kind providers.EventType) []providers.Event {
	t.Helper()
	all, err := c.Journal.CounterEvents(t.Context(), []providers.EventType{kind}, "", time.Time{}, 10)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestAKeyThatUnknownPaymentsWereSignedWith is the way out when the key is wrong:
// the page names what is not known, asks, and then it is given up.
func TestAKeyThatUnknownPaymentsWereSignedWith(t *testing.T) {
	c := desktest.New(t, setup())
	c.Charge(12550, "6199013203")
	c.Answer(c.Oxipay, desktest.Lost)
	c.Wait(time.Second)
	c.Shows("Signed with it and not known yet: 125.50 AUD of 14:07")
	c.Press("enter")
	c.Paste("1234567890abcdefghij")
	c.Press("enter")
	c.Shows("Another key, although one payment is not known yet?", "Leave the key as it is")
	c.Golden("give-up-80x24")
	c.Press("enter") // the harmless one
	if set(t, c, "oxipay.signing_key") {
		t.Fatal("it was set by a no")
	}
	c.Press("enter")
	c.Press("tab", "enter")
	c.Shows("Reason, in words", "and give up asking about")
	because(c)
	c.Shows("Oxipay device signing key is set.")
	c.Hides("not known yet")
	all, err := c.Till.Unsettled(t.Context())
	if err != nil || len(all) != 1 || all[0].State != providers.Unknown || !all[0].Closed || all[0].Reason != providers.KeyChanged {
		t.Errorf("%+v, %v", all, err)
	}
	if n := len(c.Oxipay.Bodies()); n != 1 {
		t.Errorf("%d sends", n)
	}
}

// TestAPaymentThatBecomesUnknownWhileTheKeyIsTyped is asked about all the same.
func TestAPaymentThatBecomesUnknownWhileTheKeyIsTyped(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("enter")
	c.Paste("1234567890abcdefghij")
	c.Charge(12550, "6199013203")
	c.Answer(c.Oxipay, desktest.Lost)
	c.Press("enter")
	because(c)
	c.Shows("Another key, although one payment is not known yet?")
	if set(t, c, "oxipay.signing_key") {
		t.Fatal("it was set before anybody was asked")
	}
	c.Wait(time.Second)
	c.Press("tab", "enter")
	c.Shows("Reason, in words", "and give up asking about")
	because(c)
	c.Shows("Oxipay device signing key is set.")
	if all, err := c.Till.Unsettled(t.Context()); err != nil || len(all) != 1 || !all[0].Closed {
		t.Errorf("%+v, %v", all, err)
	}
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
	all, err := c.Till.KeyStates(t.Context(), c.Desk.Session(), till.Permit{})
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range all {
		if strings.Contains(k.Name, "oxipay") {
			name = k.Name
		}
	}
	permit, err := c.Till.Permit(t.Context(), c.Desk.Session(), till.Keys, till.Manager{}, "a new one")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Till.SetKey(t.Context(), c.Desk.Session(), permit, name, "1234567890abcdefghij", false); err != nil {
		t.Fatal(err)
	}
	c.Hides("✓ set")
	c.Wait(time.Second)
	c.Shows("✓ set")
}
