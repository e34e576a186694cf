package providertest

import (
	"strings"
	"testing"

	"cashdesk/internal/figures"
	"cashdesk/providers"
)

// OtherRequest counts the answers that were true of another request.
const OtherRequest = "taken from another request"

// Broken is the counted test of a client with answers that are broken in all
// ways; its row of the sheet names the counts as they were added.
type Broken struct {
	What  string
	Usual uint64 // how often a usual run tries
	// Rightly are verdicts that some try must rightly have, or the test proves
	// nothing of them.
	Rightly []providers.State
	Among   []string
	Wrong   []string // beside what no client may do with any body
}

// Test makes the tries.
func (b Broken) Test(t testing.TB, try func(*Tally)) {
	t.Helper()
	tries := figures.Tries(b.Usual)
	counts, took := Tries(t, tries, try)
	for _, state := range b.Rightly {
		if counts["rightly "+string(state)] == 0 && tries > 10_000 {
			t.Errorf("no try is rightly %s, so this test proves nothing of it", state)
		}
	}
	named := func(names []string) (all []figures.Count) {
		for _, name := range names {
			all = append(all, figures.Count{N: counts[name], What: strings.ReplaceAll(name, "_", " ")})
		}
		return all
	}
	figures.Write(t, figures.Row{What: b.What, Tried: tries, Took: took, Among: named(b.Among), Wrong: named(append(b.Wrong, Panics, OverMemory))})
}

// Status is what a server may answer with: mostly 200.
func (c *Tally) Status(others ...int) int {
	if n := c.Dice.IntN(4 + len(others)); n >= 4 {
		return others[n-4]
	}
	return 200
}

// Source is whose true answer is bent: mostly the one to the request itself.
func Source[T any](c *Tally, own T, all []T) T {
	if c.Dice.IntN(4) != 0 {
		return own
	}
	c.Add(OtherRequest)
	return pick(c.Dice, all)
}
