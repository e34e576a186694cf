package sandbox

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// player plays a plan: it counts the calls, and rolls where the plan leaves
// something to chance.
type player struct {
	plan  Plan
	count []int          // by rule: the calls of its target that it can spoil
	calls map[string]int // by call
}

func newPlayer(p Plan) player {
	return player{plan: p, count: make([]int, len(p.Rules)), calls: map[string]int{}}
}

// fault is what the plan has for the next call of this name, and the rule.
func (p *player) fault(c *Call) (Fault, string) {
	p.calls[c.Name]++
	found := -1
	for i, r := range p.plan.Rules {
		if !r.covers(*c) || len(r.choice(*c)) == 0 {
			continue
		}
		p.count[i]++
		if found < 0 && r.within(p.count[i]) && (r.Chance == 0 || p.roll(c, i, "whether", 100_00) < r.Chance) {
			found = i
		}
	}
	if found < 0 {
		return Fault{}, ""
	}
	r := p.plan.Rules[found]
	choice := r.choice(*c)
	return choice[p.roll(c, found, "which", len(choice))], r.String()
}

// roll gives a number below n. It depends on the seed, on the rule, and on how
// often this very call has come: the third charge meets the same fault, however
// many status queries came between.
func (p *player) roll(c *Call, rule int, what string, n int) int {
	seed := uint64(0)
	if p.plan.Seed != nil {
		seed = *p.plan.Seed
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s %s %d", seed, rule, what, c.Name, p.calls[c.Name]))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n))
}

// within says whether the n-th call of the target is one of the rule's.
func (r Rule) within(n int) bool {
	return r.From == 0 || n >= r.From && (r.To == 0 || n <= r.To)
}

// choice are the rule's faults that can be played for a call; a rule for many
// calls plays those that fit.
func (r Rule) choice(c Call) []Fault {
	var fit []Fault
	if len(r.Faults) == 0 {
		for _, k := range kinds {
			if k.Spoils(c) {
				fit = append(fit, Fault{Kind: k.Fault})
			}
		}
		return fit
	}
	for _, f := range r.Faults {
		if k := kindOf(f.Kind); k == nil || k.Spoils(c) {
			fit = append(fit, f)
		}
	}
	return fit
}
