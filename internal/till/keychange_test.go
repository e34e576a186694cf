package till

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"cashdesk/keystore"
	"cashdesk/providers"
)

func TestTheWayOutWhenEverySaleIsUnknownBecauseTheKeyIsWrong(t *testing.T) {
	r := newRealShop(t, wrongKey)
	ctx := context.Background()
	a := r.begin(sale(12550, "010203"))
	a = r.becomes(a.ID, providers.Unknown)
	if !a.KeySuspected {
		t.Fatalf("the key is not suspected: %+v", a)
	}
	if _, err := r.till.Begin(ctx, r.tom, sale(990, "010999")); providers.KindOf(err) != providers.Credentials {
		t.Errorf("a new sale began: %v", err)
	}
	if st, err := r.till.Status(ctx); err != nil || !st.KeySuspected {
		t.Errorf("the header is not told: %+v, %v", st, err)
	}
	permit := r.permit(Keys)
	var unresolved *UnresolvedError
	if err := r.till.SetKey(ctx, r.mia, permit, keystore.OxipaySigningKey, rightKey, false); !errors.As(err, &unresolved) || len(unresolved.Attempts) != 1 {
		t.Fatalf("the key was set over a payment that is not known: %v", err)
	}
	if r.signingKey() != wrongKey {
		t.Error("the key was set all the same")
	}
	if err := r.till.SetKey(ctx, r.mia, permit, keystore.OxipaySigningKey, rightKey, true); err != nil {
		t.Fatal(err)
	}
	if a = r.attempt(a.ID); a.State != providers.Unknown || !givenUp(a) || a.KeySuspected {
		t.Errorf("it is %+v", a)
	}
	next := r.begin(sale(990, "010999"))
	r.becomes(next.ID, providers.Approved)
	r.restart("1.0")
	if _, err := r.till.Settle(ctx, r.mia, r.permit(Settle), a.ID, false); err != nil {
		t.Fatal(err)
	}
	if st, err := r.till.Status(ctx); err != nil || st.KeySuspected || st.Unknown != 0 {
		t.Errorf("%+v, %v", st, err)
	}
	if n, sent := len(r.box.Ledger()), len(r.box.Requests()); n != 1 || sent != 2 {
		t.Errorf("%d approvals after %d requests", n, sent)
	}
}

func TestASuspectedInvitationDoesNotBlockTheCounterOnceTheKeyIsSet(t *testing.T) {
	r := newRealShop(t, wrongKey)
	a := r.begin(Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: providers.Amount{Minor: 1001, Currency: aud}, Mobile: "0412345678"})
	if a = r.becomes(a.ID, providers.Unknown); !a.KeySuspected {
		t.Fatalf("%+v", a)
	}
	if err := r.till.SetKey(context.Background(), r.mia, r.permit(Keys), keystore.OxipaySigningKey, rightKey, false); err != nil {
		t.Fatal(err)
	}
	next := r.begin(sale(990, "010999"))
	r.becomes(next.ID, providers.Approved)
}

func TestAYesIsNotForAPaymentThatAChangedKeyHasClosed(t *testing.T) {
	r := newRealShop(t, wrongKey)
	a := r.begin(sale(12550, "010203"))
	if a = r.becomes(a.ID, providers.Unknown); !a.KeySuspected {
		t.Fatalf("the key is not suspected: %+v", a)
	}
	r.setOutside(rightKey)
	if err := r.till.CheckNow(context.Background(), r.mia, a.ID, true); err != nil {
		t.Fatal(err)
	}
	r.until(a.ID, givenUp)
	// Once it is settled its driver ends, with whatever it had begun.
	if _, err := r.till.Settle(context.Background(), r.mia, r.permit(Settle), a.ID, false); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(5 * time.Second); r.till.driverOf(a.ID) != nil && time.Now().Before(end); {
		runtime.Gosched()
	}
	r.same(1)
}

func TestNoKeyIsSetWhileAPaymentSignedWithItIsOnItsWay(t *testing.T) {
	c := newCounter(t)
	a := c.begin(sale(12550, "010203"))
	c.oxipay.gets()
	err := c.till.SetKey(context.Background(), c.mia, c.permit(Keys), keystore.OxipaySigningKey, "a-key-of-tomorrow", true)
	if providers.KindOf(err) != providers.Conflict {
		t.Errorf("it was set: %v", err)
	}
	c.oxipay.answers <- approved
	c.becomes(a.ID, providers.Approved)
}

// fullVault is a keystore whose disk is full.
type fullVault struct{ *keystore.Store }

func (fullVault) Set(string, keystore.Secret) error { return errors.New("no space left on device") }

func TestAKeyThatCouldNotBeSetCountsAsChanged(t *testing.T) {
	c := newCounter(t)
	a := c.unknownSale(12550, "010203")
	c.till.config.Vault = fullVault{c.staff}
	if err := c.till.SetKey(context.Background(), c.mia, c.permit(Keys), keystore.OxipaySigningKey, "a-key-of-tomorrow", true); err == nil {
		t.Fatal("it was set")
	}
	if a = c.attempt(a.ID); !givenUp(a) {
		t.Errorf("it is asked about on: %+v", a)
	}
	if old, _, err := c.till.standing(context.Background(), a); err != nil || !old {
		t.Errorf("whoever died between journal and keystore changed nothing: %v", err)
	}
}

func TestAKeyChangeThatNobodyJournalledIsFoundAtTheNextStart(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	before := r.counted(providers.EventKeySet)
	r.restart("1.0")
	if n := r.counted(providers.EventKeySet); n != before {
		t.Errorf("a start alone counts as a change of the key")
	}
	r.stop()
	r.setOutside("a-key-of-tomorrow")
	r.start()
	if n := r.counted(providers.EventKeySet); n != before+1 {
		t.Errorf("%d changes in the journal, want one more than %d", n, before)
	}
	if old, spent, err := r.till.standing(context.Background(), a); err != nil || !old || spent {
		t.Errorf("old %t, spent %t, %v", old, spent, err)
	}
	r.restart("1.0")
	if n := r.counted(providers.EventKeySet); n != before+1 {
		t.Error("the same change is found twice")
	}
}
