package health

import (
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// titles is how many cells the titles take.
func titles(width int) int {
	if width < 60 {
		return 16
	}
	return 26
}

// View draws the lines, section by section.
func (h *Health) View(c ui.Canvas) string {
	if len(h.lines) == 0 {
		text := "there is nothing to show"
		if h.busy {
			text = "one moment"
		}
		return c.Fit(ui.Middle(ui.Centre(c.Theme.Paint(ui.Muted, text), c.Width), c.Height))
	}
	var lines []string
	section := ""
	for i, l := range h.lines {
		if i == 0 || l.Section != section {
			section = l.Section
			if i > 0 && !c.Theme.Plain() {
				lines = append(lines, "")
			}
			lines = append(lines, " "+c.Theme.Paint(ui.Accent, desk.Drawable(c.Theme, section)))
		}
		lines = append(lines, line(c, l)...)
	}
	return h.scroll.View(c, strings.Join(lines, "\n"))
}

// line is one thing that is set or found, and what to do about it. Its tone
// has a glyph beside it, so that it does not rest on colour.
func line(c ui.Canvas, l desk.HealthLine) []string {
	t := c.Theme
	names := titles(c.Width)
	indent := strings.Repeat(" ", names+5)
	room := max(c.Width-len(indent)-1, 8)
	title := "   " + t.Paint(ui.Muted, ui.Pad(t.Cut(desk.Drawable(t, l.Title), names), names)) + "  "
	var out []string
	value := desk.Drawable(t, l.Value)
	if sign := t.Glyph(glyphs[l.Tone]); sign != "" {
		value = sign + " " + value
	}
	for i, text := range ui.Wrap(value, room) {
		lead := indent
		if i == 0 {
			lead = title
		}
		out = append(out, lead+t.Paint(l.Tone, text))
	}
	if l.Hint != "" {
		for _, text := range ui.Wrap(desk.Drawable(t, l.Hint), room) {
			out = append(out, indent+t.Paint(ui.Muted, text))
		}
	}
	return out
}

var glyphs = map[ui.Tone]ui.Glyph{
	ui.Good: ui.GlyphApproved, ui.Bad: ui.GlyphRefused, ui.Unknown: ui.GlyphUnknown, ui.Wait: ui.GlyphOpen,
}
