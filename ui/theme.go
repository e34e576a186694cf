package ui

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/lipgloss"
)

// Tone is what a text means; colour comes on top of glyph and word.
type Tone int

// The tones.
const (
	Normal Tone = iota
	Muted
	Accent
	Good
	Bad
	Unknown
	Wait
	toneCount
)

// ThemeName is one of the five themes.
type ThemeName string

// The themes.
const (
	ThemeDark     ThemeName = "dark"
	ThemeLight    ThemeName = "light"
	ThemeSixteen  ThemeName = "16"
	ThemeNoColour ThemeName = "none"
	ThemePlain    ThemeName = "plain"
)

// Themes lists all names.
func Themes() []ThemeName {
	return []ThemeName{ThemeDark, ThemeLight, ThemeSixteen, ThemeNoColour, ThemePlain}
}

// Theme is how things look: styles by tone and glyphs by meaning, made from one
// renderer. The zero Theme draws without any style.
type Theme struct {
	Name     ThemeName
	normal   [toneCount]lipgloss.Style
	strong   [toneCount]lipgloss.Style
	selected lipgloss.Style
	glyphs   *[glyphCount]string
}

// Plain reports whether the page is for a screen reader: no frames, no rules, one
// thing per line, no big letters.
func (t Theme) Plain() bool { return t.Name == ThemePlain }

// Paint draws a text in a tone.
func (t Theme) Paint(tone Tone, text string) string { return paint(t.normal[tone], text) }

// Strong draws a text in a tone, emphasised.
func (t Theme) Strong(tone Tone, text string) string { return paint(t.strong[tone], text) }

// Selected draws the chosen row or button; a marker glyph stands beside it, so
// that it does not rest on colour alone.
func (t Theme) Selected(text string) string { return paint(t.selected, text) }

// paint styles line by line: lipgloss would pad all lines to the longest.
func paint(style lipgloss.Style, text string) string {
	if !strings.Contains(text, "\n") {
		return style.Render(text)
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = style.Render(line)
	}
	return strings.Join(lines, "\n")
}

// Glyph is the sign for a meaning.
func (t Theme) Glyph(g Glyph) string {
	if g <= NoGlyph || g >= glyphCount {
		return ""
	}
	if t.glyphs == nil {
		return plainGlyphs[g]
	}
	return t.glyphs[g]
}

// Mark is a glyph and a word in one tone: "✓ approved".
func (t Theme) Mark(g Glyph, tone Tone, word string) string {
	if s := t.Glyph(g); s != "" {
		word = s + " " + word
	}
	return t.Paint(tone, word)
}

// Cut shortens one line to width cells with the theme's ellipsis.
func (t Theme) Cut(line string, width int) string { return Cut(line, width, t.Glyph(GlyphEllipsis)) }

// Join puts parts on one line with the theme's dot between them; empty parts are
// left out.
func (t Theme) Join(parts ...string) string {
	return join(parts, "  "+t.Paint(Muted, t.Glyph(GlyphDot))+"  ")
}

// Allows reports whether a character is one that the theme may draw: ASCII, letters
// of names, its own glyphs, the half blocks of a QR code.
func (t Theme) Allows(r rune) bool {
	if r >= ' ' && r <= '~' {
		return true
	}
	if unicode.IsLetter(r) || strings.ContainsRune("▀▄█", r) {
		return true
	}
	for g := range glyphCount {
		if strings.ContainsRune(t.Glyph(g), r) {
			return true
		}
	}
	return false
}
