package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/providers"
)

// unlock opens the keystore and the journal and starts the till.
func (c *counter) unlock(ctx context.Context, passphrase string) error {
	s := c.settings
	store, err := c.open(passphrase)
	if err != nil {
		return err
	}
	secret := func(name string) string { key, _ := store.Get(name); return key.Reveal() }
	if err := s.CheckKeys(func(name string) (string, bool) { return secret(name), store.Has(name) }); err != nil {
		return err
	}
	all, err := gateways(s, secret)
	if err != nil {
		return err
	}
	var staff till.Staff = store
	if c.byPassphrase && !s.Staff.StaffKnowPassphrase {
		staff = managersOnly{all: staff}
	}
	if len(staff.Staff()) == 0 {
		return &providers.Error{Kind: providers.Credentials, Text: "nobody can sign in yet", Hint: "`cashdesk staff add mia --name Mia --role manager` adds the first manager"}
	}
	j, err := journal.Open(ctx, s.Paths.Journal, journal.Options{Key: store.JournalKey(), Mode: string(s.Mode), Counter: true, Version: Version, Anchor: s.Paths.Anchor, Now: c.now()})
	if err != nil {
		return err
	}
	c.openLog()
	c.keys = newKeyFile(store, s.Paths.Keystore)
	t := till.New(till.Config{
		Journal: j, Gateways: all, Unavailable: unavailable(s, store), Staff: staff, Vault: store, Keystore: store, Currencies: currencies(s),
		KeyMark: keyMarks(store.JournalKey(), secret),
		Counter: s.Shop.Counter, Version: Version, Test: s.Test(),
		ResendWindow: s.Oxipay.ResendWindow, PINLock: s.Staff.PINLock,
		Notify: c.news.add, Log: c.log, Clock: c.clock, NewID: c.newID,
	})
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
	path := filepath.Join(filepath.Dir(c.settings.Paths.Journal), "cashdesk.log")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		c.log, c.logFile = slog.New(slog.NewTextHandler(file, nil)), file
	}
}
