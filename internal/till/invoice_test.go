package till

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"cashdesk/providers"
)

func invoice(p providers.Provider, minor int64) Draft {
	return Draft{Provider: p, Kind: providers.Invoice, Amount: providers.Amount{Minor: minor, Currency: providers.Currency{Code: "USD", Decimals: 2}}}
}

// opens begins an invoice and lets the provider open it.
func (c *counter) opens(g *scripted, d Draft) providers.Attempt {
	c.t.Helper()
	a := c.begin(d)
	g.gets()
	answer := opened
	answer.ExpiresAt = c.clock.Now().Add(time.Hour)
	g.answers <- answer
	return c.becomes(a.ID, providers.Open)
}

func TestAnInvoiceIsFollowedMoreSlowlyUntilItIsPaid(t *testing.T) {
	for _, one := range []struct {
		provider providers.Provider
		want     []time.Duration
	}{
		{providers.OxaPay, []time.Duration{5 * time.Second, 7500 * time.Millisecond, 11250 * time.Millisecond, 16875 * time.Millisecond, 25312500 * time.Microsecond, 30 * time.Second, 30 * time.Second}},
		{providers.XaiGate, []time.Duration{5 * time.Second, 7500 * time.Millisecond, 11250 * time.Millisecond, 16875 * time.Millisecond, 25312500 * time.Microsecond, 37968750 * time.Microsecond, 56953125 * time.Microsecond, time.Minute}},
	} {
		t.Run(string(one.provider), func(t *testing.T) {
			c := newCounter(t)
			g := c.script(one.provider)
			a := c.opens(g, invoice(one.provider, 3500))
			before := len(c.events(a.ID))
			for i, want := range one.want {
				if got := c.passes(); got != want {
					t.Errorf("look %d after %v, want %v", i+1, got, want)
				}
				g.gets()
				g.answers <- providers.Answer{State: providers.Open, HTTPStatus: 200}
			}
			c.passes()
			g.gets()
			if n := len(c.events(a.ID)); n != before {
				t.Errorf("%d events for looks without news", n-before)
			}
			g.answers <- providers.Answer{State: providers.Approved, Code: "Paid", Received: "35.00", HTTPStatus: 200}
			c.becomes(a.ID, providers.Approved)
		})
	}
}

func TestNoNewsOfAnInvoiceChangesNothingAndRetryAfterIsObeyed(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- providers.Answer{State: providers.Unknown, Reason: providers.Throttled, HTTPStatus: 429, RetryAfter: 2 * time.Minute}
	if got := c.passes(); got != 2*time.Minute {
		t.Errorf("the next look came after %v", got)
	}
	c.oxapay.gets()
	if a = c.attempt(a.ID); a.State != providers.Open {
		t.Errorf("it became %q", a.State)
	}
}

func TestLooksThatTellNothingAreCountedUntilOneTellsSomething(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	next := func() { c.passes(); c.oxapay.gets() }
	next()
	look := func(answer providers.Answer) Live {
		t.Helper()
		c.oxapay.answers <- answer
		next() // so that this one is over
		return c.till.Live(a.ID)
	}
	nothing := providers.Answer{State: providers.Unknown, Reason: providers.BadBody, HTTPStatus: 200}
	for n := 1; n <= 4; n++ {
		if live := look(nothing); live.Lost != n || live.Looks != n || live.News || live.Blind() != (n >= 3) {
			t.Errorf("after %d looks: %+v", n, live)
		}
	}
	if live := look(providers.Answer{State: providers.Open, HTTPStatus: 200}); live.Lost != 0 || live.Blind() || live.News {
		t.Errorf("after one that told something: %+v", live)
	}
	if live := look(providers.Answer{State: providers.Open, Confirming: true, Code: "Confirming", HTTPStatus: 200}); !live.News || live.Looks != 6 {
		t.Errorf("after news: %+v", live)
	}
}

func TestLateMoneyOnAnExpiredInvoiceIsSeenForADay(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 1850))
	if _, err := c.till.PutAside(context.Background(), c.tom, a.ID); err != nil {
		t.Fatal(err)
	}
	c.passes()
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	c.becomes(a.ID, providers.Expired)
	if got := c.passes(); got != latePoll {
		t.Errorf("an expired invoice is looked at after %v", got)
	}
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Approved, Code: "Paid", Received: "18.50", HTTPStatus: 200}
	if a = c.becomes(a.ID, providers.Approved); !a.Aside {
		t.Error("it is no longer marked as put aside")
	}
}

// TestLateMoneyOfAnotherCoinIsNewsAlthoughTheInvoiceStaysExpired: too little
// came, which the provider tells in the coin that was paid with.
func TestLateMoneyOfAnotherCoinIsNewsAlthoughTheInvoiceStaysExpired(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	expired := providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	paid := expired
	paid.Message = "31.5 USDT came"
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- expired
	a = c.becomes(a.ID, providers.Expired)
	for _, answer := range []providers.Answer{paid, paid, expired} {
		c.passes()
		c.oxapay.gets()
		c.oxapay.answers <- answer
	}
	c.passes()
	c.oxapay.gets() // what was told before is written down
	if a = c.attempt(a.ID); a.State != providers.Expired || a.Personal.Message != paid.Message {
		t.Errorf("it is %s, and says %q", a.State, a.Personal.Message)
	}
	if all := c.events(a.ID); len(all) != 5 {
		t.Errorf("what came is written down more than once, or not at all: %v", all)
	}
}

func TestAnExpiredInvoiceIsNotWatchedForEver(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 1850))
	c.passes()
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	c.becomes(a.ID, providers.Expired)
	looks := 0
	for spent := time.Duration(0); spent < lateWatch+time.Hour; looks++ {
		spent += c.passes()
		c.xaigate.gets()
		c.xaigate.answers <- providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	}
	if looks < 96 || looks > 105 {
		t.Errorf("%d looks in a day", looks)
	}
}

func TestAnOpenInvoiceIsWatchedOnAfterARestart(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	c.reopen()
	c.passes()
	if got := c.oxapay.gets(); got != "ask" {
		t.Errorf("the provider got %q", got)
	}
	c.oxapay.answers <- providers.Answer{State: providers.Approved, Code: "Paid", HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
}

func TestAnOxaPayInvoiceWhoseAnswerWasLostIsLookedUpNotMadeAgain(t *testing.T) {
	c := newCounter(t)
	a := c.begin(invoice(providers.OxaPay, 3500))
	c.oxapay.gets()
	c.oxapay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.passes()
	if got := c.oxapay.gets(); got != "find" {
		t.Fatalf("the provider got %q", got)
	}
	c.oxapay.answers <- providers.Answer{State: providers.Open, ProviderRef: "777", Link: "https://pay.example/777", HTTPStatus: 200}
	a = c.becomes(a.ID, providers.Open)
	if a.ProviderRef != "777" || a.Sends != 1 {
		t.Errorf("the row is %+v", a)
	}
}

func TestAnOxaPayInvoiceThatIsCertainlyNotThereIsOver(t *testing.T) {
	c := newCounter(t)
	a := c.begin(invoice(providers.OxaPay, 3500))
	c.oxapay.gets()
	c.oxapay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- providers.Answer{State: providers.Refused, Reason: providers.NotFound, HTTPStatus: 200}
	a = c.becomes(a.ID, providers.Declined)
	if a.Reason != providers.NotFound {
		t.Errorf("the row is %+v", a)
	}
	again := invoice(providers.OxaPay, 3500)
	again.Sale = a.Sale
	if b := c.begin(again); b.Reference == a.Reference {
		t.Error("the new invoice has the old reference")
	}
}

func TestLateMoneyThatCameWhileTheShopWasClosedIsSeenAtTheNextStart(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 1850))
	c.passes()
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	c.becomes(a.ID, providers.Expired)
	c.stop()
	c.clock.jump(62 * time.Hour) // a weekend
	c.open()
	if got := c.passes(); got > time.Minute {
		t.Errorf("the first look comes after %v", got)
	}
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
	c.passes() // the network was not up yet: the look is made again
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Approved, Code: "Paid", Received: "18.50", HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
}

func TestWhatExpiredLongAgoIsNotAskedAboutAllAtOnce(t *testing.T) {
	c := newCounter(t)
	const invoices = 4
	expired := providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	for i := range invoices {
		a := c.begin(invoice(providers.OxaPay, int64(1850+i)))
		c.oxapay.gets()
		answer := opened
		answer.ProviderRef = fmt.Sprintf("INV-%d", i)
		c.oxapay.answers <- answer
		c.becomes(a.ID, providers.Open)
		if _, err := c.clock.next(t.Context(), i+1); err != nil {
			t.Fatal(err)
		}
		c.oxapay.gets()
		c.oxapay.answers <- expired
		c.becomes(a.ID, providers.Expired)
	}
	c.stop()
	c.clock.jump(62 * time.Hour)
	c.open()
	for left := invoices; left > 0; left-- {
		pause, err := c.clock.next(t.Context(), left)
		if err != nil || pause != lookBackStep {
			t.Errorf("the next of %d looks comes after %v, %v", left, pause, err)
		}
		c.oxapay.gets()
		c.oxapay.answers <- expired
	}
	c.till.work.Wait()
}

func TestAnInvoiceThatExpiredLongAgoIsLookedAtOnceAndNoMore(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.xaigate, invoice(providers.XaiGate, 1850))
	expired := providers.Answer{State: providers.Expired, Code: "Expired", HTTPStatus: 200}
	c.passes()
	c.xaigate.gets()
	c.xaigate.answers <- expired
	c.becomes(a.ID, providers.Expired)
	for _, looks := range []int{1, 0} {
		c.stop()
		c.clock.jump(6 * 24 * time.Hour)
		c.open()
		for range looks {
			c.passes()
			c.xaigate.gets()
			c.xaigate.answers <- expired
		}
		c.till.work.Wait() // nobody drives it any more
	}
}

// TestAnInvoiceThatWasFoundButNeverShownIsNobodysToPay: its link was lost with the
// answer, so the next one of the same amount is no second one for this customer.
func TestAnInvoiceThatWasFoundButNeverShownIsNobodysToPay(t *testing.T) {
	c := newCounter(t)
	a := c.begin(invoice(providers.OxaPay, 3500))
	c.oxapay.gets()
	var same *SameAmountError
	if _, err := c.till.Begin(t.Context(), c.tom, invoice(providers.OxaPay, 3500)); !errors.As(err, &same) {
		t.Errorf("while it is on its way: %v", err)
	}
	c.oxapay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if _, err := c.till.Begin(t.Context(), c.tom, invoice(providers.OxaPay, 3500)); !errors.As(err, &same) {
		t.Errorf("while it is not known: %v", err)
	}
	c.passes()
	c.oxapay.gets()
	c.oxapay.answers <- providers.Answer{State: providers.Open, ProviderRef: "777", HTTPStatus: 200}
	c.becomes(a.ID, providers.Open)
	c.begin(invoice(providers.OxaPay, 3500))
}
