package sale

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// invited are the customers who were invited and may come back with a code.
type invited struct {
	all   []providers.Attempt // newest first
	at    int                 // the one that is offered
	taken string              // whose amount was taken
}

// keep takes a newer list. An offer that somebody looks at stays where it was.
func (v *invited) keep(all []providers.Attempt, looked bool) {
	was := v.offered().ID
	v.all, v.at = all, 0
	if !looked {
		return
	}
	v.at = max(slices.IndexFunc(all, func(a providers.Attempt) bool { return a.ID == was }), 0)
}

// offered is the invitation whose amount is offered, or nothing.
func (v *invited) offered() providers.Attempt {
	if v.at >= len(v.all) {
		return providers.Attempt{}
	}
	return v.all[v.at]
}

// turn offers the next one.
func (v *invited) turn() {
	if len(v.all) > 0 {
		v.at = (v.at + 1) % len(v.all)
	}
}

// offers says that a code waits for an amount, and that an invitation has one.
func (s *Sale) offers() bool {
	return s.code != "" && s.amount.Empty() && s.invited.offered().ID != ""
}

// takeOffer makes the invitation's amount the sale's.
func (s *Sale) takeOffer() {
	a := s.invited.offered()
	s.amount.SetMinor(a.Amount.Minor)
	s.invited.taken = a.ID
}

// join makes a sale of the invitation's amount the one that it was for.
func (s *Sale) join(d till.Draft) till.Draft {
	for _, a := range s.invited.all {
		if a.ID == s.invited.taken && a.Amount == d.Amount {
			d.Sale = a.Sale
		}
	}
	return d
}

// mostInvited is how many of them stand beside the amount.
const mostInvited = 2

// waiting lists them, the offered one first.
func (s *Sale) waiting(c ui.Canvas) string {
	var lines []string
	for i := range min(len(s.invited.all), mostInvited) {
		a := s.invited.all[(s.invited.at+i)%len(s.invited.all)]
		parts := []string{a.Amount.String(), desk.Drawable(c.Theme, a.Personal.Mobile), s.ago(a.CreatedAt)}
		mark := c.Theme.Mark(ui.GlyphArrow, ui.Accent, "invited")
		if a.State == providers.Unknown {
			mark = c.Theme.Mark(ui.GlyphUnknown, ui.Unknown, "may have been invited")
		}
		text := mark + "  " + c.Theme.Join(parts...)
		if !c.Theme.Plain() {
			text = ui.Centre(c.Theme.Cut(text, c.Width), c.Width)
		}
		lines = append(lines, text)
	}
	return strings.Join(lines, "\n")
}

func (s *Sale) ago(at time.Time) string {
	if s.now.IsZero() || s.now.Sub(at) < time.Minute {
		return "just now"
	}
	return strconv.Itoa(int(s.now.Sub(at)/time.Minute)) + " min ago"
}
