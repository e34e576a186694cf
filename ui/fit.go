package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"
)

// Fit makes a text exactly width by height cells: lines are cut with the tail
// (an ellipsis) or padded with blanks, missing lines are blank. Colour sequences
// take no room.
func Fit(text string, width, height int, tail string) string {
	if width <= 0 || height <= 0 {
		return ""
	}
	lines := strings.Split(text, "\n")
	if len(lines) > height {
		lines = lines[:height]
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	for i, line := range lines {
		lines[i] = Pad(Cut(line, width, tail), width)
	}
	return strings.Join(lines, "\n")
}

// Fit makes a text exactly the canvas.
func (c Canvas) Fit(text string) string {
	return Fit(text, c.Width, c.Height, c.Theme.Glyph(GlyphEllipsis))
}

// Cut shortens one line to width cells, ending it with the tail if something was
// lost and the tail has room.
func Cut(line string, width int, tail string) string {
	if strings.ContainsAny(line, "\t\r") {
		line = strings.NewReplacer("\t", " ", "\r", "").Replace(line)
	}
	if lipgloss.Width(line) <= width {
		return line
	}
	if lipgloss.Width(tail) >= width {
		tail = ""
	}
	return ansi.Truncate(line, max(width, 0), tail)
}

// Pad fills one line with blanks up to width cells.
func Pad(line string, width int) string {
	return line + strings.Repeat(" ", max(width-lipgloss.Width(line), 0))
}

// Right is Pad with the blanks before the line: numbers in a column.
func Right(line string, width int) string {
	return strings.Repeat(" ", max(width-lipgloss.Width(line), 0)) + line
}

// Centre puts every line of a block into the middle of width cells, the block as
// a whole, so that big letters keep their shape.
func Centre(block string, width int) string {
	lines := strings.Split(block, "\n")
	widest := 0
	for _, line := range lines {
		widest = max(widest, lipgloss.Width(line))
	}
	left := strings.Repeat(" ", max((width-widest)/2, 0))
	for i, line := range lines {
		if line != "" {
			lines[i] = left + line
		}
	}
	return strings.Join(lines, "\n")
}

// Wrap breaks a text at blanks into lines of at most width cells; a word longer
// than that is broken too. Paint the lines afterwards: a colour would not be taken
// over to the next line.
func Wrap(text string, width int) []string {
	if width <= 0 {
		return nil
	}
	var lines []string
	for _, paragraph := range strings.Split(text, "\n") {
		line := ""
		for _, word := range strings.Fields(paragraph) {
			pieces := strings.Split(ansi.Hardwrap(word, width, false), "\n")
			for i, piece := range pieces {
				switch {
				case line == "":
					line = piece
				case i == 0 && lipgloss.Width(line)+1+lipgloss.Width(piece) <= width:
					line += " " + piece
				default:
					lines, line = append(lines, line), piece
				}
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// Lines is how many lines a block has.
func Lines(block string) int { return strings.Count(block, "\n") + 1 }
