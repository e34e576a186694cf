package sim

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/sandbox"
	"cashdesk/providers/xaigate"
)

// run is the program from one start to its end.
type run struct {
	w       *world
	n       int
	version string
	shift   time.Duration // how wrong the machine's clock is
	dir     string
	journal *journal.Journal
	till    *till.Till
	session till.Session

	dead   atomic.Bool // killed: whatever it still does leaves no trace
	broken atomic.Bool // its disk is gone

	mu    sync.Mutex
	wires map[*wire]bool
}

var journalKey = []byte("a key of thirty-two bytes, fixed")

// The names of a run's files, in its folder.
const (
	journalName = "journal.db"
	anchorName  = "anchor.json"
)

// template is an empty journal, made once by the journal itself: a seed begins
// with a copy, since creating the schema takes longer than the whole story.
var template = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp(fastDir(), "cashdesk-sim-template-")
	if err != nil {
		return "", err
	}
	j, err := journal.Open(context.Background(), filepath.Join(dir, journalName), journal.Options{Key: journalKey, Mode: journal.Test})
	if err != nil {
		return "", err
	}
	return dir, j.Close()
})

// fastDir is a folder in memory, where there is one.
func fastDir() string {
	if _, err := os.Stat("/dev/shm"); err == nil {
		return "/dev/shm"
	}
	return ""
}

// folder makes a run's folder with a copy of what an earlier one left. The
// reserve is a file of holes: it has the size that the journal looks for.
func folder(from string) (string, error) {
	dir, err := os.MkdirTemp(fastDir(), "cashdesk-sim-")
	if err != nil {
		return "", err
	}
	for _, name := range []string{journalName, journalName + "-wal", anchorName} {
		data, err := os.ReadFile(filepath.Join(from, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return "", err
		}
	}
	reserve, err := os.OpenFile(filepath.Join(dir, journalName+".reserve"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return "", err
	}
	return dir, errors.Join(reserve.Truncate(8<<20), reserve.Close())
}

// start is the program starting on a folder.
func (w *world) start(dir string, version string, shift time.Duration) {
	w.runs++
	w.count(counts{starts: 1})
	r := &run{w: w, n: w.runs, version: version, shift: shift, dir: dir, wires: map[*wire]bool{}}
	w.run = r
	for _, s := range w.sends {
		s.yes = false // whom it was given to is gone
	}
	w.tell("start %d of the program, version %s, its clock %s off", r.n, version, shift)
	j, err := journal.Open(context.Background(), filepath.Join(dir, journalName), journal.Options{
		Key: journalKey, Mode: journal.Test, Counter: true, Now: r.Now, Version: version, Anchor: filepath.Join(dir, anchorName),
	})
	if err != nil {
		w.t.Fatalf("seed %d: the journal does not open: %v", w.seed, err)
	}
	r.journal = j
	r.till = till.New(till.Config{
		Journal: j, Gateways: r.gateways(), Staff: team{}, Vault: noVault{}, Counter: "2", Version: version, Test: true,
		Clock: r, NewID: w.newID, Notify: r.notify, Log: slog.New(settler{}),
	})
	if err := r.till.Start(context.Background()); err != nil && !r.dead.Load() {
		w.fail("the till does not start: %v", err)
	}
	w.rest()
}

// gateways are the program's own clients, on the network in memory.
func (r *run) gateways() []providers.Gateway {
	const origin = "http://127.0.0.1"
	bases := sandbox.Bases(origin)
	way := func(base string) providers.HTTPOptions { return providers.HTTPOptions{Base: base, Dial: r.dial} }
	secret := func(s string) func() string { return func() string { return s } }
	oxi, err1 := oxipay.New(oxipay.Config{HTTP: way(bases.Oxipay), Merchant: "30188105", Device: "counter-2", Firmware: "cashdesk " + r.version,
		Country: oxipay.Australia, SigningKey: r.w.signingKey, Test: true, Random: r.w.tokens})
	oxa, err2 := oxapay.New(oxapay.Config{HTTP: way(bases.OxaPay), MerchantKey: secret(sandbox.OxaPayMerchant), Test: true, LifeTime: 30})
	xai, err3 := xaigate.New(xaigate.Config{HTTP: way(bases.XaiGate), APIKey: secret(sandbox.XaiGateKey), Test: true, Email: "shop@example.com"})
	pay, err4 := payneteasy.New(payneteasy.Config{HTTP: way(bases.Payneteasy), AccessToken: secret(sandbox.PayneteasyToken),
		ControlKey: secret(sandbox.PayneteasyControlKey), SerialNumber: "SN-2", HandoverURL: bases.Handover, Test: true})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		r.w.t.Fatal(err)
	}
	return []providers.Gateway{oxi, oxa, xai, pay}
}

// signingKey is the one in the keystore: sometimes another than the provider has.
func (w *world) signingKey() string {
	if w.wrongKey.Load() {
		return "a key of yesterday"
	}
	return sandbox.OxipayKey
}

// Now is the time on the counter's machine.
func (r *run) Now() time.Time { return r.w.true().Add(r.shift) }

// After is the till's timer.
func (r *run) After(d time.Duration) (<-chan time.Time, func()) {
	if r.dead.Load() {
		return nil, func() {}
	}
	timer := time.NewTimer(d + r.w.apart())
	return timer.C, func() { timer.Stop() }
}

// settler is the till's log. When the till takes up one attempt after another
// at its start, each gets to rest before the next, so that their order is the
// same each time.
type settler struct{}

func (settler) Enabled(context.Context, slog.Level) bool { return true }
func (s settler) WithAttrs([]slog.Attr) slog.Handler     { return s }
func (s settler) WithGroup(string) slog.Handler          { return s }
func (settler) Handle(_ context.Context, r slog.Record) error {
	if r.Message == "taken up" {
		synctest.Wait()
	}
	return nil
}

// rest waits until nothing happens any more without time passing.
func (w *world) rest() { synctest.Wait() }

// The staff: Mia is the manager.
type team struct{}

var members = []keystore.Member{
	{ID: "mia", Name: "Mia", Role: keystore.Manager},
	{ID: "tom", Name: "Tom", Role: keystore.Operator},
	{ID: "eve", Name: "Eve", Role: keystore.Operator},
}

const pin = "2468"

func (team) Staff() []keystore.Member { return members }

func (team) Member(id string) (keystore.Member, bool) {
	for _, m := range members {
		if m.ID == id {
			return m, true
		}
	}
	return keystore.Member{}, false
}

func (team) CheckPIN(_, given string) bool { return given == pin }

type noVault struct{}

func (noVault) Has(string) bool                   { return true }
func (noVault) Set(string, keystore.Secret) error { return errors.New("no keys are set here") }
