package sandbox

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// PlanError says what is wrong with the text of a plan.
type PlanError struct {
	Rule    string // as it was written
	Found   string // what was found there
	Allowed string // what may stand there
}

// Error is one sentence, without what is allowed.
func (e *PlanError) Error() string { return fmt.Sprintf("%q: %s", e.Rule, e.Found) }

// The bounds of what a plan may say.
const (
	maxPlan     = 64 << 10 // bytes
	maxNth      = 1_000_000_000
	maxFaultFor = time.Hour
)

// ParsePlan reads a plan: rules and at most one seed, separated by commas or
// white space. A line that begins with # is a comment.
//
//	plan  = rule { rule }
//	rule  = "seed=" number | target [ "#" n [ "-" [ m ] ] ] [ "%" percent ] "=" fault { "|" fault }
//	fault = ( kind [ ":" duration ] | "none" | "any" ) [ "/unprocessed" ]
//
// An error is a *PlanError.
func ParsePlan(text string) (Plan, error) {
	plan := Plan{}
	if len(text) > maxPlan {
		return Plan{}, &PlanError{text[:20] + "…", fmt.Sprintf("the plan has %d bytes", len(text)), fmt.Sprintf("at most %d", maxPlan)}
	}
	for _, word := range planWords(text) {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return Plan{}, &PlanError{word, "there is no = in it", "a rule is written like oxipay.charge#1=cut-before"}
		}
		if name == seedWord {
			if err := plan.setSeed(word, value); err != nil {
				return Plan{}, err
			}
			continue
		}
		rule, err := parseRule(word, name, value)
		if err != nil {
			return Plan{}, err
		}
		plan.Rules = append(plan.Rules, rule)
	}
	if len(plan.Rules) == 0 {
		return Plan{}, &PlanError{strings.TrimSpace(text), "there is no rule in it", "a rule is written like oxipay.charge#1=cut-before"}
	}
	return plan, nil
}

// planWords are the rules as they are written, without comments.
func planWords(text string) []string {
	var words []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		words = append(words, strings.FieldsFunc(line, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })...)
	}
	return words
}

func (p *Plan) setSeed(word, value string) error {
	seed, err := strconv.ParseUint(value, 10, 64)
	switch {
	case p.Seed != nil:
		return &PlanError{word, "the plan has a seed already", "one seed"}
	case err != nil || strconv.FormatUint(seed, 10) != value:
		return &PlanError{word, fmt.Sprintf("%q is no seed", value), "a whole number from 0 to 18446744073709551615"}
	}
	p.Seed = &seed
	return nil
}

func parseRule(word, name, value string) (Rule, error) {
	r := Rule{}
	name, chance, hasChance := strings.Cut(name, "%")
	target, nth, hasNth := strings.Cut(name, "#")
	if !slices.Contains(targets(), target) {
		return r, &PlanError{word, fmt.Sprintf("%q is no call", target), strings.Join(targets(), ", ")}
	}
	r.Target = target
	var ok bool
	if hasNth {
		if r.From, r.To, ok = parseNth(nth); !ok {
			return r, &PlanError{word, fmt.Sprintf("%q does not say which calls", "#"+nth), "#2 for the second, #2-5 for the second to the fifth, #2- for all from the second on"}
		}
	}
	if hasChance {
		if r.Chance, ok = parseChance(chance); !ok {
			return r, &PlanError{word, fmt.Sprintf("%q is no chance", "%"+chance), "a per cent from %0.01 to %100, with at most two decimals"}
		}
	}
	if value == anyFault {
		return r, nil
	}
	for _, text := range strings.Split(value, "|") {
		f, err := r.parseFault(word, text)
		if err != nil {
			return r, err
		}
		r.Faults = append(r.Faults, f)
	}
	return r, nil
}

// parseNth reads "2", "2-5" and "2-".
func parseNth(text string) (from, to int, ok bool) {
	first, last, isRange := strings.Cut(text, "-")
	from, ok = counted(first)
	switch {
	case !ok:
		return 0, 0, false
	case !isRange:
		return from, from, true
	case last == "":
		return from, 0, true
	}
	to, ok = counted(last)
	return from, to, ok && to >= from
}

// counted reads a whole number from 1 on.
func counted(text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= 1 && n <= maxNth && strconv.Itoa(n) == text
}

// parseChance reads a per cent into hundredths of one.
func parseChance(text string) (int, bool) {
	whole, rest, hasRest := strings.Cut(text, ".")
	if hasRest && (len(rest) < 1 || len(rest) > 2) || len(whole) < 1 || len(whole) > 3 {
		return 0, false
	}
	for _, c := range whole + rest {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(whole + (rest + "00")[:2])
	return n, err == nil && n >= 1 && n <= 100_00
}

// parseFault reads one fault of a rule, and sees that it can be played there.
func (r Rule) parseFault(word, text string) (Fault, error) {
	wrong := func(found, allowed string) (Fault, error) { return Fault{}, &PlanError{word, found, allowed} }
	rest, lost := strings.CutSuffix(text, unprocessed)
	name, duration, hasDuration := strings.Cut(rest, ":")
	if name == noFault && !hasDuration && !lost {
		return Fault{}, nil
	}
	kind := kindOf(FaultKind(name))
	if kind == nil || name == "" {
		return wrong(fmt.Sprintf("%q is no fault", text), strings.Join(faultWords(), ", "))
	}
	f := Fault{Kind: kind.Fault, Unprocessed: lost}
	if lost && !kind.Instead {
		return wrong(name+" needs the provider's answer, and an unprocessed request has none", unprocessed+" goes with "+strings.Join(kindWords(func(k Kind) bool { return k.Instead }), ", "))
	}
	if hasDuration {
		d, err := time.ParseDuration(duration)
		if err != nil || d < time.Millisecond || d > maxFaultFor {
			return wrong(fmt.Sprintf("%q is no duration", duration), "a duration is written like 250ms, 20s or 1m30s, from 1ms to 1h")
		}
		if kind.Fault == HoldAnswer {
			return wrong("silent lasts until the client gives up", "cut-before:20s is silent for 20 seconds and then cuts the connection")
		}
		f.For = d
	}
	if at := callNamed(r.Target); at != nil && !kind.Spoils(*at) {
		return wrong(fmt.Sprintf("%s changes nothing in the answers of %s", name, at.Name), name+" can be played for "+strings.Join(spoilt(*kind), ", "))
	}
	return f, nil
}

// faultWords are the words that may stand after the =.
func faultWords() []string {
	return append(kindWords(func(Kind) bool { return true }), anyFault, noFault)
}

func kindWords(which func(Kind) bool) []string {
	var words []string
	for _, k := range kinds {
		if which(k) {
			words = append(words, string(k.Fault))
		}
	}
	return words
}

// spoilt are the calls that a kind can be played for.
func spoilt(k Kind) []string {
	var names []string
	for _, c := range calls {
		if k.Spoils(c) {
			names = append(names, c.Name)
		}
	}
	return names
}
