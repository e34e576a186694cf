package journal

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/oklog/ulid/v2"

	"cashdesk/providers"
)

var aud = providers.Currency{Code: "AUD", Decimals: 2}

// clock is a shop's clock that moves a second at each look. Journals that are
// open side by side may share one.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at
}

func newClock() *clock {
	return &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 123, time.FixedZone("AEDT", 11*3600))}
}

func options() Options {
	return Options{Key: bytes.Repeat([]byte{7}, 32), Mode: Test, Now: newClock().now, Version: "1.2.3"}
}

func open(t testing.TB, path string, o Options) *Journal {
	t.Helper()
	j, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatalf("open: %v (%v)", err, errors.Unwrap(err))
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func fresh(t testing.TB) *Journal {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "shop", "journal.db"), options())
}

// sale is a new Oxipay sale with a reference of its own.
func sale(n int) providers.Attempt {
	at := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Millisecond)
	return providers.Attempt{
		ID:   ulid.MustNew(ulid.Timestamp(at), bytes.NewReader(fmt.Appendf(nil, "%010d", n))).String(),
		Sale: fmt.Sprintf("SALE-%d", n), Reference: fmt.Sprintf("REF-%d", n),
		Provider: providers.Oxipay, Kind: providers.Authorise,
		Amount:   providers.Amount{Minor: 12550, Currency: aud},
		Operator: "anna", Session: "S1", Counter: "front",
		Personal: providers.Personal{PreApproval: "6199203001", Mobile: "0412 345 678", Email: "kim@example.com"},
	}
}

func request() Body {
	b := []byte(`{"x_pre_approval_code":"6199203001","signature":"abc"}`)
	return Body{Call: "ProcessAuthorisation", Kept: b, Record: b, Hash: hashOf(b)}
}

func record(t testing.TB, j *Journal, a providers.Attempt) providers.Attempt {
	t.Helper()
	got, err := j.Record(context.Background(), a, request())
	if err != nil {
		t.Fatalf("record: %v (%v)", err, errors.Unwrap(err))
	}
	return got
}

func add(t testing.TB, j *Journal, e providers.Event) providers.Attempt {
	t.Helper()
	got, err := j.Append(context.Background(), e)
	if err != nil {
		t.Fatalf("append %s: %v (%v)", e.Type, err, errors.Unwrap(err))
	}
	return got
}

// approve takes an attempt from recorded to approved.
func approve(t testing.TB, j *Journal, id, purchase string) providers.Attempt {
	t.Helper()
	add(t, j, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: id, BodyHash: request().Hash})
	return add(t, j, providers.Event{
		Type: providers.EventAnswered, Attempt: id, To: providers.Approved, Code: "SPRA01",
		Signature: providers.SignatureValid, HTTPStatus: 200, ProviderRef: purchase, Message: "Approved for Kim Nguyen",
	})
}

func ids(attempts []providers.Attempt) []string {
	var all []string
	for _, a := range attempts {
		all = append(all, a.ID)
	}
	return all
}

// counted is how many events the file holds.
func counted(t testing.TB, j *Journal) (n int64) {
	t.Helper()
	if err := j.read.QueryRow("SELECT count(*) FROM events").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func mustVerify(t testing.TB, j *Journal) Report {
	t.Helper()
	r, err := j.Verify(context.Background())
	if err != nil {
		t.Fatalf("verify: %v (%v)", err, errors.Unwrap(err))
	}
	return r
}

func TestASaleIsWrittenDownBeforeItIsSentAndComesBackWhole(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	j := open(t, path, options())
	a := record(t, j, sale(1))
	if a.State != providers.Recorded || a.Sends != 0 || !a.SentAt.IsZero() || !a.Test || a.Seq != 1 {
		t.Fatalf("a recorded attempt: %+v", a)
	}
	body, err := j.Body(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(request(), body); diff != "" {
		t.Fatalf("the bytes to send: %s", diff)
	}
	after := approve(t, j, a.ID, "PN-1")
	if after.State != providers.Approved || after.Sends != 1 || after.ProviderRef != "PN-1" || after.Personal.Message == "" {
		t.Fatalf("an approved attempt: %+v", after)
	}
	timeline, err := j.Timeline(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, path, options())
	row, err := again.Attempt(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(after, row); diff != "" {
		t.Errorf("the row after a restart: %s", diff)
	}
	later, err := again.Timeline(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(timeline, later); diff != "" {
		t.Errorf("the timeline after a restart: %s", diff)
	}
	var types []providers.EventType
	for _, e := range later {
		types = append(types, e.Type)
		if e.Version != "1.2.3" || e.At.IsZero() {
			t.Errorf("event %d without version or time: %+v", e.Seq, e)
		}
	}
	if !slices.Equal(types, []providers.EventType{providers.EventRecorded, providers.EventSent, providers.EventAnswered}) {
		t.Errorf("the timeline is %v", types)
	}
	if r := mustVerify(t, again); !r.OK() || r.Events != 3 || r.Attempts != 1 {
		t.Errorf("verify: %+v", r)
	}
}

func TestAReferenceIsUsedOnce(t *testing.T) {
	j := fresh(t)
	record(t, j, sale(1))
	second := sale(2)
	second.Reference = "REF-1"
	sameID := sale(3)
	sameID.ID = sale(1).ID
	for _, a := range []providers.Attempt{second, sameID, sale(1)} {
		_, err := j.Record(context.Background(), a, request())
		if !errors.Is(err, ErrExists) || providers.KindOf(err) != providers.Conflict {
			t.Errorf("recording %s / %s again: %v", a.ID, a.Reference, err)
		}
	}
	if n := counted(t, j); n != 1 {
		t.Errorf("%d events, only the first was due", n)
	}
}

func TestBytesThatAreNotThoseOfTheHashAreNotRecorded(t *testing.T) {
	j := fresh(t)
	b := request()
	b.Kept = append([]byte(" "), b.Kept...)
	if _, err := j.Record(context.Background(), sale(1), b); err == nil {
		t.Error("recorded bytes with another's hash")
	}
	if n := counted(t, j); n != 0 {
		t.Errorf("%d events written", n)
	}
}

func TestEventsOfTheCounterBelongToNoAttempt(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	for i, by := range []string{"anna", "bob", "anna"} {
		a := add(t, j, providers.Event{Type: providers.EventPINTry, By: by, Note: fmt.Sprint(i)})
		if a != (providers.Attempt{}) {
			t.Fatalf("an attempt came of a PIN: %+v", a)
		}
	}
	add(t, j, providers.Event{Type: providers.EventPINRight, By: "anna"})
	tries, err := j.CounterEvents(ctx, []providers.EventType{providers.EventPINTry}, "anna", time.Time{}, 100)
	if err != nil {
		t.Fatal(err)
	}
	if len(tries) != 2 || tries[0].Note != "2" || tries[1].Note != "0" {
		t.Errorf("anna's tries, newest first: %+v", tries)
	}
	recent, err := j.CounterEvents(ctx, []providers.EventType{providers.EventPINTry, providers.EventPINRight}, "", tries[0].At, 100)
	if err != nil || len(recent) != 2 || recent[0].Type != providers.EventPINRight {
		t.Errorf("what happened since then: %+v, %v", recent, err)
	}
	for _, wrong := range []providers.Event{
		{Type: providers.EventSent}, {Type: providers.EventAnswered, To: providers.Approved},
		{Type: providers.EventRecorded}, {Type: providers.EventSignIn, Attempt: sale(1).ID},
	} {
		if _, err := j.Append(ctx, wrong); err == nil {
			t.Errorf("%s for %q was taken", wrong.Type, wrong.Attempt)
		}
	}
	if n := counted(t, j); n != 4 {
		t.Errorf("%d events, 4 were due", n)
	}
}

func TestWhatIsNotThereIsSaid(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	calls := map[string]func() error{
		"Attempt":     func() error { _, err := j.Attempt(ctx, "x"); return err },
		"ByReference": func() error { _, err := j.ByReference(ctx, "x"); return err },
		"Body":        func() error { _, err := j.Body(ctx, ""); return err },
		"Timeline":    func() error { _, err := j.Timeline(ctx, ""); return err },
		"Append": func() error {
			_, err := j.Append(ctx, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: "x"})
			return err
		},
	}
	for name, call := range calls {
		if err := call(); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// raw opens the file behind the journal's back.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db
}
