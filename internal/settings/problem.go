package settings

import (
	"fmt"
	"strings"

	"cashdesk/providers"
)

// Problem is one thing that is wrong in a settings file.
type Problem struct {
	File    string
	Line    int // 0 when it is nowhere in the file
	Key     string
	Found   string // as it stands in the file; never the value of an unknown key
	Allowed string
	Hint    string
}

// String is the problem in one line: file, line, key, found, allowed, hint.
func (p Problem) String() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d", p.Line)
	}
	b.WriteString(": ")
	b.WriteString(strings.TrimSpace(p.Key + " " + p.Found))
	if p.Allowed != "" {
		b.WriteString("; allowed: " + p.Allowed)
	}
	if p.Hint != "" {
		b.WriteString(" (" + p.Hint + ")")
	}
	return b.String()
}

// Errors is everything that is wrong in a settings file, in its order.
type Errors []Problem

// Error gives one line for each problem.
func (e Errors) Error() string {
	lines := make([]string, len(e))
	for i, p := range e {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Unwrap makes it an *providers.Error of kind Input for those who ask.
func (e Errors) Unwrap() error {
	text := "one setting is wrong"
	if len(e) != 1 {
		text = fmt.Sprintf("%d settings are wrong", len(e))
	}
	return providers.Invalid("settings", text, "correct the file; cashdesk settings check says whether it is right")
}
