package till

import (
	"strings"
	"testing"

	"cashdesk/providers"
)

func TestWhatOnlyTheTillKnowsIsSaidInItsOwnWords(t *testing.T) {
	c := newCounter(t)
	for _, row := range []struct {
		a                     providers.Attempt
		staff, customer, next string
	}{
		{providers.Attempt{State: providers.Approved, PossibleDouble: true, Contradicted: true}, "Possible double payment", "may have paid twice", "refunded"},
		{providers.Attempt{State: providers.Declined, Contradicted: true}, "It is declined, but an answer came later", "Oxipay has told us something new", "portal"},
		{providers.Attempt{State: providers.Declined, Settled: true, Contradicted: true}, "It is declined, but an answer came later", "Let me fetch a manager", "Call a manager"},
		{providers.Attempt{State: providers.Approved, Closed: true}, "Approved after the sale was closed.", "refund it if you paid otherwise", "Call a manager"},
		{providers.Attempt{State: providers.Unknown, Closed: true}, "Closed while not known.", "put it right", "A manager settles it"},
		{providers.Attempt{State: providers.Approved, Settled: true}, "Settled by a manager: paid.", "went through", "Hand over the goods"},
		{providers.Attempt{State: providers.Approved, Settled: true, Closed: true}, "Settled by a manager: paid.", "went through", "unless the customer has them or has paid otherwise"},
		{providers.Attempt{State: providers.Declined, Settled: true, Closed: true}, "Settled by a manager: not paid.", "did not go through", "Take a new payment"},
	} {
		row.a.Provider = providers.Oxipay
		w := c.till.Words(row.a)
		if !strings.Contains(w.Staff, row.staff) || !strings.Contains(w.Customer, row.customer) || !strings.Contains(w.Next, row.next) {
			t.Errorf("%+v says %+v", row.a, w)
		}
	}
}

func TestWhereTheTillKnowsNothingMoreTheProviderSpeaks(t *testing.T) {
	c := newCounter(t)
	for _, state := range providers.States {
		for _, closed := range []bool{false, true} {
			a := providers.Attempt{Provider: providers.Oxipay, State: state, Closed: closed}
			want := !closed || state != providers.Approved && state != providers.Unknown
			if w := c.till.Words(a); (w == c.oxipay.Explain(a)) != want {
				t.Errorf("%s, closed %v: %+v", state, closed, w)
			}
		}
	}
	if w := c.till.Words(providers.Attempt{Provider: "gone", State: providers.PartlyPaid}); w.Staff != "partly paid" {
		t.Errorf("of a provider that is not set up any more it says %+v", w)
	}
}

// TestTheTillsWordsNeverClaimMoreThanIsKnown: only what a manager settled as
// paid is told to the customer as paid.
func TestTheTillsWordsNeverClaimMoreThanIsKnown(t *testing.T) {
	for _, p := range providers.All {
		for _, state := range providers.States {
			for flags := range 16 {
				a := providers.Attempt{Provider: p, State: state, PossibleDouble: flags&1 != 0, Contradicted: flags&2 != 0, Closed: flags&4 != 0, Settled: flags&8 != 0}
				w, known := ownWords(a)
				if known && (w.Staff == "" || w.Customer == "" || w.Next == "") || !known && w != (providers.Words{}) {
					t.Errorf("%+v has only a part of its words: %+v", a, w)
				}
				if state != providers.Approved && (strings.Contains(w.Customer, "went through") || strings.Contains(w.Next, "Hand over")) {
					t.Errorf("what is %s is called paid: %+v", state, w)
				}
			}
		}
	}
}

// discreet is a provider whose reasons are not for the queue.
type discreet struct{ providers.Gateway }

func (discreet) Explain(providers.Attempt) providers.Words { return providers.Words{Private: true} }

func TestAPrivateReasonStaysPrivateUnderTheTillsWords(t *testing.T) {
	till := &Till{gateways: map[providers.Provider]providers.Gateway{providers.Oxipay: discreet{}}}
	for _, a := range []providers.Attempt{{State: providers.Declined}, {State: providers.Declined, Contradicted: true}} {
		a.Provider = providers.Oxipay
		if w := till.Words(a); !w.Private {
			t.Errorf("%+v lets the queue read why: %+v", a, w)
		}
	}
}

// generous says of everything that it is paid.
type generous struct{ providers.Gateway }

func (generous) Explain(providers.Attempt) providers.Words {
	return providers.Words{Customer: "That's paid. Oxipay says: Your first debit is on 5 December.", Next: "Hand over the goods."}
}

func TestOfASaleThatIsPaidInPartTheRestIsTakenFirst(t *testing.T) {
	till := &Till{gateways: map[providers.Provider]providers.Gateway{providers.Oxipay: generous{}}}
	a := providers.Attempt{
		Provider: providers.Oxipay, Kind: providers.Authorise, State: providers.Approved,
		Amount: providers.Amount{Minor: 12550, Currency: aud}, FinanceMinor: 10000,
	}
	w := till.Words(a)
	if w.Next != "Take the other 25.50 AUD in another way. Then: Hand over the goods." ||
		w.Customer != "Oxipay has paid 100.00 AUD. The other 25.50 AUD are still to pay. Oxipay says: Your first debit is on 5 December." {
		t.Errorf("%+v", w)
	}
	whole, declined, refund, double := a, a, a, a
	whole.FinanceMinor, declined.State, refund.Kind, double.PossibleDouble = 0, providers.Declined, providers.Refund, true
	for _, other := range []providers.Attempt{whole, declined, refund, double} {
		if w := till.Words(other); strings.Contains(w.Next+w.Customer, "other 25.50") {
			t.Errorf("%s %s says %+v", other.Kind, other.State, w)
		}
	}
}
