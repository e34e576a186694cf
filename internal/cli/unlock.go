package cli

import (
	"context"
	"errors"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
)

// unlock opens the keystore and the journal and starts the till.
func (c *counter) unlock(ctx context.Context, passphrase string) error {
	s := c.settings
	store, err := c.open(passphrase)
	if err != nil {
		return err
	}
	config, err := equipment(s, store, c.byPassphrase)
	if err != nil {
		return err
	}
	j, err := journal.Open(ctx, s.Paths.Journal, journal.Options{Key: store.JournalKey(), Mode: string(s.Mode), Counter: true, Version: Version, Anchor: s.Paths.Anchor, Now: c.now()})
	if err != nil {
		return err
	}
	c.openLog()
	c.keys = newKeyFile(store, s.Paths.Keystore)
	config.Journal, config.Notify, config.Log, config.Clock, config.NewID = j, c.news.add, c.log, c.clock, c.newID
	t := till.New(config)
	if err := c.begin(ctx, t); err != nil {
		t.Close()
		return errors.Join(err, j.Close())
	}
	t.ForgetAfter(s.Privacy.KeepPersonalData)
	c.news.opened(t, j)
	return nil
}

// begin starts the till and, in the demo, signs somebody in.
func (c *counter) begin(ctx context.Context, t *till.Till) error {
	if err := t.Start(ctx); err != nil || c.signIn == nil {
		return err
	}
	session, err := c.signIn(ctx, t)
	if err == nil {
		c.desk.SetSession(session)
	}
	return err
}

// now is the journal's clock, the same as the till's.
func (c *counter) now() func() time.Time {
	if c.clock == nil {
		return nil
	}
	return c.clock.Now
}

// close ends what unlock began. A payment in flight is in the journal; the
// next start takes it up.
func (c *counter) close() {
	t, j := c.news.parts()
	if t != nil {
		t.Close()
	}
	if j != nil {
		if err := j.Close(); err != nil {
			c.log.Error("the journal did not close", "error", err)
		}
	}
	if c.logFile != nil {
		_ = c.logFile.Close()
	}
}

func (c *counter) tillOrNil() *till.Till {
	t, _ := c.news.parts()
	return t
}

// openLog opens the log beside the journal. Without it the counter works on.
func (c *counter) openLog() {
	if c.logFile != nil {
		return // from a try that failed
	}
	if log, file := openLog(c.settings); file != nil {
		c.log, c.logFile = log, file
	}
}
