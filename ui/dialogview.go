package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
)

// actions are what can be pressed while the dialog is open.
func (q *question) actions() []Action {
	yes := Action{ID: "yes", Keys: []string{"enter"}, Label: orWord(q.Yes, "Yes")}
	no := Action{ID: "no", Keys: []string{"esc"}, Label: orWord(q.No, "No")}
	switch {
	case len(q.Choices) > 0:
		return []Action{{ID: "move", Keys: []string{"up", "down"}, Label: "move"}, yes, no}
	case q.Field != nil:
		return []Action{yes, no}
	}
	chosen := orWord(q.No, "No")
	if q.yes {
		chosen = orWord(q.Yes, "Yes")
	}
	return []Action{
		{ID: "choose", Keys: []string{"enter"}, Label: chosen},
		{ID: "other", Keys: []string{"tab"}, Label: "the other answer"},
		no,
	}
}

// view draws the dialog's box, at most width by height.
func (q *question) view(t Theme, width, height int, now time.Time) string {
	inner := min(max(width-8, 20), 60)
	var lines []string
	for _, text := range q.Lines {
		lines = append(lines, Wrap(text, inner)...)
	}
	if q.Field != nil {
		lines = append(lines, "", t.Paint(Muted, q.field.Label), q.field.Line(t, inner))
	}
	for i, choice := range q.Choices {
		lines = append(lines, q.choice(t, i, t.Cut(choice, inner-4)))
	}
	if room := height - 6; len(lines) > room && room > 0 { // the question is at the end
		lines = lines[len(lines)-room:]
	}
	lines = append(append([]string{t.Strong(Accent, t.Cut(q.Title, inner)), ""}, lines...), "", q.buttons(t, now))
	for i, line := range lines {
		lines[i] = Pad(t.Cut(line, inner), inner)
	}
	if t.Plain() {
		return strings.Join(lines, "\n")
	}
	return box(t, lines, inner)
}

// choice draws one that can be chosen; the chosen one has the marker.
func (q *question) choice(t Theme, i int, text string) string {
	mark := t.Glyph(GlyphMarker) + " "
	if i == q.at {
		return mark + t.Selected(text)
	}
	return strings.Repeat(" ", lipgloss.Width(mark)) + text
}

// buttons draws what can be answered; the chosen one has the marker.
func (q *question) buttons(t Theme, now time.Time) string {
	no, yes := orWord(q.No, "No"), orWord(q.Yes, "Yes")
	if q.guard.shut(now) {
		return t.Paint(Muted, "keys work again when typing has stopped")
	}
	if q.Field != nil || len(q.Choices) > 0 {
		return "Enter " + t.Strong(Accent, yes) + "    Esc " + no
	}
	mark := t.Glyph(GlyphMarker) + " "
	blank := strings.Repeat(" ", lipgloss.Width(mark))
	tone := Accent
	if q.Danger {
		tone = Bad
	}
	if q.yes {
		return blank + no + "    " + mark + t.Selected(t.Strong(tone, yes))
	}
	return mark + t.Selected(no) + "    " + blank + t.Paint(tone, yes)
}

func orWord(word, other string) string {
	if word == "" {
		return other
	}
	return word
}

// box draws a frame around lines of one width.
func box(t Theme, lines []string, inner int) string {
	edge := t.Paint(Accent, t.Glyph(GlyphEdge))
	rule := strings.Repeat(t.Glyph(GlyphRule), inner+4)
	out := []string{t.Paint(Accent, t.Glyph(GlyphCornerTL)+rule+t.Glyph(GlyphCornerTR))}
	for _, line := range lines {
		out = append(out, edge+"  "+line+"  "+edge)
	}
	return strings.Join(append(out, t.Paint(Accent, t.Glyph(GlyphCornerBL)+rule+t.Glyph(GlyphCornerBR))), "\n")
}
