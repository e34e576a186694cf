package result

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the verdict, large; what to tell the customer; what to do; and
// last the small print.
func (r *Result) View(c ui.Canvas) string {
	p := r.payment
	if !p.Loaded() {
		return desk.Unread(c, p.Err)
	}
	t, a := c.Theme, p.Detail.Attempt
	look := desk.LookIn(p.Detail)
	facts := t.Join(t.Mark(look.Glyph, look.Tone, look.Word), desk.Facts(t, a))
	came := desk.CameLine(t, a)
	if !t.Plain() {
		facts = ui.Centre(t.Cut(facts, c.Width), c.Width)
	}
	if came != "" && !t.Plain() {
		came = ui.Centre(t.Cut(came, c.Width), c.Width)
	}
	if came != "" {
		facts += "\n" + came
	}
	body := desk.Stack(c, facts, r.note(c), desk.Say(c, p.Detail.Words), desk.ReceiptNote(c, r.desk.Till(), a), r.small(c))
	room := c.Height - ui.Lines(body) - 1
	head := ui.Heading(t, look.Tone, strings.ToUpper(look.Word), c.Width, max(min(room, 2*ui.BigHeight+1), 1))
	if room > ui.Lines(head) {
		head = "\n" + head
	}
	return r.scroll.Short(c, desk.Stack(c, head, body))
}

// note is what stands out from the usual: a double payment, evidence that came
// late, a verdict that is not saved.
func (r *Result) note(c ui.Canvas) string {
	t, a := c.Theme, r.payment.Detail.Attempt
	var lines []string
	add := func(tone ui.Tone, glyph ui.Glyph, text string) {
		for _, line := range ui.Wrap(desk.Drawable(t, text), max(c.Width-6, 8)) {
			lines = append(lines, "   "+t.Mark(glyph, tone, line))
			glyph = ui.NoGlyph
		}
	}
	if r.payment.NotSaved {
		lines = append(lines, desk.Unsaved(c, a))
	}
	staff := r.payment.Detail.Words.Staff
	switch {
	case r.payment.Detail.Undone[a.ID]:
		add(ui.Muted, ui.NoGlyph, staff)
	case a.PossibleDouble || a.Contradicted || a.Closed || a.Settled:
		add(ui.Unknown, ui.GlyphUnknown, staff)
	case a.State != providers.Approved && (!r.payment.Detail.Words.Private || r.reveal):
		add(ui.Muted, ui.NoGlyph, staff) // why, unless it is not for the queue
	}
	if r.printed != nil {
		text, hint := desk.Sentence(r.printed)
		add(ui.Bad, ui.GlyphRefused, strings.TrimSpace(text+" "+hint))
	}
	return strings.Join(lines, "\n")
}

// small is the small print: code, reference, time, how long it took, and the
// provider's own text.
func (r *Result) small(c ui.Canvas) string {
	t, a := c.Theme, r.payment.Detail.Attempt
	at := a.UpdatedAt
	if a.State == providers.Approved && !a.AnsweredAt.IsZero() {
		at = a.AnsweredAt // a receipt number may have come since
	}
	code := desk.Drawable(t, a.Code)
	if strings.EqualFold(code, a.State.Word()) {
		code = "" // it stands above in large letters
	}
	parts := []string{code, "reference " + desk.Drawable(t, desk.Short(a.Reference)), r.desk.Second(at), took(a, r.payment.Detail.Timeline)}
	if a.Settled { // the last answer did not decide it
		parts = []string{desk.Drawable(t, r.settled()), "reference " + desk.Drawable(t, desk.Short(a.Reference))}
	}
	lines := []string{t.Cut("   "+t.Join(muted(t, parts)...), c.Width)}
	if message := r.message(); message != "" {
		text := a.Provider.Title() + ": " + message
		for _, line := range ui.Wrap(desk.Drawable(t, text), max(min(c.Width-4, 96), 8)) {
			lines = append(lines, "   "+t.Paint(ui.Muted, line))
		}
	}
	return strings.Join(lines, "\n")
}

// took says how long the answer took, where there was one: until it came, not until
// there was room on the disk to save it.
func took(a providers.Attempt, timeline []providers.Event) string {
	switch {
	case a.Sends > 1:
		return fmt.Sprintf("asked %d times", a.Sends)
	case a.AnsweredAt.IsZero() || a.SentAt.IsZero() || a.Reason == providers.Unreachable, a.Reason == providers.NoKey:
		return ""
	}
	waited := a.AnsweredAt.Sub(a.SentAt)
	for _, e := range timeline {
		if e.Type == providers.EventAnswered && e.Took > 0 {
			waited = e.Took
		}
	}
	switch {
	case a.Kind != providers.Invoice && a.Kind != providers.Transfer:
		return fmt.Sprintf("answered in %.1f s", waited.Seconds())
	case a.State == providers.Approved: // the time was the customer's, not the provider's
		return "paid after " + ui.Elapsed(a.AnsweredAt.Sub(a.SentAt).Round(time.Second))
	}
	return ""
}

// settled says who decided it by hand, and when.
func (r *Result) settled() string {
	for _, e := range slices.Backward(r.payment.Detail.Timeline) {
		if e.Type == providers.EventSettled {
			return "settled by hand by " + e.By + ", " + r.desk.When(e.At, r.payment.Now)
		}
	}
	return "settled by hand"
}

// message is the provider's own text, unless it is private and not asked for.
func (r *Result) message() string {
	if r.payment.Detail.Words.Private && !r.reveal {
		return ""
	}
	a := r.payment.Detail.Attempt
	message := providers.CleanText(a.Personal.Message)
	if strings.EqualFold(message, desk.LookOf(a).Word) || strings.Contains(r.payment.Detail.Words.Customer, message) {
		return "" // it says nothing that is not on the screen already
	}
	return message
}

func muted(t ui.Theme, parts []string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, t.Paint(ui.Muted, p))
		}
	}
	return out
}
