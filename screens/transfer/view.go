package transfer

import (
	"fmt"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the hand-over QR if there is one, and beside it the amount, the
// number, the commission, and that no money is confirmed.
func (s *Transfer) View(c ui.Canvas) string { return s.Link.View(c, s.words) }

// words is everything but the QR.
func (s *Transfer) words(c ui.Canvas, drawn bool) string {
	t, a := c.Theme, s.Payment.Detail.Attempt
	look := desk.LookOf(a)
	begun := "begun; not confirmed here"
	if s.followed() {
		begun = "begun; not confirmed yet"
	}
	status := "   " + t.Mark(look.Glyph, look.Tone, look.Word) +
		"\n   " + t.Paint(ui.Unknown, t.Cut(begun, c.Width-3))
	if next := s.Payment.Live.NextIn; s.followed() && next > 0 {
		status += "\n   " + t.Paint(ui.Muted, fmt.Sprintf("the server is asked in %d s", next))
	}
	numbers := "   " + s.number(c)
	if fee := a.Commission(); fee != "" {
		numbers += "\n   " + t.Cut(t.Paint(ui.Muted, "commission ")+fee, c.Width-3)
		numbers += "\n   " + t.Cut(t.Paint(ui.Muted, "in all ")+a.WithCommission(), c.Width-3)
	}
	address := ""
	if !drawn {
		address = s.Address(c, "The customer goes on at:")
	}
	return s.Words(c, status, numbers, desk.Trouble(c, s.Err), address, desk.Say(c, s.Payment.Detail.Words), s.demo(t))
}

// demo says how to play the customer.
func (s *Transfer) demo(t ui.Theme) string {
	if !s.played() {
		return ""
	}
	return t.Paint(ui.Muted, "   DEMO  Ctrl+P  finishes it") + "\n" + t.Paint(ui.Muted, "         Ctrl+E  is declined")
}

// number is the server's own number of the transfer, on one line: whole, or where
// that has no room what tells it from others.
func (s *Transfer) number(c ui.Canvas) string {
	t := c.Theme
	number := desk.Drawable(t, s.Payment.Detail.Attempt.ProviderRef)
	title := t.Paint(ui.Muted, desk.PurchaseWord(s.Payment.Detail.Attempt.Provider)+" ")
	if whole := title + t.Strong(ui.Normal, number); lipgloss.Width(whole) <= c.Width-4 {
		return whole
	}
	if lipgloss.Width(number) <= c.Width-4 {
		return t.Strong(ui.Normal, number)
	}
	short := title + t.Strong(ui.Normal, desk.Drawable(t, desk.Short(number)))
	return t.Cut(short+t.Paint(ui.Muted, "  Tab: all"), c.Width-4)
}
