package cli

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
	_ "cashdesk/ui/mute" // as every program does
)

func TestMain(m *testing.M) {
	testscript.Main(tidy{m}, map[string]func(){
		"cashdesk":  func() { os.Exit(Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
		testPrinter: func() { os.Exit(playPrinter(os.Args[1], os.Args[2:])) },
	})
}

// tidy removes what the tests share when they are done.
type tidy struct{ *testing.M }

// Run runs the tests, more of them at once than there are processors: the
// stories on the terminal mostly wait.
func (m tidy) Run() int {
	defer built.remove()
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil {
		panic(err)
	}
	return m.M.Run()
}

// TestTheCommandLine plays the scripts: each is one story at a prompt, in a
// home folder of its own.
func TestTheCommandLine(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			home := filepath.Join(env.WorkDir, "home")
			env.Setenv("HOME", home)
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
			env.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
			env.Setenv("TZ", "UTC")
			return os.MkdirAll(home, 0o700)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "shop": scriptShop, "take": take, "oneSentence": oneSentence, "tamper": tamper,
			"name-identity": nameIdentity, "version": journalVersion, "journal": journalHolds, "other-shop": otherShop,
			"reference": reference, "kept": kept,
			"pinFile": pinFile, "ledger": ledger, "requests": requests, "requested": requested, "customerPays": customerPays, "expires": expires,
			"refunded": refunded, "numbered": numbered, "elsewhere": elsewhere, "rated": rated, "approves": approves, "newer": newer, "loses": loses, "plays": plays, "sameBytes": sameBytes, "contradicts": contradicts, "asksBINs": asksBINs,
		},
	})
}

// exits CODE COMMAND… runs a command that must end with this exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// oneSentence says that the last command's complaint is a sentence and a hint
// on a line of its own, and not a stack.
func oneSentence(ts *testscript.TestScript, _ bool, _ []string) {
	lines := strings.Split(strings.TrimSuffix(ts.ReadFile("stderr"), "\n"), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "cashdesk: ") || !strings.HasPrefix(lines[1], "  ") || len(strings.TrimSpace(lines[1])) < 10 {
		ts.Fatalf("not one sentence and a hint:\n%s", strings.Join(lines, "\n"))
	}
}

// scriptShop sets a counter up against a sandbox of its own: settings, a
// keystore that an identity file opens, the sandbox's keys, and one manager.
// With "locked" there is only the passphrase, at a cost below a shop's.
func scriptShop(ts *testscript.TestScript, _ bool, args []string) {
	box := sandbox.New(sandbox.Options{})
	web := httptest.NewServer(box)
	ts.Defer(web.Close)
	boxes.Store(ts.Getenv("WORK"), box)
	dir := ts.MkAbs("shop")
	if len(args) == 0 {
		ts.Check(setUpShop(dir, web.URL))
	} else {
		ts.Check(setUpShop(dir, web.URL, "identity_file", "#identity_file"))
		ts.Check(os.Remove(filepath.Join(dir, "identity")))
	}
	ts.Setenv("CASHDESK_SETTINGS", filepath.Join(dir, "settings.toml"))
}

// setUpShop writes into dir what a counter needs against the sandbox at origin.
func setUpShop(dir, origin string, more ...string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	store, err := keystore.Create(filepath.Join(dir, "keystore"), "correct horse battery", keystore.Options{WorkFactor: 10, PINMemoryKiB: 64})
	if err != nil {
		return err
	}
	for name, value := range sandboxKeys {
		if err := store.Set(name, keystore.NewSecret(value)); err != nil {
			return err
		}
	}
	if err := store.AddMember(demoManager, demoPIN); err != nil {
		return err
	}
	if err := store.WriteIdentityFile(filepath.Join(dir, "identity")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "settings.toml"), shopSettings(dir, origin, more...), 0o600)
}

// nameIdentity makes the settings of a locked shop name the identity's file.
func nameIdentity(ts *testscript.TestScript, _ bool, _ []string) {
	path := ts.Getenv("CASHDESK_SETTINGS")
	text := strings.Replace(ts.ReadFile(path), "#identity_file", "identity_file", 1)
	ts.Check(os.WriteFile(path, []byte(text), 0o600))
}

// sandboxKeys are the secrets that the sandbox knows.
var sandboxKeys = map[string]string{
	keystore.OxipaySigningKey: sandbox.OxipayKey, keystore.OxaPayMerchantKey: sandbox.OxaPayMerchant,
	keystore.XaiGateAPIKey: sandbox.XaiGateKey, keystore.PayneteasyAccessToken: sandbox.PayneteasyToken,
	keystore.PayneteasyControlKey: sandbox.PayneteasyControlKey,
}

// shopSettings are the example's, with places and servers of the test's own.
// more are pairs:
// what to replace once, and by what.
func shopSettings(dir, origin string, more ...string) []byte {
	pairs := []string{
		"http://127.0.0.1:8199", origin, "/webapi/v1/Test", "/webapi/v1",
		"\n[paths]\n", fmt.Sprintf("\n[paths]\njournal = %q\nkeystore = %q\nanchor = %q\n",
			filepath.Join(dir, "data", "journal.db"), filepath.Join(dir, "keystore"), filepath.Join(dir, "anchor", "journal.anchor")),
		`#bursts = "auto"`, `bursts = "never"`, // a test types as fast as a scanner
		"\n[staff]\n", fmt.Sprintf("\n[staff]\nidentity_file = %q\n", filepath.Join(dir, "identity")),
	}
	text := strings.NewReplacer(pairs...).Replace(string(settings.Example()))
	for i := 0; i < len(more); i += 2 {
		text = strings.Replace(text, more[i], more[i+1], 1)
	}
	return []byte(text)
}

// take CODE… takes payments of 12.50, 13.50, … through the counter's own
// wiring, without its screen.
func take(ts *testscript.TestScript, _ bool, codes []string) {
	c, session, err := openCounter(ts.Getenv("CASHDESK_SETTINGS"), nil)
	ts.Check(err)
	defer c.close()
	for i, code := range codes {
		a, err := c.tillOrNil().Begin(context.Background(), session, till.Draft{
			Provider: providers.Oxipay, Kind: providers.Authorise, Code: code,
			Amount: providers.Amount{Minor: int64(1250 + 100*i), Currency: c.settings.Shop.Currency},
		})
		ts.Check(err)
		ts.Check(untilDecided(c, session, a.ID))
	}
}

// openCounter opens a counter as the screen's unlock does, and signs in; clock
// is nil for the real one.
func openCounter(path string, clock till.Clock) (*counter, till.Session, error) {
	s, err := settings.Load(path)
	if err != nil {
		return nil, till.Session{}, err
	}
	locked, err := keystore.Open(s.Paths.Keystore, keystore.Options{})
	if err != nil {
		return nil, till.Session{}, err
	}
	c := &counter{settings: s, clock: clock, open: func(string) (*keystore.Store, error) { return openWithoutPassphrase(s, locked) }}
	c.news.wake = make(chan struct{}, 1)
	if err := c.unlock(context.Background(), ""); err != nil {
		return nil, till.Session{}, err
	}
	session, err := c.tillOrNil().SignIn(context.Background(), demoManager.ID, demoPIN)
	return c, session, err
}

// untilDecided waits for the till's word that an attempt is no longer on its
// way.
func untilDecided(c *counter, s till.Session, id string) error {
	for range c.news.wake {
		d, err := c.tillOrNil().Detail(context.Background(), s, id)
		if err != nil || d.Attempt.State != providers.Recorded && d.Attempt.State != providers.Sent {
			return err
		}
	}
	return nil
}

// journalVersion N makes the journal one of a program of that version: the
// number stands at byte 60 of every SQLite file.
func journalVersion(ts *testscript.TestScript, _ bool, args []string) {
	version, err := strconv.ParseUint(args[0], 10, 32)
	ts.Check(err)
	file, err := os.OpenFile(ts.MkAbs("shop/data/journal.db"), os.O_WRONLY, 0)
	ts.Check(err)
	defer file.Close()
	_, err = file.WriteAt(binary.BigEndian.AppendUint32(nil, uint32(version)), 60)
	ts.Check(err)
}

// tamper OLD NEW changes the first OLD in the journal's file, behind the
// program's back.
func tamper(ts *testscript.TestScript, _ bool, args []string) {
	path := ts.MkAbs("shop/data/journal.db")
	data, err := os.ReadFile(path)
	ts.Check(err)
	if len(args[0]) != len(args[1]) || !bytes.Contains(data, []byte(args[0])) {
		ts.Fatalf("%q is not in the journal, or longer or shorter than %q", args[0], args[1])
	}
	ts.Check(os.WriteFile(path, bytes.ReplaceAll(data, []byte(args[0]), []byte(args[1])), 0o600))
}
