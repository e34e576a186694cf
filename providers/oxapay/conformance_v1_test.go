package oxapay_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/oxapay"
	"cashdesk/providers/sandbox"
)

// both are the two APIs.
var both = []oxapay.API{oxapay.Legacy, oxapay.V1}

// desk is a client over one API beside a strict sandbox.
type desk struct {
	*oxapay.Client
	box *sandbox.Server
	t   *testing.T
}

func desks(t *testing.T, api oxapay.API, o sandbox.Options, change ...func(*oxapay.Config)) desk {
	t.Helper()
	box := sandbox.New(o)
	s := httptest.NewServer(box)
	t.Cleanup(s.Close)
	return besides(t, api, box, s.URL, change...)
}

func besides(t *testing.T, api oxapay.API, box *sandbox.Server, url string, change ...func(*oxapay.Config)) desk {
	t.Helper()
	config := oxapay.Config{
		HTTP: providers.HTTPOptions{Base: sandbox.Bases(url).OxaPay, Timeout: 5 * time.Second}, API: api,
		MerchantKey: func() string { return sandbox.OxaPayMerchant }, Test: true, LifeTime: 30, Coins: map[string]int{"TRX": 6},
	}
	for _, f := range change {
		f(&config)
	}
	c, err := oxapay.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return desk{c, box, t}
}

// make creates an invoice, and gives what to watch.
func (d desk) make(o providers.Order) (providers.Answer, providers.Watch) {
	d.t.Helper()
	a := send(d.t, d.Client, o)
	if a.State != providers.Open || a.Link == "" {
		d.t.Fatalf("the invoice is %+v", a)
	}
	return a, providers.Watch{Reference: o.Reference, ProviderRef: a.ProviderRef, Amount: o.Amount}
}

func (d desk) play(how func(string) error, ref string) {
	d.t.Helper()
	if err := how(ref); err != nil {
		d.t.Fatal(err)
	}
}

// asks for the invoice, which must be in that state.
func (d desk) asks(w providers.Watch, state providers.State, code string) providers.Answer {
	d.t.Helper()
	a := d.Ask(context.Background(), w)
	if a.State != state || a.Code != code {
		d.t.Errorf("it is %s %s, want %s %s: %+v", a.State, a.Code, state, code, a)
	}
	return a
}

// trx is an order of 10 TRX: sums in the price's own currency.
var trx = providers.Order{Kind: providers.Invoice, Reference: "01JC7QK4", Amount: providers.Amount{Minor: 10_000_000, Currency: providers.Currency{Code: "TRX", Decimals: 6}}}

func TestOverBothAPIsAnInvoiceGoesFromOpenToPaid(t *testing.T) {
	for _, api := range both {
		d := desks(t, api, sandbox.Options{})
		a, w := d.make(orderOf(t, 12550, "USD"))
		if left := a.ExpiresAt.Sub(a.ServerDate); left < 29*time.Minute || left > 31*time.Minute {
			t.Errorf("%s: %s left to pay", api, left)
		}
		d.asks(w, providers.Open, "New")
		d.play(d.box.Pay, w.ProviderRef)
		if paid := d.asks(w, providers.Approved, "Paid"); paid.Message != "502 TRX came" || paid.Received != "" {
			t.Errorf("%s: %+v", api, paid)
		}
	}
}

func TestOverV1APartIsToppedUpAndOverTheOlderOneItIsNot(t *testing.T) {
	for _, api := range both {
		d := desks(t, api, sandbox.Options{})
		_, w := d.make(trx)
		d.play(d.box.PayLess, w.ProviderRef)
		part := d.asks(w, providers.PartlyPaid, map[oxapay.API]string{oxapay.Legacy: "Waiting", oxapay.V1: "paying"}[api])
		if part.Received != "9.000000" || part.Shortfall != "1.000000" || part.Confirming {
			t.Errorf("%s: %+v", api, part)
		}
		d.play(d.box.PayLess, w.ProviderRef) // nine tenths of what is missing
		again := d.asks(w, providers.PartlyPaid, part.Code)
		if want := map[oxapay.API]string{oxapay.Legacy: "9.000000", oxapay.V1: "9.900000"}[api]; again.Received != want {
			t.Errorf("%s: %s after a second payment, want %s", api, again.Received, want)
		}
		d.play(d.box.Pay, w.ProviderRef)
		if paid := d.asks(w, providers.Approved, "Paid"); paid.Received != "10.000000" || paid.Shortfall != "" {
			t.Errorf("%s: %+v", api, paid)
		}
	}
}

// TestNobodyIsAskedForTheRestWhileItIsOnItsWay over v1, where a part was asked
// for with the same code.
func TestNobodyIsAskedForTheRestWhileItIsOnItsWay(t *testing.T) {
	var passed atomic.Int64
	now := func() time.Time {
		return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).Add(time.Duration(passed.Load()))
	}
	d := desks(t, oxapay.V1, sandbox.Options{Now: now, Confirm: time.Minute})
	_, w := d.make(trx)
	d.play(d.box.PayLess, w.ProviderRef)
	if a := d.asks(w, providers.Open, "paying"); !a.Confirming {
		t.Errorf("the first part: %+v", a)
	}
	passed.Add(int64(time.Minute))
	d.asks(w, providers.PartlyPaid, "paying")
	d.play(d.box.Pay, w.ProviderRef)
	rest := d.asks(w, providers.PartlyPaid, "paying")
	words := d.Explain(providers.Attempt{State: rest.State, Code: rest.Code, Confirming: rest.Confirming, Received: rest.Received, Shortfall: rest.Shortfall, Link: "x", Amount: w.Amount})
	if !rest.Confirming || rest.Received != "10.000000" || !strings.Contains(words.Customer, "please do not send it again") {
		t.Errorf("the rest: %+v %+v", rest, words)
	}
	passed.Add(int64(time.Minute))
	d.asks(w, providers.Approved, "Paid")
}

func TestMoneyThatIsNotThePriceIsToldOverBothAPIs(t *testing.T) {
	for _, api := range both {
		d := desks(t, api, sandbox.Options{})
		order := func(n int) providers.Order {
			o := trx
			o.Reference = fmt.Sprint("01JC7QK", n)
			return o
		}
		_, late := d.make(order(1))
		d.play(d.box.Expire, late.ProviderRef)
		d.asks(late, providers.Expired, "Expired")
		d.play(d.box.Pay, late.ProviderRef)
		d.asks(late, providers.Approved, "Paid")

		_, over := d.make(order(2))
		d.play(d.box.PayMore, over.ProviderRef)
		if a := d.asks(over, providers.Approved, "Paid"); a.Received != "11.000000" || a.Shortfall != "" {
			t.Errorf("%s, too much: %+v", api, a)
		}

		_, strange := d.make(order(3))
		d.play(d.box.PayStrange, strange.ProviderRef)
		if a := d.asks(strange, providers.PartlyPaid, "Waiting"); a.Coin != "10 DASH" || a.Received != "" {
			t.Errorf("%s, a strange coin: %+v", api, a)
		}

		_, short := d.make(order(4))
		d.play(d.box.PayLess, short.ProviderRef)
		d.play(d.box.Expire, short.ProviderRef)
		a := d.Ask(context.Background(), short)
		if want := map[oxapay.API]providers.State{oxapay.Legacy: providers.Expired, oxapay.V1: providers.PartlyPaid}[api]; a.State != want || a.Received != "9.000000" || a.Shortfall != "1.000000" {
			t.Errorf("%s, too little and expired: %+v", api, a)
		}
	}
}

func TestWithinTheCoverItIsPaidAndWhatIsMissingIsSaid(t *testing.T) {
	for _, api := range both {
		d := desks(t, api, sandbox.Options{}, func(c *oxapay.Config) { c.UnderPaidCover = "10" })
		_, w := d.make(trx)
		d.play(d.box.PayLess, w.ProviderRef)
		if a := d.asks(w, providers.Approved, "Paid"); a.Received != "9.000000" || a.Shortfall != "1.000000" {
			t.Errorf("%s: %+v", api, a)
		}
	}
}

func TestWhatTheMerchantDoesInTheAccountIsUnderstoodOverV1(t *testing.T) {
	d := desks(t, oxapay.V1, sandbox.Options{})
	_, w := d.make(trx)
	d.play(d.box.PayLess, w.ProviderRef)
	d.play(d.box.Expire, w.ProviderRef)
	d.asks(w, providers.PartlyPaid, "underpaid")
	d.play(d.box.Accept, w.ProviderRef)
	if a := d.asks(w, providers.Approved, "manual_accept"); a.Shortfall != "1.000000" {
		t.Errorf("accepted by hand: %+v", a)
	}
	d.play(d.box.Refund, w.ProviderRef)
	d.asks(w, providers.PartlyPaid, "refunding")
	d.play(d.box.Refund, w.ProviderRef)
	d.asks(w, providers.Declined, "refunded")
}

func TestTheMerchantsListTellsAStrangeCoinOfAPriceInACommonCurrency(t *testing.T) {
	for _, api := range both {
		d := desks(t, api, sandbox.Options{})
		_, w := d.make(orderOf(t, 12550, "USD"))
		d.play(d.box.PayStrange, w.ProviderRef)
		if a := d.asks(w, providers.PartlyPaid, "Waiting"); a.Coin != "" || a.Message != "125.5 DASH came" {
			t.Errorf("%s, before the list is known: %+v", api, a)
		}
		list, answer := d.Accepted(context.Background())
		if answer.State != providers.Approved || !slices.Contains(list, "TRX") || slices.Contains(list, "DASH") {
			t.Fatalf("%s: the list is %v %+v", api, list, answer)
		}
		if a := d.asks(w, providers.PartlyPaid, "Waiting"); a.Coin != "125.5 DASH" {
			t.Errorf("%s: %+v", api, a)
		}
	}
}

func TestALostAnswerOverV1LeavesNothingThatAnybodyCouldPay(t *testing.T) {
	for _, kind := range []sandbox.FaultKind{sandbox.LoseAnswer, sandbox.CutAnswer, sandbox.HalfBody, sandbox.HTML, sandbox.HTML500, sandbox.TooMany, sandbox.Foreign, sandbox.UnknownCode, sandbox.WrongTypes} {
		plan, err := sandbox.ParsePlan("oxapay.v1-create#1=" + string(kind))
		if err != nil {
			t.Fatal(err)
		}
		d := desks(t, oxapay.V1, sandbox.Options{Plan: plan})
		o := orderOf(t, 12550, "USD")
		a := send(t, d.Client, o)
		if a.State != providers.Refused || a.Reason == "" || a.Link != "" || a.ProviderRef != "" {
			t.Errorf("%s: %+v", kind, a)
		}
		o.Reference = "01JC7QK5"
		_, w := d.make(o)
		d.play(d.box.Pay, w.ProviderRef)
		d.asks(w, providers.Approved, "Paid")
		if taken := d.box.Ledger(); len(taken) != 1 || taken[0].Reference != "01JC7QK5" {
			t.Errorf("%s: taken %v", kind, taken)
		}
	}
}

func TestAWrongKeyIsRefusedInTheEnvelopeOverV1(t *testing.T) {
	d := desks(t, oxapay.V1, sandbox.Options{}, func(c *oxapay.Config) { c.MerchantKey = func() string { return "somebody-else" } })
	if a := send(t, d.Client, orderOf(t, 12550, "USD")); a.State != providers.Refused || a.Code != "401" || a.Reason != providers.ProviderSaidNo {
		t.Errorf("it came as %+v", a)
	}
	for code, o := range map[string]providers.Order{"400": orderOf(t, 1000, "SEK")} {
		if a := send(t, desks(t, oxapay.V1, sandbox.Options{}).Client, o); a.State != providers.Refused || a.Code != code || a.Message == "" {
			t.Errorf("%s came as %+v", code, a)
		}
	}
}

// TestAnInvoiceIsFollowedAfterTheSettingWasChanged, whichever API made it.
func TestAnInvoiceIsFollowedAfterTheSettingWasChanged(t *testing.T) {
	for i, api := range both {
		box := sandbox.New(sandbox.Options{})
		s := httptest.NewServer(box)
		t.Cleanup(s.Close)
		before, after := besides(t, api, box, s.URL), besides(t, both[1-i], box, s.URL)
		_, w := before.make(orderOf(t, 12550, "USD"))
		after.asks(w, providers.Open, "New")
		before.play(box.Pay, w.ProviderRef)
		after.asks(w, providers.Approved, "Paid")
		w.ProviderRef = "123456789"
		if a := after.Ask(context.Background(), w); a.State != providers.Unknown {
			t.Errorf("an invoice of nobody's is %+v", a)
		}
	}
}

// TestAnOlderInvoiceThatWasLostIsFoundAfterTheSettingWasChanged: it is not left
// for ever as one that may exist.
func TestAnOlderInvoiceThatWasLostIsFoundAfterTheSettingWasChanged(t *testing.T) {
	box := sandbox.New(sandbox.Options{})
	s := httptest.NewServer(box)
	t.Cleanup(s.Close)
	older, newer := besides(t, oxapay.Legacy, box, s.URL), besides(t, oxapay.V1, box, s.URL)
	box.LoseNext()
	o := orderOf(t, 12550, "USD")
	if a := send(t, older.Client, o); a.State != providers.Unknown {
		t.Fatalf("the lost answer is %+v", a)
	}
	w := providers.Watch{Reference: o.Reference, Amount: o.Amount}
	if a := newer.Find(context.Background(), w); a.State != providers.Open || a.ProviderRef == "" {
		t.Errorf("it was found as %+v", a)
	}
	w.Reference = "01JC0000"
	if a := newer.Find(context.Background(), w); a.State != providers.Refused || a.Reason != providers.NotFound {
		t.Errorf("what was never made was found as %+v", a)
	}
}

// TestWhatIsReportedIsWhatAnInquiryTells: each report of the sandbox's, read by
// the client, is judged as an answer at that moment would be.
func TestWhatIsReportedIsWhatAnInquiryTells(t *testing.T) {
	for _, api := range both {
		type post struct {
			header http.Header
			body   []byte
		}
		posts := make(chan post, 10)
		shop := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			posts <- post{r.Header.Clone(), body}
			io.WriteString(w, "ok")
		}))
		t.Cleanup(shop.Close)
		var passed atomic.Int64
		now := func() time.Time {
			return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC).Add(time.Duration(passed.Load()))
		}
		d := desks(t, api, sandbox.Options{Now: now, Confirm: time.Minute},
			func(c *oxapay.Config) { c.CallbackURL = shop.URL + "/callbacks/oxapay?a=1&b=<2>" })
		_, w := d.make(trx)
		next := func(state providers.State, confirming bool) {
			t.Helper()
			d.box.Deliver()
			p := <-posts
			n, err := d.Notice(p.header, p.body)
			if err != nil || n.ProviderRef != w.ProviderRef || n.Reference != w.Reference || !n.Proven {
				t.Fatalf("%s: %s\n%+v %v", api, p.body, n, err)
			}
			told, asked := n.Judge(w), d.Ask(context.Background(), w)
			if told.State != state || told.State != asked.State || told.Code != asked.Code || told.Confirming != confirming || told.Received != asked.Received || told.Shortfall != asked.Shortfall {
				t.Errorf("%s: reported %+v\nasked %+v", api, told, asked)
			}
			p.body[len(p.body)-2] ^= 1
			if _, err := d.Notice(p.header, p.body); err == nil {
				t.Errorf("%s: one bit of it can be changed", api)
			}
		}
		d.play(d.box.Pay, w.ProviderRef)
		next(providers.Open, true)
		passed.Add(int64(time.Minute))
		next(providers.Approved, false)
		if tries := d.box.Callbacks(); len(tries) != 2 || !tries[0].OK || !tries[1].OK {
			t.Errorf("%s: %+v", api, tries)
		}
	}
}
