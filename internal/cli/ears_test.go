package cli

import (
	"context"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// ears is a shop whose counter is closed: what its journal learns of an invoice
// came by a report.
type ears struct {
	since time.Time // it listens

	*testing.T
	box      *sandbox.Server
	settings string
	post     *post
	url      string // where reports are heard
	minor    int64  // of the newest invoice: each has its own amount
}

func newEars(t *testing.T, o sandbox.Options, more ...string) *ears {
	t.Helper()
	e := &ears{T: t, box: sandbox.New(o), minor: 3500, since: time.Now()}
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.post.receiver.ServeHTTP(w, r) }))
	provider := httptest.NewServer(e.box)
	t.Cleanup(func() { e.box.Release(); provider.Close(); shop.Close() })
	dir := t.TempDir()
	e.url, e.settings = shop.URL, filepath.Join(dir, "settings.toml")
	e.must(setUpShop(dir, provider.URL, append(more, reportsTo(shop.URL)...)...))
	e.opens()
	t.Cleanup(func() {
		e.post.receiver.Close()
		report, err := e.post.journal.Verify(context.Background())
		if err != nil || !report.OK() {
			t.Errorf("the journal is not in order: %v, %v", report.Faults, err)
		}
		e.must(e.post.close())
	})
	return e
}

// reportsTo are the settings that ask for reports, as pairs for setUpShop.
func reportsTo(origin string) []string {
	return []string{
		`#callback_url = "https://shop.example/oxapay"`, `callback_url = "` + origin + `/oxapay"`,
		`#notify_url = "https://shop.example/xaigate"`, `notify_url = "` + origin + `/xaigate"`,
	}
}

func (e *ears) must(err error) {
	e.Helper()
	if err != nil {
		e.Fatal(err)
	}
}

// opens opens the receiver as the command does.
func (e *ears) opens() {
	e.Helper()
	s, err := settings.Load(e.settings)
	e.must(err)
	store, err := (&program{}).store(s, false)
	e.must(err)
	e.post, err = openPost(e.Context(), s, opened{store: store})
	e.must(err)
}

// counter opens the counter, for as long as do takes.
func (e *ears) counter(do func(t *till.Till, s till.Session, c *counter)) {
	e.Helper()
	c, session, err := openCounter(e.settings, nil)
	e.must(err)
	defer c.close()
	do(c.tillOrNil(), session, c)
}

// draft is an invoice of an amount that no other has.
func (e *ears) draft(p providers.Provider) till.Draft {
	e.minor += 100
	usd, err := providers.ISO("USD")
	e.must(err)
	return till.Draft{Provider: p, Kind: providers.Invoice, Amount: providers.Amount{Minor: e.minor, Currency: usd}, Email: "counter@shop.example"}
}

// makes makes an invoice and closes the counter again.
func (e *ears) makes(p providers.Provider) (a providers.Attempt) {
	e.Helper()
	e.counter(func(t *till.Till, s till.Session, c *counter) {
		begun, err := t.Begin(e.Context(), s, e.draft(p))
		e.must(err)
		e.must(untilDecided(c, s, begun.ID))
		a = e.is(begun.ID, providers.Open)
	})
	return a
}

// is says how an attempt stands in the journal.
func (e *ears) is(id string, want providers.State) providers.Attempt {
	e.Helper()
	a, err := e.post.journal.Attempt(e.Context(), id)
	e.must(err)
	if a.State != want {
		e.Fatalf("it is %s, want %s: %+v", a.State, want, a)
	}
	return a
}

// becomes waits until an attempt is so: what is asked on a hint comes a little
// after its answer.
func (e *ears) becomes(id string, want providers.State) {
	e.Helper()
	e.until(func(ctx context.Context) bool {
		a, err := e.post.journal.Attempt(ctx, id)
		e.must(err)
		return a.State == want
	})
}

// until waits for a condition; the minute ends none that goes well.
func (e *ears) until(so func(context.Context) bool) {
	e.Helper()
	ctx, cancel := context.WithTimeout(e.Context(), time.Minute)
	defer cancel()
	look := time.NewTicker(10 * time.Millisecond)
	defer look.Stop()
	for !so(ctx) {
		select {
		case <-look.C:
		case <-ctx.Done():
			e.Fatal("it never came")
		}
	}
}

// unchanged says that nothing was written meanwhile.
func (e *ears) unchanged(do func()) {
	e.Helper()
	before, err := e.post.journal.Head(e.Context())
	e.must(err)
	do()
	after, err := e.post.journal.Head(e.Context())
	e.must(err)
	if after != before {
		e.Errorf("%d events were written", after-before)
	}
}

// asked counts the questions about an invoice, but for the look that OxaPay's gets
// when it is made.
func (e *ears) asked(a providers.Attempt) (n int) {
	for _, r := range e.box.Requests() {
		question := strings.HasSuffix(r.Path, "/inquiry") || strings.HasSuffix(r.Path, "/info")
		if question && strings.Contains(string(r.Body), a.ProviderRef) {
			n++
		}
	}
	if a.Provider == providers.OxaPay {
		n--
	}
	return n
}

// asks waits until so many questions about an invoice are over. Each answer was on
// the way before another invoice's question, whose outcome is seen. Hints that go
// on for longer than a pause may bring one more in each.
func (e *ears) asks(a providers.Attempt, want int) {
	e.Helper()
	most := func() int { return want + min(want, 1)*int(time.Since(e.since)/(5*time.Second)) }
	e.until(func(context.Context) bool { return e.asked(a) >= want })
	later := e.makes(providers.XaiGate)
	e.must(e.box.Pay(later.ProviderRef))
	e.becomes(later.ID, providers.Approved)
	if n := e.asked(a); n < want || n > most() {
		e.Errorf("%d questions, want %d to %d", n, want, most())
	}
}

// reports sends a report with an HMAC header, and wants a status.
func (e *ears) reports(path, mac string, body []byte, want int) {
	e.Helper()
	r, err := http.NewRequestWithContext(e.Context(), http.MethodPost, e.url+path, strings.NewReader(string(body)))
	e.must(err)
	r.Header.Set("Content-Type", "application/json")
	if mac != "" {
		r.Header.Set("HMAC", mac)
	}
	answer, err := http.DefaultClient.Do(r)
	e.must(err)
	defer answer.Body.Close()
	if answer.StatusCode != want {
		e.Errorf("a report was answered %d, want %d", answer.StatusCode, want)
	}
}

// signed is the HMAC of a body as OxaPay's page describes it.
func signed(key string, body []byte) string {
	mac := hmac.New(sha512.New, []byte(key))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// tells sends a report of OxaPay's that is rightly signed.
func (e *ears) tells(body []byte, want int) {
	e.Helper()
	e.reports("/oxapay", signed(sandbox.OxaPayMerchant, body), body, want)
}

// report is OxaPay's report about an invoice; more are pairs that replace its
// fields.
func report(a providers.Attempt, status string, more ...string) []byte {
	fields := map[string]string{
		"type": "payment", "status": status, "trackId": a.ProviderRef, "orderId": a.Reference,
		"amount": a.Amount.Decimal(), "currency": a.Amount.Currency.Code,
		"payAmount": a.Amount.Decimal(), "payCurrency": a.Amount.Currency.Code, "txID": "7f", "date": "1700000000",
	}
	for i := 0; i < len(more); i += 2 {
		fields[more[i]] = more[i+1]
	}
	body, err := json.Marshal(fields)
	if err != nil {
		panic(err)
	}
	return body
}

// delivered has everything that OxaPay reports sent, and gives how each try was
// answered.
func (e *ears) delivered() (answers []int) {
	e.box.Deliver()
	for _, c := range e.box.Callbacks() {
		answers = append(answers, c.Status)
	}
	return answers
}
