package history

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws what is looked for, the rows, and what they add up to.
func (h *History) View(c ui.Canvas) string {
	head := h.head(c)
	foot := h.foot(c)
	room := max(c.Height-ui.Lines(head)-ui.Lines(foot)-2, 1)
	if c.Height >= 18 {
		room-- // air above the strip
	}
	if c.Height < 14 {
		room = max(c.Height-ui.Lines(head)-ui.Lines(foot), 1)
	}
	table := h.table(c)
	h.page = max(room-1, 1)
	list := table.View(c.Sub(c.Width, room))
	gap := "\n\n"
	if c.Height < 14 || c.Theme.Plain() {
		gap = "\n"
	}
	return c.Fit(head + gap + list + gap + foot)
}

// head is the filters and the search, on one line where there is room.
func (h *History) head(c ui.Canvas) string {
	t := c.Theme
	down := " " + t.Glyph(ui.GlyphDown)
	pick := func(text string, chosen bool) string {
		if chosen {
			return t.Strong(ui.Accent, text+down)
		}
		return text + t.Paint(ui.Muted, down)
	}
	filters := " " + strings.Join([]string{
		pick(spanWords[h.filter.span], h.filter.span != session),
		pick(h.filter.providerWord(), h.filter.provider > 0),
		pick(groups[h.filter.group].word, h.filter.group > 0),
	}, "   ")
	const sign = "search "
	if room := c.Width - lipgloss.Width(filters) - lipgloss.Width(sign) - 3; room >= 12 && !t.Plain() {
		width := min(room, 24)
		return filters + strings.Repeat(" ", room-width+2) + t.Paint(ui.Muted, sign) + h.line(t, width)
	}
	return t.Cut(filters, c.Width) + "\n " + t.Paint(ui.Muted, sign) + h.line(t, max(c.Width-lipgloss.Width(sign)-1, 1))
}

// line is the search as it is typed, or an invitation to.
func (h *History) line(t ui.Theme, width int) string {
	if h.search.Value() == "" {
		return ui.Pad(t.Paint(ui.Accent, t.Glyph(ui.GlyphCursor))+t.Paint(ui.Muted, t.Cut("type or scan", width-1)), width)
	}
	return h.search.Line(t, width)
}

// table is the list; where room is short the columns that tell least go first.
func (h *History) table(c ui.Canvas) ui.Table {
	when, narrow := 5, c.Width < 60
	if h.filter.span == always {
		when = 12
		if narrow {
			when = 6
		}
	}
	table := ui.Table{At: h.at, Empty: h.empty(), Columns: []ui.Column{
		{Title: "time", Width: when},
		{Title: "provider", Width: 10, Drop: 1},
		{Title: "amount", Width: desk.AmountWidth(h.rows), Right: true},
		{Title: "state", Width: 13},
		{Title: "code", Width: codeWidth(c), Drop: 3},
		{Title: "reference", Width: 9, Drop: 2},
		{Title: "number", Width: 14, Drop: 4},
		{Title: "by", Width: 8, Drop: 2},
	}}
	for _, a := range h.rows {
		table.Rows = append(table.Rows, h.row(c, a, narrow))
	}
	return table
}

// codeWidth is the column for a provider's codes. Where room is short it holds
// those of six characters; what the others say, the state says as well.
func codeWidth(c ui.Canvas) int {
	if c.Width >= ui.SecondColumn {
		return 11
	}
	return 7
}

func (h *History) row(c ui.Canvas, a providers.Attempt, narrow bool) []ui.Cell {
	t, look := c.Theme, desk.LookOf(a)
	when := h.desk.Time(a.CreatedAt)
	if h.filter.span == always {
		when = h.desk.When(a.CreatedAt, h.now)
		if narrow && len(when) > 6 {
			when = h.desk.Date(a.CreatedAt)
		}
	}
	by := desk.Named(h.names, a.Operator)
	word, code := look.Word, desk.Drawable(t, a.Code)
	if len(code) > codeWidth(c) {
		code = ""
	}
	if h.undone[a.ID] {
		look = desk.TakenBack
		word = look.Word
	}
	if a.Contradicted || a.PossibleDouble {
		look.Glyph, look.Tone = ui.GlyphRefused, ui.Bad
	}
	return []ui.Cell{
		{Text: when, Tone: ui.Muted}, {Text: a.Provider.Title()}, {Text: a.Sum()},
		{Text: word, Tone: look.Tone, Glyph: look.Glyph}, {Text: code, Tone: ui.Muted},
		{Text: desk.Drawable(t, desk.Short(a.Reference)), Tone: ui.Muted}, {Text: desk.Drawable(t, a.ProviderRef), Tone: ui.Muted},
		{Text: desk.Drawable(t, by), Tone: ui.Muted},
	}
}

// empty says why there is no row.
func (h *History) empty() string {
	switch {
	case h.loading:
		return "one moment"
	case h.err != nil:
		return ""
	case h.filtered() && h.filter.span == always:
		return "nothing found"
	case h.filtered():
		return "nothing found (" + spanWords[h.filter.span] + "): Tab looks further back"
	case h.filter.span == session:
		return "no payment in this session yet"
	case h.filter.span == today:
		return "no payment today yet"
	}
	return "no payment yet"
}

// filtered says that only some payments are looked for.
func (h *History) filtered() bool {
	return h.search.Value() != "" || h.filter.provider > 0 || h.filter.group > 0
}

// foot is the count and what the rows add up to, or what is wrong.
func (h *History) foot(c ui.Canvas) string {
	if h.err != nil {
		return desk.Trouble(c, h.err)
	}
	t := c.Theme
	count := fmt.Sprintf("%d shown", len(h.rows))
	switch {
	case len(h.rows) == 0:
		return ""
	case h.added:
		all := 0
		for _, total := range h.totals {
			all += total.Count
		}
		count = fmt.Sprintf("%d of %d read", len(h.rows), all)
		if all == len(h.rows) {
			count = fmt.Sprintf("%d in all", all)
		}
	default:
		count += ", adding up"
	}
	if h.searched > 0 {
		count += fmt.Sprintf("; only the newest %d were searched, three characters search all", h.searched)
	}
	lines := []string{t.Cut("   "+t.Paint(ui.Muted, count), c.Width)}
	if h.added {
		lines = append(lines, desk.Sums(c, h.totals, max(min(c.Height/6, 4), 1))...)
	}
	return strings.Join(lines, "\n")
}
