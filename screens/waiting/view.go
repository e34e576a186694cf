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
		if w.payment.Err != nil {
			return c.Fit(ui.Middle(desk.Trouble(c, w.payment.Err), c.Height))
		}
		return c.Fit(ui.Middle(ui.Centre(c.Theme.Paint(ui.Wait, "one moment"), c.Width), c.Height))
	}
	wide := c.Width >= ui.SecondColumn && !c.Theme.Plain()
	return ui.Columns(c, func(c ui.Canvas) string { return w.main(c, !wide) }, w.side)
}

func (w *Waiting) main(c ui.Canvas, timeline bool) string {
	t, d := c.Theme, w.payment.Detail
	say := desk.Say(c, d.Words)
	facts := t.Cut("   "+desk.Facts(t, d.Attempt), c.Width)
	if t.Plain() {
		facts = desk.Facts(t, d.Attempt)
	}
	line := "   " + w.state(t)
	trouble := desk.Trouble(c, w.err)
	room := c.Height - ui.Lines(say) - 8
	if trouble != "" {
		room -= ui.Lines(trouble) + 1
	}
	steps := ""
	if timeline {
		// The big letters are worth more than old steps, the newest step is not lost.
		steps = ui.Timeline(t, w.steps(t), c.Width, max(min(room-ui.BigHeight-1, 6), 1))
		room -= ui.Lines(steps) + 1
	}
	head := w.heading(c, max(room, 1))
	return desk.Stack(c, head, facts+"\n"+t.Cut(line, c.Width), say, trouble, steps)
}

// heading is the verdict so far, large.
func (w *Waiting) heading(c ui.Canvas, room int) string {
	t := c.Theme
	if !w.unknown() {
		return ui.Heading(t, ui.Wait, "Waiting", c.Width, room)
	}
	text := "Not known yet"
	head := ui.Heading(t, ui.Unknown, text, c.Width, room)
	if ui.Lines(head) == 1 {
		return "   " + t.Strong(ui.Unknown, t.Glyph(ui.GlyphUnknown)+"  "+text)
	}
	return head
}

// state is one line: glyph and word, for how long, and what comes next.
func (w *Waiting) state(t ui.Theme) string {
	a, live := w.payment.Detail.Attempt, w.payment.Live
	mark := desk.Mark(t, a.State)
	since := a.SentAt
	if since.IsZero() {
		since = a.CreatedAt
	}
	elapsed := "for " + ui.Elapsed(w.payment.Now.Sub(since))
	next := ""
	switch {
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
	return title + ui.Timeline(c.Theme, w.steps(c.Theme), c.Width, c.Height-2)
}
