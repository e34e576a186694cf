package desktest

import (
	"time"

	"cashdesk/providers"
)

// Contradict answers the request that is on its way with evidence against what
// was settled meanwhile, and waits until the till has written that down.
func (c *Counter) Contradict(g *Gateway, a providers.Answer) {
	c.t.Helper()
	select {
	case g.answers <- a:
	case <-time.After(giveUp):
		c.t.Fatalf("nobody waits for an answer of %s", g.Provider())
	}
	c.until("the contradiction is written down", func() bool {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, latest := range c.latest {
			if latest.Contradicted {
				return true
			}
		}
		return false
	})
}
