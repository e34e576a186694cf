package picture

import "image/color"

// Theme is what a terminal shows for the colours that a frame leaves to it.
type Theme struct {
	Foreground, Background color.RGBA
	Edge                   color.RGBA     // the thin line around the window
	Colours                [16]color.RGBA // the terminal's own sixteen
}

// Dark and Light are the two kinds of terminal that pictures are made of.
var (
	Dark = Theme{
		Foreground: rgb(0xd8dee9), Background: rgb(0x14181f), Edge: rgb(0x353c48),
		Colours: sixteen(0x14181f, 0xe5616e, 0x8ccf7e, 0xe5c76b, 0x67b0e8, 0xc47fd5, 0x6cbfbf, 0xb3b9b8,
			0x5c6370, 0xef7e7e, 0x96d988, 0xf4d67a, 0x71baf2, 0xce89df, 0x77cfcf, 0xf2f4f8),
	}
	Light = Theme{
		Foreground: rgb(0x24292f), Background: rgb(0xfbfbf9), Edge: rgb(0xcfd3d8),
		Colours: sixteen(0x24292f, 0xb3261e, 0x1a7f37, 0x8a6100, 0x0757ba, 0x8250df, 0x0f6f75, 0x6e7781,
			0x57606a, 0xcf222e, 0x2da44e, 0xa67300, 0x218bff, 0xa475f9, 0x3192aa, 0xffffff),
	}
)

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 255}
}

func sixteen(hex ...uint32) (all [16]color.RGBA) {
	for i, h := range hex {
		all[i] = rgb(h)
	}
	return all
}

// indexed is a colour of the palette of 256.
func (t Theme) indexed(n int) color.RGBA {
	switch {
	case n < 0 || n > 255:
		return t.Foreground
	case n < 16:
		return t.Colours[n]
	case n >= 232:
		grey := uint8(8 + 10*(n-232))
		return color.RGBA{grey, grey, grey, 255}
	}
	level := func(i int) uint8 { return [6]uint8{0, 95, 135, 175, 215, 255}[i%6] }
	n -= 16
	return color.RGBA{level(n / 36), level(n / 6), level(n), 255}
}

// mix lays share parts of 255 of top over bottom.
func mix(bottom, top color.RGBA, share int) color.RGBA {
	part := func(b, t uint8) uint8 { return uint8((int(b)*(255-share) + int(t)*share + 127) / 255) }
	return color.RGBA{part(bottom.R, top.R), part(bottom.G, top.G), part(bottom.B, top.B), 255}
}
