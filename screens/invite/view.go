package invite

import (
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount, large, and the mobile number beneath it.
func (s *Invite) View(c ui.Canvas) string {
	t := c.Theme
	tone, label := ui.Muted, "Amount"
	if s.onAmount {
		tone, label = ui.Normal, "Amount, being typed"
	}
	head := ui.Heading(t, tone, s.amount.Text(), c.Width, c.Height-9)
	sub := ui.Centre(t.Join(t.Paint(ui.Muted, label), s.draft.Amount.Currency.Code, "Oxipay sends an SMS"), c.Width)
	field := desk.Input(c, &s.mobile, 8, s.hint)
	if t.Plain() {
		head, sub = label+": "+s.amount.Text()+" "+s.draft.Amount.Currency.Code, "Oxipay sends an SMS"
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, sub, field, desk.Trouble(c, s.begin.Err)), c.Height))
}
