package providers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxMessage is how much of a provider's own text is kept, in runes.
const MaxMessage = 200

// CleanText makes a provider's text fit to be shown and kept: no control or
// format characters (they could move the cursor or reorder the line), single
// spaces, at most MaxMessage runes.
func CleanText(text string) string {
	var b strings.Builder
	space := false
	n := 0
	for _, r := range text {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) || r == unicode.ReplacementChar {
			space = n > 0
			continue
		}
		word := string(r)
		if space {
			word = " " + word
		}
		if n += utf8.RuneCountInString(word); n > MaxMessage {
			b.WriteString("…")
			break
		}
		b.WriteString(word)
		space = false
	}
	return b.String()
}
