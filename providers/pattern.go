package providers

import (
	"regexp"
	"sync"
)

// Pattern says whether a text fits a regular expression, which is compiled at
// its first use: compiling all of them before the first frame would be seen.
func Pattern(expression string) func(text string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
	return func(text string) bool { return compiled().MatchString(text) }
}
