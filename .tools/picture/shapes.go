package picture

import (
	"image"
	"math"
)

// shape draws one block or line into a cell: mark gets each pixel with how
// much of it is covered, of 255. It says whether it knows the rune.
func shape(r rune, mark func(x, y, cover int)) bool {
	switch {
	case r >= 0x2580 && r <= 0x259f:
		block(r, mark)
	case r >= 0x2800 && r <= 0x28ff:
		braille(r-0x2800, mark)
	case arms[r] != [4]int{}:
		lines(arms[r], mark)
	case rounded[r] != [2]int{}:
		arc(rounded[r], mark)
	default:
		return false
	}
	return true
}

func fill(area image.Rectangle, cover int, mark func(x, y, cover int)) {
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for x := area.Min.X; x < area.Max.X; x++ {
			mark(x, y, cover)
		}
	}
}

// quadrants of ▖ to ▟, as bits: upper left 1, upper right 2, lower left 4, lower right 8.
var quadrants = [10]int{4, 8, 1, 1 | 4 | 8, 1 | 8, 1 | 2 | 4, 1 | 2 | 8, 2, 2 | 4, 2 | 4 | 8}

func block(r rune, mark func(x, y, cover int)) {
	const w, h = CellWidth, CellHeight
	switch n := int(r - 0x2580); {
	case n == 0: // ▀
		fill(image.Rect(0, 0, w, h/2), 255, mark)
	case n <= 8: // ▁ to █: eighths from below
		fill(image.Rect(0, h-h*n/8, w, h), 255, mark)
	case n <= 0x0f: // ▉ to ▏: eighths from the left
		fill(image.Rect(0, 0, w*(16-n)/8, h), 255, mark)
	case n == 0x10: // ▐
		fill(image.Rect(w/2, 0, w, h), 255, mark)
	case n <= 0x13: // ░ ▒ ▓
		fill(image.Rect(0, 0, w, h), (n-0x10)*64, mark)
	case n == 0x14: // ▔
		fill(image.Rect(0, 0, w, h/8), 255, mark)
	case n == 0x15: // ▕
		fill(image.Rect(w-w/8, 0, w, h), 255, mark)
	default:
		for i := range 4 {
			if quadrants[n-0x16]>>i&1 == 1 {
				corner := image.Pt(i%2*w/2, i/2*h/2)
				fill(image.Rect(0, 0, w/2, h/2).Add(corner), 255, mark)
			}
		}
	}
}

// arms of the lines, up, right, down, left: 0 is none, 1 light, 2 heavy.
var arms = map[rune][4]int{
	'─': {0, 1, 0, 1}, '│': {1, 0, 1, 0}, '━': {0, 2, 0, 2}, '┃': {2, 0, 2, 0},
	'┌': {0, 1, 1, 0}, '┐': {0, 0, 1, 1}, '└': {1, 1, 0, 0}, '┘': {1, 0, 0, 1},
	'┏': {0, 2, 2, 0}, '┓': {0, 0, 2, 2}, '┗': {2, 2, 0, 0}, '┛': {2, 0, 0, 2},
	'├': {1, 1, 1, 0}, '┤': {1, 0, 1, 1}, '┬': {0, 1, 1, 1}, '┴': {1, 1, 0, 1}, '┼': {1, 1, 1, 1},
	'┣': {2, 2, 2, 0}, '┫': {2, 0, 2, 2}, '┳': {0, 2, 2, 2}, '┻': {2, 2, 0, 2}, '╋': {2, 2, 2, 2},
	'╴': {0, 0, 0, 1}, '╵': {1, 0, 0, 0}, '╶': {0, 1, 0, 0}, '╷': {0, 0, 1, 0},
}

// thin is half the width of a light line.
const thin = 1

func lines(arm [4]int, mark func(x, y, cover int)) {
	const w, h = CellWidth, CellHeight
	middle := image.Pt(w/2, h/2)
	for side, weight := range arm {
		if weight == 0 {
			continue
		}
		half := weight * thin
		area := image.Rectangle{middle, middle}.Inset(-half)
		switch side {
		case 0:
			area.Min.Y = 0
		case 1:
			area.Max.X = w
		case 2:
			area.Max.Y = h
		case 3:
			area.Min.X = 0
		}
		fill(area, 255, mark)
	}
}

// rounded corners: where the arc's centre lies, right or left (1, -1) and
// below or above (1, -1) the middle.
var rounded = map[rune][2]int{'╭': {1, 1}, '╮': {-1, 1}, '╯': {-1, -1}, '╰': {1, -1}}

func arc(towards [2]int, mark func(x, y, cover int)) {
	const radius = float64(CellWidth) / 2
	cx, cy := float64(CellWidth)/2+radius*float64(towards[0]), float64(CellHeight)/2+radius*float64(towards[1])
	for y := range CellHeight {
		for x := range CellWidth {
			dx, dy := (float64(x)+0.5-cx)*float64(towards[0]), (float64(y)+0.5-cy)*float64(towards[1])
			distance := math.Abs(float64(x) + 0.5 - float64(CellWidth)/2) // on the straight part
			switch {
			case dy < 0 && dx < 0:
				distance = math.Abs(math.Hypot(dx, dy) - radius)
			case dy < 0:
				continue
			}
			if cover := math.Min(1, thin+0.5-distance); cover > 0 {
				mark(x, y, int(cover*255))
			}
		}
	}
}

// braille dots in the order of their bits: column, row.
var dots = [8]image.Point{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}

func braille(bits rune, mark func(x, y, cover int)) {
	const radius = float64(CellWidth) / 8
	for i, dot := range dots {
		if bits>>i&1 == 0 {
			continue
		}
		cx, cy := float64(CellWidth)*(0.28+0.44*float64(dot.X)), float64(CellHeight)*(0.2+0.2*float64(dot.Y))
		for y := range CellHeight {
			for x := range CellWidth {
				distance := math.Hypot(float64(x)+0.5-cx, float64(y)+0.5-cy)
				if cover := math.Min(1, radius+0.5-distance); cover > 0 {
					mark(x, y, int(cover*255))
				}
			}
		}
	}
}
