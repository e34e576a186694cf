package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// Column of a table. One without a Width takes what the others leave.
type Column struct {
	Title string
	Width int
	Right bool // numbers
	Drop  int  // columns with the highest Drop go first where room is short; 0 stays
}

// Cell of a table: a glyph and a text in a tone. A cell never wraps.
type Cell struct {
	Text  string
	Tone  Tone
	Glyph Glyph
}

// Table is a list with a chosen row, scrolled page by page.
type Table struct {
	Columns []Column
	Rows    [][]Cell
	At      int    // the chosen row
	Empty   string // shown when there is no row
}

// The ids of a list's actions.
const (
	ListUp    = "list.up"
	ListDown  = "list.down"
	ListPgUp  = "list.pageup"
	ListPgDn  = "list.pagedown"
	ListFirst = "list.first"
	ListLast  = "list.last"
)

// ListActions are the keys that move through a table or a list. Home and End are
// left to the text that may be typed on the same screen.
func ListActions() []Action {
	return []Action{
		{ID: ListUp, Keys: []string{"up"}, Label: "move"}, // shown as both arrows
		{ID: ListDown, Keys: []string{"down"}, Label: "down", Hidden: true},
		{ID: ListPgUp, Keys: []string{"pgup"}, Label: "page up", Hidden: true},
		{ID: ListPgDn, Keys: []string{"pgdown"}, Label: "page down", Hidden: true},
		{ID: ListFirst, Keys: []string{"ctrl+home"}, Label: "first", Hidden: true},
		{ID: ListLast, Keys: []string{"ctrl+end"}, Label: "last", Hidden: true},
	}
}

// MoveIn is where a list of count rows stands after one of its actions, and whether
// the id was one of them. page is the number of rows in view.
func MoveIn(id string, at, count, page int) (int, bool) {
	switch id {
	case ListUp:
		at--
	case ListDown:
		at++
	case ListPgUp:
		at -= max(page, 1)
	case ListPgDn:
		at += max(page, 1)
	case ListFirst:
		at = 0
	case ListLast:
		at = count - 1
	default:
		return at, false
	}
	return max(min(at, count-1), 0), true
}

// Act moves the chosen row; it reports whether the id was a list's. height is the
// height that View is given.
func (tb *Table) Act(id string, height int) bool {
	at, mine := MoveIn(id, tb.At, len(tb.Rows), max(height-1, 1))
	tb.At = at
	return mine
}

// View draws a header line and the page that the chosen row is on.
func (tb *Table) View(c Canvas) string {
	widths := tb.widths(c.Width - 3)
	var lines []string
	if !c.Theme.Plain() {
		head := make([]Cell, len(tb.Columns))
		for i, col := range tb.Columns {
			head[i] = Cell{Text: col.Title, Tone: Muted}
		}
		lines = append(lines, "   "+tb.row(c.Theme, head, widths, false))
	}
	if len(tb.Rows) == 0 {
		lines = append(lines, "   "+c.Theme.Paint(Muted, tb.Empty))
	}
	page := max(c.Height-len(lines), 1)
	at := max(min(tb.At, len(tb.Rows)-1), 0)
	for i := at / page * page; i < len(tb.Rows) && len(lines) < c.Height; i++ {
		lead := "   "
		if i == at {
			lead = " " + c.Theme.Glyph(GlyphMarker) + " "
		}
		lines = append(lines, lead+tb.row(c.Theme, tb.Rows[i], widths, i == at))
	}
	return c.Fit(strings.Join(lines, "\n"))
}

// row draws the cells; the chosen one is emphasised.
func (tb *Table) row(t Theme, cells []Cell, widths []int, chosen bool) string {
	var parts []string
	for i, cell := range cells {
		if i >= len(widths) || widths[i] == 0 {
			continue
		}
		text := cell.Text
		if sign := t.Glyph(cell.Glyph); sign != "" {
			text = sign + " " + text
		}
		if t.Plain() {
			if text != "" {
				parts = append(parts, text)
			}
			continue
		}
		text = t.Cut(text, widths[i])
		if tb.Columns[i].Right {
			text = Right(text, widths[i])
		} else {
			text = Pad(text, widths[i])
		}
		if chosen {
			text = t.Strong(cell.Tone, text)
		} else {
			text = t.Paint(cell.Tone, text)
		}
		parts = append(parts, text)
	}
	if t.Plain() {
		return strings.Join(parts, ", ")
	}
	return strings.Join(parts, "  ")
}

// widths gives each column its cells; a dropped column has none.
func (tb *Table) widths(room int) []int {
	const least = 8 // of a column without a width
	out := make([]int, len(tb.Columns))
	for i, col := range tb.Columns {
		out[i] = col.Width
		if col.Width == 0 {
			out[i] = max(least, lipgloss.Width(col.Title))
		}
	}
	for total(out) > room {
		worst := -1
		for i, col := range tb.Columns {
			if out[i] > 0 && col.Drop > 0 && (worst < 0 || col.Drop >= tb.Columns[worst].Drop) {
				worst = i
			}
		}
		if worst < 0 {
			break
		}
		out[worst] = 0
	}
	for i, col := range tb.Columns {
		if spare := room - total(out); col.Width == 0 && out[i] > 0 && spare > 0 {
			out[i] += spare
		}
	}
	return out
}

// total is the width of a row with two blanks between columns.
func total(widths []int) int {
	sum := -2
	for _, w := range widths {
		if w > 0 {
			sum += w + 2
		}
	}
	return max(sum, 0)
}
