package cli

import (
	"context"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/settings"
	"cashdesk/internal/till"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// ears is a shop whose counter is closed: what its journal learns of an invoice
// came by a report.
type ears struct {
	*testing.T
	box      *sandbox.Server
	settings string
	post     *post
	url      string // where reports are heard
	minor    int64  // of the newest invoice: each has its own amount
}

func newEars(t *testing.T, o sandbox.Options) *ears {
	t.Helper()
	e := &ears{T: t, box: sandbox.New(o), minor: 3500}
	shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { e.post.receiver.ServeHTTP(w, r) }))
	provider := httptest.NewServer(e.box)
	t.Cleanup(func() { e.box.Release(); provider.Close(); shop.Close() })
	dir := t.TempDir()
	e.url, e.settings = shop.URL, filepath.Join(dir, "settings.toml")
	e.must(setUpShop(dir, provider.URL, reportsTo(shop.URL)...))
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
// the way before another invoice's question, whose outcome is seen.
func (e *ears) asks(a providers.Attempt, want int) {
	e.Helper()
	e.until(func(context.Context) bool { return e.asked(a) >= want })
	later := e.makes(providers.XaiGate)
	e.must(e.box.Pay(later.ProviderRef))
	e.becomes(later.ID, providers.Approved)
	if n := e.asked(a); n != want {
		e.Errorf("%d questions, want %d", n, want)
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

func TestAProvenReportIsInTheJournalWhenItIsAnsweredOk(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	e.tells(report(a, "Confirming"), 200)
	if a := e.is(a.ID, providers.Open); !a.Confirming {
		t.Errorf("the money is not seen: %+v", a)
	}
	e.tells(report(a, "Paid"), 200)
	if a = e.is(a.ID, providers.Approved); a.Received != a.Amount.Decimal() || a.Shortfall != "" {
		t.Errorf("paid as %+v", a)
	}
	if e.asked(a) > 0 {
		t.Error("what is proven was asked about")
	}
}

func TestAReportWithoutItsSignatureChangesNothing(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	body := report(a, "Paid")
	right := signed(sandbox.OxaPayMerchant, body)
	e.unchanged(func() {
		for _, mac := range []string{
			"", "00", strings.Repeat("0", 128), right[:126], right + "00", strings.ToUpper(right), "sha512=" + right,
			signed("", body), signed("another key", body), signed(sandbox.OxaPayMerchant, append(body, ' ')), right + ", " + right,
		} {
			e.reports("/oxapay", mac, body, 403)
		}
		e.reports("/oxapay", right, append(body, '\n'), 403)
	})
	e.is(a.ID, providers.Open)
	if e.asked(a) > 0 {
		t.Error("what is not proven was asked about")
	}
}

func TestAReplayedReportIsNothing(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	paid, open := e.makes(providers.OxaPay), e.makes(providers.OxaPay)
	body := report(paid, "Paid")
	e.tells(body, 200)
	e.is(paid.ID, providers.Approved)
	e.unchanged(func() {
		for range 5 {
			e.tells(body, 200)
		}
	})
	e.is(open.ID, providers.Open) // another customer's "Paid" pays nothing here
	e.is(paid.ID, providers.Approved)
}

func TestAReportThatIsOlderThanWhatIsKnownIsNothing(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	e.tells(report(a, "Confirming"), 200)
	e.unchanged(func() {
		e.tells(report(a, "Waiting"), 200)
		e.tells(report(a, "New"), 200)
	})
	if a = e.is(a.ID, providers.Open); !a.Confirming {
		t.Error("an older report took back that money was seen")
	}
	e.tells(report(a, "Paid"), 200)
	e.unchanged(func() {
		for _, status := range []string{"New", "Waiting", "Confirming", "Expired", "Paid"} {
			e.tells(report(a, status), 200)
		}
	})
	if a = e.is(a.ID, providers.Approved); a.Contradicted {
		t.Error("old news contradict what came after them")
	}
}

func TestAReportOfAnotherPriceIsAskedAboutAndBelievedNothing(t *testing.T) {
	for name, more := range map[string][]string{"amount": {"amount", "1.00"}, "currency": {"currency", "TRX"}} {
		t.Run(name, func(t *testing.T) {
			e := newEars(t, sandbox.Options{})
			a := e.makes(providers.OxaPay)
			e.tells(report(a, "Paid", more...), 200)
			e.asks(a, 1)
			if after := e.is(a.ID, providers.Open); after.Received != "" || after.Confirming || after.Code != "New" {
				t.Errorf("it was believed: %+v", after)
			}
		})
	}
}

func TestAReportWhoseNamesAreOfTwoInvoicesIsOfNone(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a, other := e.makes(providers.OxaPay), e.makes(providers.OxaPay)
	e.unchanged(func() {
		e.tells(report(a, "Paid", "orderId", "another"), 200)
		e.tells(report(a, "Paid", "orderId", other.Reference), 200)
		e.tells(report(a, "Paid", "trackId", "99999999"), 200)
	})
	e.asks(a, 0)
	e.asks(other, 0)
}

func TestManyReportsAtOnceAreOneEvent(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	before, err := e.post.journal.Head(t.Context())
	e.must(err)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() { e.tells(report(a, []string{"Paid", "Waiting", "Paid"}[i%3]), 200) })
	}
	all.Wait()
	a = e.is(a.ID, providers.Approved)
	after, err := e.post.journal.Head(t.Context())
	if err != nil || after > before+2 || a.Contradicted {
		t.Errorf("%d events, %v: %+v", after-before, err, a)
	}
}

func TestAReportBeforeTheAnswerToTheCreationComesAgain(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	held := e.box.Hold()
	e.counter(func(till *till.Till, s till.Session, c *counter) {
		begun, err := till.Begin(t.Context(), s, e.draft(providers.OxaPay))
		e.must(err)
		<-held // the invoice is made, and its answer on the way
		a := e.is(begun.ID, providers.Sent)
		a.ProviderRef = e.box.Books("").Begun[0].ProviderRef
		e.unchanged(func() { e.tells(report(a, "Paid"), 503) })
		e.box.Release()
		e.must(untilDecided(c, s, begun.ID))
		e.is(begun.ID, providers.Open)
		e.tells(report(a, "Paid"), 200)
		e.is(begun.ID, providers.Approved)
	})
}

func TestAReportFindsTheInvoiceWhoseCreationHadNoAnswer(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	e.box.LoseNext()
	var id string
	e.counter(func(till *till.Till, s till.Session, c *counter) {
		begun, err := till.Begin(t.Context(), s, e.draft(providers.OxaPay))
		e.must(err)
		e.must(untilDecided(c, s, begun.ID))
		id = begun.ID
	})
	a := e.is(id, providers.Unknown)
	a.ProviderRef = e.box.Books("").Begun[0].ProviderRef
	e.tells(report(a, "Paid"), 200)
	if after := e.is(id, providers.Approved); after.ProviderRef != a.ProviderRef {
		t.Errorf("found as %+v", after)
	}
}

func TestAReportOfNoInvoiceHereIsAnsweredAsAnyOther(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	nobodys := providers.Attempt{ProviderRef: "12345678", Reference: "nobody's", Amount: e.draft(providers.OxaPay).Amount}
	e.unchanged(func() {
		e.tells(report(nobodys, "Paid"), 200)
		for range 50 {
			e.reports("/xaigate", "", []byte(`{"invoiceNo":"12345678","orderId":"nobody's","status":"Paid"}`), 200)
		}
	})
	e.asks(nobodys, 0)
}

func TestASpoofedXaiGateReportIsAskedAboutOnceAndBelievedNothing(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.XaiGate)
	form := url.Values{"orderId": {a.Reference}, "status": {"Paid"}}.Encode()
	for range 100 {
		e.reports("/xaigate", "", []byte(`{"orderId":"`+a.Reference+`","status":"Paid","paidAmount":"1000"}`), 200)
		e.reports("/xaigate", "", []byte(form), 200)
		e.reports("/xaigate", signed(sandbox.XaiGateKey, []byte(form)), []byte(form), 200)
	}
	e.asks(a, 1)
	if after := e.is(a.ID, providers.Open); after.Seq != a.Seq {
		t.Errorf("it was written down as %+v", after)
	}
}

func TestAnXaiGateReportIsBelievedOnceXaiGateSaysSo(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.XaiGate)
	e.must(e.box.Pay(a.ProviderRef)) // and it reports by itself
	e.becomes(a.ID, providers.Approved)
}

func TestWhatOxaPayReportsIsBelieved(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	e.must(e.box.Pay(a.ProviderRef))
	e.becomes(a.ID, providers.Approved)
	if n := e.asked(a); n != 0 {
		t.Errorf("%d questions", n)
	}
}

func TestAKeyThatIsChangedCountsForTheNextReport(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	body := report(a, "Paid")
	s, err := settings.Load(e.settings)
	e.must(err)
	set := func(key string) { // as another process does
		e.Helper()
		store, err := (&program{}).store(s, false)
		e.must(err)
		e.must(store.Set(keystore.OxaPayMerchantKey, keystore.NewSecret(key)))
	}
	set("another-merchant-key")
	e.unchanged(func() { e.tells(body, 403) })
	e.reports("/oxapay", signed("another-merchant-key", body), body, 200)
	e.is(a.ID, providers.Approved)
}

func TestAReportToAJournalThatCannotBeReadComesAgain(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	x := e.makes(providers.XaiGate)
	e.must(e.post.journal.Close())
	e.tells(report(a, "Paid"), 503)
	e.reports("/xaigate", "", []byte(`{"orderId":"`+x.Reference+`"}`), 503)
	e.opens()
	e.tells(report(a, "Paid"), 200)
	e.is(a.ID, providers.Approved)
}

func TestTheReceiverAndTheCounterDoNotContradictOneAnother(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	e.counter(func(till *till.Till, s till.Session, c *counter) {
		begun, err := till.Begin(t.Context(), s, e.draft(providers.OxaPay))
		e.must(err)
		e.must(untilDecided(c, s, begun.ID))
		a := e.is(begun.ID, providers.Open)
		e.must(e.box.Pay(a.ProviderRef))
		var both sync.WaitGroup
		both.Go(func() { e.tells(report(a, "Paid"), 200) })
		both.Go(func() { _ = till.CheckNow(t.Context(), s, a.ID, false) }) // it may be paid by then
		both.Wait()
		if a = e.is(a.ID, providers.Approved); a.Contradicted || a.PossibleDouble {
			t.Errorf("one payment contradicts itself: %+v", a)
		}
	})
}
