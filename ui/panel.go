package ui

import (
	"fmt"
	"strings"
	"time"
)

// Section is a titled text, wrapped and indented: "Tell the customer", "Now".
func Section(t Theme, title, text string, width int) string {
	const indent = 3
	if t.Plain() {
		return strings.Join(Wrap(title+": "+strings.ReplaceAll(text, "\n", " "), width), "\n")
	}
	lines := []string{strings.Repeat(" ", indent) + t.Paint(Accent, t.Cut(title, width-indent))}
	for _, line := range Wrap(text, width-indent-2) {
		lines = append(lines, strings.Repeat(" ", indent+2)+line)
	}
	return strings.Join(lines, "\n")
}

// Step is one line of a timeline.
type Step struct {
	Time  string
	Text  string
	Tone  Tone
	Glyph Glyph
}

// Timeline draws steps in the order given, each on one line; where height is short
// the newest stay.
func Timeline(t Theme, steps []Step, width, height int) string {
	if height <= 0 {
		return ""
	}
	if len(steps) > height {
		steps = steps[len(steps)-height:]
	}
	lines := make([]string, len(steps))
	for i, s := range steps {
		lines[i] = t.Cut("   "+t.Paint(Muted, s.Time)+"  "+t.Mark(s.Glyph, s.Tone, s.Text), width)
	}
	return strings.Join(lines, "\n")
}

// Middle puts blank lines above a block, so that it stands a little above the middle
// of height rows, where the eye looks for it.
func Middle(block string, height int) string {
	return strings.Repeat("\n", max((height-Lines(block))*2/5, 0)) + block
}

// SecondColumn is the width from which a second column is shown.
const SecondColumn = 100

// Wide reports whether there is a second column.
func (c Canvas) Wide() bool { return c.Width >= SecondColumn && !c.Theme.Plain() }

// Columns draws the main thing and, from SecondColumn on, a second one at its right.
// side may be nil.
func Columns(c Canvas, main, side func(Canvas) string) string {
	if side == nil || !c.Wide() {
		return c.Fit(main(c))
	}
	left := max(c.Width-44, 66)
	right := c.Width - left - 2
	a := strings.Split(c.Sub(left, c.Height).Fit(main(c.Sub(left-1, c.Height))), "\n")
	b := strings.Split(c.Sub(right, c.Height).Fit(side(c.Sub(right, c.Height))), "\n")
	// The main thing keeps a column away from the bar.
	bar := c.Theme.Paint(Muted, c.Theme.Glyph(GlyphBar)) + " "
	for i := range a {
		a[i] += bar + b[i]
	}
	return strings.Join(a, "\n")
}

// Elapsed is how long something has taken: "12 s", "2 min 05 s", "1 h 03 min".
func Elapsed(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	switch {
	case s < 60:
		return fmt.Sprintf("%d s", s)
	case s < 3600:
		return fmt.Sprintf("%d min %02d s", s/60, s%60)
	}
	return fmt.Sprintf("%d h %02d min", s/3600, s/60%60)
}

// Countdown is what is left of a time: whole minutes while there is plenty, then
// seconds. It never goes below zero, since time alone decides nothing.
func Countdown(left time.Duration) string {
	switch left = max(left, 0); {
	case left >= time.Hour:
		return Elapsed(left)
	case left >= 5*time.Minute:
		return fmt.Sprintf("%d min", int(left/time.Minute))
	}
	return Elapsed(left)
}
