package desk

import (
	"strings"

	"github.com/charmbracelet/bubbles/viewport"

	"cashdesk/ui"
)

// Scroll shows a text that may be longer than the screen. Its keys are those
// of a list.
type Scroll struct {
	view viewport.Model // as it was last drawn
	over bool           // by Short: there was more than had room
}

// Short is View for a page that scrolls only where the window is low: a text that
// has room is drawn as it is.
func (s *Scroll) Short(c ui.Canvas, text string) string {
	if s.over = ui.Lines(text) > c.Height; s.over {
		return s.View(c, text)
	}
	return c.Fit(text)
}

// Moves are the keys of a page that Short has drawn: none where it did not scroll.
func (s *Scroll) Moves() []ui.Action {
	if !s.over {
		return nil
	}
	return ui.ListActions()
}

// Act moves; it reports whether the id was one of its own.
func (s *Scroll) Act(id string) bool {
	rows, page := s.view.TotalLineCount(), s.view.Height
	at, mine := ui.MoveIn(id, s.view.YOffset, max(rows-page+1, 1), page-1)
	if mine {
		s.view.SetYOffset(at)
	}
	return mine
}

// Home goes back to the first row.
func (s *Scroll) Home() { s.view.GotoTop() }

// View draws the part that is in view. Where there is more below, the last row
// says so.
func (s *Scroll) View(c ui.Canvas, text string) string {
	s.view.Width, s.view.Height = c.Width, c.Height
	s.view.SetContent(text)
	s.view.SetYOffset(s.view.YOffset) // the text may have become shorter
	shown := strings.Split(s.view.View(), "\n")
	if !s.view.AtBottom() && c.Height > 1 {
		shown[len(shown)-1] = "   " + c.Theme.Paint(ui.Accent, c.Theme.Cut("more below: "+arrows(c.Theme), c.Width-3))
	}
	return c.Fit(strings.Join(shown, "\n"))
}

func arrows(t ui.Theme) string { return t.Glyph(ui.GlyphUpDown) + " or PgDn" }
