package cli

import (
	"net"
	"net/url"
	"slices"
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

func TestAReportAgainstWhatIsFinalIsForAManagerAndOverwritesNothing(t *testing.T) {
	e := newEars(t, sandbox.Options{})
	a := e.makes(providers.OxaPay)
	e.tells(report(a, "Paid"), 200)
	e.tells(report(a, "Failed"), 200)
	if a = e.is(a.ID, providers.Approved); !a.Contradicted {
		t.Error("nobody is told that OxaPay says otherwise now")
	}
	e.unchanged(func() {
		e.tells(report(a, "Failed"), 200)
		e.tells(report(a, "Paid"), 200)
	})
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

func TestWhatOxaPayReportsIsBelievedInTheWordsOfBothItsAPIs(t *testing.T) {
	for name, more := range map[string][]string{"legacy": nil, "v1": {`#api = "legacy"`, `api = "v1"`}} {
		t.Run(name, func(t *testing.T) {
			e := newEars(t, sandbox.Options{}, more...)
			a := e.makes(providers.OxaPay)
			e.must(e.box.Pay(a.ProviderRef))
			if got := e.delivered(); !slices.Equal(got, []int{200, 200}) {
				t.Errorf("answered %v", got)
			}
			if a = e.is(a.ID, providers.Approved); a.Contradicted || e.asked(a) > 0 {
				t.Errorf("%d questions, paid as %+v", e.asked(a), a)
			}
		})
	}
}

func TestWhatIsSpoiltOnItsWayIsNotBelieved(t *testing.T) {
	for fault, story := range map[string]struct {
		want   providers.State
		status int // of each answer
	}{
		"unsigned":        {providers.Open, 403},
		"wrong-signature": {providers.Open, 403},
		"cut-middle":      {providers.Open, 403},
		"huge-body":       {providers.Open, 413},
		"wrong-types":     {providers.Open, 403},
		"unknown-status":  {providers.Open, 200}, // signed, and pending at the most
		"foreign":         {providers.Open, 200}, // signed, and of another shop's counter
		"duplicated":      {providers.Approved, 200},
	} {
		t.Run(fault, func(t *testing.T) {
			plan, err := sandbox.ParsePlan("oxapay.callback=" + fault)
			if err != nil {
				t.Fatal(err)
			}
			e := newEars(t, sandbox.Options{Plan: plan, CallbackRetries: []time.Duration{}})
			a := e.makes(providers.OxaPay)
			e.must(e.box.Pay(a.ProviderRef))
			for _, status := range e.delivered() {
				if status != story.status {
					t.Errorf("answered %d, want %d", status, story.status)
				}
			}
			if a = e.is(a.ID, story.want); a.Contradicted || story.want == providers.Open && (a.Received != "" || a.Confirming) {
				t.Errorf("it became %+v", a)
			}
			events, err := e.post.journal.Timeline(t.Context(), a.ID)
			if err != nil || len(events) > 5 { // recorded, sent, open, seen, paid
				t.Errorf("%d events, %v", len(events), err)
			}
		})
	}
}

func TestWhatWasSpoiltOnItsWayIsBelievedWhenItComesAgain(t *testing.T) {
	plan, err := sandbox.ParsePlan("oxapay.callback#1-2=unsigned|wrong-signature|502|cut-middle seed=3")
	if err != nil {
		t.Fatal(err)
	}
	e := newEars(t, sandbox.Options{Plan: plan, CallbackRetries: []time.Duration{0, 0, 0, 0}})
	a := e.makes(providers.OxaPay)
	e.must(e.box.Pay(a.ProviderRef))
	answers := e.delivered()
	if a = e.is(a.ID, providers.Approved); a.Contradicted || len(answers) != 4 {
		t.Errorf("after %v it became %+v", answers, a)
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

func TestTheReceiverSaysWhatIsAskedOfTheProvidersAndWhoReachesIt(t *testing.T) {
	s := &settings.Settings{}
	s.OxaPay.CallbackURL = "https://shop.example/till/oxapay"
	said := func(ip string) string {
		t.Helper()
		var out strings.Builder
		if err := greet(&out, s, &net.TCPAddr{IP: net.ParseIP(ip), Port: 8190}, []providers.Provider{providers.OxaPay, providers.XaiGate}); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	here := said("127.0.0.1")
	for _, want := range []string{
		"http://127.0.0.1:8190", "POST /oxapay   OxaPay reports to https://shop.example/till/oxapay\n",
		"POST /xaigate  XaiGate reports nothing: xaigate.notify_url is not set\n", "\nCtrl+C stops it.\n",
	} {
		if !strings.Contains(here, want) {
			t.Errorf("it does not say %q:\n%s", want, here)
		}
	}
	if strings.Contains(here, "open to the network") || !strings.Contains(said("0.0.0.0"), "open to the network") || !strings.Contains(said("192.0.2.7"), "open to the network") {
		t.Error("who can reach it is not told")
	}
}
