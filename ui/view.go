package ui

import (
	"fmt"
	"strings"
)

// The smallest window that a screen is drawn in.
const (
	MinWidth  = 40
	MinHeight = 12
)

// View draws the whole window, exactly its rectangle: a view that is higher would
// lose its top lines.
func (a *App) View() (view string) {
	defer func() {
		if v := recover(); v != nil {
			a.door.send(newPanicError(v)) // a view has no other way to say so
			view = ""
		}
	}()
	if a.width <= 0 || a.height <= 0 || a.failure != nil || a.quitting {
		return ""
	}
	tail := a.theme.Glyph(GlyphEllipsis)
	if a.tooSmall() {
		need := fmt.Sprintf("needs %dx%d, has %dx%d; payments go on", MinWidth, MinHeight, a.width, a.height)
		return a.leaveCorner(Fit(strings.Join(Wrap(need, a.width), "\n"), a.width, a.height, tail))
	}
	body := a.body(Canvas{Width: a.width, Height: a.bodyHeight(), Theme: a.theme, Early: a.early()})
	var parts []string
	switch a.frame() {
	case FrameFull:
		parts = []string{a.headerLine(a.width), a.rule(a.width), body, a.strip(a.width), a.footer(a.width)}
	case FrameTight:
		head := a.headerLine(a.width)
		if news := a.stripText(a.width - 10); news != "" {
			head = Pad(news, a.width-10) + a.testMark()
		}
		parts = []string{head, body, a.footer(a.width)}
	default:
		parts = []string{body, a.footer(a.width)}
	}
	return a.leaveCorner(Fit(strings.Join(parts, "\n"), a.width, a.height, tail))
}

// tooSmall reports whether nothing can be read, and so nothing should be pressed.
// Before the size is known keys work: a scan may come at once.
func (a *App) tooSmall() bool {
	return a.width > 0 && (a.width < MinWidth || a.height < MinHeight)
}

// leaveCorner blanks the cell at the bottom right: after a shrink terminals may
// scroll on it.
func (a *App) leaveCorner(view string) string {
	at := strings.LastIndex(view, "\n") + 1
	return view[:at] + Pad(Cut(view[at:], a.width-1, ""), a.width)
}

// frame is how much stands around the body: what the screen wants, or less in a low
// window.
func (a *App) frame() Frame {
	f := FrameFull
	if framed, ok := a.top().screen.(Framed); ok && a.help == nil {
		f = framed.Frame()
	}
	if f == FrameFull && a.height < 18 {
		return FrameTight
	}
	return f
}

// bodyHeight is what the frame leaves to the body.
func (a *App) bodyHeight() int {
	around := map[Frame]int{FrameFull: 4, FrameTight: 2, FrameBare: 1}
	return max(a.height-around[a.frame()], 0)
}

// body draws the screen, or the dialog or the help in its place: a page that shows
// through beside a question is read along with it.
func (a *App) body(c Canvas) string {
	if len(a.dialogs) > 0 {
		block := a.dialogs[0].view(c.Theme, c.Width, c.Height, a.now())
		if !c.Theme.Plain() {
			block = Middle(Centre(block, c.Width), c.Height)
		}
		return c.Fit(block)
	}
	if a.help != nil {
		return a.help.view(c, a)
	}
	return c.Fit(a.top().screen.View(c))
}
