package cli

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/oklog/ulid/v2"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
	"cashdesk/screens"
	"cashdesk/screens/desk"
	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

// The screenshots are made from the demo's own wiring, against its sandbox
// over real HTTP, with a clock that stands still. UPDATE_SCREENSHOTS=FOLDER
// writes the frames there, for the tool that draws them.

const pictures = "../../screenshots"

func TestTheScreenshotsShowTheProgramAsItIs(t *testing.T) {
	for _, theme := range []ui.ThemeName{ui.ThemeDark, ui.ThemeLight} {
		t.Run(string(theme), func(t *testing.T) { newGallery(t, theme).tour() })
	}
}

// gallery is a counter being photographed.
type gallery struct {
	t       *testing.T
	theme   ui.ThemeName
	server  *sandbox.Server
	counter *counter
	person  *uitest.Driver
	clock   *stillClock
	seen    map[string]bool
}

func newGallery(t *testing.T, theme ui.ThemeName) *gallery {
	g := &gallery{t: t, theme: theme, clock: &stillClock{now: uitest.Start}, seen: map[string]bool{}}
	g.server = sandbox.New(sandbox.Options{Now: g.clock.Now, Rand: newDice()})
	address := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "127.0.0.1:8199" // links are made from it, and must not change with the port
		g.server.ServeHTTP(w, r)
	}))
	t.Cleanup(address.Close)
	s, err := demoSettings(address.URL, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s.Shop.TimeZone = time.UTC
	s.Payneteasy.HandoverURL = strings.Replace(s.Payneteasy.HandoverURL, address.URL, "http://127.0.0.1:8199", 1)
	store := keystore.NewMemory()
	if err := fillDemo(store); err != nil {
		t.Fatal(err)
	}
	if err := store.AddMember(keystore.Member{ID: "tom", Name: "Tom", Role: keystore.Operator}, "7193"); err != nil {
		t.Fatal(err)
	}
	g.counter = &counter{
		settings: s, open: func(string) (*keystore.Store, error) { return store, nil },
		clock: g.clock, newID: newIDs(),
		desk: &desk.Desk{Demo: g.server, Shop: demoShop()},
	}
	t.Cleanup(g.counter.close)
	g.furnish(s)
	return g
}

// furnish opens the screens on the first of them, the passphrase asked for.
func (g *gallery) furnish(s *settings.Settings) {
	d := g.counter.furnish(context.Background())
	d.Locked = true
	d.Copy = func(string) error { return nil }
	d.Health = func() []desk.HealthLine { return placeless(health(s, g.counter)) }
	g.person = uitest.New(g.t, uitest.Setup{
		Routes: screens.Routes(d), Start: screens.Start(d), Width: 100, Height: 30, Theme: g.theme,
		Header: header(s, d, till.Status{}),
		Lock:   d.Lock(s.Staff.IdleLock), // the demo itself never locks
	})
	d.Top = g.person.App.Top
}

// placeless takes what differs from machine to machine out of the health page.
func placeless(lines []desk.HealthLine) []desk.HealthLine {
	for i, line := range lines {
		switch line.Title {
		case "Journal":
			lines[i].Value = "~/.local/share/cashdesk/test/journal.db"
		default:
			if at := strings.Index(line.Value, "http://"); at >= 0 {
				path := strings.SplitN(line.Value[at+len("http://"):], "/", 2)
				lines[i].Value = line.Value[:at] + "http://127.0.0.1:8199/" + path[len(path)-1]
			}
		}
	}
	return lines
}

// tour walks through every screen, as somebody does who shows the program.
func (g *gallery) tour() {
	p := g.person
	p.Type("correct horse")
	g.photo("unlock")
	g.press("enter")
	g.photo("sign-in")
	g.press("enter")
	p.Type(demoPIN)
	g.press("enter")
	g.news()
	g.photo("sale-demo")

	g.sale("8900", "6199010111", providers.Approved)
	g.press("enter")
	g.sale("31000", "6199130222", providers.Declined)
	g.photo("result-declined")
	g.press("esc")
	g.crypto("3500")
	g.photo("invoice")
	g.press("esc")
	g.unknown("24000", "6199010333")
	g.photo("not-known")
	g.press("esc")
	g.counter.desk.Shop.DemoHint = nil
	p.Type("12550")
	g.press("enter")
	g.photo("method")
	g.press("down", "down", "f4")
	g.photo("currency")
	g.press("esc", "up", "up", "enter")
	g.photo("code")
	p.Type("010203")
	g.press("enter")
	p.Wait(2 * time.Second) // Enter does nothing in the first moment
	g.photo("confirm")
	g.press("f4")
	p.Type("10000")
	g.photo("part")
	g.press("esc")
	p.Wait(2 * time.Second)
	g.server.Hold()
	g.press("enter")
	g.waitFor(providers.Sent)
	p.Wait(3 * time.Second)
	g.photo("waiting")
	g.clock.set(p.Now)
	g.server.Release()
	g.waitFor(providers.Approved)
	g.photo("result-approved")
	g.press("f4")
	p.Type("R-2026-0042")
	g.photo("receipt")
	g.press("enter")
	g.until(func(u till.Update) bool { return u.Attempt.ReceiptStored })
	g.press("enter")
	p.Type("4501")
	g.photo("sale")
	g.press("f3")
	p.Type("0412345678")
	g.photo("invite")
	g.press("enter")
	g.press("enter")
	g.waitFor(providers.Invited)
	g.photo("result-invited")
	g.press("esc")
	p.Scan("6199010444")
	g.photo("sale-invited")
	g.press("esc")
	p.Type("20000")
	g.press("enter", "down", "down", "down", "down", "enter")
	p.Wait(2 * time.Second)
	g.photo("transfer-confirm")
	g.press("enter")
	g.waitFor(providers.HandedOver)
	g.photo("transfer")
	g.press("esc")
	g.managersPages()
}

func (g *gallery) managersPages() {
	g.press("f5")
	g.photo("history")
	g.press("down", "down", "down", "enter")
	g.photo("detail")
	g.press("esc", "up", "enter", "f6")
	g.photo("refund")
	g.press("esc", "esc", "esc", "f6")
	g.photo("not-settled")
	g.press("esc", "f4")
	g.photo("receipts")
	g.press("esc", "f2")
	g.photo("session")
	g.press("f4")
	g.photo("keys")
	g.press("f4")
	g.person.Type("nb4i6ldxuVQC")
	g.photo("keys-register")
	g.press("esc", "esc", "f7")
	g.photo("health")
	g.press("esc", "esc", "f1")
	g.photo("help")
	p := g.person
	p.Wait(g.counter.settings.Staff.IdleLock)
	p.Type("40")
	g.photo("locked")
}

// press presses keys a second apart. The till's clock is moved before each and
// at no other time, so that what a key sets going always happens at the same.
func (g *gallery) press(keys ...string) {
	g.t.Helper()
	for _, key := range keys {
		g.person.Wait(time.Second)
		g.clock.set(g.person.Now)
		g.person.PressNow(key)
		g.person.Wait(100 * time.Millisecond) // an Enter that charges is believed when no second one follows
	}
}

// sale takes a scanned payment and waits for its verdict.
func (g *gallery) sale(amount, code string, want providers.State) {
	g.person.Type(amount)
	g.person.Scan(code)
	g.press("enter")
	g.waitFor(want)
}

// unknown takes a payment whose answer gets lost.
func (g *gallery) unknown(amount, code string) {
	g.server.LoseNext()
	g.sale(amount, code, providers.Unknown)
	g.person.Wait(time.Second)
}

// crypto makes an OxaPay invoice.
func (g *gallery) crypto(amount string) {
	g.person.Type(amount)
	g.press("enter", "down", "down", "enter", "enter")
	g.waitFor(providers.Open)
}

// waitFor hands the till's news to the screens until an attempt is in a state.
func (g *gallery) waitFor(want providers.State) {
	g.t.Helper()
	g.until(func(u till.Update) bool { return u.Attempt.State == want })
}

// until hands the till's news to the screens until there is some of a kind.
func (g *gallery) until(is func(till.Update) bool) {
	g.t.Helper()
	for {
		for _, u := range g.news() {
			if is(u) {
				g.person.Wait(500 * time.Millisecond) // what came by itself takes no key at first
				return
			}
		}
		select {
		case <-g.counter.news.wake:
		case <-g.t.Context().Done():
			g.t.Fatalf("the news never came:\n%s", g.person.Frame())
		}
	}
}

// news does what the counter's own goroutine does in life.
func (g *gallery) news() []till.Update {
	n := &g.counter.news
	n.mu.Lock()
	queue := n.queue
	n.queue = nil
	if n.wake == nil {
		n.wake = make(chan struct{}, 1)
	}
	n.mu.Unlock()
	for _, u := range queue {
		g.person.Send(desk.UpdateMsg{Update: u})
	}
	if t := g.counter.tillOrNil(); t != nil {
		st, err := t.Status(context.Background())
		if err != nil {
			g.t.Fatal(err)
		}
		g.person.Send(ui.HeaderMsg{Header: header(g.counter.settings, g.counter.desk, st)})
	}
	return queue
}

// photo holds the frame against its picture's text.
func (g *gallery) photo(name string) {
	g.t.Helper()
	g.news()
	name += "-" + string(g.theme)
	if g.seen[name] {
		g.t.Fatalf("two pictures are called %s", name)
	}
	g.seen[name] = true
	got := g.person.Frame() + "\n"
	if folder := os.Getenv("UPDATE_SCREENSHOTS"); folder != "" {
		if err := os.WriteFile(filepath.Join(folder, name+".ans"), []byte(g.person.Raw()), 0o644); err != nil {
			g.t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(filepath.Join(pictures, name+".txt"))
	if errors.Is(err, fs.ErrNotExist) {
		g.t.Errorf("there is no picture of %s: .ci/screenshots makes it", name)
	} else if err != nil {
		g.t.Fatal(err)
	} else if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		g.t.Errorf("the picture of %s is stale, .ci/screenshots makes it anew; the screen is now\n%s", name, got)
	}
}

// stillClock moves when the gallery says so; its timers never fire.
type stillClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *stillClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *stillClock) set(now time.Time) {
	c.mu.Lock()
	c.now = now
	c.mu.Unlock()
}

func (c *stillClock) After(time.Duration) (<-chan time.Time, func()) {
	return make(chan time.Time), func() {}
}

// dice are random numbers that are the same in every run.
type dice struct{ *rand.ChaCha8 }

func newDice() dice { return dice{rand.NewChaCha8([32]byte{})} }

// newIDs gives ULIDs that are the same in every run.
func newIDs() func() string {
	var mu sync.Mutex
	n := uint64(0)
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		n++
		var id ulid.ULID
		if err := id.SetTime(ulid.Timestamp(uitest.Start)); err != nil {
			panic(err)
		}
		binary.BigEndian.PutUint64(id[8:], n*0x9E3779B97F4A7C15) // spread over the letters
		return fmt.Sprint(id)
	}
}
