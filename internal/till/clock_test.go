package till

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

// asksFirst says that nothing goes again without a person's yes.
func (c *counter) asksFirst(a providers.Attempt) {
	c.t.Helper()
	var risk *ChargeRiskError
	if err := c.till.CheckNow(context.Background(), c.tom, a.ID, false); !errors.As(err, &risk) {
		c.t.Errorf("it may go again by itself: %v", err)
	}
}

func TestAClockSetBackWithinARunDoesNotOpenTheResendWindowAgain(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.clock.run(11 * time.Minute)
	c.clock.jump(-10 * time.Minute) // by the wall it is a minute old
	c.asksFirst(a)
}

func TestAClockSetForwardWithinARunLeavesTheResendWindowAsItIs(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.clock.jump(3 * time.Hour)
	c.passes()
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
}

func TestAClockSetBackIntoTheWindowAtARestartSendsNothingByItself(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.clock.run(30 * time.Minute)
	if err := c.till.SignOut(context.Background(), c.tom); err != nil { // the journal knows how late it was
		t.Fatal(err)
	}
	c.stop()
	c.clock.jump(-29 * time.Minute)
	c.open()
	c.asksFirst(a)
	c.stop()
	c.clock.run(2 * time.Minute)
	c.open() // nor at the start after
	c.asksFirst(a)
	if n := len(c.oxipay.bodies()); n != 0 {
		t.Errorf("%d sends", n)
	}
}

func TestAClockThatTheProviderCallsSlowOpensNoWindowAfterARestart(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.reopen()
	next := c.begin(sale(990, "010999"))
	c.oxipay.gets()
	late := approved
	late.ServerDate = c.clock.Now().Add(2 * time.Hour)
	c.oxipay.answers <- late
	c.becomes(next.ID, providers.Approved)
	c.asksFirst(a)
}

func TestTheSameAmountIsAskedAboutForHalfAnHourHoweverTheClockIsSet(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	asks := func(when string, want bool) {
		t.Helper()
		var same *SameAmountError
		err := c.till.Check(context.Background(), c.tom, sale(12550, "010999"))
		if got := errors.As(err, &same) && same.Attempt.ID == a.ID; got != want {
			t.Errorf("%s: asked %t, want %t: %v", when, got, want, err)
		}
	}
	for _, jump := range []time.Duration{-5 * time.Hour, 9 * time.Hour, -24 * time.Hour} {
		c.clock.jump(jump)
		asks("after a jump", true)
	}
	c.clock.run(29 * time.Minute)
	asks("29 minutes later", true)
	c.clock.run(time.Minute)
	c.clock.jump(24 * time.Hour)
	asks("half an hour later", false)
	c.clock.jump(-48 * time.Hour)
	c.reopen()
	asks("after a restart with the clock set back", true)
}

// lockTom types five wrong PINs.
func (c *counter) lockTom() {
	c.t.Helper()
	for range maxTries {
		if _, err := c.till.SignIn(context.Background(), "tom", "0001"); err == nil {
			c.t.Fatal("signed in with a wrong PIN")
		}
	}
}

// left is what the sign-in says of Tom's lock.
func (c *counter) left() string {
	_, err := c.till.SignIn(context.Background(), "tom", "1357")
	if err == nil {
		return ""
	}
	_, text, _ := strings.Cut(err.Error(), "another ")
	text, _, _ = strings.Cut(text, " after")
	return text
}

func TestALockRunsOnlyWhileTheProgramRunsAndNoClockShortensIt(t *testing.T) {
	c := newCounter(t)
	c.lockTom()
	for _, jump := range []time.Duration{5 * time.Hour, -9 * time.Hour} {
		c.clock.jump(jump)
		if got := c.left(); got != "30 min" {
			t.Errorf("after a jump of %s: another %q", jump, got)
		}
	}
	c.clock.run(20 * time.Minute)
	c.stop() // in order: what has run is noted
	c.clock.run(8 * time.Hour)
	c.open()
	if got := c.left(); got != "10 min" {
		t.Errorf("after a night: another %q", got)
	}
	c.clock.run(4 * time.Minute)
	_ = c.journal.Close() // killed: nothing can be noted
	c.reopen()
	if got := c.left(); got != "10 min" {
		t.Errorf("after it was killed: another %q", got)
	}
	c.clock.run(10*time.Minute + time.Second)
	if got := c.left(); got != "" {
		t.Errorf("after 30 minutes of running: another %q", got)
	}
}

func TestManyRestartsDoNotPushWrongPINsOutOfSight(t *testing.T) {
	c := newCounter(t)
	c.lockTom()
	for range mostTries + 5 {
		c.clock.run(time.Second)
		c.reopen()
	}
	if got := c.left(); got != "30 min" {
		t.Errorf("another %q", got)
	}
}

func TestAWrongPINAtAManagersQuestionCountsForTheManagersLock(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	for range maxTries {
		if _, err := c.till.Permit(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "0001"}, "portal"); err == nil {
			t.Fatal("a wrong PIN agreed")
		}
	}
	if _, err := c.till.Permit(ctx, c.tom, Settle, Manager{ID: "mia", PIN: "2468"}, "portal"); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("the question goes on: %v", err)
	}
	if _, err := c.till.SignIn(ctx, "mia", "2468"); err == nil || !strings.Contains(err.Error(), "locked") {
		t.Errorf("the sign-in is open: %v", err)
	}
	if n := c.counted(providers.EventDenied); n != maxTries+1 {
		t.Errorf("%d refusals in the journal", n)
	}
}
