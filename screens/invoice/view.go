package invoice

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the QR at the left, and beside it the amount and how it stands.
func (s *Invoice) View(c ui.Canvas) string {
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
func (s *Invoice) words(c ui.Canvas, drawn bool) string {
	t, a := c.Theme, s.payment.Detail.Attempt
	look := desk.LookOf(a.State)
	facts := "   " + t.Join(a.Amount.Currency.Code, a.Provider.Title())
	status := "   " + t.Mark(look.Glyph, look.Tone, look.Word)
	text, tone := s.status()
	for _, line := range ui.Wrap(text, max(c.Width-3, 8)) {
		status += "\n   " + t.Paint(tone, line)
	}
	if left := s.left(); left != "" {
		status += "\n   " + t.Strong(ui.Accent, left) + t.Paint(ui.Muted, " left to pay")
	}
	link := ""
	if !drawn {
		link = s.link(c)
	}
	aside := ""
	if a.Aside {
		aside = "   " + t.Paint(ui.Muted, "put aside; still watched")
	}
	blocks := func(amount string) []string {
		return []string{amount + "\n" + t.Cut(facts, c.Width), status, aside, desk.Trouble(c, s.err), link, desk.Say(c, s.said()), s.demo(t)}
	}
	big := ui.Big(t, desk.Figure(a.Amount))
	if all := strings.Join(slices.DeleteFunc(blocks(indent(t.Strong(ui.Normal, big))), empty), "\n\n"); !t.Plain() && lipgloss.Width(big) <= c.Width-4 && ui.Lines(all) <= c.Height {
		return all
	}
	return desk.Stack(c, blocks(indent(t.Strong(ui.Normal, desk.Figure(a.Amount))))...)
}

func empty(block string) bool { return block == "" }

func indent(block string) string { return "   " + strings.ReplaceAll(block, "\n", "\n   ") }

// status is how the invoice stands, in a few words.
func (s *Invoice) status() (string, ui.Tone) {
	a := s.payment.Detail.Attempt
	switch {
	case a.Confirming:
		return "money seen, not yet safe", ui.Normal
	case a.State == providers.PartlyPaid && a.Shortfall != "":
		return "too little has come: " + a.Missing(), ui.Normal
	case a.State == providers.PartlyPaid:
		return "too little has come", ui.Normal
	case desk.Uncounted(s.payment.Detail):
		return "something came that does not count yet: too little, or not confirmed", ui.Unknown
	}
	return "waiting for the coin", ui.Normal
}

// said is what to say and do. The provider's words go by its latest answer alone,
// which after money that did not count is the same as before any.
func (s *Invoice) said() providers.Words {
	w := s.payment.Detail.Words
	if desk.Uncounted(s.payment.Detail) {
		w.Customer = "Something has come, but it does not count yet. What does your phone say: was all of it sent?"
		w.Next = "Keep the goods here until it says approved. The page behind the QR tells the customer what is missing."
	}
	return w
}

// demo says how to play the customer.
func (s *Invoice) demo(t ui.Theme) string {
	if s.desk.Demo == nil {
		return ""
	}
	return t.Paint(ui.Muted, "   DEMO  Ctrl+P  the customer pays") + "\n" +
		t.Paint(ui.Muted, "         Ctrl+O  pays too little") + "\n" +
		t.Paint(ui.Muted, "         Ctrl+E  lets it expire")
}

// left is the time until the provider lets the invoice expire. Only the
// provider's own status expires it.
func (s *Invoice) left() string {
	a := s.payment.Detail.Attempt
	if a.ExpiresAt.IsZero() {
		return ""
	}
	return ui.Countdown(a.ExpiresAt.Sub(s.payment.Now))
}

// link shows the link itself where its QR has no room.
func (s *Invoice) link(c ui.Canvas) string {
	t, link := c.Theme, s.payment.Detail.Attempt.Link
	if link == "" {
		return ""
	}
	head := "This window is too small for the QR. The link is:"
	switch {
	case t.Plain():
		head = "The link is:"
	case !s.large && desk.QRFits(c, link):
		head = "F4 shows the QR alone. The link is:"
	}
	if s.desk.Shop.Test {
		head = "TEST. " + head
	}
	var lines []string
	for _, line := range ui.Wrap(head, max(c.Width-3, 8)) {
		lines = append(lines, "   "+t.Paint(ui.Muted, line))
	}
	for _, line := range ui.Wrap(link, max(c.Width-3, 8)) {
		lines = append(lines, "   "+line)
	}
	return strings.Join(lines, "\n")
}
