package lock

import (
	"fmt"
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws whose PIN is asked for and how much is going on, never what.
func (l *Lock) View(c ui.Canvas) string {
	t := c.Theme
	name := t.Cut(desk.Drawable(t, l.session.Name), 24)
	who := name + ": type your PIN"
	line := l.pin.Line(t, longest+1)
	going := wrapped(c, ui.Muted, l.going())
	if t.Plain() {
		return c.Fit(desk.Stack(c, "Locked. "+who, "PIN: "+line, l.below(c), going))
	}
	body := desk.Stack(c, ui.Centre(t.Strong(ui.Accent, who), c.Width), ui.Centre(t.Paint(ui.Muted, "PIN  ")+line, c.Width), l.below(c), going)
	head := ui.Heading(t, ui.Wait, "Locked", c.Width, min(c.Height-ui.Lines(body)-3, ui.BigHeight))
	return c.Fit(ui.Middle(desk.Stack(c, head, body), c.Height))
}

// below is what stands beneath the PIN.
func (l *Lock) below(c ui.Canvas) string {
	switch {
	case l.busy:
		return wrapped(c, ui.Wait, "one moment")
	case l.pin.Error != "":
		text := wrapped(c, ui.Bad, strings.TrimSpace(c.Theme.Glyph(ui.GlyphRefused)+" "+l.pin.Error))
		if l.hint != "" {
			text += "\n" + wrapped(c, ui.Muted, l.hint)
		}
		return text
	}
	return wrapped(c, ui.Muted, "Enter unlocks; what was on the screen is still there")
}

// going counts what is going on at the counter.
func (l *Lock) going() string {
	var parts []string
	if l.status.Open > 0 {
		parts = append(parts, fmt.Sprintf("%d open", l.status.Open))
	}
	if l.status.Unknown > 0 {
		parts = append(parts, fmt.Sprintf("%d not known", l.status.Unknown))
	}
	switch {
	case !l.known:
		return ""
	case len(parts) == 0:
		return "Everything at this counter is settled."
	}
	return "At this counter " + strings.Join(parts, ", ") + ": payments go on."
}

// wrapped is a sentence in the middle, as many lines as it needs.
func wrapped(c ui.Canvas, tone ui.Tone, text string) string {
	lines := ui.Wrap(desk.Drawable(c.Theme, text), max(c.Width-4, 8))
	for i, line := range lines {
		lines[i] = c.Theme.Paint(tone, line)
		if !c.Theme.Plain() {
			lines[i] = ui.Centre(lines[i], c.Width)
		}
	}
	return strings.Join(lines, "\n")
}
