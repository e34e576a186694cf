package ui

// Glyph is a sign by what it means; each theme has its own drawing of it.
type Glyph int

// The glyphs.
const (
	NoGlyph Glyph = iota
	GlyphApproved
	GlyphDeclined
	GlyphRefused
	GlyphUnknown
	GlyphOpen
	GlyphPartly
	GlyphExpired
	GlyphArrow // invited, handed over
	GlyphCancelled
	GlyphLightOn
	GlyphLightOff
	GlyphCursor
	GlyphMarker // the chosen row
	GlyphEllipsis
	GlyphRule
	GlyphDot // between things on one line
	GlyphMask
	GlyphDown // a list that can be opened
	GlyphUpDown
	GlyphBlock // the stuff of big letters
	GlyphBar   // a column's edge
	GlyphCornerTL
	GlyphCornerTR
	GlyphCornerBL
	GlyphCornerBR
	GlyphEdge
	glyphCount
)

var unicodeGlyphs = [glyphCount]string{
	GlyphApproved: "✓", GlyphDeclined: "✗", GlyphRefused: "!", GlyphUnknown: "?",
	GlyphOpen: "◌", GlyphPartly: "◐", GlyphExpired: "○", GlyphArrow: "➜", GlyphCancelled: "–",
	GlyphLightOn: "●", GlyphLightOff: "○", GlyphCursor: "▏", GlyphMarker: "▸", GlyphEllipsis: "…",
	GlyphRule: "─", GlyphDot: "·", GlyphMask: "•", GlyphDown: "▾", GlyphUpDown: "↑↓", GlyphBlock: "█",
	GlyphBar: "│", GlyphCornerTL: "╭", GlyphCornerTR: "╮", GlyphCornerBL: "╰", GlyphCornerBR: "╯", GlyphEdge: "│",
}

// sixteenGlyphs are in the Linux console's own font, which is code page 437.
var sixteenGlyphs = [glyphCount]string{
	GlyphApproved: "√", GlyphDeclined: "x", GlyphRefused: "!", GlyphUnknown: "?",
	GlyphOpen: "°", GlyphPartly: "±", GlyphExpired: "o", GlyphArrow: "»", GlyphCancelled: "-",
	GlyphLightOn: "■", GlyphLightOff: "°", GlyphCursor: "_", GlyphMarker: ">", GlyphEllipsis: "~",
	GlyphRule: "─", GlyphDot: "·", GlyphMask: "*", GlyphDown: "v", GlyphUpDown: "Up/Dn", GlyphBlock: "█",
	GlyphBar: "│", GlyphCornerTL: "┌", GlyphCornerTR: "┐", GlyphCornerBL: "└", GlyphCornerBR: "┘", GlyphEdge: "│",
}

// plainGlyphs are read aloud: words stand beside them, so most say nothing.
var plainGlyphs = [glyphCount]string{
	GlyphCursor: "_", GlyphMarker: ">", GlyphEllipsis: "...", GlyphRule: "-", GlyphDot: "-",
	GlyphMask: "*", GlyphLightOn: "on", GlyphLightOff: "off", GlyphUpDown: "Up/Down", GlyphBlock: "#",
}
