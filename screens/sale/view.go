package sale

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// lastBelow is how many results stand beneath the amount.
const lastBelow = 3

// hintGap stands between two hints of the demo's on one line.
const hintGap = "     "

// View draws the amount, large, and beneath it the last results.
func (s *Sale) View(c ui.Canvas) string {
	if c.Wide() {
		return ui.Columns(c, func(c ui.Canvas) string { return ui.Middle(s.till(c), c.Height) }, s.side)
	}
	below := s.below(c, c.Height-9)
	if below == "" {
		below = s.first(c)
	}
	room := c.Height
	if below != "" {
		room -= ui.Lines(below)
	}
	top := s.till(c.Sub(c.Width, room))
	if below != "" && ui.Lines(top) < room { // air above the strip
		below, room = below+"\n", room-1
	}
	if ui.Lines(top) > room { // too small for both
		return c.Fit(top)
	}
	return c.Fit(c.Sub(c.Width, room).Fit(ui.Middle(top, room)) + "\n" + below)
}

// till is the amount and what Enter will do with it.
func (s *Sale) till(c ui.Canvas) string {
	t := c.Theme
	centre := func(text string) string {
		if t.Plain() {
			return text
		}
		return ui.Centre(text, c.Width)
	}
	label := centre(t.Paint(ui.Muted, "Amount"))
	amount := ui.Heading(t, s.tone(), s.amount.Text(), c.Width, max(c.Height-6, 1))
	currency := centre(t.Paint(ui.Muted, s.desk.Shop.Currency.Code))
	if t.Plain() {
		label, amount, currency = "", "Amount: "+s.amount.Text()+" "+s.desk.Shop.Currency.Code, ""
	}
	hint := centre(ui.Cut(s.hint(c), c.Width, t.Glyph(ui.GlyphEllipsis)))
	if s.code != "" {
		hint = centre(t.Paint(ui.Accent, "code "+desk.Drawable(t, desk.MaskedCode(s.code))+" scanned")) + "\n" + hint
	}
	waiting := s.waiting(c)
	trouble := desk.Trouble(c, s.begin.Err)
	if trouble == "" {
		trouble = desk.Trouble(c, s.err)
	}
	return desk.Stack(c, label, amount, currency, hint, waiting, s.numbers(c), trouble)
}

// numbers reminds of the receipt numbers that are missing.
func (s *Sale) numbers(c ui.Canvas) string {
	text := desk.ReceiptsMissing(s.due)
	if text == "" {
		return ""
	}
	text = c.Theme.Cut(c.Theme.Mark(ui.GlyphArrow, ui.Accent, text+": F4"), c.Width)
	if c.Theme.Plain() {
		return text
	}
	return ui.Centre(text, c.Width)
}

func (s *Sale) tone() ui.Tone {
	if s.amount.Empty() {
		return ui.Muted
	}
	return ui.Normal
}

// hint says what to do next, and exactly what Enter will do.
func (s *Sale) hint(c ui.Canvas) string {
	t, code := c.Theme, "scan the customer's code"
	if c.Width < 48 {
		code = "scan the code"
	}
	muted := func(text string) string { return t.Paint(ui.Muted, text) }
	switch {
	case s.begin.Busy():
		return t.Paint(ui.Wait, "one moment")
	case s.offers():
		return t.Paint(ui.Accent, "Enter takes the invitation's "+s.invited.offered().Amount.String()+", or type another amount")
	case s.amount.Empty() && s.code != "":
		return t.Paint(ui.Unknown, "a code, but no amount yet: type the amount")
	case s.amount.Empty():
		return t.Join(muted("type the amount"), muted(code))
	case s.code != "" && s.off != "":
		return t.Mark(ui.GlyphRefused, ui.Bad, "no charge now: "+desk.Drawable(t, s.off))
	case s.code != "" && s.failed():
		return t.Paint(ui.Accent, "Enter tries again to charge "+s.total().String()+" with Oxipay")
	case s.code != "":
		return t.Paint(ui.Accent, "Enter charges "+s.total().String()+" with Oxipay")
	}
	return t.Join(muted(code), muted("Enter: other ways to pay"))
}

// failed says that the last payment did not begin for a fault of this machine.
func (s *Sale) failed() bool {
	return s.begin.Err != nil && providers.KindOf(s.begin.Err) == providers.Internal
}

// below is what stands under the amount where there is no second column.
func (s *Sale) below(c ui.Canvas, room int) string {
	demo := s.demo(c)
	last := s.results(c, min(lastBelow, room-1))
	switch {
	case room < 2:
		return ""
	case demo == "":
		return last
	case last == "":
		return ui.Fit(demo, c.Width, min(ui.Lines(demo), room), "")
	}
	left := room - ui.Lines(last) - 1 // a blank line between
	if left < 2 {
		return last
	}
	return last + "\n\n" + ui.Fit(demo, c.Width, min(ui.Lines(demo), left), "")
}

// first is the demo's first hint, for a window with room for little else.
func (s *Sale) first(c ui.Canvas) string {
	if s.desk.Demo == nil || len(s.desk.Shop.DemoHint) == 0 {
		return ""
	}
	lines := hint(c, s.desk.Shop.DemoHint[0])
	if len(lines)+5 > c.Height { // the amount and what to do come first
		return ""
	}
	return strings.Join(lines, "\n")
}

// side is the second column: more results, and in the demo how to play them.
func (s *Sale) side(c ui.Canvas) string {
	demo := s.demo(c)
	room := c.Height - 1
	if demo != "" {
		room -= ui.Lines(demo) + 1
	}
	last := s.cards(c.Sub(c.Width, room))
	if last == "" {
		return demo
	}
	return last + "\n\n" + demo
}

// cards are results for a narrow column, as many as there is room for.
func (s *Sale) cards(c ui.Canvas) string {
	lines := []string{" " + c.Theme.Paint(ui.Muted, "Last")}
	for _, a := range s.last {
		card := s.card(c, a)
		if len(lines)+len(card)+1 > c.Height {
			break
		}
		lines = append(append(lines, ""), card...)
	}
	if len(lines) == 1 {
		return ""
	}
	return strings.Join(lines, "\n")
}

// card is one result: state and amount, and beneath them the rest, on two lines
// where it is long.
func (s *Sale) card(c ui.Canvas, a providers.Attempt) []string {
	t := c.Theme
	where := s.desk.Time(a.CreatedAt) + " " + a.Provider.Title()
	note := desk.Drawable(t, desk.Note(a, s.live[a.ID], s.now))
	rest := []string{where + "  " + note}
	if lipgloss.Width(rest[0]) > c.Width-4 {
		rest = []string{where, note}
	}
	card := []string{" " + ui.Pad(desk.Mark(t, a), 14) + ui.Right(a.Sum(), max(c.Width-16, 1))}
	for _, line := range rest {
		card = append(card, t.Cut("   "+t.Paint(ui.Muted, strings.TrimSpace(line)), c.Width-1))
	}
	return card
}

func (s *Sale) results(c ui.Canvas, count int) string {
	if len(s.last) == 0 || count < 1 {
		return ""
	}
	lines := []string{" " + c.Theme.Paint(ui.Muted, "Last")}
	for _, a := range s.last[:min(count, len(s.last))] {
		lines = append(lines, "   "+s.desk.Line(c.Sub(c.Width-3, 1), a, s.live[a.ID], s.now))
	}
	return strings.Join(lines, "\n")
}

func (s *Sale) demo(c ui.Canvas) string {
	if s.desk.Demo == nil || len(s.desk.Shop.DemoHint) == 0 {
		return ""
	}
	title := " " + c.Theme.Strong(ui.Accent, "This is a demo: no money moves")
	var hints []string
	lines := 1
	for _, text := range s.desk.Shop.DemoHint {
		wrapped := hint(c, text)
		lines += len(wrapped) + 1
		hints = append(hints, strings.Join(wrapped, "\n"))
	}
	between := "\n"
	if len(s.last) == 0 && c.Width < c.Height*3 && lines <= c.Height { // a tall column with nothing else in it
		between = "\n\n"
	}
	return title + between + strings.Join(hints, between)
}

// hint is one of the demo's: as it is where it fits, since its columns are aligned.
func hint(c ui.Canvas, text string) []string {
	text = desk.Drawable(c.Theme, text)
	lines := []string{text}
	if lipgloss.Width(text) > c.Width-1 {
		lines = nil
		for _, one := range strings.Split(text, hintGap) {
			lines = append(lines, ui.Wrap(one, max(c.Width-2, 8))...)
		}
	}
	for i, line := range lines {
		lines[i] = " " + c.Theme.Paint(ui.Muted, line)
	}
	return lines
}
