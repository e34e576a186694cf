package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// kind is the JSON type that a page demands of a field.
type kind int

const (
	text     kind = iota // a string
	whole                // a number of plain digits
	number               // a number in plain decimal, no exponent
	truth                // true or false
	mapping              // an object
	texts                // a list of strings
	anything             // a string or a number
)

// field is one row of a page's table of parameters.
type field struct {
	name     string
	kind     kind
	required bool
	// min and max are the characters of a text, the most digits of a whole
	// number, the most bytes of a mapping without fields; max 0 for no limit.
	min, max int
	fields   []field // of a mapping; nil when anything may be in it
}

// problem is what is wrong with a request; missing when a field is not there.
type problem struct {
	field, why string
	missing    bool
}

func (p *problem) String() string { return p.field + " " + p.why }

// values are the scalars of a request by their path ("session.accessToken"),
// numbers as the digits that came.
type values map[string]string

var (
	plainDigits  = pattern(`^(0|[1-9][0-9]*)$`)
	plainDecimal = pattern(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

// parseObject reads one JSON object and nothing after it. A name that occurs
// twice is an error: no two servers agree on which one counts.
func parseObject(data []byte) (map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("not a JSON object")
	}
	object := map[string]json.RawMessage{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if _, twice := object[name.(string)]; twice {
			return nil, fmt.Errorf("%s occurs twice", name)
		}
		object[name.(string)] = value
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON object")
	}
	return object, nil
}

// reader reads requests as strictly as it is told.
type reader struct {
	lenient bool
	values  values
}

// read checks an object against a page's table.
func (s *Server) read(fields []field, object map[string]json.RawMessage) (values, *problem) {
	r := reader{lenient: s.options.Lenient, values: values{}}
	if p := r.object("", fields, object); p != nil {
		return nil, p
	}
	return r.values, nil
}

func (r *reader) object(prefix string, fields []field, object map[string]json.RawMessage) *problem {
	known := map[string]bool{}
	for _, f := range fields {
		known[f.name] = true
		raw, there := object[f.name]
		if there && r.lenient && string(raw) == "null" {
			there = false
		}
		if !there {
			if f.required {
				return &problem{prefix + f.name, "is missing", true}
			}
			continue
		}
		if why := r.value(prefix+f.name, f, raw); why != nil {
			return why
		}
	}
	for name := range object {
		if !known[name] && !r.lenient {
			return &problem{prefix + name, "is not a field of this call", false}
		}
	}
	return nil
}

func (r *reader) value(name string, f field, raw json.RawMessage) *problem {
	wrong := func(why string) *problem { return &problem{name, why, false} }
	switch f.kind {
	case mapping:
		inner, err := parseObject(raw)
		if err != nil {
			return wrong("must be an object")
		}
		if f.fields != nil {
			return r.object(name+".", f.fields, inner)
		}
		if f.max > 0 && len(raw) > f.max {
			return wrong("is too long")
		}
		return nil
	case texts:
		return r.list(name, f, raw)
	}
	value, isText := scalar(raw)
	if why := f.mismatch(value, isText, raw, r.lenient); why != "" {
		return wrong(why)
	}
	r.values[name] = value
	return nil
}

func (r *reader) list(name string, f field, raw json.RawMessage) *problem {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || items == nil {
		return &problem{name, "must be a list", false}
	}
	each := field{kind: text, min: f.min, max: f.max}
	for i, item := range items {
		if p := r.value(fmt.Sprintf("%s[%d]", name, i), each, item); p != nil {
			return p
		}
	}
	return nil
}

// scalar gives a string's text, or anything else as it was written.
func scalar(raw json.RawMessage) (value string, isText bool) {
	if len(raw) > 0 && raw[0] == '"' && json.Unmarshal(raw, &value) == nil {
		return value, true
	}
	return string(raw), false
}

// mismatch says why a value does not fit its field, or nothing.
func (f field) mismatch(value string, isText bool, raw json.RawMessage, lenient bool) string {
	isNumber := plainDecimal(value)
	switch f.kind {
	case text, anything:
		if !isText && (f.kind == text && !lenient || !isNumber) {
			return "must be text"
		}
		// UTF-16 units are the strictest way to count a "Unicode string".
		length := len(utf16.Encode([]rune(value)))
		if length < f.min || f.max > 0 && length > f.max {
			return fmt.Sprintf("must have %d to %d characters", f.min, f.max)
		}
	case whole:
		if isText && !lenient || !plainDigits(value) {
			return "must be a whole number"
		}
		if f.max > 0 && len(value) > f.max {
			return fmt.Sprintf("must have at most %d digits", f.max)
		}
	case number:
		if isText && !lenient || !isNumber {
			return "must be a number"
		}
	case truth:
		if value != "true" && value != "false" || isText && !lenient {
			return "must be true or false"
		}
	}
	if strings.ContainsRune(value, utf8.RuneError) && !utf8.Valid(raw) {
		return "is not UTF-8"
	}
	return ""
}
