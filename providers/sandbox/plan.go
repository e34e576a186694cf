package sandbox

import (
	"fmt"
	"strconv"
	"strings"
)

// Plan says which calls go wrong, and how. A person writes it as text: see
// ParsePlan. The zero value spoils nothing.
type Plan struct {
	// Seed decides what is left to chance; nil when the plan names none.
	Seed *uint64
	// Rules are asked in their order; the first that speaks for a call counts.
	Rules []Rule
}

// Rule spoils some of the calls that its target names.
type Rule struct {
	// Target is a call's name, a provider's, "begins" for every call that
	// starts something, or "*" for all.
	Target string
	// From and To are the first and the last of the target's calls that the
	// rule speaks for, counted from 1, of those that it can spoil; both 0 for all, To 0 for no last.
	From, To int
	// Chance is how many of these it speaks for, in hundredths of a per cent;
	// 0 for all.
	Chance int
	// Faults are what it plays, one of them by chance; empty for any that
	// fits. A NoFault among them is the true answer.
	Faults []Fault
}

// The words of the language that name no call and no kind.
const (
	everyCall   = "*"
	beginning   = "begins"
	noFault     = "none"
	anyFault    = "any"
	unprocessed = "/unprocessed"
	seedWord    = "seed"
)

// HasChance says that something in the plan is left to chance, so that it
// needs a seed to be played the same way again.
func (p Plan) HasChance() bool {
	for _, r := range p.Rules {
		if r.Chance > 0 || len(r.Faults) != 1 {
			return true
		}
	}
	return false
}

// String writes the plan as ParsePlan reads it, one space between the rules.
func (p Plan) String() string {
	var words []string
	if p.Seed != nil {
		words = append(words, seedWord+"="+strconv.FormatUint(*p.Seed, 10))
	}
	for _, r := range p.Rules {
		words = append(words, r.String())
	}
	return strings.Join(words, " ")
}

// String writes the rule as a plan has it.
func (r Rule) String() string {
	var b strings.Builder
	b.WriteString(r.Target)
	switch {
	case r.From > 0 && r.From == r.To:
		fmt.Fprintf(&b, "#%d", r.From)
	case r.From > 0 && r.To == 0:
		fmt.Fprintf(&b, "#%d-", r.From)
	case r.From > 0:
		fmt.Fprintf(&b, "#%d-%d", r.From, r.To)
	}
	if r.Chance > 0 {
		b.WriteString("%" + chanceText(r.Chance))
	}
	b.WriteString("=")
	if len(r.Faults) == 0 {
		return b.String() + anyFault
	}
	for i, f := range r.Faults {
		if i > 0 {
			b.WriteString("|")
		}
		b.WriteString(f.String())
	}
	return b.String()
}

// chanceText writes hundredths of a per cent without needless zeros.
func chanceText(chance int) string {
	text := strconv.Itoa(chance / 100)
	if rest := chance % 100; rest > 0 {
		text += "." + strings.TrimRight(fmt.Sprintf("%02d", rest), "0")
	}
	return text
}

// covers says whether the rule's target names a call.
func (r Rule) covers(c Call) bool {
	provider, _, _ := strings.Cut(c.Name, ".")
	switch r.Target {
	case everyCall, c.Name, provider:
		return true
	case beginning:
		return c.Begins
	}
	return false
}

// targets are the words that may stand before the =.
func targets() []string {
	words := []string{everyCall, beginning}
	provider := ""
	for _, c := range calls {
		if p, _, _ := strings.Cut(c.Name, "."); p != provider {
			provider = p
			words = append(words, p)
		}
		words = append(words, c.Name)
	}
	return words
}
