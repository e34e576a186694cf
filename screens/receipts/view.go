package receipts

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the list, and under it what the marked one needs.
func (s *Receipts) View(c ui.Canvas) string {
	t := c.Theme
	if s.known && len(s.rows) == 0 {
		return desk.NothingLeft(c, "No receipt number is missing.", s.err)
	}
	head := " " + t.Paint(ui.Muted, t.Cut("Approved, but the receipt number is missing:", c.Width-2)) + "\n\n"
	foot := s.foot(c)
	room := max(c.Height-2-ui.Lines(foot)-1, 1)
	table := s.table(c)
	s.page = max(room-1, 1)
	return c.Fit(head + table.View(c.Sub(c.Width, room)) + "\n" + foot)
}

func (s *Receipts) table(c ui.Canvas) ui.Table {
	t := c.Theme
	table := ui.Table{At: s.at, Empty: "one moment", Columns: []ui.Column{
		{Title: "time", Width: 12, Drop: 2},
		{Title: "amount", Width: desk.AmountWidth(s.rows), Right: true},
		{Title: "purchase", Width: 12, Drop: 1},
		{Title: "receipt number", Width: 20},
		{Title: "by", Width: 8, Drop: 3},
	}}
	for _, a := range s.rows {
		number := ui.Cell{Text: "missing", Tone: ui.Accent, Glyph: ui.GlyphArrow}
		if a.ReceiptCode != "" {
			number = ui.Cell{Text: desk.Drawable(t, a.Receipt) + " not taken", Tone: ui.Bad, Glyph: ui.GlyphRefused}
		}
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: s.desk.When(a.CreatedAt, s.now), Tone: ui.Muted}, {Text: a.Sum()}, {Text: desk.Drawable(t, a.ProviderRef), Tone: ui.Muted},
			number, {Text: desk.Drawable(t, desk.Named(s.names, a.Operator)), Tone: ui.Muted},
		})
	}
	return table
}

// foot says what became of the marked one's number, if it had one.
func (s *Receipts) foot(c ui.Canvas) string {
	if s.err != nil {
		return desk.Trouble(c, s.err)
	}
	a, ok := s.chosen()
	if !ok || a.ReceiptCode == "" {
		return "   " + c.Theme.Paint(ui.Muted, c.Theme.Cut("Enter takes the number: from the receipt of this sale.", max(c.Width-4, 1)))
	}
	return desk.ReceiptNote(c, s.desk.Till(), a)
}
