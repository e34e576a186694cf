package confirm

import (
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the amount, large, who is charged through whom, and what Enter does.
func (s *Confirm) View(c ui.Canvas) string {
	t := c.Theme
	centre := func(text string) string {
		if t.Plain() {
			return text
		}
		return ui.Centre(t.Cut(text, c.Width), c.Width)
	}
	head := ui.Heading(t, ui.Normal, s.draft.Amount.Figure(), c.Width, c.Height-9)
	if t.Plain() {
		head = "Amount: " + s.draft.Amount.Figure()
	}
	facts := centre(t.Join(s.draft.Amount.Currency.Code, s.draft.Provider.Title(), s.whom(t)))
	parted := ""
	if text := s.parted(t); text != "" {
		parted = centre(text)
	}
	note := ""
	if s.replaced {
		note = centre(t.Paint(ui.Accent, "this code was scanned just now and took the place of the one before"))
	}
	field := ""
	if s.asksEmail() {
		field = desk.Input(c, &s.email, 8, s.hint)
	}
	if s.cards.wanted {
		field = s.cards.view(c)
	}
	if costs := s.costs(t); costs != "" {
		parted = centre(costs)
	}
	press := centre(t.Paint(ui.Accent, "Enter: "+s.verb()))
	if s.part.open || s.quote.busy || s.quote.err != nil {
		press = ""
	}
	if s.begin.Busy() || c.Early {
		press = centre(t.Paint(ui.Wait, "one moment"))
	}
	return c.Fit(ui.Middle(desk.Stack(c, head, facts, parted, note, field, press, s.trouble(c)), c.Height))
}

// whom is the customer, as far as they are known.
func (s *Confirm) whom(t ui.Theme) string {
	masked := providers.Personal{PreApproval: s.draft.Code}.Masked()
	switch {
	case s.draft.Kind == providers.Authorise && s.draft.Code == "":
		return "no code"
	case s.draft.Kind == providers.Authorise:
		return "code " + desk.Drawable(t, masked.PreApproval)
	case s.draft.Kind == providers.Invite:
		// The whole number: it is to be compared with what the customer says.
		return "mobile " + s.draft.Mobile
	}
	return ""
}
