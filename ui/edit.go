package ui

import (
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// longestTail is how many characters are kept loose for a scan to take back.
const longestTail = 128

// loose is the text typed since the last editing key. It is kept as it came, also
// what a field has no use for, because a scan that is noticed late takes back
// characters as they were typed.
type loose struct{ typed []rune }

// take keeps what was typed or takes it back; it reports whether the message was
// one of the two. What falls off the front must be settled by the caller.
func (l *loose) take(msg tea.Msg) (settle []rune, mine bool) {
	switch msg := msg.(type) {
	case TextMsg:
		l.typed = append(l.typed, []rune(msg.Text)...)
		if extra := len(l.typed) - longestTail; extra > 0 {
			settle = l.typed[:extra]
			l.typed = append([]rune(nil), l.typed[extra:]...)
		}
		return settle, true
	case RetractMsg:
		l.typed = l.typed[:max(len(l.typed)-msg.Count, 0)]
		return nil, true
	}
	return nil, false
}

// release hands over everything that is loose.
func (l *loose) release() []rune {
	typed := l.typed
	l.typed = nil
	return typed
}

// runes is the number of characters in a text.
func runes(text string) int { return utf8.RuneCountInString(text) }
