package providers

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"
)

var (
	errTwice   = errors.New("a name stands twice")
	errNothing = errors.New("null says nothing")
)

// DecodeJSON reads a reply that is one JSON value, not null, and nothing behind
// it. A name that stands twice in one object is an error, in whatever case: two readers
// could see two different answers in it.
func DecodeJSON(body []byte, into any) error {
	if err := json.Unmarshal(body, into); err != nil {
		return err
	}
	if string(bytes.TrimSpace(body)) == "null" {
		return errNothing
	}
	return unique(json.NewDecoder(bytes.NewReader(body)))
}

// leastFold is the first of all letters that encoding/json takes for this one
// when it looks for a field.
func leastFold(r rune) rune {
	for {
		next := unicode.SimpleFold(r)
		if next <= r {
			return next
		}
		r = next
	}
}

// unique walks a value that is known to be JSON.
func unique(d *json.Decoder) error {
	d.UseNumber()              // a number may be longer than a float, and is not read here
	var open []map[string]bool // the names of each object around; nil for an array
	name := false
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		inside := len(open) > 0 && open[len(open)-1] != nil
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:len(open)-1]
			}
			name = len(open) > 0 && open[len(open)-1] != nil
			continue
		case string:
			if inside && name {
				folded := strings.Map(leastFold, t)
				if open[len(open)-1][folded] {
					return errTwice
				}
				open[len(open)-1][folded] = true
				name = false
				continue
			}
		}
		name = inside
	}
}
