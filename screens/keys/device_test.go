package keys_test

import (
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk/desktest"
)

const token = "nb4i6ldxuVQC"

// answered answers the registration that is on its way.
func answered(t *testing.T, c *desktest.Counter, a providers.Answer) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.Oxipay.Give(a)
	}()
	because(c)
	<-done
	c.Wait(time.Second)
}

func TestThisDeviceIsRegisteredAndNobodySeesTheKey(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f4")
	c.Shows("dead from then on")
	c.Golden("device-80x24")
	c.Paste(token)
	c.Hides(token)
	c.Press("enter")
	c.Shows("Register this device with Oxipay")
	answered(t, c, providers.Answer{State: providers.Approved, Code: "SCRK01", Signature: providers.SignatureValid})
	c.Shows("This device is registered.")
	c.Hides(desktest.NewKey, token)
	if !set(t, c, "oxipay.signing_key") {
		t.Error("the key is not in the keystore")
	}
}

func TestALostAnswerSaysThatTheOldKeyMayBeDead(t *testing.T) {
	c := desktest.New(t, setup())
	c.Press("f4")
	c.Paste(token)
	c.Press("enter")
	answered(t, c, desktest.Lost)
	c.Shows("Not known whether this device was registered", "fresh token")
	c.Hides(token)
}

func TestAPaymentThatIsNotKnownStandsInTheWayOfARegistration(t *testing.T) {
	c := desktest.New(t, setup())
	c.Charge(12550, "010203")
	c.Leave(c.Oxipay, desktest.Lost)
	c.Wait(15 * time.Second)
	c.Press("f4")
	c.Paste(token)
	c.Press("enter")
	c.Shows("Another key, although one payment is not known yet?")
	c.Press("enter") // the answer that is marked leaves the key as it is
	c.Shows("125.50 AUD of")
}
