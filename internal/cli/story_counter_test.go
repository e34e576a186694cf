//go:build unix

package cli

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/settings"
	"cashdesk/internal/terminal"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// patience is how long a story may take in all; it ends none that goes well.
const patience = 60 * time.Second

// shop is a counter as a shop has it: the built program on a terminal that
// answers no query, its settings, keystore and journal on disk, and a sandbox
// for its providers.
type shop struct {
	*testing.T
	*terminal.Session
	box  *sandbox.Server
	dir  string
	home string
	ctx  context.Context
	cmd  []string
	env  []string // besides what every run gets
	// crashes says that a run is ended as a fault of its own would end it: the
	// dump on the terminal is then none.
	crashes bool
}

// newShop sets a shop up; more are pairs, what to replace in its settings and
// by what.
func newShop(t *testing.T, o sandbox.Options, more ...string) *shop {
	t.Helper()
	t.Parallel()
	box := sandbox.New(o)
	web := httptest.NewServer(box)
	t.Cleanup(func() { box.Release(); web.Close() })
	s := bare(t, built.binary(t, "cashdesk"))
	s.box, s.dir = box, filepath.Join(s.home, "shop")
	s.must(setUpShop(s.dir, web.URL, more...))
	return s
}

// bare is a program in a home folder of its own, with nothing set up.
func bare(t *testing.T, cmd ...string) *shop {
	t.Helper()
	home := t.TempDir()
	for _, dir := range []string{"home", "tmp"} {
		if err := os.Mkdir(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	s := &shop{T: t, home: home, cmd: cmd}
	s.within(patience)
	return s
}

// within ends everything that the story began after some time.
func (s *shop) within(most time.Duration) {
	ctx, cancel := context.WithTimeout(s.Context(), most)
	s.Cleanup(cancel)
	s.ctx = ctx
}

// start runs the program on a new terminal of 80×24.
func (s *shop) start() {
	s.Helper()
	session, err := terminal.Start(s.ctx, terminal.Options{Command: s.cmd, Dir: s.home, Env: append([]string{
		"HOME=" + filepath.Join(s.home, "home"), "TMPDIR=" + filepath.Join(s.home, "tmp"), "TZ=UTC",
		"CASHDESK_SETTINGS=" + filepath.Join(s.dir, "settings.toml"),
	}, s.env...)})
	s.must(err)
	s.Cleanup(func() {
		session.Close()
		noSecrets(s.T, session.Written())
		if !s.crashes && strings.Contains(plain(session.Written()), "goroutine ") {
			s.Error("a dump of the program was on the screen")
		}
	})
	s.Session = session
}

// open starts the program and signs Mia in with her PIN.
func (s *shop) open() {
	s.Helper()
	s.start()
	s.sees("Mia", "PIN")
	s.Type(demoPIN)
	s.sees("Enter sign in")
	s.press("enter")
	s.idle()
}

// idle waits for the idle screen without an amount on it.
func (s *shop) idle() { s.Helper(); s.sees("type the amount", "Mia") }

// press presses keys.
func (s *shop) press(keys ...string) { s.Helper(); s.must(s.Press(keys...)) }

// until presses a key again and again until the texts stand on the screen, as
// an impatient person does: the Enter right behind a scan is the scanner's.
func (s *shop) until(key string, texts ...string) terminal.Screen {
	s.Helper()
	return s.repeats(key, 120*time.Millisecond, texts...)
}

// calmly is until with a rest after each press: a page or a question that
// appeared by itself hears nothing before the keyboard has rested.
func (s *shop) calmly(key string, texts ...string) terminal.Screen {
	s.Helper()
	return s.repeats(key, 730*time.Millisecond, texts...)
}

func (s *shop) repeats(key string, pace time.Duration, texts ...string) terminal.Screen {
	s.Helper()
	again := time.NewTicker(pace)
	defer again.Stop()
	seen, over := make(chan struct{}), make(chan struct{})
	defer func() { // a press that has begun does not fall into what is typed next
		close(seen)
		<-over
	}()
	session := s.Session
	go func() {
		defer close(over)
		for {
			_ = session.Press(key)
			select {
			case <-again.C:
			case <-seen:
				return
			}
		}
	}()
	return s.sees(texts...)
}

// types types an amount on the idle screen and waits until it is there.
func (s *shop) amount(digits string) {
	s.Helper()
	s.must(s.Type(digits))
	s.sees("Enter: other ways to pay")
}

// scan scans a code, and waits until Enter would charge it.
func (s *shop) scan(code, sum string) {
	s.Helper()
	s.must(s.Scan(code, "\r"))
	s.sees("Enter charges "+sum, "scanned")
}

// sells does a whole sale: amount, scan, Enter, until the texts are seen.
func (s *shop) sells(digits, code, sum string, texts ...string) terminal.Screen {
	s.Helper()
	s.amount(digits)
	s.scan(code, sum)
	return s.until("enter", texts...)
}

// method opens the other ways to pay and goes down to one of them.
func (s *shop) method(digits string, down int, mark string) {
	s.Helper()
	s.amount(digits)
	s.press("enter")
	s.sees("▸ Oxipay")
	for range down {
		s.press("down")
	}
	s.sees("▸ " + mark)
	s.press("enter")
}

// sees waits until all the texts stand on the screen.
func (s *shop) sees(texts ...string) terminal.Screen {
	s.Helper()
	screen, err := s.WaitText(texts...)
	s.must(err)
	return screen
}

// hides says that none of the texts stands on the screen.
func (s *shop) hides(texts ...string) {
	s.Helper()
	all := s.Screen().Text()
	for _, text := range texts {
		if strings.Contains(all, text) {
			s.Errorf("%q is on the screen:\n%s", text, all)
		}
	}
}

// leaves quits the program, which must leave the terminal as it found it.
func (s *shop) leaves() {
	s.Helper()
	s.press("ctrl+q")
	s.ended(0)
}

// ended waits for the program's end.
func (s *shop) ended(want int) {
	s.Helper()
	code, err := s.Wait()
	s.must(err)
	if code != want {
		s.Errorf("exit code %d, want %d; it wrote\n%s", code, want, plain(s.Written()))
	}
	if left := s.Left(); len(left) > 0 {
		s.Errorf("it leaves the terminal with %q", left)
	}
}

func (s *shop) must(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// took compares the provider's books with what the counter should have made
// the shop: one approval for each amount, in order.
func (s *shop) took(amounts ...string) []sandbox.Entry {
	s.Helper()
	ledger := s.box.Ledger()
	var got []string
	for _, e := range ledger {
		got = append(got, e.Amount)
	}
	if strings.Join(got, " ") != strings.Join(amounts, " ") {
		s.Fatalf("the providers took %v, want %v", got, amounts)
	}
	return ledger
}

// calls gives the bodies of the requests to paths that end so.
func (s *shop) calls(path string) [][]byte {
	var bodies [][]byte
	for _, r := range s.box.Requests() {
		if strings.HasSuffix(r.Path, path) {
			bodies = append(bodies, r.Body)
		}
	}
	return bodies
}

// same says that a call was made so often, each time with the same bytes.
func (s *shop) same(path string, times int) {
	s.Helper()
	bodies := s.calls(path)
	if len(bodies) != times {
		s.Fatalf("%d calls of %s, want %d", len(bodies), path, times)
	}
	for _, body := range bodies {
		if !bytes.Equal(body, bodies[0]) {
			s.Errorf("another request went out:\n%s\nafter\n%s", body, bodies[0])
		}
	}
}

// keystore opens the shop's, beside the program.
func (s *shop) keystore() (*settings.Settings, *keystore.Store) {
	s.Helper()
	set, err := settings.Load(filepath.Join(s.dir, "settings.toml"))
	s.must(err)
	locked, err := keystore.Open(set.Paths.Keystore, keystore.Options{})
	s.must(err)
	identity, err := keystore.IdentityFromFile(filepath.Join(s.dir, "identity"))
	s.must(err)
	store, err := locked.UnlockWithIdentity(identity.Reveal())
	s.must(err)
	return set, store
}

// journalled gives all payments of the shop's journal, newest first, and says
// that the journal is as it was written. It may be asked beside the program.
func (s *shop) journalled() []providers.Attempt {
	s.Helper()
	set, store := s.keystore()
	j, err := journal.Open(s.ctx, set.Paths.Journal, journal.Options{Key: store.JournalKey(), Mode: string(set.Mode), Version: Version, Anchor: set.Paths.Anchor})
	s.must(err)
	defer j.Close()
	report, err := j.Verify(s.ctx)
	s.must(err)
	if !report.OK() {
		s.Errorf("the journal is not in order: %v", report.Faults)
	}
	page, err := j.Page(s.ctx, journal.Query{Limit: 100})
	s.must(err)
	return page.Attempts
}

// state says what the journal's only payment is.
func (s *shop) state(want providers.State) providers.Attempt {
	s.Helper()
	all := s.journalled()
	if len(all) != 1 || all[0].State != want {
		s.Fatalf("the journal has %+v, want one payment that is %s", all, want)
	}
	return all[0]
}

var escape = regexp.MustCompile(`\x1b(\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()][A-Z0-9]|.)`)

// plain is what was written, without the terminal's own words.
func plain(written string) string { return escape.ReplaceAllString(written, "") }

// noSecrets looks through everything that the terminal ever got.
func noSecrets(t *testing.T, written string) {
	t.Helper()
	all := plain(written)
	secrets := []string{"correct horse", "AGE-SECRET-KEY", "6199011234", "6199111234", "6199991234"}
	for name, secret := range sandboxKeys {
		if name != keystore.OxaPayMerchantKey { // it reads "sandbox", a word like any other
			secrets = append(secrets, secret)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(all, secret) {
			t.Errorf("%q was on the screen", secret)
		}
	}
}
