package sim

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/sandbox"
	"cashdesk/providers/xaigate"
)

// resendWindow is how long the same bytes go again by themselves.
const resendWindow = 10 * time.Minute

// run is the program from one start to its end.
type run struct {
	w            *world
	n            int
	version      string
	began, ended time.Time
	shift        atomic.Int64 // how wrong the machine's clock is, a time.Duration
	dir          string
	journal      *journal.Journal
	till         *till.Till
	session      till.Session

	startedAt time.Time // by its own clock

	dead   atomic.Bool // killed: whatever it still does leaves no trace
	broken atomic.Bool // its disk is gone
	full   atomic.Bool // its disk is full

	mu    sync.Mutex
	wires map[*wire]bool
}

var journalKey = []byte("a key of thirty-two bytes, fixed")

// start is the program starting on a folder.
func (w *world) start(dir string, version string, shift time.Duration) {
	w.runs++
	w.count(counts{Starts: 1})
	r := &run{w: w, n: w.runs, version: version, began: time.Now(), dir: dir, wires: map[*wire]bool{}}
	r.shift.Store(int64(shift))
	r.startedAt = r.Now()
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
	config := till.Config{
		Journal: j, Gateways: r.gateways(), Staff: team{}, Vault: vault{w}, KeyMark: w.keyMark, Counter: "2", Version: version, Test: true,
		Clock: r, NewID: w.newID, Notify: r.notify, Log: slog.New(settler{}), ResendWindow: resendWindow,
	}
	if w.bend != nil {
		w.bend(&config)
	}
	r.till = till.New(config)
	if err := r.till.Start(context.Background()); err != nil && !r.dead.Load() {
		w.fail(otherwise, "the till does not start: %v", err)
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

// Now is the time on the counter's machine.
func (r *run) Now() time.Time { return r.w.now().Add(time.Duration(r.shift.Load())) }

// Running is how long the till's clock has run, however it was set.
func (r *run) Running() time.Duration { return time.Since(r.w.began) }

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
