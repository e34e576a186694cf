package till

import (
	"database/sql"
	"testing"

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
