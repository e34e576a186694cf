package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// mostNotices are kept; what is older can be found on the lists.
const mostNotices = 9

// notice is a line of background news and when it came.
type notice struct {
	NoticeMsg
	at  time.Time
	key bool // says why a key does nothing
}

// notify puts a line into the strip. It replaces one that leads nowhere, and what
// was said before about the same.
func (a *App) notify(n NoticeMsg) {
	a.dropPassing()
	a.dropAbout(n.About)
	a.notices = append(a.notices, notice{NoticeMsg: n, at: a.now()})
	if extra := len(a.notices) - mostNotices; extra > 0 {
		a.notices = a.notices[extra:]
	}
}

// shown is the notice in the strip.
func (a *App) shown() notice { return a.notices[len(a.notices)-1] }

// dropPassing removes a notice that leads nowhere: a person has gone on.
func (a *App) dropPassing() {
	for len(a.notices) > 0 && a.shown().Route == "" {
		a.notices = a.notices[:len(a.notices)-1]
	}
}

// dropAbout removes the news about one thing, wherever they stand.
func (a *App) dropAbout(what string) {
	if what != "" {
		a.notices = slices.DeleteFunc(a.notices, func(n notice) bool { return n.About == what })
	}
}

// dropRead removes the news about what is on the screen now: they were read, however
// a person came there.
func (a *App) dropRead() {
	if s, ok := a.top().screen.(Subject); ok {
		a.dropAbout(s.About())
	}
}

// openNotice goes where the news lead.
func (a *App) openNotice() tea.Cmd {
	if len(a.notices) == 0 || a.private() {
		return nil
	}
	n := a.shown()
	a.notices = a.notices[:len(a.notices)-1]
	return a.open(goMsg{route: n.Route, args: n.Args})
}

// stripText is the news in one line, or "" if there is none. Where nobody is let in
// it only says why a key does nothing.
func (a *App) stripText(width int) string {
	t := a.theme
	if len(a.notices) == 0 || a.private() && !a.shown().key {
		if a.held == nil {
			return ""
		}
		return " " + t.Paint(Wait, t.Cut(a.heldText(), width-2))
	}
	n, right := a.shown(), ""
	if n.Route != "" {
		right = "F9 show "
		if more := len(a.notices) - 1; more > 0 {
			right = fmt.Sprintf("and %d more  %s", more, right)
		}
	}
	room := max(width-len(right)-3, 0)
	return " " + Pad(t.Cut(t.Mark(n.Glyph, n.Tone, n.Text), room), room) + "  " + t.Strong(Accent, right)
}

// strip is the line above the footer: the news, else a rule.
func (a *App) strip(width int) string {
	if text := a.stripText(width); text != "" {
		return text
	}
	return a.rule(width)
}

// rule is a line across; on a page that is read aloud there is none.
func (a *App) rule(width int) string {
	if a.theme.Plain() {
		return ""
	}
	return a.theme.Paint(Muted, strings.Repeat(a.theme.Glyph(GlyphRule), width))
}
