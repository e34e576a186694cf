package till

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// notice is a proven one that says of an invoice what the test wants, if it is
// the invoice that the till has.
func notice(a providers.Attempt, answer providers.Answer) providers.Notice {
	return providers.Notice{ProviderRef: a.ProviderRef, Reference: a.Reference, Proven: true, Judge: func(w providers.Watch) providers.Answer {
		if w.Reference != a.Reference || w.Amount != a.Amount || w.ProviderRef != "" && w.ProviderRef != a.ProviderRef {
			return providers.Answer{State: providers.Unknown, Reason: providers.Disagrees}
		}
		answer.ProviderRef = a.ProviderRef
		return answer
	}}
}

func (c *counter) notified(n providers.Notice) {
	c.t.Helper()
	if err := c.till.Notified(context.Background(), providers.OxaPay, n); err != nil {
		c.t.Fatalf("a notice was not taken: %v", err)
	}
}

var (
	waiting    = providers.Answer{State: providers.Open, Code: "Waiting"}
	confirming = providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true, Received: "35.00"}
	paid       = providers.Answer{State: providers.Approved, Code: "Paid", Received: "35.00"}
	tooLittle  = providers.Answer{State: providers.PartlyPaid, Code: "Paying", Received: "10.00", Shortfall: "25.00"}
	tooLate    = providers.Answer{State: providers.Expired, Code: "Expired"}
)

func TestAProvenNoticeToAnotherProcessReachesTheCounterWithoutAQuestion(t *testing.T) {
	c := newCounter(t)
	receiver := c.beside()
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	receiver.notified(notice(a, confirming))
	if got := c.attempt(a.ID); !got.Confirming || got.Received != "35.00" {
		t.Errorf("it is not in the journal: %+v", got)
	}
	c.looks()
	c.until(a.ID, func(a providers.Attempt) bool { return a.Confirming })
	receiver.notified(notice(a, paid))
	c.looks()
	c.becomes(a.ID, providers.Approved)
	c.till.work.Wait() // its driver has seen that somebody else finished it
	c.nothingSent()
	receiver.nothingSent()
}

func TestANoticeCountsOnceAndGoesOnlyForward(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	more := tooLittle
	more.Received, more.Shortfall = "20.00", "15.00"
	for _, step := range []struct {
		name   string
		answer providers.Answer
		want   providers.State
		has    string
		events int
	}{
		{"it is waited for", waiting, providers.Open, "", 4},
		{"a part came", tooLittle, providers.PartlyPaid, "10.00", 5},
		{"the same again", tooLittle, providers.PartlyPaid, "10.00", 5},
		{"more came", more, providers.PartlyPaid, "20.00", 6},
		{"the first part again", tooLittle, providers.PartlyPaid, "20.00", 6},
		{"it waited once", waiting, providers.PartlyPaid, "20.00", 6},
		{"the time is over", providers.Answer{State: providers.Expired, Code: "Expired", Received: "20.00"}, providers.Expired, "20.00", 7},
		{"a part, once more", more, providers.Expired, "20.00", 7},
		{"late money", paid, providers.Approved, "35.00", 8},
		{"all again: waiting", waiting, providers.Approved, "35.00", 8},
		{"all again: a part", more, providers.Approved, "35.00", 8},
		{"all again: expired", tooLate, providers.Approved, "35.00", 8},
		{"all again: paid", paid, providers.Approved, "35.00", 8},
		{"it was paid back", providers.Answer{State: providers.Declined, Code: "Refunded"}, providers.Approved, "35.00", 9},
		{"and that again", providers.Answer{State: providers.Declined, Code: "Refunded"}, providers.Approved, "35.00", 9},
	} {
		c.notified(notice(a, step.answer))
		got := c.attempt(a.ID)
		if events := c.events(a.ID); got.State != step.want || got.Received != step.has || len(events) != step.events {
			t.Errorf("%s: %s, %q came, %d events %v", step.name, got.State, got.Received, len(events), events)
		}
		if late := step.events >= 8; got.Late != late || got.Contradicted != (step.events == 9) {
			t.Errorf("%s: late %v, contradicted %v", step.name, got.Late, got.Contradicted)
		}
	}
}

func TestANoticeThatIsReplayedAfterItsCustomerWasForgottenIsNoLateMoney(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	coins := providers.Answer{State: providers.PartlyPaid, Code: "Paying", Message: "0.0021 BTC came"}
	c.notified(notice(a, coins))
	c.notified(notice(a, tooLate))
	if _, err := c.journal.Forget(t.Context(), a.ID, "", "old"); err != nil {
		t.Fatal(err)
	}
	events := len(c.events(a.ID))
	c.notified(notice(a, coins))
	if got := c.attempt(a.ID); got.State != providers.Expired || got.Late || len(c.events(a.ID)) != events {
		t.Errorf("it is %s, late %v, after %v", got.State, got.Late, c.events(a.ID))
	}
}

func TestOfTwoNoticesAtOnceTheOneWithMoreMoneyStands(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	price := invoice(providers.OxaPay, 100_000)
	a := c.opens(c.oxapay, price)
	for sum := 10; sum < 400; sum += 20 {
		var both sync.WaitGroup
		for i, one := range []*counter{c, b} {
			answer := tooLittle
			answer.Received = fmt.Sprintf("%d.00", sum+10*i)
			both.Go(func() {
				if err := one.till.Notified(context.Background(), providers.OxaPay, notice(a, answer)); err != nil {
					t.Error(err)
				}
			})
		}
		both.Wait()
		if got, want := c.attempt(a.ID).Received, fmt.Sprintf("%d.00", sum+10); got != want {
			t.Fatalf("%s came, and it is said to be %s", want, got)
		}
	}
}

func TestWhatWasConfirmingIsNotWaitedForAgain(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	coin := providers.Answer{State: providers.Open, Code: "Confirming", Confirming: true, Coin: "0.0021 BTC"}
	c.notified(notice(a, coin))
	c.notified(notice(a, waiting)) // held up on its way
	if got := c.attempt(a.ID); !got.Confirming || got.Coin != "0.0021 BTC" || len(c.events(a.ID)) != 4 {
		t.Errorf("it is %+v", got)
	}
}

func TestANoticeAboutNothingOfOursChangesNothing(t *testing.T) {
	c := newCounter(t)
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	taken := c.begin(sale(700, "010203"))
	c.oxipay.gets()
	for name, n := range map[string]providers.Notice{
		"another trackId":             notice(providers.Attempt{ProviderRef: "INV9", Reference: "R9"}, paid),
		"our trackId, another order":  notice(providers.Attempt{ProviderRef: a.ProviderRef, Reference: "R9", Amount: a.Amount}, paid),
		"our order, another trackId":  notice(providers.Attempt{ProviderRef: "INV9", Reference: a.Reference, Amount: a.Amount}, paid),
		"a sale of another provider":  notice(providers.Attempt{Reference: taken.Reference, Amount: taken.Amount}, paid),
		"nothing at all":              notice(providers.Attempt{}, paid),
		"a hint about another":        {ProviderRef: "INV9"},
		"a hint with another's order": {ProviderRef: a.ProviderRef, Reference: "R9"},
	} {
		if _, found, err := c.till.Named(context.Background(), providers.OxaPay, n); found || err != nil {
			t.Errorf("%s: found %v, %v", name, found, err)
		}
		c.notified(n)
	}
	if _, found, err := c.till.Named(context.Background(), providers.XaiGate, providers.Notice{ProviderRef: a.ProviderRef}); found || err != nil {
		t.Errorf("the same number at another provider: %v, %v", found, err)
	}
	if len(c.events(a.ID)) != 3 || len(c.events(taken.ID)) != 2 {
		t.Errorf("something was written: %v, %v", c.events(a.ID), c.events(taken.ID))
	}
	if len(c.oxapay.arrived) != 0 {
		t.Error("the provider was asked")
	}
}

func TestAHintIsNeverBelievedButAskedAbout(t *testing.T) {
	c := newCounter(t)
	receiver := c.beside()
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	hint := notice(a, paid)
	hint.Proven = false
	// Where its driver is, that asks at once.
	c.notified(hint)
	c.oxapay.gets()
	c.oxapay.answers <- providers.Answer{State: providers.Open, Code: "Waiting", HTTPStatus: 200}
	c.until(a.ID, func(a providers.Attempt) bool { return a.Code == "Waiting" })
	// Elsewhere one question is asked, though the counter drives the invoice.
	receiver.oxapay.answers <- providers.Answer{State: providers.Unknown, Reason: providers.TimedOut}
	if err := receiver.till.Notified(context.Background(), providers.OxaPay, hint); err == nil {
		t.Error("a question without an answer counts as one")
	}
	receiver.oxapay.answers <- providers.Answer{State: providers.Open, Code: "Waiting", HTTPStatus: 200}
	receiver.notified(hint)
	if got := c.attempt(a.ID); got.State != providers.Open || len(c.events(a.ID)) != 4 {
		t.Errorf("it was believed: %s, %v", got.State, c.events(a.ID))
	}
	// A proven one about another price is no better.
	other := notice(a, paid)
	other.Judge = func(providers.Watch) providers.Answer {
		return providers.Answer{State: providers.Unknown, Reason: providers.Disagrees}
	}
	receiver.oxapay.answers <- paid
	receiver.notified(other)
	if got := c.attempt(a.ID); got.State != providers.Approved {
		t.Errorf("what the provider said when asked is not there: %s", got.State)
	}
	if n := len(receiver.oxapay.arrived); n != 3 {
		t.Errorf("%d questions, want 3", n)
	}
}

func TestANoticeOfAnInvoiceWhoseCreationWasLostFindsIt(t *testing.T) {
	c := newCounter(t)
	receiver := c.beside()
	a := c.begin(invoice(providers.OxaPay, 3500))
	c.oxapay.gets()
	sent := notice(providers.Attempt{ProviderRef: "777", Reference: a.Reference, Amount: a.Amount}, tooLittle)
	if err := receiver.till.Notified(context.Background(), providers.OxaPay, sent); providers.KindOf(err) != providers.Conflict {
		t.Errorf("before the answer to the creation came: %v", err)
	}
	c.oxapay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	receiver.notified(sent)
	got := c.attempt(a.ID)
	if got.State != providers.PartlyPaid || got.ProviderRef != "777" || got.Received != "10.00" {
		t.Errorf("it is %+v", got)
	}
	c.passes() // it is read anew before it would be looked up
	c.passes() // and watched from here on
	if asked := c.oxapay.gets(); asked != "ask" {
		t.Errorf("the provider got %q", asked)
	}
}

func TestANoticeThatCannotBeWrittenMustComeAgain(t *testing.T) {
	c := newCounter(t)
	receiver := c.beside()
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	receiver.journal.Close()
	if err := receiver.till.Notified(context.Background(), providers.OxaPay, notice(a, paid)); err == nil {
		t.Error("it was taken without a journal")
	}
	if got := c.attempt(a.ID); got.State != providers.Open {
		t.Errorf("it is %s", got.State)
	}
}

// TestAnAnswerThatIsOvertakenByANotice: the counter's own question is on its way
// when the receiver writes what the provider reported.
func TestAnAnswerThatIsOvertakenByANotice(t *testing.T) {
	for name, one := range map[string]struct {
		noticed, answer providers.Answer
		want            providers.State
		received        string
		contradicted    bool
	}{
		"still open, of a moment ago":  {paid, waiting, providers.Approved, "35.00", false},
		"a part, of a moment ago":      {paid, tooLittle, providers.Approved, "35.00", false},
		"expired, of a moment ago":     {paid, tooLate, providers.Approved, "35.00", false},
		"the same":                     {paid, paid, providers.Approved, "35.00", false},
		"it failed":                    {paid, providers.Answer{State: providers.Declined, Code: "Failed"}, providers.Approved, "35.00", true},
		"paid, although it had failed": {providers.Answer{State: providers.Declined, Code: "Failed"}, paid, providers.Declined, "", true},
		"less than was noticed":        {providers.Answer{State: providers.PartlyPaid, Code: "Paying", Received: "20.00"}, tooLittle, providers.PartlyPaid, "20.00", false},
		"forward":                      {tooLittle, paid, providers.Approved, "35.00", false},
	} {
		t.Run(name, func(t *testing.T) {
			c := newCounter(t)
			receiver := c.beside()
			a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
			c.passes()
			c.oxapay.gets()
			receiver.notified(notice(a, one.noticed))
			one.answer.HTTPStatus = 200
			c.oxapay.answers <- one.answer
			if one.want.Final() {
				c.till.work.Wait()
			} else if err := c.clock.rests(t.Context()); err != nil {
				t.Fatal(err)
			}
			got := c.attempt(a.ID)
			if got.State != one.want || got.Received != one.received || got.Contradicted != one.contradicted {
				t.Errorf("it is %s, %q came: %v", got.State, got.Received, c.events(a.ID))
			}
			if st, err := c.till.Status(context.Background()); err != nil || st.Unsaved != 0 {
				t.Errorf("%d results are not saved, %v", st.Unsaved, err)
			}
		})
	}
}

// TestWhatIsJudgedAgain is the narrowest race: the attempt moves between the
// reading and the writing of one process.
func TestWhatIsJudgedAgain(t *testing.T) {
	answered := func(to providers.State) providers.Event {
		return providers.Event{Type: providers.EventAnswered, To: to, Code: "C", ProviderRef: "P"}
	}
	watched := func(to providers.State) providers.Event {
		return providers.Event{Type: providers.EventWatched, To: to, Code: "C"}
	}
	for _, one := range []struct {
		now  providers.State
		e    providers.Event
		want providers.EventType // empty: it tells nothing
	}{
		{providers.Approved, watched(providers.Approved), ""},
		{providers.Approved, watched(providers.PartlyPaid), ""},
		{providers.Approved, answered(providers.Open), ""},
		{providers.Approved, watched(providers.Expired), ""},
		{providers.Approved, watched(providers.Declined), providers.EventContradicted},
		{providers.Approved, answered(providers.Unknown), ""},
		{providers.Declined, watched(providers.Approved), providers.EventContradicted},
		{providers.Declined, watched(providers.PartlyPaid), providers.EventContradicted},
		{providers.Declined, answered(providers.Open), providers.EventContradicted},
		{providers.Cancelled, answered(providers.Approved), providers.EventContradicted},
		{providers.Cancelled, providers.Event{Type: providers.EventCancelled}, ""},
		{providers.Open, answered(providers.Open), ""},
		{providers.Open, answered(providers.Declined), providers.EventWatched},
		{providers.PartlyPaid, answered(providers.Open), ""},
		{providers.PartlyPaid, watched(providers.Approved), providers.EventWatched},
		{providers.Expired, answered(providers.Approved), providers.EventWatched},
		{providers.Expired, watched(providers.Open), ""},
		{providers.Expired, watched(providers.Declined), ""},
		{providers.Unknown, providers.Event{Type: providers.EventInterrupted, To: providers.Unknown}, ""},
		{providers.Unknown, watched(providers.Approved), ""},
		{providers.Unknown, answered(providers.Approved), providers.EventAnswered},
	} {
		e, tells := judged(providers.Attempt{State: one.now}, one.e)
		if tells != (one.want != "") || tells && e.Type != one.want {
			t.Errorf("%s, and then %s %s: %v, %s", one.now, one.e.Type, one.e.To, tells, e.Type)
		}
		if to := e.To; tells && to == "" {
			to = one.now
			if !providers.Allowed(one.now, e.Type, to) {
				t.Errorf("%s: %s is no step of a life", one.now, e.Type)
			}
		}
	}
}

func TestAnAnswerToAMovedAttemptIsWrittenOrDroppedButNeverTriedForEver(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	a := c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	before := a
	c.notified(notice(a, paid))
	for _, e := range []providers.Event{
		providers.FromAnswer(providers.EventAnswered, a.ID, providers.Answer{State: providers.Open, ProviderRef: a.ProviderRef}),
		providers.FromAnswer(providers.EventWatched, a.ID, tooLittle),
	} {
		if got, err := c.till.put(ctx, before, e); err != nil || got.State != providers.Approved || got.Contradicted {
			t.Errorf("%s %s: %s, %v", e.Type, e.To, got.State, err)
		}
	}
	got, err := c.till.put(ctx, before, providers.FromAnswer(providers.EventWatched, a.ID, providers.Answer{State: providers.Declined, Code: "Failed"}))
	if err != nil || got.State != providers.Approved || !got.Contradicted {
		t.Errorf("evidence against it: %s, contradicted %v, %v", got.State, got.Contradicted, err)
	}
	if _, err := c.till.put(ctx, before, providers.Event{Type: providers.EventWatched, Attempt: "nobody", To: providers.Open}); !errors.Is(err, journal.ErrNotFound) {
		t.Errorf("an attempt that is not there: %v", err)
	}
}

// TestHintsAreFollowedOneAfterTheOther: to XaiGate, whoever reports, a process is
// one that asks, with the same pause.
func TestHintsAreFollowedOneAfterTheOther(t *testing.T) {
	c := newCounter(t)
	receiver := c.beside()
	receiver.xaigate = newScripted(receiver, providers.XaiGate)
	receiver.till.gateways[providers.XaiGate] = receiver.xaigate
	c.twoOpen()
	all, err := c.till.Unsettled(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("open are %+v, %v", all, err)
	}
	ended := make(chan error, 2)
	for _, a := range all {
		hint := notice(a, paid)
		hint.Proven = false
		go func() { ended <- receiver.till.Notified(context.Background(), providers.XaiGate, hint) }()
	}
	waiting := providers.Answer{State: providers.Open, Code: "Pending", HTTPStatus: 200}
	receiver.xaigate.gets()
	if len(receiver.xaigate.arrived) != 0 {
		t.Error("two questions at once")
	}
	receiver.xaigate.answers <- waiting
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if pause := receiver.passes(); pause != policies[providers.XaiGate][providers.Invoice].gap {
		t.Errorf("the other one was asked about after %s", pause)
	}
	receiver.xaigate.gets()
	receiver.xaigate.answers <- waiting
	if err := <-ended; err != nil {
		t.Error(err)
	}
	// Who cannot wait so long has the notice come again.
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	late := notice(all[0], paid)
	late.Proven = false
	if err := receiver.till.Notified(ctx, providers.XaiGate, late); err == nil {
		t.Error("a question that was not asked counts as one")
	}
}

// TestAHintMakesTheCountersPollerNoFaster: a stranger must not have XaiGate asked
// in the pause that it wants.
func TestAHintMakesTheCountersPollerNoFaster(t *testing.T) {
	c := newCounter(t)
	a := c.begin(invoice(providers.XaiGate, 1850))
	c.xaigate.gets()
	c.xaigate.answers <- opened
	a = c.becomes(a.ID, providers.Open)
	c.passes()
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Unknown, Reason: providers.Throttled, RetryAfter: 40 * time.Second, HTTPStatus: 429}
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	hint := notice(a, paid)
	hint.Proven = false
	if err := c.till.Notified(t.Context(), providers.XaiGate, hint); err != nil {
		t.Fatal(err)
	}
	if pause := c.passes(); pause != 40*time.Second {
		t.Errorf("it was asked after %s", pause)
	}
	c.xaigate.gets()
	c.xaigate.answers <- providers.Answer{State: providers.Approved, Code: "Paid", ProviderRef: a.ProviderRef, HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
}
