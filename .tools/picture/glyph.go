package picture

import (
	"fmt"
	"image"
	"image/color"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansmonobold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// fontSize makes the font's advance, 0.602 of it, exactly one cell.
const fontSize = CellWidth / 0.602

// typeface is one weight, with what it falls back on for rarer signs.
type typeface struct{ faces []font.Face }

func newTypeface(fonts ...[]byte) (typeface, error) {
	var t typeface
	for _, data := range fonts {
		parsed, err := opentype.Parse(data)
		if err != nil {
			return t, err
		}
		face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: fontSize, DPI: 72})
		if err != nil {
			return t, err
		}
		t.faces = append(t.faces, face)
	}
	return t, nil
}

func typefaces() (regular, bold typeface, err error) {
	if regular, err = newTypeface(dejavusansmono.TTF, dejavusans.TTF); err != nil {
		return
	}
	bold, err = newTypeface(dejavusansmonobold.TTF, dejavusansmono.TTF, dejavusans.TTF)
	return
}

// baseline puts the letters so that ascent and descent leave the same air.
const baseline = CellHeight*25/32 - 1

// glyph draws a rune of the fonts into a cell; one that no font has is an error.
func (t typeface) glyph(r rune, mark func(x, y, cover int)) error {
	for _, face := range t.faces {
		bounds, advance, ok := face.GlyphBounds(r)
		if !ok || bounds.Empty() && r != ' ' && r != 0xa0 {
			continue
		}
		// A sign of the fallback may be wider than a cell: it stands centred.
		left := (fixed.I(CellWidth) - advance) / 2
		area, mask, at, _, ok := face.Glyph(fixed.Point26_6{X: left, Y: fixed.I(baseline)}, r)
		if !ok {
			continue
		}
		area = area.Intersect(image.Rect(-CellWidth, 0, 2*CellWidth, CellHeight))
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				alpha := color.AlphaModel.Convert(mask.At(at.X+x-area.Min.X, at.Y+y-area.Min.Y)).(color.Alpha).A
				if x >= 0 && x < CellWidth && alpha > 0 {
					mark(x, y, int(alpha))
				}
			}
		}
		return nil
	}
	return fmt.Errorf("no font has %q (%U)", r, r)
}
