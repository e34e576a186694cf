package main

import (
	"fmt"
	"regexp/syntax"
)

// digits is a set of digits, one bit for each.
type digits uint16

const anyDigit digits = 1<<10 - 1

// sequence is a set of numbers of one length: which digits may stand where.
type sequence []digits

// sequences takes a pattern of the metadata apart: digits, classes of digits,
// groups and counted repeats are all that there is in them. Every number that
// matches the pattern is in one of the sequences, and no other.
func sequences(pattern string) ([]sequence, error) {
	parsed, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil, err
	}
	return expand(parsed)
}

func expand(r *syntax.Regexp) ([]sequence, error) {
	switch r.Op {
	case syntax.OpEmptyMatch:
		return []sequence{{}}, nil
	case syntax.OpLiteral:
		var s sequence
		for _, digit := range r.Rune {
			s = append(s, digitsBetween(digit, digit))
		}
		return []sequence{s}, nil
	case syntax.OpCharClass:
		var set digits
		for i := 0; i < len(r.Rune); i += 2 {
			set |= digitsBetween(r.Rune[i], r.Rune[i+1])
		}
		return []sequence{{set}}, nil
	case syntax.OpCapture:
		return expand(r.Sub[0])
	case syntax.OpAlternate:
		return either(r.Sub)
	case syntax.OpConcat:
		return inARow(r.Sub)
	case syntax.OpQuest:
		return repeated(r.Sub[0], 0, 1)
	case syntax.OpRepeat:
		if r.Max >= 0 {
			return repeated(r.Sub[0], r.Min, r.Max)
		}
	}
	return nil, fmt.Errorf("%s is nothing that a number's pattern has", r)
}

// digitsBetween is empty for what is no digit: no number has it there.
func digitsBetween(low, high rune) digits {
	var set digits
	for digit := max(low, '0'); digit <= min(high, '9'); digit++ {
		set |= 1 << (digit - '0')
	}
	return set
}

func either(parts []*syntax.Regexp) ([]sequence, error) {
	var all []sequence
	for _, part := range parts {
		more, err := expand(part)
		if err != nil {
			return nil, err
		}
		all = append(all, more...)
	}
	return all, nil
}

func inARow(parts []*syntax.Regexp) ([]sequence, error) {
	all := []sequence{{}}
	for _, part := range parts {
		ends, err := expand(part)
		if err != nil {
			return nil, err
		}
		all = joined(all, ends)
	}
	return all, nil
}

func repeated(part *syntax.Regexp, least, most int) ([]sequence, error) {
	once, err := expand(part)
	if err != nil {
		return nil, err
	}
	var all []sequence
	for n, so := 0, []sequence{{}}; n <= most; n, so = n+1, joined(so, once) {
		if n >= least {
			all = append(all, so...)
		}
	}
	return all, nil
}

// joined is every beginning with every end.
func joined(beginnings, ends []sequence) []sequence {
	var all []sequence
	for _, beginning := range beginnings {
		for _, end := range ends {
			all = append(all, append(append(sequence{}, beginning...), end...))
		}
	}
	return all
}
