package desk

import (
	"strings"

	"cashdesk/providers"
	"cashdesk/ui"
)

// Drawable makes a text that came from elsewhere fit for the theme: what its
// font may not have is replaced. It is for text without colours.
func Drawable(t ui.Theme, text string) string {
	return strings.Map(func(r rune) rune {
		if t.Allows(r) {
			return r
		}
		return -1
	}, strings.NewReplacer(
		"•", t.Glyph(ui.GlyphMask), "…", t.Glyph(ui.GlyphEllipsis), "·", t.Glyph(ui.GlyphDot),
		"’", "'", "‘", "'", "“", `"`, "”", `"`, "–", "-", "—", "-",
	).Replace(text))
}

// Unread stands where something is still being read, or says why it could not be.
func Unread(c ui.Canvas, err error) string {
	if err != nil {
		return c.Fit(ui.Middle(Trouble(c, err), c.Height))
	}
	text := c.Theme.Paint(ui.Wait, "one moment")
	if !c.Theme.Plain() {
		text = ui.Centre(text, c.Width)
	}
	return c.Fit(ui.Middle(text, c.Height))
}

// NothingLeft stands where a list of things to do is empty, or could not be read.
func NothingLeft(c ui.Canvas, text string, err error) string {
	text = c.Theme.Mark(ui.GlyphApproved, ui.Good, text)
	if err != nil {
		text = Trouble(c, err)
	} else if !c.Theme.Plain() {
		text = ui.Centre(text, c.Width)
	}
	return c.Fit(ui.Middle(text, c.Height))
}

// Dim is a text of less weight; of nothing it is nothing, so that it can be
// left out between others.
func Dim(t ui.Theme, text string) string {
	if text == "" {
		return ""
	}
	return t.Paint(ui.Muted, text)
}

// Input draws a field in the middle, its hint or error beneath it and, aligned
// with both, what to do about the error.
func Input(c ui.Canvas, f *ui.Field, label int, hint string) string {
	width := max(min(c.Width-2, 72), 1)
	block := f.View(c.Theme, width, label)
	if hint != "" {
		for _, line := range ui.Wrap(Drawable(c.Theme, hint), max(width-label-4, 8)) {
			block += "\n" + strings.Repeat(" ", label+4) + c.Theme.Paint(ui.Muted, line)
		}
	}
	if c.Theme.Plain() {
		return block
	}
	return ui.Centre(block, c.Width)
}

// Stack puts blocks beneath one another with a blank line between; empty ones
// are left out, and the blank lines where height is short.
func Stack(c ui.Canvas, blocks ...string) string {
	var kept []string
	for _, block := range blocks {
		if block != "" {
			kept = append(kept, block)
		}
	}
	text := strings.Join(kept, "\n\n")
	if ui.Lines(text) > c.Height || c.Theme.Plain() {
		text = strings.Join(kept, "\n")
	}
	return text
}

// Say is what stands in a payment's words, as two sections.
func Say(c ui.Canvas, w providers.Words) string {
	width := min(c.Width, 96)
	customer, next := Drawable(c.Theme, w.Customer), Drawable(c.Theme, w.Next)
	return Stack(c, section(c.Theme, "Tell the customer", customer, width), section(c.Theme, "Now", next, width))
}

func section(t ui.Theme, title, text string, width int) string {
	if text == "" {
		return ""
	}
	return ui.Section(t, title, text, width)
}

// Trouble is an error as a screen shows it: the sentence with a glyph, then
// what to do. Without an error it is nothing.
func Trouble(c ui.Canvas, err error) string {
	if err == nil {
		return ""
	}
	text, hint := Sentence(err)
	width := max(min(c.Width-6, 90), 8)
	var lines []string
	for i, line := range ui.Wrap(Drawable(c.Theme, text), width) {
		if i == 0 {
			line = c.Theme.Mark(ui.GlyphRefused, ui.Bad, line)
		} else {
			line = "  " + c.Theme.Paint(ui.Bad, line)
		}
		lines = append(lines, "   "+line)
	}
	if hint != "" {
		lines = append(lines, Hint(c, hint))
	}
	return strings.Join(lines, "\n")
}

// Hint says what to do about an error, dimmed and wrapped.
func Hint(c ui.Canvas, hint string) string {
	lines := ui.Wrap(Drawable(c.Theme, hint), max(min(c.Width-6, 90), 8))
	for i, line := range lines {
		lines[i] = "     " + c.Theme.Paint(ui.Muted, line)
	}
	return strings.Join(lines, "\n")
}

// Facts is the line that says which payment this is: amount, provider and the
// provider's own number, of which a long one is shortened.
func Facts(t ui.Theme, a providers.Attempt) string {
	number := ""
	if a.ProviderRef != "" {
		number = PurchaseWord(a.Provider) + " " + Drawable(t, ShortNumber(a))
	} else if a.Personal.PreApproval != "" {
		number = "code " + Drawable(t, a.Personal.PreApproval)
	} else if a.Personal.Mobile != "" {
		number = "mobile " + Drawable(t, a.Personal.Mobile)
	}
	who := a.Provider.Title()
	if part, rest := a.Financed(); rest.Minor > 0 {
		who += " pays " + part.Figure()
	}
	return t.Join(t.Strong(ui.Normal, a.Sum()), who, number)
}

// Parts says who pays what of a sale that is not financed whole, or nothing.
func Parts(a providers.Attempt) string {
	part, rest := a.Financed()
	if rest.Minor == 0 {
		return ""
	}
	return "Oxipay pays " + part.Figure() + ", the customer pays " + rest.String() + " in another way"
}
