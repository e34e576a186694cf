package ui

import (
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// PickTheme chooses a theme: the setting if it names one ("auto" and "" do not),
// plain for a dumb terminal, no colour where NO_COLOR asks for it, sixteen colours
// on the Linux console, else light or dark by COLORFGBG. The terminal is not asked:
// its reply would arrive as typing.
func PickTheme(setting string, env func(string) string) ThemeName {
	for _, name := range Themes() {
		if string(name) == setting {
			return name
		}
	}
	switch term := env("TERM"); {
	case term == "dumb":
		return ThemePlain
	case env("NO_COLOR") != "":
		return ThemeNoColour
	case term == "linux" || term == "ansi" || strings.HasPrefix(term, "vt"):
		return ThemeSixteen
	}
	parts := strings.Split(env("COLORFGBG"), ";")
	background, err := strconv.Atoi(parts[len(parts)-1])
	if err == nil && (background == 7 || background > 8) {
		return ThemeLight
	}
	return ThemeDark
}

// NewRenderer makes the one renderer that a program draws with. Colours and
// background are told, so that nothing is ever asked of the terminal.
func NewRenderer(out io.Writer, name ThemeName) *lipgloss.Renderer {
	profile := termenv.ANSI256
	switch name {
	case ThemeSixteen, ThemeNoColour: // without colour bold and reverse remain
		profile = termenv.ANSI
	case ThemePlain:
		profile = termenv.Ascii
	}
	r := lipgloss.NewRenderer(out, termenv.WithProfile(profile))
	r.SetColorProfile(profile)
	r.SetHasDarkBackground(name != ThemeLight)
	return r
}

// palette has a terminal colour for each tone; "" is the terminal's own.
type palette [toneCount]string

var palettes = map[ThemeName]palette{
	ThemeDark:    {Muted: "246", Accent: "75", Good: "78", Bad: "203", Unknown: "214", Wait: "75"},
	ThemeLight:   {Muted: "241", Accent: "25", Good: "28", Bad: "124", Unknown: "130", Wait: "25"},
	ThemeSixteen: {Accent: "6", Good: "2", Bad: "1", Unknown: "3", Wait: "6"},
}

// NewTheme makes a theme from the renderer; an unknown name gives the dark one.
func NewTheme(name ThemeName, r *lipgloss.Renderer) Theme {
	t := Theme{Name: name, glyphs: &unicodeGlyphs}
	switch name {
	case ThemeSixteen:
		t.glyphs = &sixteenGlyphs
	case ThemePlain:
		t.glyphs = &plainGlyphs
	case ThemeLight, ThemeNoColour:
	default:
		t.Name = ThemeDark
	}
	for tone := range toneCount {
		style := r.NewStyle().TabWidth(lipgloss.NoTabConversion)
		if colour := palettes[t.Name][tone]; colour != "" {
			style = style.Foreground(lipgloss.Color(colour))
		}
		t.normal[tone] = style
		t.strong[tone] = style.Bold(true)
	}
	t.selected = r.NewStyle().Reverse(true)
	return t
}
