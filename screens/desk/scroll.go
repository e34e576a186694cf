package desk

import (
	"strings"

	"cashdesk/ui"
)

// Scroll shows a text that may be longer than the screen. Its keys are those
// of a list.
type Scroll struct {
	top  int
	page int // rows in view when it was last drawn
	rows int // of the text
}

// Act moves; it reports whether the id was one of its own.
func (s *Scroll) Act(id string) bool {
	at, mine := ui.MoveIn(id, s.top, max(s.rows-s.page+1, 1), s.page-1)
	if mine {
		s.top = at
	}
	return mine
}

// Home goes back to the first row.
func (s *Scroll) Home() { s.top = 0 }

// View draws the part that is in view. Where there is more below, the last row
// says so.
func (s *Scroll) View(c ui.Canvas, text string) string {
	lines := strings.Split(text, "\n")
	s.page, s.rows = c.Height, len(lines)
	s.top = max(min(s.top, s.rows-s.page), 0)
	shown := lines[s.top:]
	if len(shown) > c.Height && c.Height > 1 {
		shown = append([]string(nil), shown[:c.Height-1]...)
		shown = append(shown, "   "+c.Theme.Paint(ui.Accent, c.Theme.Cut("more below: "+arrows(c.Theme), c.Width-3)))
	}
	return c.Fit(strings.Join(shown, "\n"))
}

func arrows(t ui.Theme) string { return t.Glyph(ui.GlyphUpDown) + " or PgDn" }
