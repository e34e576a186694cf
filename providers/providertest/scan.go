package providertest

import (
	"errors"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// deepest is how deep a value may be nested; Go's own reader has the same limit.
const deepest = 10000

var errTree = errors.New("not one JSON value")

// ReadTree reads a body that is one JSON value and nothing else.
func ReadTree(body []byte) (Node, error) {
	s := scanner{text: string(body)}
	n := s.value(0)
	if s.space(); s.bad || s.at != len(s.text) {
		return Node{}, errTree
	}
	return n, nil
}

type scanner struct {
	text string
	at   int
	bad  bool
}

func (s *scanner) space() {
	for s.at < len(s.text) && strings.IndexByte(" \t\r\n", s.text[s.at]) >= 0 {
		s.at++
	}
}

// next is the next character behind spaces; 0 at the end.
func (s *scanner) next() byte {
	if s.space(); s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *scanner) take(c byte) bool {
	if s.next() != c || s.at >= len(s.text) {
		return false
	}
	s.at++
	return true
}

func (s *scanner) value(depth int) Node {
	if depth > deepest {
		s.bad = true
	}
	if s.bad {
		return Node{}
	}
	switch c := s.next(); c {
	case '{':
		return s.object(depth)
	case '[':
		return s.array(depth)
	case '"':
		return Node{Kind: '"', Raw: s.quoted()}
	case 't', 'f', 'n':
		return Node{Kind: c, Raw: s.word(map[byte]string{'t': "true", 'f': "false", 'n': "null"}[c])}
	}
	return Node{Kind: '0', Raw: s.number()}
}

func (s *scanner) object(depth int) Node {
	n := Node{Kind: '{'}
	s.take('{')
	if s.take('}') {
		return n
	}
	for !s.bad {
		if s.next() != '"' {
			s.bad = true
			break
		}
		f := Field{Name: s.quoted()}
		s.bad = s.bad || !s.take(':')
		f.Value = s.value(depth + 1)
		n.Fields = append(n.Fields, f)
		if s.take('}') {
			return n
		}
		s.bad = s.bad || !s.take(',')
	}
	return n
}

func (s *scanner) array(depth int) Node {
	n := Node{Kind: '['}
	s.take('[')
	if s.take(']') {
		return n
	}
	for !s.bad {
		n.Items = append(n.Items, s.value(depth+1))
		if s.take(']') {
			return n
		}
		s.bad = s.bad || !s.take(',')
	}
	return n
}

func (s *scanner) word(w string) string {
	if !strings.HasPrefix(s.text[s.at:], w) {
		s.bad = true
		return ""
	}
	s.at += len(w)
	return w
}

// quoted takes a text with its quotes; control characters and unknown escapes
// are none.
func (s *scanner) quoted() string {
	for i := s.at + 1; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case c < ' ':
			s.bad = true
			return ""
		case c == '"':
			raw := s.text[s.at : i+1]
			s.at = i + 1
			return raw
		case c == '\\':
			n := escapeLength(s.text[i:])
			if n == 0 {
				s.bad = true
				return ""
			}
			i += n - 1
		}
	}
	s.bad = true
	return ""
}

func escapeLength(text string) int {
	if len(text) < 2 {
		return 0
	}
	if strings.IndexByte(`"\/bfnrt`, text[1]) >= 0 {
		return 2
	}
	if _, ok := unit(text); ok {
		return 6
	}
	return 0
}

// unit is the UTF-16 unit of a \uXXXX that the text begins with.
func unit(text string) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	u := rune(0)
	for _, c := range []byte(text[2:6]) {
		digit := strings.IndexByte("0123456789abcdef", c|0x20)
		if c < '0' || c > '9' && c < 'A' || digit < 0 {
			return 0, false
		}
		u = u<<4 | rune(digit)
	}
	return u, true
}

func (s *scanner) number() string {
	start := s.at
	digits := func() {
		from := s.at
		for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
			s.at++
		}
		s.bad = s.bad || from == s.at
	}
	is := func(chars string) bool {
		if s.at < len(s.text) && strings.IndexByte(chars, s.text[s.at]) >= 0 {
			s.at++
			return true
		}
		return false
	}
	is("-")
	if !is("0") {
		digits()
	}
	if is(".") {
		digits()
	}
	if is("eE") {
		is("+-")
		digits()
	}
	return s.text[start:s.at]
}

// unquote reads a text; what was bent until it is none stays as it is.
func unquote(raw string) string {
	s := scanner{text: raw}
	if s.next() != '"' || s.quoted() != raw {
		return raw
	}
	raw = raw[1 : len(raw)-1]
	var b strings.Builder
	for len(raw) > 0 {
		if raw[0] != '\\' {
			r, n := utf8.DecodeRuneInString(raw)
			b.WriteRune(r)
			raw = raw[n:]
			continue
		}
		u, long := unit(raw)
		if !long {
			b.WriteString(map[byte]string{'"': `"`, '\\': `\`, '/': "/", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t"}[raw[1]])
			raw = raw[2:]
			continue
		}
		raw = raw[6:]
		if utf16.IsSurrogate(u) {
			low, _ := unit(raw)
			if u = utf16.DecodeRune(u, low); u != utf8.RuneError {
				raw = raw[6:]
			}
		}
		b.WriteRune(u)
	}
	return b.String()
}
