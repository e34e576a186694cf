// Package till holds the use cases of a counter: charge, invite, invoice,
// transfer, check, settle, look back. It records before it sends, keeps
// resolving what is not known, and knows no terminal.
package till

import (
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"time"

	"github.com/oklog/ulid/v2"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// Config is what a till needs.
type Config struct {
	Journal  *journal.Journal
	Gateways []providers.Gateway
	Staff    Staff
	Vault    Vault
	// Keystore is what Staff and Vault are kept in, for the journal to note
	// which one was in use; nil where that is of no matter.
	Keystore Sealed
	// KeyMark tells a secret of the vault from another one, without telling what
	// it is; "" when it is not set. Nil: nobody but this till changes keys.
	KeyMark func(name string) string
	// Unavailable says why a provider cannot be used now (switched off, its key
	// not set), "" if it can. Nil: whatever has a gateway can be used.
	Unavailable func(providers.Provider) string
	// Currencies lists, by provider, what it takes; the first is the usual one.
	Currencies map[providers.Provider][]providers.Currency

	// ReceiptNumbers: the shop's own till makes a receipt number after each
	// Oxipay sale that has no reference of the shop's.
	ReceiptNumbers bool
	// Shelf keeps what providers told, for when they do not answer; nil keeps
	// nothing.
	Shelf Shelf

	Counter string // the counter's name, written into every attempt
	Version string // the program's version
	Test    bool   // test mode: every attempt is marked

	// ResendWindow is how long, from the first send, the same bytes are sent
	// again by themselves. Default 10 minutes.
	ResendWindow time.Duration
	// PINLock is how long five wrong PINs lock an operator. Default 30 minutes.
	PINLock time.Duration

	Clock Clock         // nil: the real one
	NewID func() string // nil: ULIDs
	// Notify is called, from the till's own goroutines, after everything that
	// changes an attempt. It must not call back into the till.
	Notify func(Update)
	Log    *slog.Logger
}

// Staff is the part of the keystore that knows people.
type Staff interface {
	// Staff lists everybody.
	Staff() []keystore.Member
	// Member finds one person by id.
	Member(id string) (keystore.Member, bool)
	// CheckPIN compares a PIN; slow on purpose.
	CheckPIN(id, pin string) bool
}

// Update is news of an attempt.
type Update struct {
	Attempt providers.Attempt
	// NotSaved says that the verdict could not be written to the journal yet:
	// it must be written down by hand.
	NotSaved bool
}

// Till is one counter's till. All methods may be called from any goroutine.
type Till struct {
	config   Config
	gateways map[providers.Provider]providers.Gateway
	started  time.Time
	// startedAt is the same by a clock that is a runner.
	startedAt time.Duration

	turns turns // of those who ask about open invoices

	begin sync.Mutex // one payment begins at a time, so that two presses cannot both pass the guards

	keys    sync.Mutex        // taken after begin
	marks   map[string]string // by key: its mark as the journal knows it
	cleared bool              // nothing is suspected under an earlier key any more

	claiming sync.Mutex // taken before mu: who drives an attempt, and its claim, change together

	mu      sync.Mutex
	ctx     context.Context // of the background work; nil before Start
	stop    context.CancelFunc
	drivers map[string]*driver
	rested  map[string]int64         // by attempt that is not over: its event at which its driver ended
	begun   map[string]time.Duration // by attempt of this run: when, in running time
	tried   map[string]time.Duration // by person: the last wrong PIN of this run
	unsaved int
	doubt   error // why the journal may be an older copy; nil if it is whole
	// keystoreDoubt is why the keystore may be an older copy, or another one.
	keystoreDoubt error
	offset        time.Duration // our clock minus the provider's
	noEcho        int           // answers that came without our token
	lights        map[providers.Provider]Light

	hearing hearing
	takenUp time.Duration // when what nobody drives was looked for last, in running time

	clerk *clerk
	given sync.Map // by sale: its receipt number was given to this till

	work sync.WaitGroup
}

// New makes a till. Nothing runs before Start.
func New(c Config) *Till {
	if c.ResendWindow == 0 {
		c.ResendWindow = 10 * time.Minute
	}
	if c.PINLock == 0 {
		c.PINLock = 30 * time.Minute
	}
	if c.Clock == nil {
		c.Clock = SystemClock()
	}
	if c.NewID == nil {
		c.NewID = newULID(c.Clock)
	}
	if c.Unavailable == nil {
		c.Unavailable = func(providers.Provider) string { return "" }
	}
	if c.Notify == nil {
		c.Notify = func(Update) {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	t := &Till{
		config:   c,
		gateways: map[providers.Provider]providers.Gateway{},
		started:  c.Clock.Now(),
		marks:    map[string]string{},
		begun:    map[string]time.Duration{},
		tried:    map[string]time.Duration{},
		drivers:  map[string]*driver{},
		rested:   map[string]int64{},
		lights:   map[providers.Provider]Light{},
	}
	if r, ok := c.Clock.(runner); ok {
		t.startedAt = r.Running()
	}
	t.config.Notify = t.hears(c.Notify)
	t.clerk = newClerk(t)
	for _, g := range c.Gateways {
		t.gateways[g.Provider()] = g
	}
	return t
}

func newULID(clock Clock) func() string {
	var mu sync.Mutex
	entropy := ulid.Monotonic(rand.Reader, 0)
	return func() string {
		mu.Lock()
		defer mu.Unlock()
		return ulid.MustNew(ulid.Timestamp(clock.Now()), entropy).String()
	}
}

// Start takes up what an earlier run left unfinished and begins the work in
// the background. ctx ends it, as Close does.
func (t *Till) Start(ctx context.Context) error {
	t.mu.Lock()
	t.ctx, t.stop = context.WithCancel(ctx)
	t.mu.Unlock()
	if err := t.config.Journal.CheckAnchor(ctx); err != nil {
		// Not a reason to stop: what was sold since the backup is not in it
		// either way, and a counter that does not open helps nobody.
		t.config.Log.Error("the journal does not fit its anchor", "error", err)
		t.doubt = err
	}
	if err := t.KeystoreRead(ctx, nil); err != nil {
		t.config.Log.Error("the keystore could not be noted", "error", err)
	}
	if err := t.noteKeys(ctx); err != nil {
		// It is tried again before anything is signed or sent again.
		t.config.Log.Error("which keys are in use could not be noted", "error", err)
	}
	if err := t.findRegistering(ctx); err != nil {
		t.config.Log.Error("what became of a registering could not be noted", "error", err)
	}
	defer t.employ() // what moves money comes first
	return t.recover(t.ctx)
}

// running is the context of the background work.
func (t *Till) running() context.Context {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.ctx == nil {
		return context.Background()
	}
	return t.ctx
}

// Close stops the background work and waits for it. A payment in flight is
// already in the journal; the next start takes it up.
func (t *Till) Close() {
	t.mu.Lock()
	stop := t.stop
	t.stop = nil
	t.mu.Unlock()
	if stop != nil {
		stop()
		t.keepLocks(context.Background())
	}
	t.work.Wait()
	t.clerk.work.Wait()
}
