package desk

import (
	"slices"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// AmountWidth is how wide a column of these payments' amounts must be: an amount
// is never cut.
func AmountWidth(all []providers.Attempt) int {
	width := len("10,000.00 AUD")
	for _, a := range all {
		width = max(width, len(a.Sum()))
	}
	return width
}

// Marked is where a list's mark stands in newer rows: on the same payment as
// before, else where it was, as far as there are rows.
func Marked(rows []providers.Attempt, id string, at int) int {
	if i := slices.IndexFunc(rows, func(a providers.Attempt) bool { return a.ID == id }); i >= 0 {
		return i
	}
	return max(min(at, len(rows)-1), 0)
}

// Line is a payment on one line of the given width, as lists and the strip
// show it: "✓ approved     89.00 AUD  Oxipay      14:03  purchase 52011913".
// Where room is short the end is lost, the state and amount never.
func (d *Desk) Line(c ui.Canvas, a providers.Attempt, live till.Live, now time.Time) string {
	t := c.Theme
	line := ui.Pad(Mark(t, a), 14) +
		ui.Right(a.Sum(), 15) + "  " +
		ui.Pad(a.Provider.Title(), 12) +
		t.Paint(ui.Muted, d.Time(a.CreatedAt)+"  "+Note(a, live, now))
	return ui.Cut(line, c.Width, t.Glyph(ui.GlyphEllipsis))
}
