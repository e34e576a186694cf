package method

import (
	"strings"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount as the marked way would take it, and the list.
func (m *Method) View(c ui.Canvas) string {
	list := m.list(c)
	trouble := desk.Trouble(c, m.begin.Err)
	return c.Fit(ui.Middle(desk.Stack(c, m.head(c, c.Height-ui.Lines(list)-4), list, trouble), c.Height))
}

// head is the amount, large where there is room: in another currency the same
// digits are another amount.
func (m *Method) head(c ui.Canvas, room int) string {
	a := m.draft.Amount
	if m.at < len(m.ways) {
		a = m.amount(m.at)
	}
	note := ""
	if a.Currency != m.draft.Amount.Currency {
		note = "the same digits, read as " + a.Currency.Code
	}
	if c.Theme.Plain() {
		return strings.TrimSpace("Amount: " + a.String() + " " + note)
	}
	head := ui.Heading(c.Theme, ui.Normal, a.Figure(), c.Width, room) + "\n"
	if room > 7 {
		head += "\n"
	}
	return head + ui.Centre(c.Theme.Join(c.Theme.Paint(ui.Accent, a.Currency.Code), desk.Dim(c.Theme, note)), c.Width)
}

func (m *Method) list(c ui.Canvas) string {
	var lines []string
	for i, w := range m.ways {
		lines = append(lines, m.row(c, i, w))
	}
	return strings.Join(lines, "\n")
}

// row is one way to pay; what cannot be used says why.
func (m *Method) row(c ui.Canvas, i int, w till.Method) string {
	t := c.Theme
	indent := strings.Repeat(" ", max((c.Width-70)/2, 1))
	mark := "  "
	if i == m.at {
		mark = t.Glyph(ui.GlyphMarker) + " "
	}
	text := ui.Pad(w.Provider.Title(), 12) + ui.Pad(what(w), 30)
	if w.Off != "" {
		why := indent + strings.Repeat(" ", 14) + t.Mark(ui.GlyphRefused, ui.Unknown, desk.Drawable(t, w.Off))
		return t.Cut(indent+mark+t.Paint(ui.Muted, text+"not now"), c.Width) + "\n" + t.Cut(why, c.Width)
	}
	tone := ui.Normal
	if i == m.at {
		text = t.Strong(ui.Accent, text)
		tone = ui.Accent
	}
	return t.Cut(indent+mark+text+t.Paint(tone, m.currencies(t, i)), c.Width)
}

// currencies is the chosen one, with a hint that there are others.
func (m *Method) currencies(t ui.Theme, i int) string {
	code := m.amount(i).Currency.Code
	if i != m.at || len(m.ways[i].Currencies) < 2 {
		return code
	}
	var others []string
	for _, c := range m.ways[i].Currencies {
		if c.Code != code {
			others = append(others, c.Code)
		}
	}
	if len(others) > 3 {
		others = append(others[:3], t.Glyph(ui.GlyphEllipsis))
	}
	return code + "   other: " + strings.Join(others, " ")
}

// what says what a way to pay is, to somebody who has never used it.
func what(w till.Method) string {
	switch w.Kind {
	case providers.Authorise:
		return "the customer's code"
	case providers.Invite:
		return "an SMS to the customer"
	case providers.Invoice:
		return "a crypto invoice to scan"
	}
	return "a transfer, handed over"
}
