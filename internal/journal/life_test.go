package journal

import (
	"context"
	"errors"
	"testing"

	"cashdesk/providers"
)

var attemptEvents = []providers.EventType{
	providers.EventSent, providers.EventResent, providers.EventAnswered, providers.EventWatched,
	providers.EventInterrupted, providers.EventCancelled, providers.EventClosed, providers.EventSettled,
	providers.EventContradicted, providers.EventReviewed, providers.EventAside, providers.EventNoted,
}

// wayTo is the shortest way from nothing to a state.
func wayTo(t *testing.T, state providers.State) []providers.Step {
	t.Helper()
	ways := map[providers.State][]providers.Step{"": {}}
	for range providers.Life {
		for _, s := range providers.Life {
			way, known := ways[s.From]
			if _, reached := ways[s.To]; known && !reached {
				ways[s.To] = append(append([]providers.Step{}, way...), s)
			}
		}
	}
	way, ok := ways[state]
	if !ok {
		t.Fatalf("no way leads to %s", state)
	}
	return way
}

func TestEveryStepOutsideTheLifeOfAPaymentIsRefusedAndNothingIsWritten(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	for n, state := range providers.States {
		a := record(t, j, sale(n))
		for _, s := range wayTo(t, state)[1:] {
			a = add(t, j, providers.Event{Type: s.By, Attempt: a.ID, To: s.To})
		}
		if a.State != state {
			t.Fatalf("the way to %s led to %s", state, a.State)
		}
		before := counted(t, j)
		for _, by := range attemptEvents {
			for _, to := range providers.States {
				if providers.Allowed(state, by, to) {
					continue
				}
				_, err := j.Append(ctx, providers.Event{Type: by, Attempt: a.ID, To: to})
				if !errors.Is(err, ErrStep) {
					t.Errorf("%s by %s to %s: %v", state, by, to, err)
				}
			}
		}
		if now := counted(t, j); now != before {
			t.Errorf("%s: %d events were written by refused steps", state, now-before)
		}
		if row, err := j.Attempt(ctx, a.ID); err != nil || row != a {
			t.Errorf("%s: the row changed: %+v, %v", state, row, err)
		}
	}
	if r := mustVerify(t, j); !r.OK() {
		t.Errorf("verify: %+v", r.Faults)
	}
}

func TestAnUnknownSaleNeverBecomesRefusedOrCancelled(t *testing.T) {
	j := fresh(t)
	a := record(t, j, sale(1))
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: a.ID, To: providers.Sent})
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: providers.Unknown, Reason: providers.TimedOut})
	for _, e := range []providers.Event{
		{Type: providers.EventAnswered, To: providers.Refused},
		{Type: providers.EventCancelled, To: providers.Cancelled},
		{Type: providers.EventSettled, To: providers.Refused},
	} {
		e.Attempt = a.ID
		if _, err := j.Append(context.Background(), e); !errors.Is(err, ErrStep) {
			t.Errorf("%s to %s: %v", e.Type, e.To, err)
		}
	}
}

func TestOtherBytesThanTheRecordedOnesAreNeverSent(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := record(t, j, sale(1))
	other := hashOf([]byte("other bytes"))
	e := providers.Event{Type: providers.EventSent, Attempt: a.ID, To: providers.Sent, BodyHash: other}
	if _, err := j.Append(ctx, e); !errors.Is(err, ErrStep) {
		t.Fatalf("sending other bytes: %v", err)
	}
	e.BodyHash = request().Hash
	add(t, j, e)
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: providers.Unknown})
	e = providers.Event{Type: providers.EventResent, Attempt: a.ID, To: providers.Unknown, BodyHash: other}
	if _, err := j.Append(ctx, e); !errors.Is(err, ErrStep) {
		t.Errorf("sending other bytes again: %v", err)
	}
	if row, err := j.Attempt(ctx, a.ID); err != nil || row.Sends != 1 || counted(t, j) != 3 {
		t.Errorf("%d sends, %d events, %v", row.Sends, counted(t, j), err)
	}
}

func TestWhatIsUnfinishedIsFoundAndWhatIsFinishedIsNot(t *testing.T) {
	ctx := context.Background()
	c := newClock()
	o := options()
	o.Now = c.now
	j := open(t, t.TempDir()+"/journal.db", o)
	want := map[string]bool{}
	for n, state := range providers.States {
		a := record(t, j, sale(n))
		for _, s := range wayTo(t, state)[1:] {
			e := providers.Event{Type: s.By, Attempt: a.ID, To: s.To}
			if s.To == providers.Open {
				e.ExpiresAt = c.at
			}
			add(t, j, e)
		}
		want[a.ID] = !state.Final()
	}
	doubted := approve(t, j, record(t, j, sale(50)).ID, "PN-50")
	add(t, j, providers.Event{Type: providers.EventContradicted, Attempt: doubted.ID})
	want[doubted.ID] = true
	twice := approve(t, j, record(t, j, sale(51)).ID, "PN-51")
	add(t, j, providers.Event{Type: providers.EventNoted, Attempt: twice.ID, Double: true, Note: "another payment for the same sale is approved too"})
	want[twice.ID] = true
	check := func(when string) {
		t.Helper()
		open, err := j.Unfinished(ctx)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, a := range open {
			found[a.ID] = true
		}
		for id, due := range want {
			if a, _ := j.Attempt(ctx, id); found[id] != due {
				t.Errorf("%s: %s (contradicted %v, perhaps double %v) found %v, want %v", when, a.State, a.Contradicted, a.PossibleDouble, found[id], due)
			}
		}
	}
	check("on the day")
	c.at = c.at.Add(lateMoney)
	for id := range want {
		if a, _ := j.Attempt(ctx, id); a.State == providers.Expired {
			want[id] = false
		}
	}
	check("a day after")
	for _, seen := range []string{doubted.ID, twice.ID} {
		add(t, j, providers.Event{Type: providers.EventReviewed, Attempt: seen, Note: "seen in the portal"})
		want[seen] = false
	}
	check("after the review")
}
