package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
)

// The size of a cell in pixels. Twice as high as wide makes the half blocks
// of a QR exact squares; zbar refuses those that are a tenth off.
const (
	CellWidth  = 16
	CellHeight = 2 * CellWidth
	margin     = CellWidth // around the grid
	corner     = 14        // radius of the window's corners
)

// levels is how many steps a letter's smooth edge has: few, so that a picture
// fits in a palette and stays small.
const levels = 6

// Artist draws grids; make one with New and use it for all.
type Artist struct {
	regular, bold typeface
}

// New loads the fonts.
func New() (*Artist, error) {
	regular, bold, err := typefaces()
	if err != nil {
		return nil, fmt.Errorf("load the fonts: %w", err)
	}
	return &Artist{regular, bold}, nil
}

// PNG draws a grid as the window of a terminal. Runes that no font has are an
// error, not an empty box.
func (a *Artist) PNG(grid Grid, theme Theme) ([]byte, error) {
	if len(grid) == 0 || len(grid[0]) == 0 {
		return nil, errors.New("the frame is empty")
	}
	canvas := newCanvas(len(grid[0]), len(grid), commonBackground(grid), theme.Edge)
	var missing []error
	for y, row := range grid {
		for x, c := range row {
			if err := a.cell(canvas, image.Pt(margin+x*CellWidth, margin+y*CellHeight), c); err != nil {
				missing = append(missing, fmt.Errorf("row %d, column %d: %w", y+1, x+1, err))
			}
		}
	}
	if err := errors.Join(missing...); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, canvas.picture()); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (a *Artist) cell(to *canvas, at image.Point, c Cell) error {
	fg, bg := c.colours()
	fill(image.Rect(0, 0, CellWidth, CellHeight).Add(at), 255, func(x, y, _ int) { to.set(x, y, bg) })
	mark := func(x, y, cover int) {
		step := (cover*levels + 127) / 255
		to.set(at.X+x, at.Y+y, mix(bg, fg, step*255/levels))
	}
	if c.Underline {
		fill(image.Rect(0, baseline+3, CellWidth, baseline+5), 255, mark)
	}
	if c.Rune == ' ' || c.Rune == 0xa0 || shape(c.Rune, mark) {
		return nil
	}
	if c.Bold {
		return a.bold.glyph(c.Rune, mark)
	}
	return a.regular.glyph(c.Rune, mark)
}

// commonBackground is the colour of most cells: the window's margin takes it.
func commonBackground(grid Grid) color.RGBA {
	count := map[color.RGBA]int{}
	var most color.RGBA
	for _, row := range grid {
		for _, c := range row {
			_, bg := c.colours()
			if count[bg]++; count[bg] > count[most] {
				most = bg
			}
		}
	}
	return most
}

// canvas is a picture whose colours become a palette when there are few enough.
type canvas struct{ *image.RGBA }

func newCanvas(cols, rows int, background, edge color.RGBA) *canvas {
	bounds := image.Rect(0, 0, cols*CellWidth+2*margin, rows*CellHeight+2*margin)
	c := &canvas{image.NewRGBA(bounds)}
	for y := range bounds.Max.Y {
		for x := range bounds.Max.X {
			// How far the pixel lies inside the window with round corners.
			dx := math.Max(0, math.Max(corner-float64(x)-0.5, float64(x)+0.5-float64(bounds.Max.X-corner)))
			dy := math.Max(0, math.Max(corner-float64(y)-0.5, float64(y)+0.5-float64(bounds.Max.Y-corner)))
			inside := corner - math.Hypot(dx, dy)
			if dx == 0 || dy == 0 {
				inside = corner - math.Max(dx, dy)
			}
			switch {
			case inside > 2:
				c.set(x, y, background)
			case inside > 0:
				c.set(x, y, edge)
			}
		}
	}
	return c
}

func (c *canvas) set(x, y int, to color.RGBA) { c.SetRGBA(x, y, to) }

func (c *canvas) picture() image.Image {
	index := map[color.RGBA]uint8{}
	var palette color.Palette
	small := image.NewPaletted(c.Bounds(), nil)
	for y := range c.Bounds().Max.Y {
		for x := range c.Bounds().Max.X {
			at := c.RGBAAt(x, y)
			n, known := index[at]
			if !known {
				if len(palette) == 256 {
					return c.RGBA
				}
				n = uint8(len(palette))
				index[at] = n
				palette = append(palette, at)
			}
			small.Pix[small.PixOffset(x, y)] = n
		}
	}
	small.Palette = palette
	return small
}
