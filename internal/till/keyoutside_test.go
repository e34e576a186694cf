package till

import (
	"context"
	"testing"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
)

// saysOutside is another process that says it has set the key.
func (r *realShop) saysOutside() {
	r.t.Helper()
	ctx := context.Background()
	j, err := journal.Open(ctx, r.path, journal.Options{Key: r.key, Mode: journal.Test})
	if err != nil {
		r.t.Fatal(err)
	}
	defer j.Close()
	if _, err := j.Append(ctx, providers.Event{Type: providers.EventKeySet, By: "system:mia", Note: keystore.OxipaySigningKey}); err != nil {
		r.t.Fatal(err)
	}
}

// suspectedSale is a sale because of which the key is suspected.
func (r *realShop) suspectedSale() providers.Attempt {
	r.t.Helper()
	a := r.begin(sale(12550, "010203"))
	if a = r.becomes(a.ID, providers.Unknown); !a.KeySuspected {
		r.t.Fatalf("the key is not suspected: %+v", a)
	}
	return a
}

// TestASaleBeforeTheCounterReadsTheNewKeyIsSignedWithTheOldOne: the command line
// has set another key and said so, and the counter reads it a moment later.
func TestASaleBeforeTheCounterReadsTheNewKeyIsSignedWithTheOldOne(t *testing.T) {
	r := newRealShop(t, rightKey)
	r.saysOutside()
	a := r.lostSale("010203")
	if err := r.clock.rests(t.Context()); err != nil { // before it hears of another key
		t.Fatal(err)
	}
	r.setOutside("a-key-of-tomorrow")
	if err := r.till.TakeUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	if old, _, err := r.till.standing(context.Background(), a); err != nil || !old {
		t.Fatalf("its bytes count as signed with the new key: %v", err)
	}
	r.passes()
	if a = r.until(a.ID, givenUp).Attempt; a.State != providers.Unknown {
		t.Errorf("it is %s", a.State)
	}
	r.stop()
	r.same(1)
}

// TestTheSameKeySetAgainAtTheCommandLineEndsTheSuspicion: the provider was wrong
// about the key, and the manager sits at the prompt.
func TestTheSameKeySetAgainAtTheCommandLineEndsTheSuspicion(t *testing.T) {
	r := newRealShop(t, wrongKey)
	a := r.suspectedSale()
	r.setOutside(wrongKey)
	r.saysOutside()
	if err := r.till.TakeUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	if st, err := r.till.Status(context.Background()); err != nil || st.KeySuspected {
		t.Errorf("still suspected: %v", err)
	}
	if a = r.attempt(a.ID); !givenUp(a) {
		t.Errorf("it is asked about on: %+v", a)
	}
	r.same(1)
}

func TestASuspicionThatCouldNotBeEndedAtOnceEndsWhenThereIsRoomAgain(t *testing.T) {
	r := newRealShop(t, wrongKey)
	a := r.suspectedSale()
	accept := r.refusing(providers.EventUnresolvable)
	r.setOutside(rightKey)
	if err := r.till.TakeUp(context.Background()); err == nil {
		t.Fatal("the journal took it")
	}
	accept()
	next := r.begin(sale(990, "010999"))
	r.becomes(next.ID, providers.Approved)
	if a = r.attempt(a.ID); !givenUp(a) || a.State != providers.Unknown {
		t.Errorf("it is %+v", a)
	}
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("%d approvals", n)
	}
}

func TestACounterOpensAlthoughAChangedKeyCannotBeNoted(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	r.stop()
	r.setOutside("a-key-of-tomorrow")
	accept := r.refusing(providers.EventKeySet)
	r.start()
	if _, err := r.till.Begin(context.Background(), r.tom, sale(990, "010999")); err == nil {
		t.Error("a sale began that the journal takes for one of the old key")
	}
	accept()
	next := r.begin(sale(990, "010999"))
	r.becomes(next.ID, providers.Unknown) // nobody answers, but it was sent
	if old, spent, err := r.till.standing(context.Background(), a); err != nil || !old || spent {
		t.Errorf("old %t, spent %t, %v", old, spent, err)
	}
	if old, _, err := r.till.standing(context.Background(), next); err != nil || old {
		t.Errorf("the new sale counts as old: %v", err)
	}
}

// TestASuspicionIsNotWrittenDownAgainstAKeyThatCameAfterIt: the answer that
// casts it waits for room on the disk, and the manager sets the right key
// meanwhile.
func TestASuspicionIsNotWrittenDownAgainstAKeyThatCameAfterIt(t *testing.T) {
	r := newRealShop(t, wrongKey)
	accept := r.refusing(providers.EventAnswered)
	a := r.begin(sale(12550, "010203"))
	for u := (Update{}); !u.NotSaved; {
		u = r.until(a.ID, func(providers.Attempt) bool { return true })
	}
	r.setOutside(rightKey)
	if err := r.till.TakeUp(context.Background()); err != nil {
		t.Fatal(err)
	}
	accept()
	r.passes()
	if a = r.until(a.ID, givenUp).Attempt; a.State != providers.Unknown {
		t.Errorf("it is %s", a.State)
	}
	if st, err := r.till.Status(context.Background()); err != nil || st.KeySuspected {
		t.Errorf("the new key is suspected: %v", err)
	}
	r.same(1)
}
