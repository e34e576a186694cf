package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
)

// Field is one line of text that a person types. The screen passes it TextMsg,
// EditMsg and RetractMsg.
type Field struct {
	Label   string
	Hint    string // beneath, dimmed, while there is no Error
	Error   string // beneath, as an error; typing clears it
	Masked  bool   // a PIN or a secret
	Max     int    // characters; 0 is no limit
	Allowed func(r rune) bool
	Blurred bool // has not the focus: no cursor

	text   []rune
	cursor int
	loose  loose
}

// Value is the text.
func (f *Field) Value() string {
	text, _ := f.state()
	return string(text)
}

// Set replaces the text; the cursor goes to its end.
func (f *Field) Set(text string) {
	f.loose.release()
	f.text, f.cursor = nil, 0
	f.text, f.cursor = f.inserted(f.text, 0, []rune(text))
}

// Update takes a message and reports whether it was one for a field.
func (f *Field) Update(msg tea.Msg) bool {
	if settle, mine := f.loose.take(msg); mine {
		f.text, f.cursor = f.inserted(f.text, f.cursor, settle)
		f.Error = ""
		return true
	}
	edit, ok := msg.(EditMsg)
	if !ok {
		return false
	}
	f.text, f.cursor = f.state()
	f.loose.release()
	f.edit(edit.Op)
	return true
}

// state is the text and the cursor with what is loose put in.
func (f *Field) state() ([]rune, int) { return f.inserted(f.text, f.cursor, f.loose.typed) }

// inserted is a text with what was typed at the cursor, as far as it is allowed and
// has room.
func (f *Field) inserted(text []rune, at int, typed []rune) ([]rune, int) {
	out := append([]rune(nil), text...)
	for _, r := range typed {
		if f.Allowed != nil && !f.Allowed(r) || f.Max > 0 && len(out) >= f.Max {
			continue
		}
		out = append(out[:at], append([]rune{r}, out[at:]...)...)
		at++
	}
	return out, at
}

func (f *Field) edit(op EditOp) {
	switch op {
	case EditBackspace:
		if f.cursor > 0 {
			f.text = append(f.text[:f.cursor-1], f.text[f.cursor:]...)
			f.cursor--
		}
		f.Error = ""
	case EditDelete:
		if f.cursor < len(f.text) {
			f.text = append(f.text[:f.cursor], f.text[f.cursor+1:]...)
		}
		f.Error = ""
	case EditLeft:
		f.cursor = max(f.cursor-1, 0)
	case EditRight:
		f.cursor = min(f.cursor+1, len(f.text))
	case EditHome:
		f.cursor = 0
	case EditEnd:
		f.cursor = len(f.text)
	case EditClear:
		f.text, f.cursor, f.Error = nil, 0, ""
	}
}

// View draws label and text on one line and hint or error on the next, each width
// cells. The label takes labelWidth cells, so that fields align.
func (f *Field) View(t Theme, width, labelWidth int) string {
	room := max(width-labelWidth-2, 1)
	if labelWidth <= 0 {
		room = width
	}
	line := f.Line(t, room)
	if labelWidth > 0 {
		line = t.Paint(Muted, Pad(t.Cut(f.Label, labelWidth), labelWidth)) + "  " + line
	}
	below := t.Paint(Muted, f.Hint)
	if f.Error != "" {
		below = t.Mark(GlyphRefused, Bad, f.Error)
	}
	if labelWidth > 0 {
		below = strings.Repeat(" ", labelWidth+2) + below
	}
	return Fit(line+"\n"+below, width, 2, t.Glyph(GlyphEllipsis))
}

// Line is the text with its cursor in width cells; a long text shows the part where
// the cursor is.
func (f *Field) Line(t Theme, width int) string {
	text, cursor := f.state()
	if f.Masked {
		text = []rune(strings.Repeat(t.Glyph(GlyphMask), len(text)))
	}
	sign := t.Glyph(GlyphCursor)
	if f.Blurred {
		sign = ""
	}
	before, after := string(text[:cursor]), string(text[cursor:])
	for lipgloss.Width(before)+lipgloss.Width(sign) > width && before != "" {
		before = string([]rune(before)[1:])
	}
	return Pad(Cut(before+t.Paint(Accent, sign)+after, width, ""), width)
}

// Digits allows 0 to 9.
func Digits(r rune) bool { return r >= '0' && r <= '9' }
