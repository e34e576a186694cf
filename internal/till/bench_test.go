package till

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// aud is the shop's currency in these stories.
var aud = providers.Currency{Code: "AUD", Decimals: 2}

// counter is a till with a real journal on disk, a clock that the test moves
// and providers whose answers the test gives.
type counter struct {
	t          *testing.T
	till       *Till
	journal    *journal.Journal
	path       string
	key        []byte
	staff      *keystore.Store
	clock      *handClock
	updates    chan Update
	oxipay     *scripted
	oxapay     *scripted
	xaigate    *scripted
	payneteasy *scripted
	mia        Session // manager
	tom        Session // operator
}

// newCounter opens a counter on a new journal.
func newCounter(t *testing.T) *counter {
	t.Helper()
	store := keystore.NewMemory()
	for id, m := range map[string]keystore.Member{
		"2468": {ID: "mia", Name: "Mia", Role: keystore.Manager},
		"1357": {ID: "tom", Name: "Tom", Role: keystore.Operator},
	} {
		if err := store.AddMember(m, id); err != nil {
			t.Fatal(err)
		}
	}
	c := &counter{
		t: t, path: filepath.Join(t.TempDir(), "journal.db"), key: store.JournalKey(), staff: store,
		clock: newHandClock(time.Date(2026, 11, 20, 14, 7, 31, 0, time.UTC)),
	}
	c.open()
	return c
}

// open starts the till, as after the program was started.
func (c *counter) open() {
	c.t.Helper()
	j, err := journal.Open(context.Background(), c.path, journal.Options{Key: c.key, Mode: journal.Test, Counter: true, Now: c.clock.Now, Anchor: filepath.Join(filepath.Dir(c.path), "anchor", "journal.anchor")})
	if err != nil {
		c.t.Fatal(err)
	}
	c.journal = j
	c.oxipay = newScripted(c, providers.Oxipay)
	c.oxapay = newScripted(c, providers.OxaPay)
	c.xaigate = newScripted(c, providers.XaiGate)
	c.payneteasy = newScripted(c, providers.Payneteasy)
	updates := make(chan Update, 1000)
	c.updates = updates
	c.till = New(Config{
		Journal: j, Staff: c.staff, Vault: c.staff, Clock: c.clock, Counter: "2", Test: true, Version: "test",
		Gateways: c.equipped(),
		Notify:   func(u Update) { updates <- u },
	})
	if err := c.till.Start(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	c.mia = Session{ID: "S1", Operator: "mia", Name: "Mia", Role: keystore.Manager}
	c.tom = Session{ID: "S2", Operator: "tom", Name: "Tom", Role: keystore.Operator}
	c.t.Cleanup(c.stop)
}

// stop ends the till without any good-bye, as a power cut would leave it: what
// is not in the journal's file by now is gone.
func (c *counter) stop() {
	c.till.Close()
	_ = c.journal.Close()
}

// reopen is the next start of the program.
func (c *counter) reopen() {
	c.t.Helper()
	c.stop()
	c.open()
}

// sale is an Oxipay draft.
func sale(minor int64, code string) Draft {
	return Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: providers.Amount{Minor: minor, Currency: aud}, Code: code}
}

// begin begins a payment that nothing is wrong with.
func (c *counter) begin(d Draft) providers.Attempt {
	c.t.Helper()
	a, err := c.till.Begin(context.Background(), c.tom, d)
	if err != nil {
		c.t.Fatalf("begin: %v", err)
	}
	return a
}

// becomes waits until an attempt is in a state.
func (c *counter) becomes(id string, want providers.State) providers.Attempt {
	c.t.Helper()
	return c.until(id, func(a providers.Attempt) bool { return a.State == want }).Attempt
}

// until waits for an update that fits.
func (c *counter) until(id string, fits func(providers.Attempt) bool) Update {
	c.t.Helper()
	for {
		select {
		case u := <-c.updates:
			if u.Attempt.ID == id && fits(u.Attempt) {
				return u
			}
		case <-c.t.Context().Done():
			c.t.Fatal("the update never came")
		}
	}
}

// permit is a manager's word.
func (c *counter) permit(r Right) Permit {
	c.t.Helper()
	p, err := c.till.Permit(context.Background(), c.mia, r, Manager{}, "the test asks for it")
	if err != nil {
		c.t.Fatal(err)
	}
	return p
}

// attempt reads the journal's row.
func (c *counter) attempt(id string) providers.Attempt {
	c.t.Helper()
	a, err := c.journal.Attempt(context.Background(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

// events are the types of what happened to an attempt, oldest first.
func (c *counter) events(id string) []providers.EventType {
	c.t.Helper()
	timeline, err := c.journal.Timeline(context.Background(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	var types []providers.EventType
	for _, e := range timeline {
		types = append(types, e.Type)
	}
	return types
}

// scripted is a provider whose answers the test gives, one by one. It checks
// of every request that the journal had it before.
type scripted struct {
	c    *counter
	name providers.Provider

	mu    sync.Mutex
	tells bool     // what became of a transfer
	sent  []string // bodies, in order
	asks  int

	arrived chan string // a body or a status question came in
	answers chan providers.Answer
}

func newScripted(c *counter, name providers.Provider) *scripted {
	return &scripted{c: c, name: name, arrived: make(chan string, 100), answers: make(chan providers.Answer, 100)}
}

func (s *scripted) Provider() providers.Provider { return s.name }

func (s *scripted) Explain(a providers.Attempt) providers.Words {
	return providers.Words{Staff: "staff words for " + string(a.State), Customer: "customer words", Next: "next"}
}

func (s *scripted) Lookup(code string) (providers.Code, bool) {
	retry, listed := map[string]providers.Retry{
		"FPRA01": providers.RetryNever, "FPRA03": providers.RetryNewCode,
	}[code]
	return providers.Code{Code: code, Retry: retry}, listed && s.name == providers.Oxipay
}

func (s *scripted) Prepare(o providers.Order) (providers.Request, error) {
	if o.Amount.Minor <= 0 {
		return providers.Request{}, providers.Invalid("amount", "the amount is zero", "")
	}
	body := []byte(o.Reference + "|" + o.Operator + "|" + s.c.till.config.Version + "|" + o.Amount.Decimal() + "|" + o.Code)
	return providers.Request{Provider: s.name, Kind: o.Kind, Call: "Call", Reference: o.Reference, Body: body, Record: body, Keep: s.name == providers.Oxipay && o.Kind != providers.Invite}, nil
}

func (s *scripted) Send(ctx context.Context, r providers.Request, resend bool) providers.Answer {
	s.recordedBefore(r, resend)
	s.mu.Lock()
	s.sent = append(s.sent, string(r.Body))
	s.mu.Unlock()
	s.arrived <- string(r.Body)
	return s.answer(ctx)
}

func (s *scripted) recordedBefore(r providers.Request, resend bool) {
	a, err := s.c.journal.ByReference(context.Background(), r.Reference)
	if err != nil {
		s.c.t.Errorf("sent, but not in the journal: %v", err)
		return
	}
	body, err := s.c.journal.Body(context.Background(), a.ID)
	if err != nil || body.Hash != hash(r.Body) {
		s.c.t.Errorf("the journal has another body than what is sent: %v", err)
	}
	if want := map[bool]providers.State{false: providers.Sent, true: providers.Unknown}[resend]; a.State != want {
		s.c.t.Errorf("at the send the journal says %q, not %q", a.State, want)
	}
}

func (s *scripted) Ask(ctx context.Context, _ providers.Watch) providers.Answer {
	s.mu.Lock()
	s.asks++
	s.mu.Unlock()
	s.arrived <- "ask"
	return s.answer(ctx)
}

func (s *scripted) Find(ctx context.Context, _ providers.Watch) providers.Answer {
	s.arrived <- "find"
	return s.answer(ctx)
}

func (s *scripted) answer(ctx context.Context) providers.Answer {
	select {
	case a := <-s.answers:
		return a
	case <-ctx.Done():
		return providers.Answer{State: providers.Unknown, Reason: providers.Cut}
	}
}

// gets waits until something arrives at the provider.
func (s *scripted) gets() string {
	s.c.t.Helper()
	select {
	case body := <-s.arrived:
		return body
	case <-s.c.t.Context().Done():
		s.c.t.Fatal("nothing arrived at the provider")
		return ""
	}
}

func (s *scripted) bodies() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.sent...)
}

var (
	approved = providers.Answer{State: providers.Approved, Code: "SPRA01", ProviderRef: "52011913", Signature: providers.SignatureValid, HTTPStatus: 200}
	declined = providers.Answer{State: providers.Declined, Code: "FPRA04", Signature: providers.SignatureValid, HTTPStatus: 200}
	lost     = providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
	opened   = providers.Answer{State: providers.Open, ProviderRef: "INV1", Link: "https://pay.example/INV1", HTTPStatus: 200}
)

// passes moves the clock to the next timer; there must be just one.
func (c *counter) passes() time.Duration {
	c.t.Helper()
	pause, err := c.clock.next(c.t.Context(), 1)
	if err != nil {
		c.t.Fatal(err)
	}
	return pause
}
