package terminal

import (
	"strings"

	"github.com/hinshun/vt10x"
)

// Color is a colour as the emulator keeps it: 0 to 15 of the terminal's own,
// to 255 of the palette, above that red, green and blue in 24 bits, or one of
// the two defaults.
type Color = vt10x.Color

// The colours of a cell that was given none.
const (
	DefaultFG = vt10x.DefaultFG
	DefaultBG = vt10x.DefaultBG
)

// The emulator's attribute bits, which it does not export.
const (
	attrReverse   = 1 << 0
	attrUnderline = 1 << 1
	attrBold      = 1 << 2
)

// Cell is one character cell. Faint is not there: the emulator loses it.
type Cell struct {
	Rune      rune
	FG, BG    Color // as set, not exchanged by Reverse
	Bold      bool  // the emulator brightens a bold colour below 8 by itself
	Underline bool
	Reverse   bool
}

// Screen is what a person sees at one moment.
type Screen struct {
	Cols, Rows       int
	Cells            [][]Cell // rows of columns
	CursorX, CursorY int
	CursorVisible    bool
	AltScreen        bool
}

// Screen looks at the screen.
func (s *Session) Screen() Screen { return snapshot(s.emu) }

func snapshot(emu vt10x.Terminal) Screen {
	emu.Lock()
	defer emu.Unlock()
	cols, rows := emu.Size()
	cursor := emu.Cursor()
	screen := Screen{
		Cols: cols, Rows: rows, Cells: make([][]Cell, rows),
		CursorX: cursor.X, CursorY: cursor.Y, CursorVisible: emu.CursorVisible(),
		AltScreen: emu.Mode()&vt10x.ModeAltScreen != 0,
	}
	for y := range rows {
		screen.Cells[y] = make([]Cell, cols)
		for x := range cols {
			screen.Cells[y][x] = cell(emu.Cell(x, y))
		}
	}
	return screen
}

func cell(g vt10x.Glyph) Cell {
	c := Cell{
		Rune: g.Char, FG: g.FG, BG: g.BG,
		Bold: g.Mode&attrBold != 0, Underline: g.Mode&attrUnderline != 0, Reverse: g.Mode&attrReverse != 0,
	}
	if c.Reverse {
		c.FG, c.BG = g.BG, g.FG // the emulator exchanges them when it draws
	}
	if c.Rune == 0 {
		c.Rune = ' '
	}
	return c
}

// Line is one row as text, without the spaces at its end.
func (s Screen) Line(y int) string {
	if y < 0 || y >= len(s.Cells) {
		return ""
	}
	var b strings.Builder
	for _, c := range s.Cells[y] {
		b.WriteRune(c.Rune)
	}
	return strings.TrimRight(b.String(), " ")
}

// Text is the screen as lines without the spaces at their ends.
func (s Screen) Text() string {
	lines := make([]string, len(s.Cells))
	for y := range s.Cells {
		lines[y] = s.Line(y)
	}
	return strings.Join(lines, "\n")
}

// Contains says that every one of the texts stands on some line.
func (s Screen) Contains(texts ...string) bool {
	all := s.Text()
	for _, text := range texts {
		if !strings.Contains(all, text) {
			return false
		}
	}
	return true
}
