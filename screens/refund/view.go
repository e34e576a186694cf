package refund

import (
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount to give back, large, of which sale, and what was given
// back before.
func (s *Refund) View(c ui.Canvas) string {
	if !s.read {
		return desk.Unread(c, s.err)
	}
	t := c.Theme
	centre := func(text string) string {
		if t.Plain() || text == "" {
			return text
		}
		return ui.Centre(t.Cut(text, c.Width), c.Width)
	}
	if s.why() != "" {
		body := desk.Stack(c, centre(desk.Facts(t, s.sale)), "   "+t.Mark(ui.GlyphRefused, ui.Unknown, desk.Drawable(t, s.why())), s.earlier(c), desk.Trouble(c, s.err))
		return c.Fit(ui.Middle(body, c.Height))
	}
	tone, label := ui.Normal, "Give back"
	if s.onNumber {
		tone = ui.Muted
	}
	head := ui.Heading(t, tone, s.amount.Text(), c.Width, max(c.Height-12, 1))
	if t.Plain() {
		head = label + ": " + s.amount.Text()
	}
	currency := centre(t.Join(t.Paint(ui.Muted, label), s.sale.Amount.Currency.Code))
	sale := centre(t.Paint(ui.Muted, "of the sale  ") + desk.Facts(t, s.sale))
	if s.recording() {
		sale += "\n" + centre(t.Mark(ui.GlyphUnknown, ui.Unknown, desk.Drawable(t, s.recorded())))
	}
	if s.choice() { // the footer may be too short for that key
		sale += "\n" + centre(t.Paint(ui.Muted, "F5: "+s.otherWay()))
	}
	remains := centre(t.Paint(ui.Muted, s.state.Remaining.String()+" can be given back"))
	if s.total().Minor > s.state.Remaining.Minor {
		remains = centre(t.Mark(ui.GlyphRefused, ui.Bad, "only "+s.state.Remaining.String()+" can be given back"))
	}
	field := ""
	if s.recording() {
		s.number.Blurred = !s.onNumber
		field = desk.Input(c, &s.number, 10, "")
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, currency, sale+"\n"+remains, field, s.earlier(c), desk.Trouble(c, s.err)), c.Height))
}

// recorded says why a refund is written down and not made from here.
func (s *Refund) recorded() string {
	if s.choice() {
		return "it was refunded at " + s.sale.Provider.Title() + ": nothing is sent from here"
	}
	return s.state.Why
}

// earlier lists what was given back before.
func (s *Refund) earlier(c ui.Canvas) string {
	if len(s.state.Refunds) == 0 {
		return ""
	}
	lines := []string{"   " + c.Theme.Paint(ui.Accent, "Refunds of this sale")}
	for _, r := range s.state.Refunds {
		lines = append(lines, "     "+s.desk.Line(c.Sub(max(c.Width-6, 1), 1), r, s.desk.Till().Live(r.ID), r.UpdatedAt))
	}
	if len(lines) > 5 {
		lines = append(lines[:4], "     "+c.Theme.Paint(ui.Muted, "and earlier ones: see the sale in the history"))
	}
	return strings.Join(lines, "\n")
}
