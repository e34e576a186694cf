package cli

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"time"

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
	keys    *keyFile
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

// quitWarning is the reason to ask before leaving: from the last status, since
// a key press waits for no disk.
func (c *counter) quitWarning() string {
	st := c.news.lastStatus()
	switch {
	case c.desk.Demo != nil && st.Unsaved+st.Waiting+st.Unknown+st.Open > 0:
		return "Something is still going on. The demo keeps nothing: it ends here."
	case st.Unsaved > 0:
		return "A result is not saved yet. Write it down before you leave."
	case st.Waiting > 0:
		return "A payment is on its way. Its answer is asked for again when cashdesk runs the next time."
	case st.Unknown > 0:
		return "A payment is not settled yet (F6). Nothing is asked about it until cashdesk runs again."
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
