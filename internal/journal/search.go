package journal

import (
	"strings"
	"unicode"
)

// word is one word of a search: the ways in which it may stand in the wording.
type word []string

// maxWords is how many words of a search are looked for; what is pasted by
// mistake would be too deep a query.
const maxWords = 16

// words takes a search text apart; each word must be found.
func words(text string) []word {
	clean := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return unicode.ToLower(r)
	}, text)
	var all []word
	for _, w := range strings.Fields(clean) {
		if len(all) == maxWords {
			break
		}
		ways := word{w}
		if rest, full := strings.CutPrefix(w, "6199"); full {
			ways = append(ways, codeMark+rest)
		}
		all = append(all, ways)
	}
	return all
}

// indexed says whether the trigram index can find the word: it knows nothing
// shorter than three characters.
func (w word) indexed() bool {
	for _, way := range w {
		if len([]rune(way)) < 3 {
			return false
		}
	}
	return true
}

// match is the words that are indexed as a query for the index, "" if none is.
func match(all []word) string {
	var terms []string
	for _, w := range all {
		if !w.indexed() {
			continue
		}
		var ways []string
		for _, way := range w {
			ways = append(ways, `"`+strings.ReplaceAll(way, `"`, `""`)+`"`)
		}
		terms = append(terms, "("+strings.Join(ways, " OR ")+")")
	}
	return strings.Join(terms, " AND ")
}

// short adds the condition for the words that the index does not know.
func (c *conditions) short(all []word) {
	for _, w := range all {
		if w.indexed() {
			continue
		}
		var ways []string
		for _, way := range w {
			ways = append(ways, "instr(w.text, ?) > 0")
			c.args = append(c.args, way)
		}
		c.sql = append(c.sql, "("+strings.Join(ways, " OR ")+")")
	}
}
