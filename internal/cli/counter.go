package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// counter is one run of the program with a screen.
type counter struct {
	settings *settings.Settings
	// open gives the keystore; the passphrase is empty where none is needed.
	open func(passphrase string) (*keystore.Store, error)
	// byPassphrase: whoever opened the keystore typed its passphrase.
	byPassphrase bool
	// signIn signs somebody in without a PIN; the demo's only.
	signIn func(context.Context, *till.Till) (till.Session, error)
	// clock and newID are the till's; nil for the real ones.
	clock till.Clock
	newID func() string

	desk    *desk.Desk
	app     *ui.App
	log     *slog.Logger
	logFile io.Closer
	failed  error
	news    news
	bell    bell
}

// counter opens the counter that the settings describe.
func (p *program) counter(ctx context.Context) error {
	s, err := p.load()
	if err != nil {
		return err
	}
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	if errors.Is(err, keystore.ErrNone) {
		return &providers.Error{Kind: providers.Credentials, Text: "there is no keystore at " + s.Paths.Keystore, Hint: "`cashdesk keys set oxipay.signing_key` makes one; then `cashdesk staff add ID --role manager`", Err: err}
	}
	if err != nil {
		return err
	}
	c := &counter{settings: s, byPassphrase: s.Staff.IdentityFile == "" && !s.Staff.UseKeyring}
	c.open = func(passphrase string) (*keystore.Store, error) {
		if !c.byPassphrase {
			return openWithoutPassphrase(s, locked)
		}
		return locked.Unlock(passphrase)
	}
	return p.show(ctx, c)
}

// show draws the counter until it is left.
func (p *program) show(ctx context.Context, c *counter) error {
	if !isTerminal(p.in) || !isTerminal(p.out) {
		return &providers.Error{Kind: providers.Input, Text: "the counter needs a terminal to be shown on", Hint: "run it in a terminal window; `cashdesk --help` shows what works without one"}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := c.settings
	d := c.furnish(ctx)
	out := &console{file: p.out.(*os.File)}
	d.Copy = func(text string) error { return copyText(out, text) }
	if s.Look.Bell {
		c.bell.ring = out.bell
	}
	d.Print = printing(s.Printer.Command)
	d.Signed = func(till.Session) { c.news.refresh() }
	theme := ui.PickTheme(s.Look.Theme, os.Getenv)
	c.app = ui.New(ui.Options{
		Routes: screens.Routes(d), Start: screens.Start(d),
		Theme:       ui.NewTheme(theme, ui.NewRenderer(p.out, theme)),
		Header:      header(s, d, till.Status{}),
		Scanner:     scannerConfig(s.Scanner),
		QuitWarning: c.quitWarning,
		Lock:        d.Lock(c.idleLock()),
	})
	d.Top = c.app.Top
	c.news.start(ctx, c)
	err := ui.Run(ctx, c.app, p.in, out)
	cancel()
	c.close()
	return errors.Join(c.failed, err)
}

// furnish fills the desk that the screens are given.
func (c *counter) furnish(ctx context.Context) *desk.Desk {
	c.log = slog.New(slog.DiscardHandler)
	if c.desk == nil {
		c.desk = &desk.Desk{}
	}
	d, s := c.desk, c.settings
	d.Till = func() *till.Till { return c.tillOrNil() }
	d.Unlock = func(passphrase string) error { return c.unlock(ctx, passphrase) }
	d.Locked = c.byPassphrase
	d.Fail = func(err error) { c.failed = err }
	d.Shop = shopOf(s, d.Shop)
	d.Health = func() []desk.HealthLine { return health(s, c) }
	return d
}

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
	var staff till.Staff = freshStaff{store, c}
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
	t := till.New(till.Config{
		Journal: j, Gateways: all, Unavailable: unavailable(s, store), Staff: staff, Vault: store, Currencies: currencies(s),
		Counter: s.Shop.Counter, Version: Version, Test: s.Test(),
		ResendWindow: s.Oxipay.ResendWindow, PINLock: s.Staff.PINLock,
		Notify: c.news.add, Log: c.log, Clock: c.clock, NewID: c.newID,
	})
	if err := t.Start(ctx); err != nil {
		return errors.Join(err, j.Close())
	}
	if c.signIn != nil {
		session, err := c.signIn(ctx, t)
		if err != nil {
			return errors.Join(err, j.Close())
		}
		c.desk.SetSession(session)
	}
	c.news.opened(t, j)
	return nil
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
	path := filepath.Join(filepath.Dir(c.settings.Paths.Journal), "cashdesk.log")
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		c.log, c.logFile = slog.New(slog.NewTextHandler(file, nil)), file
	}
}

// quitWarning is the reason to ask before leaving.
func (c *counter) quitWarning() string {
	t := c.tillOrNil()
	if t == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	st, err := t.Status(ctx)
	switch {
	case err != nil:
		return ""
	case st.Unsaved > 0:
		return "A result is not saved yet. Write it down before you leave."
	case st.Unknown > 0:
		return "A payment is not known yet. It is looked at again when cashdesk runs the next time."
	case st.Open > 0:
		return "An invoice is still open. It is watched only while cashdesk runs."
	}
	return ""
}

// idleLock is when the screen locks: in the demo never.
func (c *counter) idleLock() time.Duration {
	if c.desk.Demo != nil {
		return 0
	}
	return c.settings.Staff.IdleLock
}

// shopOf is the shop of the settings, with the hints that only the demo has.
func shopOf(s *settings.Settings, hints desk.Shop) desk.Shop {
	return desk.Shop{
		Name: s.Shop.Name, Counter: s.Shop.Counter, Country: s.Shop.Country, Currency: s.Shop.Currency,
		MaxMinor: s.Shop.MaxAmount.Minor, Zone: s.Shop.TimeZone, Email: s.XaiGate.Email, Test: s.Test(),
		DemoHint: hints.DemoHint, SignInHint: hints.SignInHint,
	}
}
