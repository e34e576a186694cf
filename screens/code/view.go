package code

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount, large, and the field.
func (s *Code) View(c ui.Canvas) string {
	t := c.Theme
	width := min(c.Width-2, 72)
	field := s.field.View(t, max(width, 1), 6)
	if !t.Plain() {
		field = ui.Centre(field, c.Width)
	}
	facts := t.Join("Oxipay", s.draft.Amount.Currency.Code)
	head := ui.Heading(t, ui.Normal, s.draft.Amount.Decimal(), c.Width, c.Height-9) + "\n"
	if c.Height > 16 {
		head += "\n"
	}
	head += ui.Centre(t.Paint(ui.Muted, facts), c.Width)
	if t.Plain() {
		head = "Amount: " + s.draft.Amount.String() + ", Oxipay"
	}
	if s.hint != "" {
		field += "\n" + desk.Hint(c, s.hint)
	}
	retry := ""
	if s.draft.Sale != "" {
		retry = "   " + t.Paint(ui.Accent, t.Cut("The same sale again: the customer makes a new code first.", c.Width-3))
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, retry, field, desk.Trouble(c, s.begin.Err)), c.Height))
}
