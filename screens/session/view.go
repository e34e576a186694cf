package session

import (
	"fmt"
	"strings"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// View draws who is here, what the session comes to by state, and what stays
// with the counter.
func (s *Session) View(c ui.Canvas) string {
	t := c.Theme
	role := "operator"
	if s.session.Manager() {
		role = "manager"
	}
	who := " " + t.Join(t.Strong(ui.Accent, desk.Drawable(t, s.session.Name)), role, "since "+s.since(), s.lasted())
	if t.Plain() {
		who = strings.TrimSpace(who)
	}
	return c.Fit(desk.Stack(c, t.Cut(who, c.Width), s.sums(c), s.stays(c), desk.Trouble(c, s.err)))
}

func (s *Session) since() string { return s.desk.When(s.session.Since, s.now) }

func (s *Session) lasted() string {
	if s.now.IsZero() {
		return ""
	}
	return "for " + ui.Elapsed(s.now.Sub(s.session.Since))
}

// sums is a line for each state and currency. What was only begun here is not
// money taken, and says so.
func (s *Session) sums(c ui.Canvas) string {
	t := c.Theme
	switch {
	case !s.known:
		return "   " + t.Paint(ui.Muted, "one moment")
	case len(s.totals) == 0:
		return "   " + t.Paint(ui.Muted, "no payment in this session yet")
	}
	var lines []string
	for _, total := range s.totals {
		lines = append(lines, t.Cut("   "+s.sum(t, total), c.Width))
	}
	if desk.Returned(s.totals) {
		lines = append(lines, t.Cut("   "+s.takings(t), c.Width))
	}
	return strings.Join(lines, "\n")
}

func (s *Session) sum(t ui.Theme, total till.Total) string {
	note := ""
	switch total.State {
	case providers.HandedOver, providers.Invited:
		note = "no money confirmed here"
	case providers.Declined, providers.Refused, providers.Cancelled:
		note = "no money moved"
	}
	one := providers.Attempt{Kind: total.Kind, State: total.State, Amount: providers.Amount{Minor: total.Minor, Currency: total.Currency}}
	if total.Kind.Returns() && one.Word() == total.State.Word() {
		note = strings.TrimPrefix(note+", a refund", ", ")
	}
	if total.Apart {
		note = "of money not confirmed here"
	}
	amount := one.Sum()
	if t.Plain() {
		return fmt.Sprintf("%s: %d, %s %s", one.Word(), total.Count, amount, note)
	}
	amount = ui.Right(amount, 18)
	if total.Takings() {
		amount = t.Strong(ui.Good, amount)
	}
	return ui.Pad(desk.Mark(t, one), 16) + ui.Right(fmt.Sprint(total.Count), 5) + "  " + amount + "   " + t.Paint(ui.Muted, note)
}

// takings is what was taken, less what went back.
func (s *Session) takings(t ui.Theme) string {
	sum := desk.Takings(t, s.totals)
	if t.Plain() {
		return "takings: " + sum
	}
	return ui.Pad("  takings", 16) + ui.Right("", 5) + "  " + t.Strong(ui.Good, ui.Right(sum, 18)) + "   " + t.Paint(ui.Muted, "approved, less what was refunded")
}

// stays says what is not settled: it belongs to the counter, whoever signs out.
func (s *Session) stays(c ui.Canvas) string {
	if !s.known {
		return ""
	}
	t := c.Theme
	lines := ui.Wrap(left(s.status), max(c.Width-6, 8))
	if text := desk.ReceiptsMissing(s.status.Receipts); text != "" {
		lines = append(lines, ui.Wrap(text+": F4 on the sale page lists them.", max(c.Width-6, 8))...)
	}
	lines = append(lines, ui.Wrap("F8 hands over: you are signed out, the next person signs in.", max(c.Width-6, 8))...)
	for i := range lines {
		lines[i] = "   " + t.Paint(ui.Muted, lines[i])
	}
	return strings.Join(lines, "\n")
}

// left counts what is not settled at this counter.
func left(status till.Status) string {
	var parts []string
	if status.Open > 0 {
		parts = append(parts, fmt.Sprintf("%d open", status.Open))
	}
	if status.Unknown > 0 {
		parts = append(parts, fmt.Sprintf("%d not known", status.Unknown))
	}
	if len(parts) == 0 {
		return "Everything at this counter is settled."
	}
	return "At this counter " + strings.Join(parts, ", ") + ": that stays at F6, whoever is signed in."
}
