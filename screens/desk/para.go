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

// Para is a heading with a text beneath it, as screens speak to people:
//
//	Tell the customer
//	  Paid. Your first debit is on 5 December.
//
// Without a text it is nothing.
func Para(c ui.Canvas, heading, text string) []string {
	if text == "" {
		return nil
	}
	lines := []string{c.Theme.Paint(ui.Muted, "   "+heading)}
	for _, line := range ui.Wrap(Drawable(c.Theme, text), max(min(c.Width-7, 90), 8)) {
		lines = append(lines, "     "+line)
	}
	return lines
}

// Trouble is an error as a screen shows it: the sentence with a glyph, then
// what to do.
func Trouble(c ui.Canvas, err error) []string {
	if err == nil {
		return nil
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
	for _, line := range ui.Wrap(Drawable(c.Theme, hint), width) {
		if hint != "" {
			lines = append(lines, "     "+c.Theme.Paint(ui.Muted, line))
		}
	}
	return lines
}

// Facts is the line that says which payment this is: amount, provider and the
// provider's own number.
func Facts(t ui.Theme, a providers.Attempt) string {
	number := ""
	if a.ProviderRef != "" {
		number = PurchaseWord(a.Provider) + " " + Drawable(t, a.ProviderRef)
	} else if a.Personal.PreApproval != "" {
		number = "code " + Drawable(t, a.Personal.PreApproval)
	} else if a.Personal.Mobile != "" {
		number = "mobile " + Drawable(t, a.Personal.Mobile)
	}
	return t.Join(t.Strong(ui.Normal, a.Amount.String()), a.Provider.Title(), number)
}
