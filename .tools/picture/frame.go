// Package picture draws a frame of text, as it stands on a terminal, into a
// PNG: every cell a rectangle, blocks and lines as exact shapes so that a QR
// can be scanned from the picture, all else in DejaVu Sans Mono.
package picture

import (
	"image/color"
	"strconv"
	"strings"
)

// Cell is one character cell with its colours as the frame set them.
type Cell struct {
	Rune                            rune
	FG, BG                          color.RGBA
	Bold, Faint, Reverse, Underline bool
}

// colours gives the two that are seen.
func (c Cell) colours() (fg, bg color.RGBA) {
	fg, bg = c.FG, c.BG
	if c.Reverse {
		fg, bg = bg, fg
	}
	if c.Faint {
		fg = mix(bg, fg, 140)
	}
	return fg, bg
}

// Grid is a frame: rows of columns, all of one length.
type Grid [][]Cell

// Parse reads a frame: lines of text with colour sequences (SGR) and nothing
// else. A terminal's emulator would do, but the one at hand loses faint and
// takes dark blues for numbers of its palette.
func Parse(frame string, cols, rows int, theme Theme) Grid {
	grid := make(Grid, rows)
	pen := pen{theme: theme}
	pen.reset()
	lines := strings.Split(strings.ReplaceAll(strings.TrimSuffix(frame, "\n"), "\r", ""), "\n")
	for y := range grid {
		grid[y] = make([]Cell, cols)
		for x := range grid[y] {
			grid[y][x] = Cell{Rune: ' ', FG: theme.Foreground, BG: theme.Background}
		}
		if y < len(lines) {
			pen.line(grid[y], lines[y])
		}
	}
	return grid
}

// Size is the smallest grid that holds a frame.
func Size(frame string) (cols, rows int) {
	plain := strings.Split(Plain(frame), "\n")
	for _, line := range plain {
		cols = max(cols, len([]rune(line)))
	}
	return cols, len(plain)
}

// Plain is a frame without its colours and without spaces at the ends of lines.
func Plain(frame string) string {
	var b strings.Builder
	for text := strings.ReplaceAll(strings.TrimSuffix(frame, "\n"), "\r", ""); text != ""; {
		before, after, found := strings.Cut(text, "\x1b[")
		b.WriteString(before)
		if !found {
			break
		}
		end := strings.IndexFunc(after, func(r rune) bool { return r >= '@' && r <= '~' })
		text = after[end+1:]
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// pen writes cells in its present colours.
type pen struct {
	Cell
	theme Theme
}

func (p *pen) reset() { p.Cell = Cell{FG: p.theme.Foreground, BG: p.theme.Background} }

func (p *pen) line(cells []Cell, text string) {
	x := 0
	for text != "" {
		if rest, ok := strings.CutPrefix(text, "\x1b["); ok {
			end := strings.IndexFunc(rest, func(r rune) bool { return r >= '@' && r <= '~' })
			if end < 0 {
				return
			}
			if rest[end] == 'm' {
				p.sgr(rest[:end])
			}
			text = rest[end+1:]
			continue
		}
		for i, r := range text {
			if i > 0 {
				text = text[i:]
				break
			}
			if x < len(cells) {
				cells[x] = p.Cell
				cells[x].Rune = r
			}
			x++
			if i+len(string(r)) == len(text) {
				text = ""
			}
		}
	}
}

// sgr obeys one sequence that sets colours and attributes.
func (p *pen) sgr(arguments string) {
	numbers := []int{}
	for a := range strings.SplitSeq(arguments, ";") {
		n, _ := strconv.Atoi(a) // empty is nought: reset
		numbers = append(numbers, n)
	}
	for len(numbers) > 0 {
		n := numbers[0]
		numbers = numbers[1:]
		switch {
		case n == 38 || n == 48:
			var c color.RGBA
			c, numbers = p.extended(numbers)
			if n == 38 {
				p.FG = c
			} else {
				p.BG = c
			}
		default:
			p.attribute(n)
		}
	}
}

func (p *pen) attribute(n int) {
	switch {
	case n == 0:
		p.reset()
	case n == 1:
		p.Bold = true
	case n == 2:
		p.Faint = true
	case n == 4:
		p.Underline = true
	case n == 7:
		p.Reverse = true
	case n == 22:
		p.Bold, p.Faint = false, false
	case n == 24:
		p.Underline = false
	case n == 27:
		p.Reverse = false
	case n == 39:
		p.FG = p.theme.Foreground
	case n == 49:
		p.BG = p.theme.Background
	case n >= 30 && n <= 37:
		p.FG = p.theme.Colours[n-30]
	case n >= 40 && n <= 47:
		p.BG = p.theme.Colours[n-40]
	case n >= 90 && n <= 97:
		p.FG = p.theme.Colours[n-90+8]
	case n >= 100 && n <= 107:
		p.BG = p.theme.Colours[n-100+8]
	}
}

// extended reads what follows 38 or 48, and gives what is left.
func (p *pen) extended(numbers []int) (color.RGBA, []int) {
	switch {
	case len(numbers) >= 4 && numbers[0] == 2:
		return color.RGBA{uint8(numbers[1]), uint8(numbers[2]), uint8(numbers[3]), 255}, numbers[4:]
	case len(numbers) >= 2 && numbers[0] == 5:
		return p.theme.indexed(numbers[1]), numbers[2:]
	}
	return p.theme.Foreground, nil
}
