package code

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount, large, and the field.
func (s *Code) View(c ui.Canvas) string {
	t := c.Theme
	field := desk.Input(c, &s.field, 6, s.hint)
	facts := t.Join("Oxipay", s.draft.Amount.Currency.Code)
	head := ui.Heading(t, ui.Normal, s.draft.Amount.Figure(), c.Width, c.Height-9) + "\n"
	if c.Height > 16 {
		head += "\n"
	}
	head += ui.Centre(t.Paint(ui.Muted, facts), c.Width)
	if t.Plain() {
		head = "Amount: " + s.draft.Amount.String() + ", Oxipay"
	}
	retry := ""
	if s.draft.Sale != "" {
		text := "The same sale again: the customer makes a new code first."
		if s.good {
			text = "The same sale again: scan or type the code again, it is still good."
		}
		retry = "   " + t.Paint(ui.Accent, t.Cut(text, c.Width-3))
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, retry, field, desk.Trouble(c, s.begin.Err)), c.Height))
}
