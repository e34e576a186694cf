package receipt

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the sale, the field, and what became of an earlier number.
func (s *Receipt) View(c ui.Canvas) string {
	t := c.Theme
	centre := func(text string) string {
		if t.Plain() || text == "" {
			return text
		}
		return ui.Centre(t.Cut(text, c.Width), c.Width)
	}
	head := ui.Heading(t, ui.Normal, s.sale.Amount.Figure(), c.Width, c.Height-11)
	if t.Plain() {
		head = "Amount: " + s.sale.Amount.String()
	}
	facts := centre(t.Join(desk.Mark(t, s.sale), desk.Facts(t, s.sale))) + "\n" + centre(t.Paint(ui.Muted, "from "+s.desk.Time(s.sale.CreatedAt)))
	field := desk.Input(c, &s.field, 14, s.hint)
	note := ""
	if s.sale.Receipt != "" {
		note = desk.ReceiptNote(c, s.desk.Till(), s.sale)
	}
	wait := ""
	if s.busy {
		wait = centre(t.Paint(ui.Wait, "one moment"))
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, facts, field, note, wait, desk.Trouble(c, s.err)), c.Height))
}
