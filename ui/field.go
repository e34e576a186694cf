package ui

import (
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
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

	text   string
	cursor int // in characters
	loose  loose
}

// Value is the text.
func (f *Field) Value() string { return f.line().Value() }

// Set replaces the text; the cursor goes to its end.
func (f *Field) Set(text string) {
	f.loose.release()
	f.text, f.cursor = "", 0
	f.settle(f.typedInto(f.input(), []rune(text)))
}

// Update takes a message and reports whether it was one for a field.
func (f *Field) Update(msg tea.Msg) bool {
	if settle, mine := f.loose.take(msg); mine {
		f.settle(f.typedInto(f.input(), settle))
		f.Error = ""
		return true
	}
	edit, ok := msg.(EditMsg)
	if !ok {
		return false
	}
	line := f.line()
	f.loose.release()
	if edit.Op == EditClear {
		line.Reset()
	} else {
		line, _ = line.Update(lineKeys[edit.Op])
	}
	f.settle(line)
	if edit.Op == EditBackspace || edit.Op == EditDelete || edit.Op == EditClear {
		f.Error = ""
	}
	return true
}

// lineKeys are the keys that the line editor knows the operations by.
var lineKeys = map[EditOp]tea.KeyMsg{
	EditBackspace: {Type: tea.KeyBackspace},
	EditDelete:    {Type: tea.KeyDelete},
	EditLeft:      {Type: tea.KeyLeft},
	EditRight:     {Type: tea.KeyRight},
	EditHome:      {Type: tea.KeyHome},
	EditEnd:       {Type: tea.KeyEnd},
}

// input is the line editor with the settled text in it. It is made anew each
// time: copies of one would share the text, and change it behind each other.
func (f *Field) input() textinput.Model {
	line := textinput.New()
	line.CharLimit = f.Max
	line.Focus()
	line.SetValue(f.text)
	line.SetCursor(f.cursor)
	return line
}

// line is the editor with what is loose typed into it.
func (f *Field) line() textinput.Model { return f.typedInto(f.input(), f.loose.typed) }

// typedInto types at the cursor, as far as it is allowed and has room.
func (f *Field) typedInto(line textinput.Model, typed []rune) textinput.Model {
	var allowed []rune
	for _, r := range typed {
		if f.Allowed == nil || f.Allowed(r) {
			allowed = append(allowed, r)
		}
	}
	if len(allowed) > 0 {
		line, _ = line.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: allowed})
	}
	return line
}

func (f *Field) settle(line textinput.Model) { f.text, f.cursor = line.Value(), line.Position() }

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
// the cursor is. It is drawn here and not by the editor, whose styles belong to a
// renderer of its own.
func (f *Field) Line(t Theme, width int) string {
	typed := f.line()
	text, cursor := []rune(typed.Value()), typed.Position()
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
