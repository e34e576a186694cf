package till

import (
	"context"
	"testing"
	"time"

	"cashdesk/providers"
)

// An unlocked screen goes on with its session: no new one begins.
func TestUnlockingIsATryLikeASignInAndBeginsNoSession(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	s, err := c.till.SignIn(ctx, "tom", "1357")
	if err != nil {
		t.Fatal(err)
	}
	if err := c.till.Unlock(ctx, s, "1358"); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("a wrong PIN: %v", err)
	}
	if err := c.till.Unlock(ctx, s, "1357"); err != nil {
		t.Errorf("the right PIN: %v", err)
	}
	for kind, want := range map[providers.EventType]int{providers.EventPINTry: 3, providers.EventPINRight: 2, providers.EventSignIn: 1, providers.EventSignOut: 0} {
		if events, err := c.journal.CounterEvents(ctx, []providers.EventType{kind}, "tom", time.Time{}, 100); err != nil || len(events) != want {
			t.Errorf("%d times %s in the journal, want %d, %v", len(events), kind, want, err)
		}
	}
}

func TestWrongPINsAtTheLockAndAtTheSignInCountTogether(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	s, err := c.till.SignIn(ctx, "tom", "1357")
	if err != nil {
		t.Fatal(err)
	}
	for n := range maxTries {
		if n%2 == 0 {
			err = c.till.Unlock(ctx, s, "0001")
		} else {
			_, err = c.till.SignIn(ctx, "tom", "0001")
		}
		if err == nil {
			t.Fatal("a wrong PIN was right")
		}
	}
	if err := c.till.Unlock(ctx, s, "1357"); err == nil {
		t.Error("five wrong PINs did not lock")
	}
	if err := c.till.Unlock(ctx, Session{}, ""); err == nil {
		t.Error("nobody's session was unlocked")
	}
}
