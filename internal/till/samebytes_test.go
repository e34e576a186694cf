package till

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

// realShop is a counter whose Oxipay is the real client over real HTTP to a
// sandbox with a ledger. What it sent is counted by hash at the server.
type realShop struct {
	*counter
	box     *sandbox.Server
	server  *httptest.Server
	version string
	lose    atomic.Bool // the provider's answers get lost
	// faults are played for single calls, by their names.
	faults sync.Map
	// receipts: the shop's own till makes the receipt numbers.
	receipts bool
}

// The sandbox knows the right one.
const wrongKey, rightKey = "a-key-of-yesterday", sandbox.OxipayKey

func newRealShop(t *testing.T, key string) *realShop {
	t.Helper()
	r := &realShop{version: "1.0", counter: &counter{
		t: t, path: filepath.Join(t.TempDir(), "journal.db"), staff: keystore.NewMemory(),
		clock: newHandClock(time.Date(2026, 11, 20, 14, 7, 31, 0, time.UTC)),
	}}
	r.key = r.staff.JournalKey()
	for pin, m := range map[string]keystore.Member{
		"2468": {ID: "mia", Name: "Mia", Role: keystore.Manager}, "1357": {ID: "tom", Name: "Tom", Role: keystore.Operator},
	} {
		if err := r.staff.AddMember(m, pin); err != nil {
			t.Fatal(err)
		}
	}
	r.setOutside(key)
	r.box = sandbox.New(sandbox.Options{Now: r.clock.Now, Fault: func(q *http.Request, _ []byte) sandbox.Fault {
		if fault, planned := r.faults.Load(path.Base(q.URL.Path)); planned {
			return fault.(sandbox.Fault)
		}
		if r.lose.Load() {
			return sandbox.Fault{Kind: sandbox.LoseAnswer}
		}
		return sandbox.Fault{}
	}})
	r.server = httptest.NewServer(r.box)
	t.Cleanup(r.server.Close)
	r.start()
	t.Cleanup(func() { r.stop() })
	return r
}

// setOutside changes the key as another process does.
func (r *realShop) setOutside(key string) {
	r.t.Helper()
	if err := r.staff.Set(keystore.OxipaySigningKey, keystore.NewSecret(key)); err != nil {
		r.t.Fatal(err)
	}
}

func (r *realShop) signingKey() string {
	key, _ := r.staff.Get(keystore.OxipaySigningKey)
	return key.Reveal()
}

// start is the program starting.
func (r *realShop) start() {
	r.t.Helper()
	j, err := journal.Open(context.Background(), r.path, journal.Options{Key: r.key, Mode: journal.Test, Counter: true, Now: r.clock.Now, Version: r.version})
	if err != nil {
		r.t.Fatal(err)
	}
	r.journal = j
	updates := make(chan Update, 1000)
	r.updates = updates
	r.till = New(Config{
		Journal: j, Staff: r.staff, Vault: r.staff, Clock: r.clock, Counter: "2", Test: true, Version: r.version,
		Gateways: []providers.Gateway{r.client()}, Notify: func(u Update) { updates <- u },
		KeyMark: func(string) string { return hash([]byte(r.signingKey())) }, ReceiptNumbers: r.receipts,
	})
	if err := r.till.Start(context.Background()); err != nil {
		r.t.Fatal(err)
	}
	r.mia = Session{ID: "S1", Operator: "mia", Name: "Mia", Role: keystore.Manager}
	r.tom = Session{ID: "S2", Operator: "tom", Name: "Tom", Role: keystore.Operator}
}

// client is the real one, over real HTTP.
func (r *realShop) client() providers.Gateway {
	r.t.Helper()
	gateway, err := oxipay.New(oxipay.Config{
		HTTP:     providers.HTTPOptions{Base: sandbox.Bases(r.server.URL).Oxipay},
		Merchant: "30188105", Device: "counter-2", Firmware: "cashdesk " + r.version, Country: oxipay.Australia, SigningKey: r.signingKey, Test: true,
	})
	if err != nil {
		r.t.Fatal(err)
	}
	return gateway
}

// restart ends the program and starts it again, as another version perhaps.
func (r *realShop) restart(version string) {
	r.t.Helper()
	r.stop()
	r.version = version
	r.start()
}

// arrived says how often each request of a sale came to the provider.
func (r *realShop) arrived() map[[sha256.Size]byte]int {
	all := map[[sha256.Size]byte]int{}
	for _, q := range r.box.Requests() {
		all[sha256.Sum256(q.Body)]++
	}
	return all
}

// same says that the provider got one request, so often, and no other.
func (r *realShop) same(times int) {
	r.t.Helper()
	all := r.arrived()
	for _, n := range all {
		if len(all) != 1 || n != times {
			r.t.Errorf("%d different requests, one of them %d times; want one, %d times", len(all), n, times)
		}
	}
	if len(all) == 0 {
		r.t.Error("nothing came")
	}
}

// lostSale is a sale that the provider took and whose answer was lost.
func (r *realShop) lostSale(code string) providers.Attempt {
	r.t.Helper()
	r.lose.Store(true)
	a := r.begin(sale(12550, code))
	a = r.becomes(a.ID, providers.Unknown)
	return a
}

func TestAVersionUpgradeBetweenTheFirstSendAndTheResendLeavesTheBytesUnchanged(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	r.restart("2.0")
	r.lose.Store(false)
	r.passes()
	r.becomes(a.ID, providers.Approved)
	r.same(2)
	if body := string(r.box.Requests()[1].Body); !strings.Contains(body, "cashdesk 1.0") {
		t.Errorf("the resend names another version: %s", body)
	}
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("charged %d times", n)
	}
}

func TestAnOperatorChangeBetweenTheFirstSendAndTheResendLeavesTheBytesUnchanged(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	if err := r.till.SignOut(context.Background(), r.tom); err != nil {
		t.Fatal(err)
	}
	r.restart("1.0")
	mia, err := r.till.SignIn(context.Background(), "mia", "2468")
	if err != nil {
		t.Fatal(err)
	}
	r.lose.Store(false)
	if err := r.till.CheckNow(context.Background(), mia, a.ID, false); err != nil {
		t.Fatal(err)
	}
	r.becomes(a.ID, providers.Approved)
	r.same(2)
	var sent map[string]any
	if err := json.Unmarshal(r.box.Requests()[1].Body, &sent); err != nil || sent["x_operator_id"] != "tom" {
		t.Errorf("the resend names %v, %v", sent["x_operator_id"], err)
	}
}

func TestAfterAKeyChangeTheOldBytesGoAtMostOnce(t *testing.T) {
	for name, how := range map[string]func(r *realShop, a providers.Attempt){
		"by itself": func(r *realShop, a providers.Attempt) { r.passes() },
		"by a person": func(r *realShop, a providers.Attempt) {
			r.clock.run(11 * time.Minute)
			if err := r.till.CheckNow(context.Background(), r.tom, a.ID, true); err != nil {
				r.t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRealShop(t, rightKey)
			a := r.lostSale("010203")
			r.stop()
			r.setOutside("a-key-of-tomorrow")
			r.start()
			how(r, a)
			a = r.until(a.ID, givenUp).Attempt
			r.same(2)
			if a.State != providers.Unknown || a.KeySuspected {
				t.Errorf("it is %s, key suspected %t", a.State, a.KeySuspected)
			}
			for range 2 { // however often it starts anew
				for _, s := range []Session{r.tom, r.mia} {
					if err := r.till.CheckNow(context.Background(), s, a.ID, true); providers.KindOf(err) != providers.Conflict {
						t.Errorf("%s may send it once more: %v", s.Name, err)
					}
				}
				if err := r.till.CheckWith(context.Background(), r.mia, r.permit(Settle), a.ID); providers.KindOf(err) != providers.Conflict {
					t.Errorf("it may be sent once more with a reason: %v", err)
				}
				r.restart("1.0")
			}
			r.stop() // whatever was on its way has arrived
			r.same(2)
			r.start()
			if open, err := r.till.Unsettled(context.Background()); err != nil || len(open) != 1 || open[0].ID != a.ID {
				t.Errorf("the manager's list has %v, %v", open, err)
			}
		})
	}
}

func TestWhatTheProviderSaysOfOldBytesIsNothingAgainstTheNewKey(t *testing.T) {
	r := newRealShop(t, wrongKey)
	a := r.lostSale("010203")
	r.lose.Store(false)
	r.setOutside(rightKey)
	r.passes() // the old bytes, once: ESIG01, in an answer that nobody signed
	a = r.until(a.ID, givenUp).Attempt
	if a.State != providers.Unknown || a.KeySuspected || a.Code != "ESIG01" {
		t.Errorf("it is %s with %s, key suspected %t", a.State, a.Code, a.KeySuspected)
	}
	timeline, err := r.journal.Timeline(context.Background(), a.ID)
	if err != nil || slices.ContainsFunc(timeline, func(e providers.Event) bool { return e.KeySuspected }) {
		t.Errorf("the new key was suspected for a moment: %v", err)
	}
	next := r.begin(sale(990, "010999"))
	r.becomes(next.ID, providers.Approved)
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("%d approvals", n)
	}
}

func TestAnAnswerThatTheKeyAtHandCannotCheckDecidesNothing(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	r.lose.Store(false)
	r.setOutside(wrongKey)
	r.passes() // the provider answers rightly, and the wrong key cannot check it
	a = r.until(a.ID, givenUp).Attempt
	if a.State != providers.Unknown {
		t.Errorf("an answer that the key at hand cannot check made it %s", a.State)
	}
	r.stop()
	r.same(2)
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("charged %d times", n)
	}
}
