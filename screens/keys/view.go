package keys

import (
	"strconv"
	"strings"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the list, and beneath it the marked key or the field for it.
func (k *Keys) View(c ui.Canvas) string {
	t := c.Theme
	head := " " + t.Paint(ui.Muted, t.Cut("Secrets in the keystore. They are never shown.", c.Width-2))
	if !k.known && !k.allowed() {
		return c.Fit(desk.Stack(c, head, "   "+t.Paint(ui.Muted, "Keys are a manager's: one has to agree before they are listed.")))
	}
	if !k.known {
		return c.Fit(desk.Stack(c, head, "   "+t.Paint(ui.Muted, "one moment")))
	}
	return c.Fit(desk.Stack(c, head, k.list(c), k.below(c), desk.Trouble(c, k.err)))
}

func (k *Keys) list(c ui.Canvas) string {
	t := c.Theme
	var lines []string
	for i, key := range k.keys {
		mark, name := "   ", ui.Pad(t.Cut(key.Title, 30), 30)
		if i == k.at {
			mark, name = " "+t.Glyph(ui.GlyphMarker)+" ", t.Strong(ui.Accent, name)
		}
		state := t.Mark(ui.GlyphCancelled, ui.Muted, "not set")
		if key.Set {
			state = t.Mark(ui.GlyphApproved, ui.Good, "set")
		}
		lines = append(lines, t.Cut(mark+name+"  "+state, c.Width))
	}
	return strings.Join(lines, "\n")
}

// below is what the marked key is for, then the field while one is typed, or
// what was done.
func (k *Keys) below(c ui.Canvas) string {
	if len(k.keys) == 0 {
		return ""
	}
	t, key := c.Theme, k.keys[k.at]
	var lines []string
	form := "It has " + key.Form + "."
	for _, text := range []string{sentence(key.Purpose), form} {
		for _, line := range ui.Wrap(desk.Drawable(t, text), max(c.Width-6, 8)) {
			lines = append(lines, "   "+t.Paint(ui.Muted, line))
		}
	}
	lines = append(lines, k.waiting(c)...)
	switch {
	case k.busy && k.device:
		lines = append(lines, "", "   "+t.Paint(ui.Wait, "asking Oxipay for the new key"))
	case k.busy:
		lines = append(lines, "", "   "+t.Paint(ui.Wait, "saving"))
	case k.typing:
		if k.device {
			lines = append(lines, k.warning(c)...)
		}
		field := ui.Fit(k.field.View(t, max(c.Width-4, 1), 10), c.Width-3, 2, "")
		lines = append(lines, "", "   "+strings.ReplaceAll(field, "\n", "\n   "))
		if k.hint != "" && k.hint != form { // the form stands there already
			lines = append(lines, desk.Hint(c, k.hint))
		}
	case k.done != "":
		lines = append(lines, "", "   "+t.Mark(ui.GlyphApproved, ui.Good, t.Cut(k.done, c.Width-6)))
	}
	return strings.Join(lines, "\n")
}

// warning says what registering does, before it is done.
func (k *Keys) warning(c ui.Canvas) []string {
	text := "The token is in Oxipay's merchant portal; it lasts 72 hours and works once. Oxipay gives this device a new key for it, and the key it has now is dead from then on."
	lines := []string{""}
	for _, line := range ui.Wrap(desk.Drawable(c.Theme, text), max(c.Width-6, 8)) {
		lines = append(lines, "   "+c.Theme.Paint(ui.Unknown, line))
	}
	return lines
}

// waiting says what stands in the way of another key, and which way leads on.
func (k *Keys) waiting(c ui.Canvas) []string {
	all := k.keys[k.at].Waiting
	if len(all) == 0 {
		return nil
	}
	t := c.Theme
	text := "Signed with it and not known yet: " + k.named(all) + ". Settle what you can at F6 first; what is left when another key is set is not asked about any more, and is settled against the portal."
	var lines []string
	for i, line := range ui.Wrap(desk.Drawable(t, text), max(c.Width-6, 8)) {
		lead := "   "
		if i == 0 {
			lines = append(lines, "")
		}
		lines = append(lines, lead+t.Paint(ui.Unknown, line))
	}
	return lines
}

// mostNamed is how many payments are named one by one.
const mostNamed = 4

func (k *Keys) named(all []providers.Attempt) string {
	var names []string
	for _, a := range all[:min(len(all), mostNamed)] {
		names = append(names, a.Amount.String()+" of "+k.desk.Time(a.CreatedAt))
	}
	if more := len(all) - len(names); more > 0 {
		names = append(names, strconv.Itoa(more)+" more")
	}
	return strings.Join(names, ", ")
}

// sentence makes a purpose one.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
