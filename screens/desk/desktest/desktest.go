// Package desktest is a counter for tests of screens: a real till over a real
// journal, the providers' real clients with answers that the test gives, and a
// person at the keyboard. Nothing in it waits for time to pass.
package desktest

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

// Setup says what a counter is made of.
type Setup struct {
	// Routes are the screens under test; every other route has a stand-in that
	// shows its name.
	Routes func(*desk.Desk) map[string]ui.Route
	// Start is the first screen, RouteSale when empty.
	Start string
	// Args are what the first screen is given, once there is a till.
	Args          func(*Counter) any
	Width, Height int
	Theme         ui.ThemeName
	// Operator signs Tom in, who is no manager; else Mia, who is.
	Operator bool
	// IdleLock is when the screen locks, 0 is never.
	IdleLock time.Duration
	// Change changes the desk, Prepare whatever else, before the first screen
	// is made.
	Change  func(*desk.Desk)
	Prepare func(*Counter)
	// Till changes what the till is made of.
	Till func(*till.Config)
	// Quotes: the transfer server tells limits and commission beforehand. AsksBINs:
	// the digits of the cards are typed. Follows: it tells what became of a transfer.
	Quotes, AsksBINs, Follows bool
}

// Counter is a counter under test.
type Counter struct {
	*uitest.Driver
	Desk *desk.Desk
	Till *till.Till
	Demo *Demo
	// Journal is the till's, for what no screen shows.
	Journal *journal.Journal

	Oxipay, OxaPay, XaiGate, Payneteasy *Gateway
	// Told is what the transfer server tells when it is asked for a quote.
	Told providers.Quote
	asks Setup

	path  string // of the journal
	t     testing.TB
	clock *clock
	wake  chan struct{} // something happened behind the screen

	mu      sync.Mutex
	updates []till.Update // not yet delivered
	latest  map[string]providers.Attempt
	opened  []any // what the stand-ins were given
	ids     int
}

// New makes a counter and shows its first screen.
func New(t testing.TB, s Setup) *Counter {
	t.Helper()
	c := &Counter{t: t, wake: make(chan struct{}, 1), latest: map[string]providers.Attempt{}, Demo: &Demo{}, asks: s}
	c.clock = &clock{now: uitest.Start, happened: c.happened}
	c.openTill(s.Till)
	c.Desk = &desk.Desk{
		Till: func() *till.Till { return c.Till },
		Shop: desk.Shop{Name: "Hill St Books", Counter: "2", Country: "AU", Currency: aud, MaxMinor: 1_000_000, Email: "till@hillst.example"},
	}
	person := "mia"
	if s.Operator {
		person = "tom"
	}
	session, err := c.Till.SignInTrusted(context.Background(), person)
	if err != nil {
		t.Fatal(err)
	}
	c.Desk.SetSession(session)
	if s.Change != nil {
		s.Change(c.Desk)
	}
	if s.Prepare != nil {
		s.Prepare(c)
	}
	if s.Start == "" {
		s.Start = desk.RouteSale
	}
	var args any
	if s.Args != nil {
		args = s.Args(c)
	}
	c.Driver = uitest.New(t, uitest.Setup{
		Routes: c.routes(s.Routes(c.Desk)), Start: s.Start, Args: args, Width: s.Width, Height: s.Height, Theme: s.Theme,
		Header: ui.Header{Shop: "Hill St Books", Counter: "counter 2", Operator: session.Name},
		Lock:   c.Desk.Lock(s.IdleLock),
	})
	c.Desk.Top = c.App.Top
	return c
}

var (
	aud = providers.Currency{Code: "AUD", Decimals: 2}
	eur = providers.Currency{Code: "EUR", Decimals: 2}
	usd = providers.Currency{Code: "USD", Decimals: 2}
	jpy = providers.Currency{Code: "JPY", Decimals: 0}
)

func (c *Counter) openTill(change func(*till.Config)) {
	ctx := context.Background()
	now := c.clock.Now
	c.path = filepath.Join(c.t.TempDir(), "journal.db")
	j, err := journal.Open(ctx, c.path, journal.Options{
		Key: make([]byte, 32), Mode: journal.Test, Counter: true, Now: now, Version: "test",
	})
	if err != nil {
		c.t.Fatal(err)
	}
	c.Journal = j
	config := till.Config{
		Journal: j, Gateways: c.gateways(), Staff: c.staff(), Vault: keystore.NewMemory(),
		Currencies: map[providers.Provider][]providers.Currency{
			providers.Oxipay: {aud}, providers.OxaPay: {usd, aud, jpy}, providers.XaiGate: {eur, usd}, providers.Payneteasy: {eur},
		},
		Counter: "2", Version: "test", Test: true, Clock: c.clock, NewID: c.newID, Notify: c.notify,
	}
	if change != nil {
		change(&config)
	}
	c.Till = till.New(config)
	if err := c.Till.Start(ctx); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() {
		c.Till.Close()
		if err := j.Close(); err != nil {
			c.t.Error(err)
		}
	})
}

func (c *Counter) staff() *keystore.Store {
	store := keystore.NewMemory()
	for _, m := range []struct {
		keystore.Member
		pin string
	}{
		{keystore.Member{ID: "mia", Name: "Mia", Role: keystore.Manager}, MiasPIN},
		{keystore.Member{ID: "tom", Name: "Tom", Role: keystore.Operator}, TomsPIN},
	} {
		if err := store.AddMember(m.Member, m.pin); err != nil {
			c.t.Fatal(err)
		}
	}
	return store
}

// The PINs of the manager Mia and the operator Tom.
const (
	MiasPIN = "7391"
	TomsPIN = "8264"
)

func (c *Counter) newID() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids++
	return fmt.Sprintf("01JC%018d7Q%02d", 0, c.ids)
}

// Minor is an amount of the shop's currency.
func Minor(minor int64) providers.Amount { return providers.Amount{Minor: minor, Currency: aud} }

// giveUp is how long the till may take for anything before a test fails.
const giveUp = 10 * time.Second

// Corners draws a screen at the corners of all sizes in every theme. The driver
// checks each frame. do brings the screen to the state that is meant.
func Corners(t *testing.T, s Setup, do ...func(*Counter)) {
	t.Helper()
	for _, theme := range ui.Themes() {
		s.Theme = theme
		c := New(t, s)
		for _, f := range do {
			f(c)
		}
		for _, size := range [][2]int{{1, 1}, {1, 80}, {250, 1}, {40, 12}, {250, 80}, {80, 24}, {100, 30}} {
			c.Resize(size[0], size[1])
		}
	}
}
