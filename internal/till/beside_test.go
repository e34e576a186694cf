package till

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/providers"
)

// beside opens the till of a command beside the counter: a journal of its own on
// the same file, as another process has it, and its own way to the providers.
func (c *counter) beside() *counter {
	c.t.Helper()
	b := &counter{t: c.t, path: c.path, key: c.key, staff: c.staff, clock: newHandClock(c.clock.Now()), mia: c.mia, tom: c.tom}
	j, err := journal.Open(context.Background(), c.path, journal.Options{Key: c.key, Mode: journal.Test, Now: b.clock.Now})
	if err != nil {
		c.t.Fatal(err)
	}
	b.journal = j
	b.oxipay, b.oxapay = newScripted(b, providers.Oxipay), newScripted(b, providers.OxaPay)
	updates := make(chan Update, 1000)
	b.updates = updates
	b.till = New(Config{
		Journal: j, Staff: c.staff, Vault: c.staff, Clock: b.clock, Counter: "2", Test: true, Version: "test",
		Gateways: []providers.Gateway{b.oxipay, b.oxapay}, Notify: func(u Update) { updates <- u },
	})
	if err := b.till.StartBeside(context.Background()); err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(b.stop)
	return b
}

// looks is the counter looking what others did, when it is time to take up what
// nobody drives.
func (c *counter) looks() {
	c.t.Helper()
	c.clock.run(takeUpPause)
	if err := c.till.TakeUp(context.Background()); err != nil {
		c.t.Fatal(err)
	}
}

// nothingSent says that this till sent and asked nothing.
func (c *counter) nothingSent() {
	c.t.Helper()
	if len(c.oxipay.arrived)+len(c.oxapay.arrived) != 0 {
		c.t.Errorf("%d requests", len(c.oxipay.arrived)+len(c.oxapay.arrived))
	}
}

func TestWhatAnotherProcessDrivesIsLeftToItAndItsOutcomeIsHeard(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	a := b.begin(sale(12550, "010203"))
	b.oxipay.gets()
	c.looks()
	c.becomes(a.ID, providers.Sent) // the screen hears of it
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, true); !errors.Is(err, ErrDriven) {
		t.Errorf("the counter may ask about it: %v", err)
	}
	b.oxipay.answers <- lost
	b.becomes(a.ID, providers.Unknown)
	c.looks()
	c.becomes(a.ID, providers.Unknown)
	if err := b.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, true); !errors.Is(err, ErrDriven) {
		t.Errorf("the counter may ask about it: %v", err)
	}
	b.passes()
	b.oxipay.gets()
	b.oxipay.answers <- approved
	b.becomes(a.ID, providers.Approved)
	c.looks()
	c.becomes(a.ID, providers.Approved)
	c.nothingSent()
	if len(c.updates) != 0 {
		t.Errorf("%d things are told twice", len(c.updates))
	}
}

func TestACounterThatStartsLeavesWhatACommandIsDoing(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	unknown := b.unknownSale(700, "010204")
	sent := b.begin(sale(12550, "010203"))
	b.oxipay.gets()
	c.stop()
	c.open()
	for id, want := range map[string]providers.State{sent.ID: providers.Sent, unknown.ID: providers.Unknown} {
		if a := c.attempt(id); a.State != want || c.till.driverOf(id) != nil {
			t.Errorf("it is %s, want %s; driven: %v", a.State, want, c.till.driverOf(id) != nil)
		}
	}
	c.nothingSent()
	b.stop()
	c.looks()
	c.becomes(sent.ID, providers.Unknown)
	if c.till.driverOf(unknown.ID) == nil {
		t.Error("what the command left is not taken up")
	}
}

func TestACommandTakesUpNothingOfTheCountersByItself(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.opens(c.oxapay, invoice(providers.OxaPay, 3500))
	c.stop()
	b := c.beside()
	b.nothingSent()
	if b.till.driverOf(a.ID) != nil {
		t.Error("it drives what the counter began")
	}
	// Asked for by name it does, and within the window nobody need be sure.
	if err := b.till.CheckNow(context.Background(), b.tom, a.ID, false); err != nil {
		t.Fatal(err)
	}
	b.oxipay.gets()
	b.oxipay.answers <- approved
	b.becomes(a.ID, providers.Approved)
	if b.nothingAsked(); len(b.events(a.ID)) != 5 {
		t.Errorf("the events are %v", b.events(a.ID))
	}
}

func (c *counter) nothingAsked() {
	c.t.Helper()
	if len(c.oxapay.arrived) != 0 {
		c.t.Error("an invoice was asked about")
	}
}

func TestAnAttemptWhoseDriverDiedIsTakenUpAlthoughNothingWasWritten(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	a := b.begin(sale(12550, "010203"))
	first := b.oxipay.gets()
	c.looks() // all that was written is heard
	c.nothingSent()
	b.stop()
	if err := c.till.TakeUp(context.Background()); err != nil { // not yet
		t.Fatal(err)
	}
	if got := c.attempt(a.ID); got.State != providers.Sent {
		t.Fatalf("it is %s", got.State)
	}
	c.looks()
	if a = c.becomes(a.ID, providers.Unknown); a.Reason != providers.Interrupted {
		t.Errorf("the reason is %q", a.Reason)
	}
	c.passes()
	if again := c.oxipay.gets(); again != first {
		t.Errorf("sent %q, before that %q", again, first)
	}
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
	c.looks()
	if want := []providers.EventType{providers.EventRecorded, providers.EventSent, providers.EventInterrupted, providers.EventResent, providers.EventAnswered}; !slices.Equal(c.events(a.ID), want) {
		t.Errorf("the events are %v", c.events(a.ID))
	}
}

func TestRecordedByAProcessThatLivesItWaitsAndOfADeadOneItIsCancelled(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	b.till.Close() // no driver starts any more: it dies right after recording
	a := b.begin(sale(12550, "010203"))
	release, ok, err := b.journal.Claim(a.ID) // as one that has recorded it and not sent yet
	if !ok || err != nil {
		t.Fatal(ok, err)
	}
	c.looks()
	if a := c.attempt(a.ID); a.State != providers.Recorded {
		t.Fatalf("it is %s, while its process lives", a.State)
	}
	release()
	c.looks()
	c.becomes(a.ID, providers.Cancelled)
	c.nothingSent()
}

func TestAnInvoiceOfACommandThatEndedIsWatchedByTheCounter(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	a := b.opens(b.oxapay, invoice(providers.OxaPay, 3500))
	c.looks()
	c.nothingSent()
	b.stop()
	c.looks()
	c.passes()
	if got := c.oxapay.gets(); got != "ask" {
		t.Fatalf("the provider got %q", got)
	}
	c.oxapay.answers <- providers.Answer{State: providers.Approved, Code: "Paid", HTTPStatus: 200}
	c.becomes(a.ID, providers.Approved)
}

func TestWhatNeedsNoDriverIsNotTakenUpAgainAndAgain(t *testing.T) {
	c := newCounter(t)
	a := c.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: providers.Amount{Minor: 1001, Currency: aud}, Mobile: "0400000000"})
	c.oxipay.gets()
	c.oxipay.answers <- lost
	c.becomes(a.ID, providers.Unknown)
	c.till.work.Wait()
	c.looks()
	if c.till.driverOf(a.ID) != nil {
		t.Error("it has a driver again")
	}
	if a = c.attempt(a.ID); c.till.idle(a) {
		t.Error("it would be taken up at each look")
	}
}

func TestOfTwoProcessesThatChargeOneCodeAtOnceOneDoes(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	for round := range 10 {
		code := fmt.Sprintf("01%04d", round)
		var begun, held int
		for i, err := range together(c, b, func(i int) Draft { return sale(int64(1000+10*round+i), code) }) {
			var used *InUseError
			switch {
			case err == nil:
				begun++
				answers := []*counter{c, b}[i].oxipay
				answers.gets()
				answers.answers <- declined
			case errors.As(err, &used) && used.Attempt.Personal.PreApproval == code:
				held++
			default:
				t.Errorf("round %d: %v", round, err)
			}
		}
		if begun != 1 || held != 1 {
			t.Fatalf("round %d: %d began, %d were told that the code is in use", round, begun, held)
		}
	}
}

func TestOfTwoProcessesThatChargeOneAmountAtOnceOneIsAsked(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	for round := range 10 {
		minor := int64(1000 + round)
		var begun, asked int
		for i, err := range together(c, b, func(i int) Draft { return sale(minor, fmt.Sprintf("01%02d%02d", round, i)) }) {
			var same *SameAmountError
			switch {
			case err == nil:
				begun++
				answers := []*counter{c, b}[i].oxipay
				answers.gets()
				answers.answers <- declined
			case errors.As(err, &same) && same.Attempt.Amount.Minor == minor:
				asked++
			default:
				t.Errorf("round %d: %v", round, err)
			}
		}
		if begun != 1 || asked != 1 {
			t.Fatalf("round %d: %d began, %d were asked", round, begun, asked)
		}
	}
}

// together has both tills begin a payment at the same moment.
func together(c, b *counter, draft func(int) Draft) [2]error {
	var errs [2]error
	var both sync.WaitGroup
	go1 := make(chan struct{})
	for i, one := range []*counter{c, b} {
		both.Go(func() {
			<-go1
			_, errs[i] = one.till.Begin(context.Background(), one.tom, draft(i))
		})
	}
	close(go1)
	both.Wait()
	return errs
}

func TestOneApprovalForTwoSalesOfTwoProcessesApprovesOneOfThem(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	for round := range 10 {
		both := approved
		both.ProviderRef = fmt.Sprintf("PN-%d", round)
		states := map[providers.State]int{}
		var all []providers.Attempt
		for i, one := range []*counter{c, b} {
			all = append(all, one.begin(sale(int64(1000+10*round+i), fmt.Sprintf("%06d", 100+10*round+i))))
			one.oxipay.gets()
		}
		c.oxipay.answers <- both
		b.oxipay.answers <- both
		for i, one := range []*counter{c, b} {
			a := one.until(all[i].ID, func(a providers.Attempt) bool { return a.State != providers.Recorded && a.State != providers.Sent }).Attempt
			states[a.State]++
			if a.State == providers.Unknown && (a.Reason != providers.PurchaseReused || a.ProviderRef != "") {
				t.Errorf("round %d: %+v", round, a)
			}
		}
		if states[providers.Approved] != 1 || states[providers.Unknown] != 1 {
			t.Fatalf("round %d: %v", round, states)
		}
	}
}

func TestAManagersDecisionAtTheCounterEndsAnotherProcessesAsking(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	a := b.unknownSale(12550, "010203")
	b.passes()
	b.oxipay.gets() // the second request is on its way
	if _, err := c.till.Settle(context.Background(), c.mia, c.permit(Settle), a.ID, false); err != nil {
		t.Fatal(err)
	}
	b.oxipay.answers <- approved
	a = b.until(a.ID, func(a providers.Attempt) bool { return a.Contradicted }).Attempt
	if a.State != providers.Declined {
		t.Errorf("it is %s", a.State)
	}
	b.till.work.Wait() // nobody drives it any more
	c.looks()
	c.until(a.ID, func(a providers.Attempt) bool { return a.Contradicted })
}

func TestADecisionOfAnotherProcessIsReadBeforeTheNextSend(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	a := c.unknownSale(12550, "010203")
	if err := c.clock.rests(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := b.till.CloseUnknown(context.Background(), b.tom, a.ID, "paid in cash"); err != nil {
		t.Fatal(err)
	}
	c.looks() // its driver reads it anew, and waits for a person from then on
	c.until(a.ID, func(a providers.Attempt) bool { return a.Closed })
	if err := c.clock.waits(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	c.clock.mu.Unlock()
	if n := len(c.oxipay.bodies()); n != 1 {
		t.Errorf("%d sends", n)
	}
}

func TestTheSameSaleFromTwoProcessesAtOnceIsBegunOnce(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	for round := range 10 {
		d := sale(int64(1000+round), fmt.Sprintf("01%04d", round))
		d.Sale = fmt.Sprintf("R-%d", round)
		var got [2]providers.Attempt
		var begun [2]bool
		var both sync.WaitGroup
		for i, one := range []*counter{c, b} {
			both.Go(func() {
				var err error
				if got[i], begun[i], err = one.till.BeginOnce(context.Background(), one.tom, d); err != nil {
					t.Errorf("round %d: %v", round, err)
				}
			})
		}
		both.Wait()
		if begun[0] == begun[1] || got[0].ID != got[1].ID {
			t.Fatalf("round %d: begun %v, as %s and %s", round, begun, got[0].ID, got[1].ID)
		}
		driver, other := c, b
		if begun[1] {
			driver, other = b, c
		}
		driver.oxipay.gets()
		answer := approved
		answer.ProviderRef = fmt.Sprint("PN-", round)
		driver.oxipay.answers <- answer
		driver.becomes(got[0].ID, providers.Approved)
		a, err := other.till.Await(context.Background(), got[0].ID)
		if err != nil || a.State != providers.Approved {
			t.Errorf("round %d: the other hears %s, %v", round, a.State, err)
		}
		other.nothingSent()
	}
}

func TestTheSameReferenceAnswersWithTheFirstOutcome(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	first := sale(12550, "6199010001")
	first.Sale = "A-1001"
	once := func(d Draft) (providers.Attempt, bool, error) { return c.till.BeginOnce(ctx, c.tom, d) }
	a, begun, err := once(first)
	if err != nil || !begun {
		t.Fatal(begun, err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	bare := first
	bare.Code = "010001"
	for _, d := range []Draft{first, bare} {
		if again, begun, err := once(d); begun || err != nil || again.ID != a.ID || again.State != providers.Declined {
			t.Errorf("the same again: %s %s, begun %v, %v", again.Reference, again.State, begun, err)
		}
	}
	next := first
	next.Code = "010002"
	b, begun, err := once(next)
	if err != nil || !begun || b.Reference != "A-1001-2" {
		t.Fatalf("a new code: %s, %v, %v", b.Reference, begun, err)
	}
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(b.ID, providers.Approved)
	if again, begun, err := once(next); begun || err != nil || again.ID != b.ID {
		t.Errorf("the second again: %s, %v, %v", again.Reference, begun, err)
	}
	other, more, third := first, first, first
	other.Amount.Minor, other.Code = 999, "010003"
	more.FinanceMinor, more.Code = 100, "010001"
	third.Code = "010003"
	for name, d := range map[string]Draft{"another amount": other, "a third code after it was paid": third} {
		var taken *ReferenceError
		if _, _, err := once(d); !errors.As(err, &taken) || providers.KindOf(err) != providers.Conflict || providers.HintOf(err) == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, begun, err := once(more); begun || err == nil {
		t.Errorf("another part financed: %v, %v", begun, err)
	}
	if n := len(c.oxipay.bodies()); n != 2 {
		t.Errorf("%d sends", n)
	}
}

func TestAReferenceOfAnotherSaleIsNotASale(t *testing.T) {
	c := newCounter(t)
	first := sale(12550, "010001")
	first.Sale = "A-1"
	a := c.begin(first)
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(a.ID, providers.Declined)
	named := sale(500, "010002")
	named.Sale = "A-1-2" // a shop may count so
	b := c.begin(named)
	c.oxipay.gets()
	c.oxipay.answers <- declined
	c.becomes(b.ID, providers.Declined)
	second := first
	second.Code = "010003"
	if next := c.begin(second); next.Reference != "A-1-3" || next.Sale != "A-1" {
		t.Errorf("the next attempt is %s of %s", next.Reference, next.Sale)
	}
	c.oxipay.gets()
	taken := sale(700, "010004")
	taken.Sale = "A-1-3"
	var used *ReferenceError
	if _, err := c.till.Begin(context.Background(), c.tom, taken); !errors.As(err, &used) || used.Attempt.Sale != "A-1" {
		t.Errorf("another sale's reference: %v", err)
	}
}

func TestWhoWaitsForAnotherProcessesSaleTakesItUpWhenThatDies(t *testing.T) {
	c := newCounter(t)
	b := c.beside()
	d := sale(12550, "010203")
	d.Sale = "A-1001"
	a, _, err := b.till.BeginOnce(context.Background(), b.tom, d)
	if err != nil {
		t.Fatal(err)
	}
	b.oxipay.gets()
	again, begun, err := c.till.BeginOnce(context.Background(), c.tom, d)
	if err != nil || begun || again.ID != a.ID {
		t.Fatalf("the same from another process: %s, %v, %v", again.ID, begun, err)
	}
	type outcome struct {
		a   providers.Attempt
		err error
	}
	known := make(chan outcome)
	go func() {
		a, err := c.till.Await(context.Background(), a.ID)
		known <- outcome{a, err}
	}()
	for range 3 { // it looks again and again while the other works
		c.passes()
	}
	c.nothingSent()
	b.stop()
	// It looks once more, and from then on its own driver waits too.
	if err := c.clock.waits(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	c.clock.mu.Unlock()
	c.passes()
	if got := <-known; got.err != nil || got.a.State != providers.Unknown || got.a.Reason != providers.Interrupted {
		t.Errorf("it hears %s %s, %v", got.a.State, got.a.Reason, got.err)
	}
}

func TestAwaitingEndsWithItsContext(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	if got, err := c.till.Await(ctx, a.ID); !errors.Is(err, context.DeadlineExceeded) || got.State != providers.Sent {
		t.Errorf("%s, %v", got.State, err)
	}
}
