package signin

import (
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws who can sign in, and the PIN.
func (s *SignIn) View(c ui.Canvas) string {
	t := c.Theme
	if s.known && len(s.people) == 0 {
		return c.Fit(ui.Middle(desk.Stack(c, s.head(c), desk.Trouble(c, errNobody)), c.Height))
	}
	pin := s.pin.Line(t, longest+1)
	below := ""
	switch {
	case s.busy:
		below = t.Paint(ui.Wait, "one moment")
	case s.pin.Error != "":
		below = t.Mark(ui.GlyphRefused, ui.Bad, desk.Drawable(t, s.pin.Error))
		if s.hint != "" {
			below += "\n" + t.Paint(ui.Muted, desk.Drawable(t, s.hint))
		}
	default:
		below = t.Paint(ui.Muted, "type your PIN, then Enter")
	}
	if hint := s.desk.Shop.SignInHint; hint != "" {
		below += "\n" + t.Paint(ui.Accent, t.Cut(desk.Drawable(t, hint), c.Width))
	}
	if t.Plain() {
		return c.Fit(desk.Stack(c, "Who is at the counter?", s.list(c, c.Height-5), "PIN: "+pin, below))
	}
	list := s.list(c, max(c.Height-8, 1))
	return c.Fit(ui.Middle(desk.Stack(c, s.head(c), list, ui.Centre(t.Paint(ui.Muted, "PIN  ")+pin, c.Width), ui.Centre(below, c.Width)), c.Height))
}

func (s *SignIn) head(c ui.Canvas) string {
	return ui.Centre(c.Theme.Strong(ui.Accent, c.Theme.Cut("Who is at the counter?", c.Width)), c.Width)
}

// list is as many people as there is room for, among them the marked one.
func (s *SignIn) list(c ui.Canvas, room int) string {
	t := c.Theme
	room = max(room, 1)
	first := s.at / room * room
	var lines []string
	for i := first; i < len(s.people) && i < first+room; i++ {
		p := s.people[i]
		name, role := ui.Pad(t.Cut(p.Name, 24), 16), ""
		if p.Manager {
			role = "manager"
		}
		mark := "  "
		if i == s.at {
			mark = t.Glyph(ui.GlyphMarker) + " "
			name = t.Strong(ui.Accent, name)
		}
		lines = append(lines, ui.Pad(mark+name+" "+t.Paint(ui.Muted, role), 28))
	}
	if t.Plain() {
		return strings.Join(lines, "\n")
	}
	return ui.Centre(strings.Join(lines, "\n"), c.Width)
}
