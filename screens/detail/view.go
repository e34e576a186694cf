package detail

import (
	"strings"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// endless is a height that no text reaches: the page scrolls.
const endless = 1000

// View draws everything that is known; from a hundred columns on what happened
// has a column of its own.
func (s *Detail) View(c ui.Canvas) string {
	if !s.loaded() {
		return desk.Unread(c, s.err)
	}
	if c.Wide() {
		return ui.Columns(c, func(c ui.Canvas) string { return s.scroll.View(c, s.page(c, false)) }, s.side)
	}
	return s.scroll.View(c, s.page(c, true))
}

// page is all of it, however long that is.
func (s *Detail) page(c ui.Canvas, timeline bool) string {
	tall := c.Sub(c.Width, endless)
	happened := ""
	if timeline {
		happened = title(c.Theme, "What happened") + "\n" + strings.Join(s.told(c), "\n")
	}
	trouble := desk.Trouble(c, s.refused)
	if trouble == "" {
		trouble = desk.Trouble(c, s.err)
	}
	return desk.Stack(tall, s.head(c), trouble, desk.Say(tall, s.words()), desk.ReceiptNote(tall, s.desk.Till(), s.detail.Attempt), happened, s.facts(c), s.sale(c))
}

// words are the provider's, unless it cannot be asked just now.
func (s *Detail) words() providers.Words {
	if a := s.detail.Attempt; desk.Blind(a, s.live) && a.State == providers.Open {
		return desk.BlindWords(a, s.detail.Words)
	}
	return s.detail.Words
}

func title(t ui.Theme, text string) string { return "   " + t.Paint(ui.Accent, text) }

// head says which payment it is and how it stands.
func (s *Detail) head(c ui.Canvas) string {
	t, a := c.Theme, s.detail.Attempt
	look := desk.LookIn(s.detail)
	mark := look.Word
	if sign := t.Glyph(look.Glyph); sign != "" {
		mark = sign + "  " + mark
	}
	lines := []string{t.Cut("   "+t.Strong(look.Tone, mark)+"   "+desk.Facts(t, a), c.Width)}
	if desk.ShortNumber(a) != a.ProviderRef {
		lines = append(lines, t.Cut("   "+t.Paint(ui.Muted, desk.PurchaseWord(a.Provider)+" ")+desk.Drawable(t, a.ProviderRef), c.Width))
	}
	for _, line := range ui.Wrap(desk.Drawable(t, s.words().Staff), max(c.Width-4, 8)) {
		lines = append(lines, "   "+line)
	}
	if back := s.wentBack(); back != "" {
		lines = append(lines, "   "+t.Paint(ui.Accent, t.Cut(back, max(c.Width-4, 1))))
	}
	if note := desk.Note(a, s.live, s.now); !a.State.Final() && note != "" {
		lines = append(lines, "   "+t.Paint(ui.Muted, t.Cut(desk.Drawable(t, note), max(c.Width-4, 1))))
	}
	return strings.Join(lines, "\n")
}

// wentBack says how much of a sale was refunded, or may have been.
func (s *Detail) wentBack() string {
	done, open := providers.Amount{Currency: s.detail.Attempt.Amount.Currency}, providers.Amount{Currency: s.detail.Attempt.Amount.Currency}
	for _, r := range s.detail.Sale {
		if r.Kind != providers.Refund || r.Of != s.id || s.detail.Undone[r.ID] {
			continue
		}
		switch r.State {
		case providers.Approved:
			done.Minor += r.Amount.Minor
		case providers.Recorded, providers.Sent, providers.Unknown:
			open.Minor += r.Amount.Minor
		default:
			if r.Doubted {
				open.Minor += r.Amount.Minor
			}
		}
	}
	var parts []string
	if done.Minor > 0 {
		parts = append(parts, done.String()+" of it went back to the customer")
	}
	if open.Minor > 0 {
		parts = append(parts, "of "+open.String()+" it is not known yet whether they went back")
	}
	return strings.Join(parts, "; ")
}

// steps is the timeline with people's names instead of their sign-in names.
func (s *Detail) steps(t ui.Theme) []ui.Step {
	named := s.detail
	named.Timeline = append([]providers.Event(nil), named.Timeline...)
	for i, e := range named.Timeline {
		if name := s.names[e.By]; name != "" {
			named.Timeline[i].By = name
		}
	}
	return s.desk.Steps(t, named)
}

// told is what happened, each event wrapped: reasons and names stand at the end.
func (s *Detail) told(c ui.Canvas) []string {
	t := c.Theme
	var lines []string
	for _, step := range s.steps(t) {
		for i, line := range ui.Wrap(step.Text, max(c.Width-13, 8)) {
			lead := strings.Repeat(" ", 8)
			if i == 0 {
				lead = t.Paint(ui.Muted, step.Time)
			}
			lines = append(lines, "   "+lead+"  "+line)
		}
	}
	return lines
}

// side is what happened; where height is short the newest stay.
func (s *Detail) side(c ui.Canvas) string {
	lines := s.told(c)
	if room := c.Height - 2; len(lines) > room && room > 0 {
		lines = lines[len(lines)-room:]
	}
	return title(c.Theme, "What happened") + "\n\n" + strings.Join(lines, "\n")
}

// sale is the other payments of the same sale.
func (s *Detail) sale(c ui.Canvas) string {
	if len(s.detail.Sale) < 2 {
		return ""
	}
	lines := []string{title(c.Theme, "This sale")}
	for _, a := range s.detail.Sale {
		mark := "   "
		if a.ID == s.id {
			mark = " " + c.Theme.Glyph(ui.GlyphMarker) + " "
		}
		lines = append(lines, mark+"  "+s.desk.Line(c.Sub(max(c.Width-5, 1), 1), a, s.desk.Till().Live(a.ID), s.now))
	}
	return strings.Join(lines, "\n")
}
