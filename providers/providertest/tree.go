package providertest

import (
	"fmt"
	"strconv"
	"strings"
)

// Node is one JSON value as it stands in a body: in its order, with its
// duplicates, its escapes and the very characters of its numbers. It is read
// without encoding/json, which the clients use, so that a test that compares
// the two does not compare a reader with itself.
type Node struct {
	Kind   byte    // '{', '[', '"', '0' for a number, 't', 'f' or 'n'
	Raw    string  // a text with its quotes, a number, true, false, null
	Fields []Field // of an object
	Items  []Node  // of an array
}

// Field is one name of an object and its value.
type Field struct {
	Name  string // with its quotes, as written
	Value Node
}

// Text is what a quoted text says; false where the node is none. Broken UTF-8
// and half surrogates become U+FFFD, as every reader here has it.
func (n Node) Text() (string, bool) {
	if n.Kind != '"' {
		return "", false
	}
	return unquote(n.Raw), true
}

// Says is the field's name as it reads.
func (f Field) Says() string { return unquote(f.Name) }

// Quote writes a text as JSON, with nothing escaped that need not be.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// Get gives the values of a top-level name, in their order.
func (n Node) Get(name string) []Node {
	var all []Node
	for _, f := range n.Fields {
		if f.Says() == name {
			all = append(all, f.Value)
		}
	}
	return all
}

// Set gives a name this value: where it stands, or behind the others.
func (n *Node) Set(name string, v Node) {
	for i := range n.Fields {
		if n.Fields[i].Says() == name {
			n.Fields[i].Value = v
			return
		}
	}
	n.Fields = append(n.Fields, Field{strconv.Quote(name), v})
}

// Drop takes every field of this name away.
func (n *Node) Drop(name string) {
	var kept []Field
	for _, f := range n.Fields {
		if f.Says() != name {
			kept = append(kept, f)
		}
	}
	n.Fields = kept
}

// TextNode is a text as a value.
func TextNode(text string) Node { return Node{Kind: '"', Raw: Quote(text)} }

// Bytes writes the value without spaces.
func (n Node) Bytes() []byte { return n.appendTo(nil) }

func (n Node) appendTo(b []byte) []byte {
	switch n.Kind {
	case '{':
		b = append(b, '{')
		for i, f := range n.Fields {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(append(b, f.Name...), ':')
			b = f.Value.appendTo(b)
		}
		return append(b, '}')
	case '[':
		b = append(b, '[')
		for i, v := range n.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = v.appendTo(b)
		}
		return append(b, ']')
	}
	return append(b, n.Raw...)
}

// Clone is a copy that shares nothing which Bend changes.
func (n Node) Clone() Node {
	if n.Fields != nil {
		fields := make([]Field, len(n.Fields))
		for i, f := range n.Fields {
			fields[i] = Field{f.Name, f.Value.Clone()}
		}
		n.Fields = fields
	}
	if n.Items != nil {
		items := make([]Node, len(n.Items))
		for i, v := range n.Items {
			items[i] = v.Clone()
		}
		n.Items = items
	}
	return n
}
