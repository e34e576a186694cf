package transfer

import (
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the hand-over QR if there is one, and beside it the reference, the
// commission, and that no money is confirmed.
func (s *Transfer) View(c ui.Canvas) string {
	p := s.payment
	if !p.Loaded() {
		if p.Err != nil {
			return c.Fit(ui.Middle(desk.Trouble(c, p.Err), c.Height))
		}
		return c.Fit(ui.Middle(ui.Centre(c.Theme.Paint(ui.Wait, "one moment"), c.Width), c.Height))
	}
	return s.desk.WithQR(c, p.Detail.Attempt.Link, s.large, s.words)
}

// words is everything but the QR.
func (s *Transfer) words(c ui.Canvas, drawn bool) string {
	t, a := c.Theme, s.payment.Detail.Attempt
	look := desk.LookOf(a.State)
	head := ui.Heading(t, look.Tone, strings.ToUpper(look.Word), c.Width, c.Height-13)
	if drawn || ui.Lines(head) == 1 {
		head = "   " + t.Strong(look.Tone, t.Glyph(look.Glyph)+"  Handed over")
	}
	status := "   " + t.Paint(ui.Unknown, t.Cut("begun; not confirmed here", c.Width-3))
	facts := "   " + t.Strong(ui.Normal, a.Amount.String()) + "  " + a.Provider.Title()
	facts += "\n   " + t.Paint(ui.Muted, "invoice")
	for _, line := range ui.Wrap(desk.Drawable(t, a.ProviderRef), max(c.Width-3, 8)) {
		facts += "\n   " + t.Strong(ui.Normal, line)
	}
	if fee := a.Commission(); fee != "" {
		facts += "\n   " + t.Paint(ui.Muted, "commission ") + fee
	}
	facts += "\n   " + t.Paint(ui.Muted, "reference "+desk.Drawable(t, desk.Short(a.Reference)))
	link := ""
	if !drawn && a.Link != "" {
		head := "The customer goes on at:"
		if !s.large && desk.QRFits(c, a.Link) {
			head = "F4 shows the QR alone. The customer goes on at:"
		}
		link = "   " + t.Paint(ui.Muted, t.Cut(head, c.Width-3))
		for _, line := range ui.Wrap(a.Link, max(c.Width-3, 8)) {
			link += "\n   " + line
		}
	}
	return desk.Stack(c, "", head+"\n"+status, cut(c, facts), desk.Trouble(c, s.err), link, desk.Say(c, s.payment.Detail.Words))
}

func cut(c ui.Canvas, block string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		lines[i] = c.Theme.Cut(line, c.Width)
	}
	return strings.Join(lines, "\n")
}
