package till

import (
	"database/sql"
	"testing"
	"time"

	"cashdesk/providers"
)

// refusing has the journal refuse one kind of event, as a full disk refuses
// all, until the function that it gives is called.
func (c *counter) refusing(kind providers.EventType) (accept func()) {
	c.t.Helper()
	change := func(text string) {
		db, err := sql.Open("sqlite", c.path)
		if err == nil {
			_, err = db.Exec(text)
		}
		if err == nil {
			err = db.Close()
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
	change("CREATE TRIGGER refused BEFORE INSERT ON events WHEN NEW.type = '" + string(kind) + "' BEGIN SELECT raise(ABORT, 'no room'); END")
	return func() { change("DROP TRIGGER refused") }
}

func TestAResendThatTheJournalDidNotTakeIsTriedAgain(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	first := c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	accept := c.refusing(providers.EventResent)
	c.passes()
	if pause := c.passes(); pause != savePause {
		t.Errorf("after a resend that was not taken it waits %s", pause)
	}
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d sends, and the journal knows of one", n)
	}
	accept()
	c.passes()
	if again := c.oxipay.gets(); again != first {
		t.Errorf("sent %q, and %q before", again, first)
	}
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
}

// TestACustomerWhoConfirmsIsAskedAboutAtTheProvidersPace: whoever stands at the
// counter with the phone in hand does not wait a minute for the yes.
func TestACustomerWhoConfirmsIsAskedAboutAtTheProvidersPace(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	awaits := providers.Answer{State: providers.Unknown, Code: "SPND01", Reason: providers.AwaitsBuyer, RetryAfter: 3 * time.Second, Signature: providers.SignatureValid, HTTPStatus: 200}
	for range 6 {
		c.oxipay.gets()
		c.oxipay.answers <- awaits
		if pause := c.passes(); pause != awaits.RetryAfter {
			t.Fatalf("it is asked again after %s", pause)
		}
	}
	c.oxipay.gets()
	c.oxipay.answers <- lost // that is another matter
	if pause := c.passes(); pause != resendPause(7) {
		t.Errorf("after a lost answer it is asked again after %s", pause)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	for i, body := range c.oxipay.bodies() {
		if body != c.oxipay.bodies()[0] {
			t.Errorf("request %d has other bytes", i)
		}
	}
}
