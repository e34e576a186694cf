//go:build unix

package crash

import (
	"math/rand/v2"
	"time"
)

// dice decides what happens, from a seed.
type dice struct {
	seed uint64
	*rand.Rand
}

func newDice(seed uint64) *dice {
	return &dice{seed: seed, Rand: rand.New(rand.NewPCG(seed, 0))}
}

// in says yes once in n.
func (d *dice) in(n int) bool { return d.IntN(n) == 0 }

// within is a time from none to most, short ones more often.
func (d *dice) within(most time.Duration) time.Duration {
	return time.Duration(float64(most) * d.Float64() * d.Float64())
}
