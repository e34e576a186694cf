// Package qr draws QR codes for a terminal: dark on light with explicit colours and
// a quiet zone of four modules, two modules to a cell.
package qr

import (
	"errors"
	"fmt"
	"strings"

	"github.com/mdp/qrterminal/v3"
	"rsc.io/qr"
)

const quiet = 4 // modules of light around the code

// Dark on light, always both: black on white of the 256 colours, or of the 16.
const (
	colours256 = "\x1b[38;5;16;48;5;231m"
	colours16  = "\x1b[30;47m"
	reset      = "\x1b[0m"
)

const (
	light      = " "
	dark       = "█"
	lightBelow = "▀" // dark above
	darkBelow  = "▄"
)

// ErrTooSmall says that no level of the code fits the rectangle; the link should be
// shown instead.
var ErrTooSmall = errors.New("the window is too small for this QR code")

// ErrDrawing says that the drawn cells are not the code. Nothing must be shown.
var ErrDrawing = errors.New("the QR code was not drawn right")

// Drawing is a code as lines of one width.
type Drawing struct {
	Lines []string
	Width int
	Level string // L, M, Q or H
}

var levels = []struct {
	name  string
	level qr.Level
}{{"H", qr.H}, {"Q", qr.Q}, {"M", qr.M}, {"L", qr.L}}

// Draw draws a text at the highest level that fits width by height cells. basic
// takes the colours that every terminal has.
func Draw(text string, width, height int, basic bool) (Drawing, error) {
	for _, l := range levels {
		code, err := qr.Encode(text, l.level)
		if err != nil {
			continue // too long for this level, not for a lower one
		}
		if side := code.Size + 2*quiet; side > width || rows(code.Size) > height {
			continue
		}
		cells := draw(text, l.level)
		if err := compare(cells, code); err != nil {
			return Drawing{}, err
		}
		return Drawing{Lines: colour(cells, basic), Width: code.Size + 2*quiet, Level: l.name}, nil
	}
	return Drawing{}, fmt.Errorf("%w: %d by %d cells", ErrTooSmall, width, height)
}

// rows is the height of a code of so many modules.
func rows(size int) int { return (size + 2*quiet + 1) / 2 }

// draw has qrterminal draw the cells. Its last line is half dark, as the edge of a
// picture of odd height; it is made all light.
func draw(text string, level qr.Level) []string {
	var b strings.Builder
	qrterminal.GenerateWithConfig(text, qrterminal.Config{
		Level: level, Writer: &b, HalfBlocks: true, QuietZone: quiet,
		BlackChar: dark, WhiteChar: light, BlackWhiteChar: lightBelow, WhiteBlackChar: darkBelow,
	})
	lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
	last := len(lines) - 1
	lines[last] = strings.ReplaceAll(lines[last], darkBelow, light)
	return lines
}

// compare reads the cells back into modules and holds them against the code's own
// bitmap, the quiet zone included.
func compare(cells []string, code *qr.Code) error {
	if len(cells) != rows(code.Size) {
		return fmt.Errorf("%w: %d rows", ErrDrawing, len(cells))
	}
	for row, line := range cells {
		chars := []rune(line)
		if len(chars) != code.Size+2*quiet {
			return fmt.Errorf("%w: row %d has %d cells", ErrDrawing, row, len(chars))
		}
		for column, char := range chars {
			top, bottom, ok := modules(char)
			x, y := column-quiet, 2*row-quiet
			if !ok || top != code.Black(x, y) || bottom != code.Black(x, y+1) {
				return fmt.Errorf("%w: row %d, cell %d", ErrDrawing, row, column)
			}
		}
	}
	return nil
}

// modules are the two that a cell shows: dark above, dark below.
func modules(char rune) (top, bottom, ok bool) {
	switch string(char) {
	case light:
		return false, false, true
	case dark:
		return true, true, true
	case lightBelow:
		return true, false, true
	case darkBelow:
		return false, true, true
	}
	return false, false, false
}

func colour(cells []string, basic bool) []string {
	begin := colours256
	if basic {
		begin = colours16
	}
	out := make([]string, len(cells))
	for i, line := range cells {
		out[i] = begin + line + reset
	}
	return out
}
