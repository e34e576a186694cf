package waiting

import (
	"fmt"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws what is happening; from a hundred columns on the timeline has a
// column of its own.
func (w *Waiting) View(c ui.Canvas) string {
	if !w.payment.Loaded() {
		return desk.Unread(c, w.payment.Err)
	}
	wide := c.Wide()
	return ui.Columns(c, func(c ui.Canvas) string { return w.scroll.Short(c, w.main(c, !wide)) }, w.side)
}

func (w *Waiting) main(c ui.Canvas, timeline bool) string {
	t, d := c.Theme, w.payment.Detail
	indent := "   "
	if t.Plain() {
		indent = ""
	}
	facts := t.Cut(indent+desk.Facts(t, d.Attempt), c.Width) + "\n" + t.Cut(indent+w.state(t), c.Width)
	if w.invitation() && w.unknown() {
		for _, line := range ui.Wrap(desk.Drawable(t, d.Words.Staff), max(c.Width-len(indent), 8)) {
			facts += "\n" + t.Cut(indent+line, c.Width)
		}
	}
	body := desk.Stack(c, facts, desk.Say(c, w.words()), desk.Trouble(c, w.err))
	head := w.heading(c, max(c.Height-ui.Lines(body)-1, 1))
	steps := ""
	// The big letters are worth more than old steps.
	if left := c.Height - ui.Lines(head) - ui.Lines(body) - 2; timeline && left > 0 {
		steps = ui.Timeline(t, w.steps(t), c.Width, min(left, 8))
	}
	return desk.Stack(c, head, body, steps)
}

// words are the provider's; where nothing is asked by itself any more, they must not
// say so.
func (w *Waiting) words() providers.Words {
	words := w.payment.Detail.Words
	if desk.ToConfirm(w.payment.Detail.Attempt) && !w.confirms() {
		words.Next = "Keep the goods here. F8 asks Oxipay once more; if it stays so, a manager settles it."
	}
	return words
}

// heading is the verdict so far, as large as there is room.
func (w *Waiting) heading(c ui.Canvas, room int) string {
	t := c.Theme
	if !w.unknown() || w.confirms() {
		return ui.Heading(t, ui.Wait, "Waiting", c.Width, min(room, ui.BigHeight))
	}
	for _, text := range []string{"Not known yet", "Not known"} {
		if head := ui.Heading(t, ui.Unknown, text, c.Width, min(room, ui.BigHeight)); ui.Lines(head) > 1 {
			return head
		}
	}
	return "   " + t.Mark(ui.GlyphUnknown, ui.Unknown, "Not known yet")
}

// state is one line: glyph and word, for how long, and what comes next.
func (w *Waiting) state(t ui.Theme) string {
	a, live := w.payment.Detail.Attempt, w.payment.Live
	mark := desk.Mark(t, a)
	since := a.SentAt
	if since.IsZero() {
		since = a.CreatedAt
	}
	elapsed := "for " + ui.Elapsed(w.payment.Now.Sub(since))
	next := ""
	switch {
	case desk.ToConfirm(a) && live.NextIn > 0:
		next = fmt.Sprintf("asking Oxipay again in %d s", live.NextIn)
	case a.State == providers.Unknown && live.Busy:
		next = "asking now"
	case a.State == providers.Unknown && live.NextIn > 0:
		next = fmt.Sprintf("asking again in %d s", live.NextIn)
	case a.State == providers.Unknown:
		next = "nothing more is asked by itself"
	}
	return t.Join(mark, desk.Dim(t, elapsed), desk.Dim(t, next))
}

func (w *Waiting) steps(t ui.Theme) []ui.Step {
	return w.desk.Steps(t, w.payment.Detail)
}

// side is the timeline, as much as there is room for.
func (w *Waiting) side(c ui.Canvas) string {
	title := "   " + c.Theme.Paint(ui.Muted, "What happened") + "\n\n"
	return title + desk.Told(c.Sub(c.Width, c.Height-2), w.steps(c.Theme))
}
