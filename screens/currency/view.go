package currency

import (
	"slices"
	"strings"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount, what was typed, and the list.
func (s *Currency) View(c ui.Canvas) string {
	t := c.Theme
	rows := s.rows()
	amount := s.args.Amount
	if s.at < len(rows) {
		amount.Currency = rows[s.at]
	}
	head := " " + t.Paint(ui.Muted, "The same digits, read as ") + t.Strong(ui.Accent, amount.String())
	field := " " + s.filter.View(t, max(c.Width-2, 1), 8)
	foot := s.foot(c)
	room := max(c.Height-ui.Lines(head)-ui.Lines(field)-ui.Lines(foot)-2, 1)
	s.page = max(room-1, 1)
	table := ui.Table{At: s.at, Empty: "no currency is called that", Columns: []ui.Column{{Title: "currency", Width: 10}, {Title: "decimals", Width: 9}, {Title: "", Drop: 1}}}
	for _, one := range rows {
		table.Rows = append(table.Rows, s.row(one))
	}
	return c.Fit(head + "\n" + field + "\n" + table.View(c.Sub(c.Width, room)) + "\n" + foot)
}

// row is one currency. A coin that the shop's account does not take is still
// offered: the price may be in it, and the provider says so if it may not.
func (s *Currency) row(c providers.Currency) []ui.Cell {
	note := ui.Cell{}
	if _, err := providers.ISO(c.Code); err != nil && s.asked && s.err == nil {
		note = ui.Cell{Text: "the shop's account does not take it", Tone: ui.Unknown, Glyph: ui.GlyphUnknown}
		if s.takes(c.Code) {
			note = ui.Cell{Text: "the shop's account takes it", Tone: ui.Muted}
		}
	}
	decimals := strings.Repeat("0", c.Decimals)
	if decimals != "" {
		decimals = "0." + decimals
	}
	return []ui.Cell{{Text: c.Code}, {Text: decimals, Tone: ui.Muted}, note}
}

func (s *Currency) takes(code string) bool {
	return slices.ContainsFunc(s.accepted, func(symbol string) bool { return strings.EqualFold(symbol, code) })
}

// foot says with which coins the customer can pay, as the provider told it.
func (s *Currency) foot(c ui.Canvas) string {
	t, title := c.Theme, s.args.Provider.Title()
	switch {
	case !s.asked:
		return " " + t.Paint(ui.Wait, "asking "+title+" which coins the shop's account takes")
	case providers.KindOf(s.err) == providers.Conflict: // this one does not tell
		return ""
	case s.err != nil:
		return desk.Trouble(c, s.err)
	}
	text := "Customers can pay with " + strings.Join(s.accepted, " ")
	if !s.fresh {
		text += " (as " + title + " said earlier: it cannot be asked now)"
	}
	lines := ui.Wrap(desk.Drawable(t, text), max(c.Width-4, 8))
	if len(lines) > 3 {
		lines = append(lines[:2], t.Cut(lines[2]+" "+t.Glyph(ui.GlyphEllipsis), c.Width-4))
	}
	for i, line := range lines {
		lines[i] = " " + t.Paint(ui.Muted, line)
	}
	return strings.Join(lines, "\n")
}
