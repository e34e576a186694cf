package unlock

import (
	"strings"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the shop's name and what is being waited for.
func (u *Unlock) View(c ui.Canvas) string {
	t := c.Theme
	name := t.Strong(ui.Accent, t.Cut(u.desk.Shop.Name, c.Width))
	switch {
	case !u.asks:
		return u.page(c, name, t.Paint(ui.Muted, "opening the journal"+t.Glyph(ui.GlyphEllipsis)))
	case u.busy:
		return u.page(c, name, t.Paint(ui.Wait, "unlocking"+t.Glyph(ui.GlyphEllipsis)))
	}
	const label = 10
	width := max(min(c.Width-2, 64), 1)
	field := u.field.View(t, width, label)
	for _, line := range ui.Wrap(desk.Drawable(t, u.hint), max(width-label-4, 8)) {
		if u.hint != "" {
			field += "\n" + strings.Repeat(" ", label+4) + t.Paint(ui.Muted, line)
		}
	}
	return u.page(c, name, field)
}

func (u *Unlock) page(c ui.Canvas, name, block string) string {
	if c.Theme.Plain() {
		return c.Fit(name + "\n" + block)
	}
	return c.Fit(ui.Middle(ui.Centre(name, c.Width)+"\n\n"+ui.Centre(block, c.Width), c.Height))
}
