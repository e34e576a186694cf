package cli

import (
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// earshot counts how often the bell rings.
func earshot() (*bell, *int) {
	rang := 0
	return &bell{ring: func() { rang++ }}, &rang
}

var noon = time.Date(2026, time.March, 2, 12, 0, 0, 0, time.UTC)

// update is news of an event that gave the state.
func update(state providers.State) till.Update {
	return till.Update{Attempt: providers.Attempt{ID: "A1", State: state, AnsweredAt: noon, UpdatedAt: noon}}
}

func TestTheBellRingsOnceForEachResultThatSomebodyWaitsFor(t *testing.T) {
	for state, want := range map[providers.State]int{
		providers.Approved: 1, providers.Declined: 1, providers.Refused: 1, providers.PartlyPaid: 1, providers.Unknown: 1,
		providers.Open: 0, providers.Invited: 0, providers.HandedOver: 0, providers.Expired: 0, providers.Cancelled: 0,
	} {
		b, rang := earshot()
		b.hear(update(providers.Recorded)) // begun by a key press
		b.hear(update(providers.Sent))
		if *rang != 0 {
			t.Errorf("it rang before there was a result")
		}
		b.hear(update(state))
		b.hear(update(state)) // asked again, nothing new
		if *rang != want {
			t.Errorf("%s: it rang %d times, want %d", state, *rang, want)
		}
	}
}

func TestAPaymentThatBecomesKnownLaterRingsAgain(t *testing.T) {
	b, rang := earshot()
	for _, state := range []providers.State{providers.Sent, providers.Unknown, providers.Unknown, providers.Approved} {
		b.hear(update(state))
	}
	if *rang != 2 {
		t.Errorf("it rang %d times", *rang)
	}
}

func TestWhatAPersonDecidedDoesNotRing(t *testing.T) {
	b, rang := earshot()
	b.hear(update(providers.Unknown)) // left by an earlier run: in the header already
	settled := update(providers.Approved)
	settled.Attempt.Settled = true
	b.hear(settled)
	reviewed := update(providers.Approved) // approved long ago, looked at now
	reviewed.Attempt.ID, reviewed.Attempt.UpdatedAt = "A2", noon.Add(time.Hour)
	b.hear(reviewed)
	if *rang != 0 {
		t.Errorf("it rang %d times", *rang)
	}
}

func TestWhatAnEarlierRunLeftRingsWhenItsAnswerComes(t *testing.T) {
	b, rang := earshot()
	b.hear(update(providers.Approved))
	if *rang != 1 {
		t.Errorf("it rang %d times", *rang)
	}
}

func TestAnAlarmRingsThoughTheStateStays(t *testing.T) {
	b, rang := earshot()
	b.hear(update(providers.Sent))
	b.hear(update(providers.Approved))
	doubted := update(providers.Approved)
	doubted.Attempt.PossibleDouble = true
	b.hear(doubted)
	b.hear(doubted)
	if *rang != 2 {
		t.Errorf("it rang %d times", *rang)
	}
}

func TestMoneyOnAnExpiredInvoiceRings(t *testing.T) {
	b, rang := earshot()
	b.hear(update(providers.Open))
	short := update(providers.Expired)
	short.Attempt.Personal.Message = "4.68 TRX came"
	b.hear(short)
	b.hear(short) // looked at again, nothing new
	if *rang != 1 {
		t.Errorf("it rang %d times", *rang)
	}
	late := short // of an invoice that an earlier run saw expire
	late.Attempt.ID, late.Attempt.UpdatedAt = "A2", noon.Add(time.Hour)
	b.hear(late)
	if *rang != 2 {
		t.Error("late money was not told")
	}
}

func TestASilentBellHearsNothing(t *testing.T) {
	b, rang := &bell{}, 0
	b.hear(update(providers.Sent))
	b.ring = func() { rang++ }
	b.hear(update(providers.Unknown)) // as if left by an earlier run
	if rang != 0 {
		t.Error("it kept what it heard while it was silent")
	}
}
