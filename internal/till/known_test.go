package till

import (
	"context"
	"fmt"
	"testing"

	"cashdesk/providers"
)

// These are failures that other payment software is known for.

func TestKnownFailureALostAnswerShownAsADecline(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	for len(r.updates) > 0 {
		if u := <-r.updates; u.Attempt.State == providers.Declined || u.Attempt.State == providers.Refused {
			t.Errorf("it was shown as %s", u.Attempt.State)
		}
	}
	r.lose.Store(false)
	r.passes()
	r.becomes(a.ID, providers.Approved)
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("charged %d times", n)
	}
}

func TestKnownFailureARetryWithANewReferenceThatChargesTwice(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203") // the provider took it
	r.lose.Store(false)
	for name, d := range map[string]Draft{
		"the same code": sale(12550, "010203"), "its barcode": sale(12550, "6199010203"), "another code": sale(12550, "010204"),
		"the same sale": {Sale: a.Sale, Provider: providers.Oxipay, Kind: providers.Authorise, Amount: a.Amount, Code: "010205"},
	} {
		if b, err := r.till.Begin(context.Background(), r.tom, d); err == nil {
			t.Errorf("%s: begun as %s, while %s may have been charged", name, b.Reference, a.Reference)
		}
	}
	r.passes()
	r.becomes(a.ID, providers.Approved)
	if _, err := r.till.Begin(context.Background(), r.tom, sale(12550, "010203")); err == nil {
		t.Error("the code that has paid was charged again")
	}
	if ledger := r.box.Ledger(); len(ledger) != 1 || len(r.arrived()) != 1 {
		t.Errorf("%d charges by %d different requests", len(ledger), len(r.arrived()))
	}
}

func TestKnownFailureEightOrdersTakenWithoutANetworkBecomeMoreCharges(t *testing.T) {
	const orders = 8
	r := newRealShop(t, rightKey)
	r.lose.Store(true) // no answer comes back; nobody knows what arrived
	var ids []string
	for n := range orders {
		a := r.begin(sale(int64(1000+n), fmt.Sprintf("01%04d", n)))
		r.becomes(a.ID, providers.Unknown)
		ids = append(ids, a.ID)
	}
	for range 3 { // impatience
		for _, id := range ids {
			if err := r.till.CheckNow(context.Background(), r.tom, id, false); err != nil {
				t.Fatal(err)
			}
			r.until(id, func(a providers.Attempt) bool { return a.State == providers.Unknown && a.Sends > 1 })
		}
	}
	r.restart("1.0")
	r.lose.Store(false)
	for _, id := range ids {
		if err := r.till.CheckNow(context.Background(), r.tom, id, false); err != nil {
			t.Fatal(err)
		}
		r.becomes(id, providers.Approved)
	}
	took := map[string]int{}
	for _, e := range r.box.Ledger() {
		took[e.Amount]++
	}
	for n := range orders {
		if amount := fmt.Sprintf("10.%02d", n); took[amount] != 1 {
			t.Errorf("the order of %s was charged %d times", amount, took[amount])
		}
	}
	if len(took) != orders || len(r.arrived()) != orders {
		t.Errorf("%d orders, %d amounts charged, %d different requests", orders, len(took), len(r.arrived()))
	}
}

func TestKnownFailureAPaidSaleLostBecauseTheProgramDiedBeforeItWasWritten(t *testing.T) {
	r := newRealShop(t, rightKey)
	a := r.lostSale("010203")
	if n := len(r.box.Ledger()); n != 1 {
		t.Fatalf("%d charges", n)
	}
	// It was written down, on the disk, before the provider could take it: the
	// journal's file alone is the whole memory.
	r.stop()
	r.lose.Store(false)
	r.start()
	if got := r.attempt(a.ID); got.State != providers.Unknown || got.Amount != a.Amount {
		t.Fatalf("after the crash it is %+v", got)
	}
	r.passes()
	r.becomes(a.ID, providers.Approved)
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("charged %d times", n)
	}
}
