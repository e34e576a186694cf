package providertest

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"cashdesk/providers"
)

var only = flag.Int64("try", -1, "make this one try of a counted test, and show it")

// Tally is what one worker counts, and what it hands its client the bodies by.
type Tally struct {
	Counts map[string]uint64
	Try    uint64
	Dice   *rand.Rand // the same for the same try
	// Show says that somebody asked for this one try.
	Show bool

	t       testing.TB
	said    int
	measure bool
}

// NewTally is for one try that somebody else makes: a fuzzer.
func NewTally(t testing.TB) *Tally {
	return &Tally{Counts: map[string]uint64{}, t: t}
}

// Add counts one of these.
func (c *Tally) Add(what string) { c.Counts[what]++ }

// Wrong counts what must never happen, and tells of the first few.
func (c *Tally) Wrong(what, format string, args ...any) {
	c.Counts[what]++
	if c.said++; c.said <= 5 {
		c.t.Errorf("%s, try %d (-try=%d): %s", what, c.Try, c.Try, fmt.Sprintf(format, args...))
	}
}

// The counts of what must never happen with any body.
const (
	Panics     = "panics"
	OverMemory = "over the memory bound"
)

// Reads gives a body to the client. Of every thousandth try it measures what
// that took: 256 KiB and sixty bytes for each byte of the body, at most.
func (c *Tally) Reads(body []byte, client func() providers.Answer) providers.Answer {
	if !c.measure {
		return client()
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	a := client()
	runtime.ReadMemStats(&after)
	c.Add("measured")
	if took := after.TotalAlloc - before.TotalAlloc; took > 256<<10+60*uint64(len(body)) {
		c.Wrong(OverMemory, "%d bytes for a body of %d", took, len(body))
	}
	return a
}

// Tries makes so many tries on all processors, then every thousandth of them
// once more, alone, to measure its memory.
func Tries(t testing.TB, tries uint64, try func(*Tally)) (map[string]uint64, time.Duration) {
	t.Helper()
	begun := time.Now()
	if *only >= 0 {
		one := NewTally(t)
		one.Show = true
		one.make(uint64(*only), try)
		t.Skip("one try alone counts for nothing")
	}
	workers := runtime.GOMAXPROCS(0)
	all := make([]*Tally, workers)
	var busy sync.WaitGroup
	for w := range all {
		all[w] = NewTally(t)
		busy.Go(func() {
			for n := uint64(w); n < tries; n += uint64(workers) {
				all[w].make(n, try)
			}
		})
	}
	busy.Wait()
	sum := all[0].Counts
	for _, more := range all[1:] {
		for what, n := range more.Counts {
			sum[what] += n
		}
	}
	alone := NewTally(t)
	alone.measure = true
	for n := uint64(0); n < tries; n += 1000 {
		alone.make(n, try)
	}
	sum["measured"], sum[OverMemory] = alone.Counts["measured"], alone.Counts[OverMemory]
	return sum, time.Since(begun)
}

func (c *Tally) make(n uint64, try func(*Tally)) {
	c.Try, c.Dice = n, rand.New(rand.NewPCG(n, 0x6361736864657368))
	defer func() {
		if p := recover(); p != nil {
			c.Wrong(Panics, "%v", p)
		}
	}()
	try(c)
}
