package settings

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/BurntSushi/toml"
)

// node is a value or a table of the file, with the line where it stands.
type node struct {
	line  int
	value any              // nil for a table
	table map[string]*node // nil for a value
}

// names lists a table's keys in the order of the file.
func (n *node) names() []string {
	return slices.SortedFunc(maps.Keys(n.table), func(a, b string) int {
		if d := n.table[a].line - n.table[b].line; d != 0 {
			return d
		}
		if a < b {
			return -1
		}
		return 1
	})
}

// parseTree reads TOML into nodes; nothing is interpreted yet.
func parseTree(data []byte) (*node, error) {
	var top map[string]toml.Primitive
	md, err := toml.Decode(string(data), &top)
	if err != nil {
		return nil, err
	}
	return grow(&md, top, 1), nil
}

func grow(md *toml.MetaData, keys map[string]toml.Primitive, line int) *node {
	n := &node{line: line, table: map[string]*node{}}
	for name, primitive := range keys {
		at := lineOf(md, primitive)
		if at == 0 {
			at = line
		}
		var sub map[string]toml.Primitive
		var value any
		if err := md.PrimitiveDecode(primitive, &value); err != nil {
			value = fmt.Sprint(err)
		}
		if _, ok := value.(map[string]any); ok && md.PrimitiveDecode(primitive, &sub) == nil {
			n.table[name] = grow(md, sub, at)
			continue
		}
		n.table[name] = &node{line: at, value: value}
	}
	return n
}

// locator is a type that no value can be decoded into. The library keeps the
// lines of keys to itself, except in the error that this gives.
type locator struct{}

var errLocated = errors.New("located")

// UnmarshalTOML always fails.
func (*locator) UnmarshalTOML(any) error { return errLocated }

func lineOf(md *toml.MetaData, primitive toml.Primitive) int {
	var at toml.ParseError
	if errors.As(md.PrimitiveDecode(primitive, &locator{}), &at) {
		return at.Position.Line
	}
	return 0
}
