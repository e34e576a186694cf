package desk

import (
	"strings"

	"cashdesk/providers"
	"cashdesk/ui"
)

// Unsaved is what stands above a verdict that the journal has not taken: whoever
// reads it keeps it on paper.
func Unsaved(c ui.Canvas, a providers.Attempt) string {
	text := "Not saved: write this down. " + a.Sum() + ", " + LookOf(a).Word + ", reference " + a.Reference
	glyph := ui.GlyphRefused
	var lines []string
	for _, line := range ui.Wrap(Drawable(c.Theme, text), max(c.Width-6, 8)) {
		lines = append(lines, "   "+c.Theme.Mark(glyph, ui.Bad, line))
		glyph = ui.NoGlyph
	}
	return strings.Join(lines, "\n")
}
