package sim

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// world is one seed: the counter, the providers, the network between them, and
// everybody who stands around it.
type world struct {
	t    *testing.T
	seed uint64

	// Each has its own dice, so that one more draw of one does not change what
	// all the others do.
	staff, network, luck, tokens *dice

	began    time.Time
	offset   time.Duration // from the bubble's clock to the providers'
	server   *sandbox.Server
	listener *listener
	run      *run // the program as it runs now
	runs     int
	ticks    atomic.Int64 // nanoseconds given out by apart

	fair    atomic.Bool // no more faults
	calm    atomic.Bool // no crash just now
	crashIn atomic.Int64
	crashed chan string // the folder with what a crash left

	setBack bool // the machine's clock was set back at some time
	pins    pins
	key     string             // the signing key in the keystore
	keys    int                // how often it became another one
	ran     time.Duration      // how long programs have run that are over
	bend    func(*till.Config) // breaks the till on purpose
	quiet   bool               // nobody wants to hear the story

	mu       sync.Mutex
	story    []string
	failures []failure
	ids      int
	labels   map[string]string
	sends    map[string]*sends   // by attempt
	hashes   map[string]string   // attempt by hash of what went out
	bodies   map[string][]string // attempts by hash of what the journal holds
	shown    map[string][]shown
	links    []shownLink
	paid     map[string]string // attempt by the provider's reference that its customer paid
	intents  []*intent
	refunds  []string // attempts that give money back
	codes    map[string]*intent
	counts   counts
}

func newWorld(t *testing.T, seed uint64) *world {
	w := &world{
		t: t, seed: seed,
		staff: newDice(seed, 1), network: newDice(seed, 2), luck: newDice(seed, 3), tokens: newDice(seed, 4),
		began:   time.Now(),
		crashed: make(chan string, 1), labels: map[string]string{}, sends: map[string]*sends{}, hashes: map[string]string{}, bodies: map[string][]string{},
		shown: map[string][]shown{}, paid: map[string]string{}, pins: pins{}, key: sandbox.OxipayKey, codes: map[string]*intent{},
	}
	w.offset = time.Date(2026, time.November, 20, 9, 0, 0, 0, time.UTC).Sub(w.began)
	w.server = sandbox.New(sandbox.Options{Now: w.now, Rand: newDice(seed, 5), Fault: faultOf, Confirm: time.Minute})
	w.serve()
	return w
}

// now is the time that the providers have.
func (w *world) now() time.Time { return time.Now().Add(w.offset) }

// apart is a little time that nobody else gets: with it no two things happen
// at the same instant, and their order is never a matter of scheduling.
func (w *world) apart() time.Duration { return time.Duration(w.ticks.Add(1)) * 7 }

// pass lets time go by; a crash meanwhile is followed by the next start.
func (w *world) pass(d time.Duration) {
	timer := time.NewTimer(d + w.apart())
	defer timer.Stop()
	for over := false; !over || len(w.crashed) > 0; {
		select {
		case dir := <-w.crashed:
			w.afterCrash(dir)
			continue
		default:
		}
		select {
		case dir := <-w.crashed:
			w.afterCrash(dir)
		case <-timer.C:
			over = true
			w.rest()
		}
	}
}

// tell adds a line to the story.
func (w *world) tell(format string, args ...any) {
	if w.quiet {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	at := time.Since(w.began).Truncate(time.Millisecond)
	w.story = append(w.story, fmt.Sprintf("%12s  %s", at, fmt.Sprintf(format, args...)))
}

// fail notes what must never happen.
func (w *world) fail(what wrong, format string, args ...any) {
	f := failure{what, fmt.Sprintf(format, args...)}
	w.tell("FAILURE (%s): %s", f.Kind, f.Text)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.failures = append(w.failures, f)
}

// label is a short name for an attempt in the story.
func (w *world) label(id string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.labels[id] == "" {
		w.labels[id] = fmt.Sprintf("#%d", len(w.labels)+1)
	}
	return w.labels[id]
}

func (w *world) describe(a providers.Attempt) string {
	marks := ""
	for _, m := range []struct {
		on   bool
		word string
	}{{a.Closed, "closed"}, {a.Settled, "settled"}, {a.Contradicted, "contradicted"}, {a.PossibleDouble, "double"}, {a.Aside, "aside"}, {a.KeySuspected, "key suspected"}} {
		if m.on {
			marks += " " + m.word
		}
	}
	text := fmt.Sprintf("%s %s %s %s: %s %s%s", w.label(a.ID), a.Provider, a.Kind, a.Amount, a.State, strings.TrimSpace(a.Code+" "+string(a.Reason)), marks)
	return strings.TrimSpace(text)
}

func (w *world) count(c counts) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.counts.add(c)
}

// newID counts: the ids of a seed are the same each time.
func (w *world) newID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("01SIM%021d", w.ids)
}
