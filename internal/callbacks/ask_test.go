package callbacks

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"cashdesk/providers"
)

// hints is a stand in a bubble whose time passes only when nothing else is done.
func hints(t *testing.T, story func(s *stand)) {
	synctest.Test(t, func(t *testing.T) {
		s := newStand(t)
		story(s)
		s.receiver.Close()
	})
}

func (s *stand) hints(reference string) {
	s.Helper()
	s.sends(request("POST", "/xaigate", "", fmt.Sprintf(`{"Order":%q}`, reference)), 200)
	synctest.Wait()
}

// forgot says that nothing is kept of any invoice.
func (s *stand) forgot() {
	s.Helper()
	a := s.receiver.asker
	a.mu.Lock()
	defer a.mu.Unlock()
	if n := len(a.open); n != 0 {
		s.Errorf("%d invoices are remembered", n)
	}
}

func TestAHintIsAskedAboutAndBelievedNothing(t *testing.T) {
	hints(t, func(s *stand) {
		s.books.during = func(context.Context) {
			if s.books.heard[0].Proven {
				t.Error("what anybody can send counts as proven")
			}
		}
		s.hints("R-1")
		s.heard("R-1")
	})
}

func TestAHintOfWhatIsNotHereOrIsOverAsksNothing(t *testing.T) {
	hints(t, func(s *stand) {
		for range 1000 {
			s.hints("nobody's")
			s.hints("R-2") // approved
		}
		s.heard("")
		s.forgot()
	})
}

func TestAnAnswerToAHintWaitsForNoQuestion(t *testing.T) {
	hints(t, func(s *stand) {
		gate := make(chan struct{})
		s.books.during = func(context.Context) { <-gate }
		s.hints("R-1") // answered, while the question is on its way
		s.heard("R-1")
		close(gate)
	})
}

func TestAProvenReportThatDoesNotFitItsInvoiceIsAHintLikeAnyOther(t *testing.T) {
	hints(t, func(s *stand) {
		for range 1000 {
			s.sends(request("POST", "/oxapay", "rightly", `{"ID":"another","Order":"R-1"}`), 200)
			synctest.Wait()
		}
		s.heard("R-1")
	})
}

func TestAHintBeforeTheInvoiceIsMadeWaitsForIt(t *testing.T) {
	hints(t, func(s *stand) {
		s.books.knows(providers.Attempt{ID: "3", Reference: "R-3", State: providers.Sent})
		s.hints("R-3")
		s.heard("")
		s.books.knows(providers.Attempt{ID: "3", Reference: "R-3", State: providers.Open})
		time.Sleep(leastPause)
		synctest.Wait()
		s.heard("R-3")
	})
}

func TestAFloodOfHintsIsOneQuestionAPause(t *testing.T) {
	hints(t, func(s *stand) {
		began := time.Now()
		var at []time.Duration
		s.books.during = func(context.Context) { at = append(at, time.Since(began)) }
		for time.Since(began) < 10*time.Minute {
			s.hints("R-1")
			time.Sleep(50 * time.Millisecond)
		}
		if want := 3 + 1 + 10; len(at) > want || at[1] < leastPause {
			t.Errorf("%d questions in ten minutes, at %v", len(at), at)
		}
		for i := range at[1:] {
			if pause := at[i+1] - at[i]; pause < leastPause || pause > mostPause+time.Second {
				t.Errorf("a pause of %s", pause)
			}
		}
	})
}

func TestAHintWithinThePauseIsAskedAboutAfterIt(t *testing.T) {
	hints(t, func(s *stand) {
		s.hints("R-1") // somebody else's; the money is not there yet
		time.Sleep(time.Second)
		s.hints("R-1") // the provider's own
		s.heard("R-1")
		time.Sleep(leastPause)
		synctest.Wait()
		s.heard("R-1 R-1")
		time.Sleep(time.Hour)
		s.heard("R-1 R-1")
		s.forgot()
		s.hints("R-1") // at once again
		s.heard("R-1 R-1 R-1")
	})
}

func TestWhatIsLearntMeanwhileIsNotAskedAboutAgain(t *testing.T) {
	hints(t, func(s *stand) {
		s.hints("R-1")
		s.hints("R-1") // the provider reports twice
		s.books.knows(providers.Attempt{ID: "1", Reference: "R-1", State: providers.Approved})
		time.Sleep(time.Hour)
		synctest.Wait()
		s.heard("R-1")
	})
}

func TestAQuestionThatToldNothingIsRepeatedAFewTimes(t *testing.T) {
	hints(t, func(s *stand) {
		s.books.silent = errors.New("unreachable")
		s.hints("R-1")
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		if n := len(s.books.heard); n != mostTries {
			t.Errorf("asked %d times, want %d", n, mostTries)
		}
	})
}

func TestThereIsRoomForSoManyInvoicesAndSoManyQuestions(t *testing.T) {
	hints(t, func(s *stand) {
		gate := make(chan struct{})
		var mu sync.Mutex
		now, most := 0, 0
		s.books.during = func(context.Context) {
			mu.Lock()
			now++
			most = max(most, now)
			mu.Unlock()
			<-gate
			mu.Lock()
			now--
			mu.Unlock()
		}
		for i := range mostInvoices {
			reference := fmt.Sprintf("M-%d", i)
			s.books.knows(providers.Attempt{ID: reference, Reference: reference, State: providers.Open})
			s.hints(reference)
		}
		s.sends(request("POST", "/xaigate", "", `{"Order":"R-1"}`), 503)
		close(gate)
		synctest.Wait()
		if most != mostQuestions || len(s.books.heard) != mostInvoices {
			t.Errorf("%d questions at a time, %d in all", most, len(s.books.heard))
		}
	})
}

func TestTheEndWaitsForTheQuestionThatIsOnItsWayAndAsksNoMore(t *testing.T) {
	hints(t, func(s *stand) {
		ended := false
		s.books.during = func(ctx context.Context) {
			<-ctx.Done() // as the client's call does
			ended = true
		}
		s.hints("R-1")
		s.receiver.Close()
		if !ended {
			t.Error("a question was left behind")
		}
		s.sends(request("POST", "/xaigate", "", `{"Order":"R-1"}`), 503)
		s.heard("R-1")
	})
}
