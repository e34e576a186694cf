package providertest

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// strange are values that nobody expects, as they stand in a body. Some are no
// JSON.
var strange = []string{
	`null`, `true`, `false`, `""`, `" "`, `0`, `-0`, `-1`, `1`, `00`, `0x10`, `1.`, `1e2`, `1e99`, `1e-99`, `1e999999999`, `-1e-999999999`,
	`NaN`, `Infinity`, `"NaN"`, `"1e999999999"`, `"-0"`, `12345678901234567890123456789012345678901234567890`, `9223372036854775808`, `9999999999`,
	`9300000000`, `0.1000000000000000055511151231257827`, `[]`, `{}`, `[[[{}]]]`, `[null]`, `"\u0000"`, `"\ud800"`, `"\udc00\ud800"`, `"\u202e"`,
	"\"\xff\xfe\"", `"\x"`, `'a'`, `undefined`, `"0001-01-01T00:00:00Z"`, `"9999-12-31T23:59:59Z"`, `"1600-01-01T00:00:00Z"`,
	`"javascript:alert(1)"`, `"https://pay.oxapay.com@evil.example/"`, `"http://evil.example/x"`, `"https://evil.example/x"`, `"http://127.0.0.1:1/x"`,
	`"//evil.example"`, `"https:evil"`, `"https://[::1"`, `"data:text/html,x"`,
}

// Mangler bends true answers in ways that a broken, a malicious or merely
// another server could.
type Mangler struct {
	// Words are names and values that mean something to the client, as they
	// stand in a body: quoted where they are texts.
	Words []string
}

func pick[T any](dice *rand.Rand, from []T) T { return from[dice.IntN(len(from))] }

// Word is a value that means something, or one that nobody expects.
func (m Mangler) Word(dice *rand.Rand) string {
	if dice.IntN(2) == 0 {
		return pick(dice, strange)
	}
	return pick(dice, m.Words)
}

// objects gives every object of a tree that has fields.
func objects(n *Node, found []*Node) []*Node {
	if len(n.Fields) > 0 {
		found = append(found, n)
	}
	for i := range n.Fields {
		found = objects(&n.Fields[i].Value, found)
	}
	for i := range n.Items {
		found = objects(&n.Items[i], found)
	}
	return found
}

// Bend makes one change to a tree that is still a tree; what is written then
// may nevertheless be no JSON.
func (m Mangler) Bend(dice *rand.Rand, root *Node) {
	var room [8]*Node
	all := objects(root, room[:0])
	if len(all) == 0 {
		root.Fields = append(root.Fields, Field{`"x"`, Node{Raw: m.Word(dice)}})
		return
	}
	o := pick(dice, all)
	i := dice.IntN(len(o.Fields))
	f := &o.Fields[i]
	switch dice.IntN(12) {
	case 0, 1:
		f.Value = Node{Raw: m.Word(dice)}
	case 2:
		o.Fields = slices.Delete(o.Fields, i, i+1)
	case 3:
		twice := *f
		if dice.IntN(2) == 0 {
			twice.Value = Node{Raw: m.Word(dice)}
		}
		o.Fields = slices.Insert(o.Fields, dice.IntN(len(o.Fields)+1), twice)
	case 4:
		dice.Shuffle(len(o.Fields), func(i, j int) { o.Fields[i], o.Fields[j] = o.Fields[j], o.Fields[i] })
	case 5:
		f.Name = m.rename(dice, f.Name)
	case 6:
		f.Value = retype(dice, f.Value)
	case 7, 8:
		f.Value = edit(dice, f.Value)
	case 9:
		f.Value = escape(f.Value)
	case 10:
		j := dice.IntN(len(o.Fields))
		f.Value, o.Fields[j].Value = o.Fields[j].Value, f.Value
	case 11:
		o.Fields = append(o.Fields, Field{m.rename(dice, f.Name), m.junk(dice)})
	}
}

func (m Mangler) rename(dice *rand.Rand, name string) string {
	switch dice.IntN(5) {
	case 0:
		return strings.ToUpper(name)
	case 1:
		return escape(Node{Kind: '"', Raw: name}).Raw
	case 2:
		return strings.TrimSuffix(name, `"`) + ` "`
	case 3:
		return edit(dice, Node{Kind: '"', Raw: name}).Raw
	}
	return pick(dice, m.Words)
}

// retype writes a text as a number and the other way round, or wraps a value.
func retype(dice *rand.Rand, v Node) Node {
	switch dice.IntN(4) {
	case 0:
		return Node{Kind: '[', Items: []Node{v}}
	case 1:
		return Node{Kind: '{', Fields: []Field{{`"value"`, v}}}
	}
	if v.Kind == '"' {
		return Node{Raw: strings.Trim(v.Raw, `"`)}
	}
	return TextNode(string(v.Bytes()))
}

// edit changes a little of a value as it is written.
func edit(dice *rand.Rand, v Node) Node {
	raw := v.Bytes()
	at := dice.IntN(len(raw) + 1)
	switch dice.IntN(6) {
	case 0:
		raw = slices.Insert(raw, at, pick(dice, []byte("0123456789 abcdefx_AF-.e\\\"\x00\x1b\xc3")))
	case 1:
		raw = append(raw[:0:0], raw[:at]...)
		if v.Kind == '"' {
			raw = append(raw, '"')
		}
	case 2:
		raw = bytes.ToUpper(raw)
	case 3:
		raw = bytes.ToLower(raw)
	case 4:
		if at < len(raw) {
			raw[at] ^= 1 << dice.IntN(8)
		}
	case 5:
		if at < len(raw) {
			raw = slices.Delete(raw, at, at+1)
		}
	}
	return Node{Raw: string(raw)}
}

// escape writes a text with nothing but escapes: it says the same.
func escape(v Node) Node {
	text, ok := v.Text()
	if !ok {
		return v
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		if r > 0xffff {
			b.WriteRune(r)
		} else {
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return Node{Kind: '"', Raw: b.String()}
}

func (m Mangler) junk(dice *rand.Rand) Node {
	depth := dice.IntN(20)
	if dice.IntN(200) == 0 {
		depth = 20000 // deeper than any reader goes
	}
	return Node{Raw: strings.Repeat("[", depth) + m.Word(dice) + strings.Repeat("]", depth)}
}

// Tear changes bytes, with no regard for what they mean.
func Tear(dice *rand.Rand, body []byte) []byte {
	body = slices.Clone(body)
	at := dice.IntN(len(body) + 1)
	switch dice.IntN(10) {
	case 0, 1:
		return body[:at]
	case 2, 3:
		if at < len(body) {
			body[at] ^= 1 << dice.IntN(8)
		}
	case 4:
		return slices.Insert(body, at, byte(dice.IntN(256)))
	case 5:
		if at < len(body) {
			return slices.Delete(body, at, min(len(body), at+1+dice.IntN(8)))
		}
	case 6:
		return append([]byte("\xef\xbb\xbf"), body...)
	case 7:
		return append(body, pick(dice, []string{"x", "{}", "\x00", " \r\n\t ", "null", ",", "}", "<!-- -->"})...)
	case 8:
		return append(body, body...)
	case 9:
		if dice.IntN(100) == 0 {
			return append(bytes.Repeat([]byte(" "), 64<<10), body...)
		}
		return append([]byte("<html>"), body...)
	}
	return body
}

// Bent is a true answer after up to three changes of its tree and some of its
// bytes.
func (m Mangler) Bent(dice *rand.Rand, answer Node) []byte {
	tree := answer.Clone()
	for range dice.IntN(4) {
		m.Bend(dice, &tree)
	}
	body := tree.Bytes()
	for dice.IntN(6) == 0 {
		body = Tear(dice, body)
	}
	return body
}
