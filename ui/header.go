package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
)

// Header is the one line at the top.
type Header struct {
	Shop, Counter, Operator string
	Lights                  []Light // one per provider
	Badges                  []Badge // what is open, what is not known
	Test                    string  // "TEST" or "DEMO"; empty when live
	Warning                 string  // takes the place of the rest where room is short
	// Zone is where the clock goes; nil is the machine's.
	Zone *time.Location
}

// Light says how a provider is doing: its glyph is filled or hollow, its colour
// the tone's.
type Light struct {
	Name string
	Tone Tone
	On   bool
}

// Badge is a count in the header, such as "1 open".
type Badge struct {
	Glyph Glyph
	Text  string
	Tone  Tone
}

// headerLine draws the header in the richest form that has room. The clock, the test
// mark and the counts are in every form; names go first.
func (a *App) headerLine(width int) string {
	t, h := a.theme, a.header
	clock := a.clock
	if h.Zone != nil {
		clock = clock.In(h.Zone)
	}
	right := a.testMark() + clock.Format("15:04") + " "
	who, warning := h.who(t), ""
	if h.Warning != "" {
		warning = t.Mark(GlyphRefused, Bad, h.Warning)
	}
	badges := h.badges(t)
	forms := [][]string{
		{who, h.lights(t, true), badges, warning},
		{who, h.lights(t, false), badges, warning},
		{who, badges, warning},
		{t.Join(h.Counter, h.Operator), badges, warning},
		{badges, warning},
		{warning},
	}
	room := width - lipgloss.Width(right) - 2
	left := ""
	for _, form := range forms {
		if left = join(form, "   "); lipgloss.Width(left) <= room {
			break
		}
	}
	if left == "" {
		left = who
	}
	return Pad(" "+t.Cut(left, room), width-lipgloss.Width(right)) + right
}

// testMark says that no money moves here, and is empty where it does.
func (a *App) testMark() string {
	if a.header.Test == "" {
		return ""
	}
	return a.theme.Selected(" "+a.header.Test+" ") + "  "
}

// who names the shop, the counter and who is signed in.
func (h Header) who(t Theme) string {
	var parts []string
	for _, p := range []string{h.Shop, h.Counter, h.Operator} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, " "+t.Glyph(GlyphDot)+" ")
}

// lights draws a sign for each provider, with its name if there is room.
func (h Header) lights(t Theme, named bool) string {
	parts := make([]string, len(h.Lights))
	for i, l := range h.Lights {
		sign := t.Glyph(GlyphLightOff)
		if l.On {
			sign = t.Glyph(GlyphLightOn)
		}
		parts[i] = t.Paint(l.Tone, sign)
		if named || t.Plain() {
			parts[i] = t.Paint(l.Tone, sign) + " " + l.Name
		}
	}
	if named {
		return strings.Join(parts, "  ")
	}
	return strings.Join(parts, " ")
}

// badges draws the counts.
func (h Header) badges(t Theme) string {
	parts := make([]string, len(h.Badges))
	for i, b := range h.Badges {
		parts[i] = t.Mark(b.Glyph, b.Tone, b.Text)
	}
	return strings.Join(parts, "   ")
}

// join puts the parts that are there beside one another.
func join(parts []string, between string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, between)
}
