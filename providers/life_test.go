package providers_test

import (
	"slices"
	"testing"

	"cashdesk/providers"

	"pgregory.net/rapid"
)

var attemptEvents = []providers.EventType{
	providers.EventRecorded, providers.EventSent, providers.EventResent, providers.EventAnswered, providers.EventWatched,
	providers.EventInterrupted, providers.EventCancelled, providers.EventClosed, providers.EventSettled,
	providers.EventContradicted, providers.EventReviewed, providers.EventAside, providers.EventNoted,
	providers.EventElsewhere, providers.EventReceipt, providers.EventReceiptStored, providers.EventReceiptRefused,
}

// beforeAndAfter is every state, and none.
func beforeAndAfter() []providers.State { return append([]providers.State{""}, providers.States...) }

// design is the life of a payment as the plan has it, written down a second
// time: a change of the table must be meant.
var design = map[providers.State]map[providers.EventType][]providers.State{
	"": {"recorded": {"recorded"}},
	"recorded": {
		"cancelled": {"cancelled"},
		"sent":      {"sent"},
		"elsewhere": {"approved"},
	},
	"sent": {
		"answered":    {"approved", "declined", "refused", "unknown", "open", "invited", "handed_over"},
		"interrupted": {"unknown", "refused"},
	},
	"unknown": {
		"resent":   {"unknown"},
		"answered": {"approved", "declined", "unknown", "open"},
		"settled":  {"approved", "declined"},
		"closed":   {"unknown"},
	},
	"open":        {"watched": {"open", "partly_paid", "approved", "expired", "declined"}, "aside": {"open"}},
	"partly_paid": {"watched": {"partly_paid", "approved", "expired", "declined"}, "aside": {"partly_paid"}, "settled": {"approved", "declined"}},
	"expired":     {"watched": {"expired", "partly_paid", "approved"}, "aside": {"expired"}, "settled": {"approved", "declined"}},
	"approved": {
		"contradicted": {"approved"}, "reviewed": {"approved"},
		"receipt": {"approved"}, "receipt_stored": {"approved"}, "receipt_refused": {"approved"},
	},
	"declined":  {"contradicted": {"declined"}, "reviewed": {"declined"}, "settled": {"approved", "declined"}},
	"refused":   {"contradicted": {"refused"}, "reviewed": {"refused"}, "settled": {"approved", "refused"}},
	"cancelled": {"contradicted": {"cancelled"}, "reviewed": {"cancelled"}, "settled": {"approved", "cancelled"}},
	"invited":   {"contradicted": {"invited"}, "reviewed": {"invited"}},
	"handed_over": {
		"contradicted": {"handed_over"}, "reviewed": {"handed_over"},
		"watched": {"handed_over", "approved", "declined"},
	},
}

// able is an attempt in a state, of the kind that an event is for.
func able(by providers.EventType, state providers.State) providers.Attempt {
	a := providers.Attempt{ID: "A", State: state, Seq: 7, Code: "old", Kind: providers.Authorise}
	switch by {
	case providers.EventElsewhere:
		a.Kind = providers.Refund
	case providers.EventSettled:
		a.Doubted = true
	case providers.EventReceiptStored, providers.EventReceiptRefused:
		a.Receipt = "R-1"
	}
	return a
}

func TestNothingHappensOutsideTheTable(t *testing.T) {
	for _, from := range beforeAndAfter() {
		for _, by := range attemptEvents {
			for _, to := range beforeAndAfter() {
				want := slices.Contains(design[from][by], to)
				if by == providers.EventNoted {
					want = from == to && from != ""
				}
				if got := providers.Allowed(from, by, to); got != want {
					t.Errorf("%q by %q to %q: allowed %v, want %v", from, by, to, got, want)
				}
			}
		}
	}
}

func TestAnEventOutsideTheTableChangesNothing(t *testing.T) {
	for _, from := range beforeAndAfter() {
		for _, by := range attemptEvents {
			for _, to := range providers.States {
				before := able(by, from)
				event := providers.Event{Type: by, To: to, Seq: 8, Code: "new", Receipt: before.Receipt, Recorded: &providers.Attempt{ID: "A"}}
				after, err := providers.Apply(before, event)
				if allowed := providers.Allowed(from, by, to); allowed != (err == nil) {
					t.Errorf("%q by %q to %q: allowed %v, but %v", from, by, to, allowed, err)
				}
				if err != nil && after != before {
					t.Errorf("%q by %q to %q: refused, and the attempt changed to %+v", from, by, to, after)
				}
			}
		}
	}
}

// TestAStateThatIsNotNamedIsNeverGuessed: an answer, a settlement or an
// interruption without a state must not become whichever stands last.
func TestAStateThatIsNotNamedIsNeverGuessed(t *testing.T) {
	for _, from := range beforeAndAfter() {
		for _, by := range attemptEvents {
			before := able(by, from)
			after, err := providers.Apply(before, providers.Event{Type: by, Receipt: before.Receipt, Recorded: &providers.Attempt{}})
			steps := design[from][by]
			stays := slices.Contains(steps, from) || by == providers.EventNoted && from != ""
			switch {
			case stays && (err != nil || after.State != from):
				t.Errorf("%q by %q: %q, %v; want it to stay", from, by, after.State, err)
			case !stays && len(steps) == 1 && (err != nil || after.State != steps[0]):
				t.Errorf("%q by %q: %q, %v; want the only step, %q", from, by, after.State, err, steps[0])
			case !stays && len(steps) != 1 && err == nil:
				t.Errorf("%q by %q became %q, and nobody said so", from, by, after.State)
			}
		}
	}
}

func TestAnUnknownSaleNeverBecomesRefused(t *testing.T) {
	for _, by := range attemptEvents {
		for _, never := range []providers.State{providers.Refused, providers.Cancelled, providers.Recorded, providers.Sent} {
			if providers.Allowed(providers.Unknown, by, never) {
				t.Errorf("an unknown sale becomes %s by %s", never, by)
			}
		}
	}
}

// leads says that a final state may still become another: what was handed over, told
// by the group's own server; what an answer contradicted, settled by a manager.
func leads(from providers.State, by providers.EventType, to providers.State) bool {
	told := from == providers.HandedOver && by == providers.EventWatched
	proved := by == providers.EventSettled && to == providers.Approved
	return told || proved
}

func TestAFinalStateHasNoWayOut(t *testing.T) {
	for _, from := range providers.States {
		if !from.Final() {
			continue
		}
		for _, by := range attemptEvents {
			for _, to := range providers.States {
				if to != from && !leads(from, by, to) && providers.Allowed(from, by, to) {
					t.Errorf("%s, a final state, becomes %s by %s", from, to, by)
				}
			}
		}
	}
}

func TestOnlyWhatWasNeverSentIsCancelled(t *testing.T) {
	for _, from := range beforeAndAfter() {
		for _, by := range attemptEvents {
			if from != providers.Recorded && from != providers.Cancelled && providers.Allowed(from, by, providers.Cancelled) {
				t.Errorf("%q is cancelled by %q", from, by)
			}
		}
	}
}

func TestWhatIsCertainIsSettledOnlyOnEvidence(t *testing.T) {
	for _, state := range []providers.State{providers.Declined, providers.Refused, providers.Cancelled} {
		paid := providers.Event{Type: providers.EventSettled, To: providers.Approved}
		a := providers.Attempt{ID: "A", State: state}
		if _, err := providers.Apply(a, paid); err == nil {
			t.Errorf("%s is settled as paid, and nothing speaks for it", state)
		}
		for _, e := range []providers.Event{{Type: providers.EventContradicted, Says: providers.Approved}, {Type: providers.EventReviewed}} {
			var err error
			if a, err = providers.Apply(a, e); err != nil || !a.Doubted {
				t.Fatalf("%s after %s: %+v, %v", state, e.Type, a, err)
			}
		}
		for _, to := range []providers.State{providers.Approved, state} {
			settled, err := providers.Apply(a, providers.Event{Type: providers.EventSettled, To: to})
			if err != nil || settled.State != to || settled.Doubted || settled.Contradicted || !settled.Settled {
				t.Errorf("%s settled as %s: %+v, %v", state, to, settled, err)
			}
		}
	}
	a, err := providers.Apply(providers.Attempt{State: providers.Approved}, providers.Event{Type: providers.EventContradicted, Says: providers.Declined})
	if err != nil || a.Doubted {
		t.Errorf("what was approved is taken for not paid: %+v, %v", a, err)
	}
}

// TestWhateverHappensTheRulesHold folds stories made by chance and looks at
// what must hold after each step.
func TestWhateverHappensTheRulesHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := providers.Apply(providers.Attempt{}, providers.Event{
			Type: providers.EventRecorded, Seq: 1, Recorded: &providers.Attempt{ID: "A", Provider: providers.Oxipay},
		})
		if err != nil {
			t.Fatal(err)
		}
		wasUnknown, sends := false, 0
		for seq := int64(2); seq < 30; seq++ {
			e := providers.Event{
				Type: rapid.SampledFrom(attemptEvents).Draw(t, "event"),
				To:   rapid.SampledFrom(beforeAndAfter()).Draw(t, "to"), Seq: seq,
			}
			after, err := providers.Apply(a, e)
			if err != nil {
				continue
			}
			if e.Type == providers.EventSent || e.Type == providers.EventResent {
				sends++
			}
			wasUnknown = wasUnknown || after.State == providers.Unknown
			switch {
			case wasUnknown && (after.State == providers.Refused || after.State == providers.Cancelled):
				t.Fatalf("it was not known, and is %s now", after.State)
			case a.State.Final() && after.State != a.State && !(leads(a.State, e.Type, after.State) && (a.Doubted || e.Type == providers.EventWatched)):
				t.Fatalf("%s was final, and is %s now", a.State, after.State)
			case after.State == providers.Cancelled && after.Sends > 0:
				t.Fatal("cancelled after it was sent")
			case after.Sends != sends || after.Seq != seq || after.ID != "A":
				t.Fatalf("%d sends counted, %d made; sequence %d at event %d", after.Sends, sends, after.Seq, seq)
			}
			a = after
		}
	})
}

func TestWhatIsSaidOfAnotherReceiptNumberChangesNothing(t *testing.T) {
	for _, by := range []providers.EventType{providers.EventReceiptStored, providers.EventReceiptRefused} {
		for _, number := range []string{"", "R-2"} {
			a := able(by, providers.Approved)
			if after, err := providers.Apply(a, providers.Event{Type: by, Receipt: number, Code: "FSER02"}); err == nil || after != a {
				t.Errorf("%s of %q, where the number is %s: %+v, %v", by, number, a.Receipt, after, err)
			}
		}
	}
}
