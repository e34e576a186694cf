package till

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

// copyOf is a keystore as one copy of its file has it.
type copyOf struct {
	generation  int
	fingerprint string
}

func (c copyOf) Generation() int     { return c.generation }
func (c copyOf) Fingerprint() string { return c.fingerprint }

func (c copyOf) Reload() error { return nil }

// changing is a keystore that another process changed since it was read.
type changing struct{ copyOf }

func (c *changing) Reload() error {
	c.copyOf = copyOf{5, "ee"}
	return nil
}

func TestAKeystoreThatWasReadJustBeforeAnotherProcessChangedItIsInOrder(t *testing.T) {
	c := newCounter(t)
	_ = c.notes(copyOf{5, "ee"}) // the other process, which wrote the file before
	if doubt := c.notes(&changing{copyOf{4, "dd"}}); doubt != nil {
		t.Errorf("it is doubted: %v", doubt)
	}
	if n := c.counted(providers.EventKeystoreDoubted); n != 0 {
		t.Errorf("%d doubts in the journal", n)
	}
}

// notes has the journal note a keystore, as a start does.
func (c *counter) notes(k Sealed) error {
	c.t.Helper()
	doubt, err := NoteKeystore(context.Background(), c.journal, k, "")
	if err != nil {
		c.t.Fatal(err)
	}
	checked, err := CheckKeystore(context.Background(), c.journal, k)
	if err != nil || (checked == nil) != (doubt == nil) {
		c.t.Errorf("noting says %v, looking %v, %v", doubt, checked, err)
	}
	return doubt
}

// counted are the events of a type that the journal holds.
func (c *counter) counted(e providers.EventType) int {
	c.t.Helper()
	all, err := c.journal.CounterEvents(context.Background(), []providers.EventType{e}, "", time.Time{}, 100)
	if err != nil {
		c.t.Fatal(err)
	}
	return len(all)
}

func TestAKeystoreThatWasChangedByOthersIsInOrder(t *testing.T) {
	c := newCounter(t)
	for _, k := range []copyOf{{3, "aa"}, {3, "aa"}, {4, "bb"}, {9, "cc"}} { // 5 to 8: the program died before it noted them
		if doubt := c.notes(k); doubt != nil {
			t.Errorf("change %d is doubted: %v", k.generation, doubt)
		}
	}
	if n := c.counted(providers.EventKeystore); n != 3 {
		t.Errorf("noted %d times, want 3: what is the same is no news", n)
	}
}

func TestAnOlderKeystoreStaysInDoubtHoweverOftenItIsChanged(t *testing.T) {
	c := newCounter(t)
	if err := c.notes(copyOf{5, "ee"}); err != nil {
		t.Fatal(err)
	}
	for _, k := range []copyOf{{3, "cc"}, {4, "dd"}, {5, "xx"}, {6, "yy"}, {7, "zz"}} {
		doubt := c.notes(k)
		if !errors.Is(doubt, ErrKeystore) || !strings.Contains(doubt.Error(), "copy was put") || providers.HintOf(doubt) == "" {
			t.Errorf("change %d: %v", k.generation, doubt)
		}
	}
	if n := c.counted(providers.EventKeystoreDoubted); n != 1 {
		t.Errorf("the doubt stands %d times in the journal", n)
	}
	if doubt := c.notes(copyOf{5, "ee"}); doubt != nil {
		t.Errorf("the right one is back, and doubted: %v", doubt)
	}
	if doubt := c.notes(copyOf{6, "ff"}); doubt != nil {
		t.Errorf("its next change is doubted: %v", doubt)
	}
}

func TestAnotherKeystoreOfTheSameNumberIsNoticed(t *testing.T) {
	c := newCounter(t)
	_ = c.notes(copyOf{5, "ee"})
	if doubt := c.notes(copyOf{5, "xx"}); !errors.Is(doubt, ErrKeystore) {
		t.Errorf("it was taken: %v", doubt)
	}
}

func TestAManagerAcceptsAnOlderKeystoreWithAReason(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	_ = c.notes(copyOf{5, "ee"})
	old := copyOf{3, "cc"}
	_ = c.notes(old)
	if err := AcceptKeystore(ctx, c.journal, old, "mia", ""); providers.KindOf(err) != providers.Input {
		t.Errorf("accepted without a reason: %v", err)
	}
	if doubt := c.notes(old); doubt == nil {
		t.Error("it counts as accepted")
	}
	if err := AcceptKeystore(ctx, c.journal, old, "mia", "from Friday's backup"); err != nil {
		t.Fatal(err)
	}
	for _, k := range []copyOf{old, {4, "qq"}} {
		if doubt := c.notes(k); doubt != nil {
			t.Errorf("after it was accepted: %v", doubt)
		}
	}
	events, err := c.journal.CounterEvents(ctx, []providers.EventType{providers.EventKeystore}, "mia", time.Time{}, 1)
	if err != nil || len(events) != 1 || !strings.Contains(events[0].Note, "Friday's backup") {
		t.Errorf("the journal does not say who and why: %+v %v", events, err)
	}
}

func TestTheCounterOpensWithAnOlderKeystoreAndSaysSo(t *testing.T) {
	c := newCounter(t)
	ctx := context.Background()
	_ = c.notes(copyOf{50, "ee"})
	c.till.config.Keystore = c.staff // of a lower number
	if err := c.till.KeystoreRead(ctx, nil); err != nil {
		t.Fatal(err)
	}
	st, err := c.till.Status(ctx)
	if err != nil || !errors.Is(st.KeystoreDoubt, ErrKeystore) {
		t.Errorf("the status says %v, %v", st.KeystoreDoubt, err)
	}
	a := c.begin(sale(12550, "010203")) // a counter that does not open helps nobody
	c.oxipay.gets()
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
}

func TestAKeySetAtTheCounterIsNotedWithItsKeystore(t *testing.T) {
	c := newCounter(t)
	c.till.config.Keystore = c.staff
	ctx := context.Background()
	before := c.staff.Generation()
	if err := c.till.SetKey(ctx, c.mia, c.permit(Keys), "oxipay.signing_key", "fresh-key-1", false); err != nil {
		t.Fatal(err)
	}
	last, err := lastNoted(ctx, c.journal)
	if err != nil || last.Type != providers.EventKeystore || last.Generation != before+1 {
		t.Errorf("the journal notes %+v, %v", last, err)
	}
	if err := c.till.SetKey(ctx, c.tom, Permit{}, "oxipay.signing_key", "fresh-key-2", false); providers.KindOf(err) != providers.Forbidden {
		t.Errorf("an operator set a key: %v", err)
	}
	if c.staff.Generation() != before+1 {
		t.Error("a refused change was made")
	}
}
