package callbacks

import (
	"context"
	"sync"
	"time"
)

const (
	// leastPause is between two questions about one invoice, however many hints
	// come; as long as they go on it doubles, up to mostPause.
	leastPause = 5 * time.Second
	mostPause  = time.Minute
	// mostInvoices are asked about at a time; mostQuestions are on their way.
	mostInvoices  = 256
	mostQuestions = 4
	// mostTries is how often a question that told nothing is asked. The counter asks by itself anyway.
	mostTries = 5
	// longestQuestion ends one that takes too long.
	longestQuestion = time.Minute
)

// asker asks a provider about invoices on hints that anybody can send. A flood
// of them is one question per invoice and pause.
type asker struct {
	ctx       context.Context
	stop      context.CancelFunc
	questions chan struct{} // one for each that is on its way
	work      sync.WaitGroup

	mu   sync.Mutex
	open map[string]*inquiry // by attempt
}

// inquiry is an invoice that is asked about, or was within the pause.
type inquiry struct {
	again bool // another hint came since the last question
	lost  int  // of the last questions, those that told nothing
}

func newAsker() *asker {
	a := &asker{questions: make(chan struct{}, mostQuestions), open: map[string]*inquiry{}}
	a.ctx, a.stop = context.WithCancel(context.Background())
	return a
}

// hint has an invoice asked about, at once or after the pause. It does not wait for
// that; false says that there is no room.
func (a *asker) hint(id string, ask func(context.Context) error) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if q := a.open[id]; q != nil {
		q.again = true
		return true
	}
	if len(a.open) >= mostInvoices || a.ctx.Err() != nil {
		return false
	}
	q := &inquiry{again: true}
	a.open[id] = q
	a.work.Go(func() { a.run(id, q, ask) })
	return true
}

// run asks about one invoice as long as hints come, or the question tells nothing.
func (a *asker) run(id string, q *inquiry, ask func(context.Context) error) {
	for pause := leastPause; a.more(id, q); pause = min(2*pause, mostPause) {
		if err := a.once(ask); err != nil {
			q.lost++
		} else {
			q.lost = 0
		}
		select {
		case <-a.ctx.Done():
		case <-time.After(pause):
		}
	}
}

// more says whether there is a question to be asked. Otherwise the invoice is
// forgotten, and the next hint begins anew.
func (a *asker) more(id string, q *inquiry) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ctx.Err() == nil && (q.again || 0 < q.lost && q.lost < mostTries) {
		q.again = false
		return true
	}
	delete(a.open, id)
	return false
}

// once asks one question, when fewer than mostQuestions are on their way.
func (a *asker) once(ask func(context.Context) error) error {
	select {
	case a.questions <- struct{}{}:
		defer func() { <-a.questions }()
	case <-a.ctx.Done():
		return a.ctx.Err()
	}
	ctx, cancel := context.WithTimeout(a.ctx, longestQuestion)
	defer cancel()
	return ask(ctx)
}

// close ends it all, and waits.
func (a *asker) close() {
	a.stop()
	a.work.Wait()
}
