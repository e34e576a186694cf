package desktest

import (
	"context"
	"database/sql"
	"time"

	"cashdesk/providers"
)

// Full has the journal take no event of a kind, as a full disk takes nothing, until
// the function that it gives is called: that waits until everything is saved.
func (c *Counter) Full(kind providers.EventType) (room func()) {
	c.t.Helper()
	c.change("CREATE TRIGGER refused BEFORE INSERT ON events WHEN NEW.type = '" + string(kind) + "' BEGIN SELECT raise(ABORT, 'no room'); END")
	return func() {
		c.t.Helper()
		c.change("DROP TRIGGER refused")
		c.Pass(2 * time.Second)
		c.until("it is saved", func() bool {
			st, err := c.Till.Status(context.Background())
			return err == nil && st.Unsaved == 0
		})
	}
}

// change alters the journal's file behind its back.
func (c *Counter) change(text string) {
	c.t.Helper()
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
