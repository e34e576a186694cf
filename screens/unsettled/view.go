package unsettled

import (
	"strings"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws the list, and under it what the marked one needs.
func (u *Unsettled) View(c ui.Canvas) string {
	t := c.Theme
	if u.known && len(u.rows) == 0 {
		return desk.NothingLeft(c, "Everything is settled.", u.err)
	}
	head := " " + t.Paint(ui.Muted, t.Cut("Not settled yet: whoever is signed in looks after these.", c.Width-2)) + "\n\n"
	foot := u.foot(c)
	room := max(c.Height-2-ui.Lines(foot)-1, 1)
	table := u.table(c)
	u.page = max(room-1, 1)
	return c.Fit(head + table.View(c.Sub(c.Width, room)) + "\n" + foot)
}

func (u *Unsettled) table(c ui.Canvas) ui.Table {
	table := ui.Table{At: u.at, Empty: "one moment", Columns: []ui.Column{
		{Title: "time", Width: 6, Drop: 2},
		{Title: "provider", Width: 10, Drop: 3},
		{Title: "amount", Width: desk.AmountWidth(u.rows), Right: true},
		{Title: "state", Width: 13},
		{Title: "what is going on", Drop: 1},
	}}
	wide := c.Width >= ui.SecondColumn
	if wide {
		table.Columns = append(table.Columns, ui.Column{Title: "by", Width: 10})
	}
	for _, a := range u.rows {
		look := desk.LookOf(a)
		if a.Contradicted || a.PossibleDouble {
			look.Glyph, look.Tone = ui.GlyphRefused, ui.Bad
		}
		row := []ui.Cell{
			{Text: u.time(a), Tone: ui.Muted}, {Text: a.Provider.Title()}, {Text: a.Sum()},
			{Text: look.Word, Tone: look.Tone, Glyph: look.Glyph}, {Text: desk.Drawable(c.Theme, u.note(a)), Tone: ui.Muted},
		}
		if wide {
			row = append(row, ui.Cell{Text: desk.Drawable(c.Theme, desk.Named(u.names, a.Operator)), Tone: ui.Muted})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// time is the time of day, or of an older payment its day.
func (u *Unsettled) time(a providers.Attempt) string {
	if !u.now.IsZero() && a.CreatedAt.Before(u.desk.Midnight(u.now)) {
		return u.desk.Date(a.CreatedAt)
	}
	return u.desk.Time(a.CreatedAt)
}

// note says what is going on with a payment.
func (u *Unsettled) note(a providers.Attempt) string {
	switch {
	case a.Contradicted && !a.PossibleDouble:
		return "a later answer says otherwise"
	case a.Aside && !a.State.Final():
		return "put aside; " + desk.Note(a, u.live[a.ID], u.now)
	}
	return desk.Note(a, u.live[a.ID], u.now)
}

// foot is what is going on with the marked payment, and what to do about it.
func (u *Unsettled) foot(c ui.Canvas) string {
	if u.err != nil {
		return desk.Trouble(c, u.err)
	}
	a, ok := u.chosen()
	if !ok {
		return ""
	}
	t := c.Theme
	width := max(c.Width-6, 8)
	lines := []string{t.Paint(ui.Accent, t.Cut(desk.Drawable(t, u.note(a)), width))}
	lines = append(lines, ui.Wrap(desk.Drawable(t, u.desk.Till().Words(a).Next), width)...)
	return "   " + strings.Join(lines[:min(len(lines), 4)], "\n   ")
}
