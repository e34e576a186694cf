package invoice

import (
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the QR, and beside it the amount and how it stands.
func (s *Invoice) View(c ui.Canvas) string { return s.Link.View(c, s.words) }

// words is everything but the QR.
func (s *Invoice) words(c ui.Canvas, drawn bool) string {
	t, a := c.Theme, s.Payment.Detail.Attempt
	look := desk.LookOf(a)
	status := "   " + t.Mark(look.Glyph, look.Tone, look.Word)
	text, tone := s.status()
	for _, line := range ui.Wrap(text, max(c.Width-3, 8)) {
		status += "\n   " + t.Paint(tone, line)
	}
	if came := desk.CameLines(t, a); came != "" {
		status += "\n\n" + came
	}
	if left := s.left(); left != "" && s.shut() == "" {
		status += "\n   " + t.Strong(ui.Accent, left) + t.Paint(ui.Muted, " left to pay")
	}
	address := ""
	if !drawn {
		address = s.Address(c, "The link is:")
	}
	aside := ""
	if a.Aside {
		aside = "   " + t.Paint(ui.Muted, "put aside; still watched")
	}
	return s.Words(c, status, aside, desk.Trouble(c, s.Err), address, desk.Say(c, s.said()), s.demo(t))
}

// status is how the invoice stands, in a few words.
func (s *Invoice) status() (string, ui.Tone) {
	a := s.Payment.Detail.Attempt
	switch {
	case s.blind():
		return desk.BlindNote(a) + " at the moment", ui.Unknown
	case a.Confirming:
		return "money seen, not yet safe", ui.Normal
	case a.State == providers.PartlyPaid && a.Coin != "":
		return "a coin that this invoice does not take", ui.Unknown
	case a.State == providers.PartlyPaid:
		return "too little has come", ui.Normal
	case desk.Uncounted(s.Payment.Detail):
		return "something came that does not count yet: too little, or not confirmed", ui.Unknown
	}
	return "waiting for the coin", ui.Normal
}

// blind says that nobody knows how it stands. After too little money a manager is
// needed in any case, and the page goes on saying that.
func (s *Invoice) blind() bool {
	a := s.Payment.Detail.Attempt
	return a.State == providers.Open && desk.Blind(a, s.Payment.Live)
}

// said is what to say and do. The provider's words go by its latest answer alone,
// which after money that did not count is the same as before any.
func (s *Invoice) said() providers.Words {
	w := s.Payment.Detail.Words
	if s.blind() {
		return desk.BlindWords(s.Payment.Detail.Attempt, w)
	}
	if desk.Uncounted(s.Payment.Detail) {
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
		t.Paint(ui.Muted, "   Ctrl+O too little  Ctrl+T more") + "\n" +
		t.Paint(ui.Muted, "   Ctrl+E lets it expire")
}

// left is the time until the provider lets the invoice expire. Only the
// provider's own status expires it.
func (s *Invoice) left() string {
	a := s.Payment.Detail.Attempt
	if a.ExpiresAt.IsZero() {
		return ""
	}
	return ui.Countdown(a.ExpiresAt.Sub(s.Payment.Now))
}
