package sandbox

import (
	"regexp"
	"sync"
)

// pattern says whether a text fits a regular expression, which is compiled at
// its first use: the demo's first frame does not wait for it.
func pattern(expression string) func(text string) bool {
	compiled := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
	return func(text string) bool { return compiled().MatchString(text) }
}
