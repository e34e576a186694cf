package settings

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"cashdesk/providers"
)

// check is one reading of a file, with everything found wrong so far.
type check struct {
	file       string
	s          *Settings
	root       *node
	currencies map[string][]string // section → names as written
	problems   Errors
}

// Parse checks settings that were read already; name is the file's, for
// errors and for relative paths. The error is Errors.
func Parse(name string, data []byte) (*Settings, error) {
	root, err := parseTree(data)
	if err != nil {
		return nil, Errors{syntax(name, err)}
	}
	c := &check{file: name, s: &Settings{File: name}, root: root, currencies: map[string][]string{}}
	c.unknown()
	for _, section := range table() {
		c.section(section)
	}
	c.together()
	if len(c.problems) > 0 {
		slices.SortStableFunc(c.problems, func(a, b Problem) int { return a.Line - b.Line })
		return nil, c.problems
	}
	return c.s, nil
}

func syntax(name string, err error) Problem {
	p := Problem{File: name, Found: "is not TOML: " + providers.CleanText(err.Error()), Hint: "text stands in quotes, tables in [brackets]"}
	var at toml.ParseError
	if errors.As(err, &at) {
		p.Line, p.Key = at.Position.Line, at.LastKey
		p.Found = "is not TOML: " + providers.CleanText(at.Message)
	}
	return p
}

// section takes each setting from the file, or else its default, through the
// same check.
func (c *check) section(s section) {
	from := c.table(s.name)
	for _, r := range s.rules {
		name := strings.TrimPrefix(s.name+"."+r.key, ".")
		if n := from[r.key]; n != nil {
			if !r.value.put(c, n) {
				c.wrong(name, n, found(n), r.value.allowed, "")
			}
			continue
		}
		if r.fallback != "" && !r.value.put(c, literal(r.fallback)) {
			c.problems = append(c.problems, Problem{File: c.file, Key: name, Found: "is not set, and its default " + r.fallback + " does not fit", Allowed: r.value.allowed})
		}
		if r.needed && (s.name == "" || c.on(s.name)) {
			c.problems = append(c.problems, Problem{File: c.file, Line: c.lineOf(s.name), Key: name, Found: "is missing", Allowed: r.value.allowed})
		}
	}
}

// table is a section of the file, empty when it is not there.
func (c *check) table(name string) map[string]*node {
	if name == "" {
		return c.root.table
	}
	if n := c.root.table[name]; n != nil {
		return n.table
	}
	return nil
}

// at finds the node of a setting that is in the file.
func (c *check) at(name string) *node {
	section, key, dotted := strings.Cut(name, ".")
	if !dotted {
		return c.root.table[name]
	}
	return c.table(section)[key]
}

func (c *check) lineOf(section string) int {
	if n := c.root.table[section]; n != nil {
		return n.line
	}
	return 0
}

// on says that a provider's section switches it on.
func (c *check) on(section string) bool {
	n := c.table(section)["enabled"]
	return n != nil && n.value == true
}

func (c *check) wrong(key string, n *node, found, allowed, hint string) {
	p := Problem{File: c.file, Key: key, Found: found, Allowed: allowed, Hint: hint}
	if n != nil {
		p.Line = n.line
	}
	c.problems = append(c.problems, p)
}

func (c *check) warn(key, found, hint string) {
	p := Problem{File: c.file, Key: key, Found: found, Hint: hint}
	if n := c.at(key); n != nil {
		p.Line = n.line
	}
	c.s.Warnings = append(c.s.Warnings, p)
}

// literal is a default as a node. The table is the program's own, so that
// TOML which cannot be read there is a mistake a test must find: it becomes a
// value that nothing allows.
func literal(toml string) *node {
	root, err := parseTree([]byte("x = " + toml))
	if err != nil {
		return &node{value: err}
	}
	return root.table["x"]
}

// found says what stands in the file, without a password in an address.
func found(n *node) string {
	if n.table != nil {
		return "is a table"
	}
	if v, ok := n.value.(string); ok {
		return fmt.Sprintf("is %q", providers.CleanText(withoutPassword(v)))
	}
	return "is " + providers.CleanText(withoutPassword(fmt.Sprint(n.value)))
}

func withoutPassword(v string) string {
	begin := strings.Index(v, "//")
	if begin < 0 {
		return v
	}
	end := strings.LastIndex(v, "@")
	if end < begin {
		return v
	}
	return v[:begin+2] + "…" + v[end:]
}
