package desk

import (
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Date is a day without its year: "23 Dec".
func (d *Desk) Date(t time.Time) string { return d.in(t, "2 Jan") }

// pending are the states of what may have moved money, for all anybody knows.
var pending = []providers.State{providers.Recorded, providers.Sent, providers.Unknown}

// summed are the states whose amounts mean something when they are added up:
// money taken, money that may have moved or may still, and what was handed
// over, which never counts as taken; then what went back of it and what is left.
var summed = []struct {
	word   string
	tone   ui.Tone
	kind   providers.Kind // "" for sales
	states []providers.State
}{
	{"approved", ui.Good, "", []providers.State{providers.Approved}},
	{"not known", ui.Unknown, "", pending},
	{"open", ui.Wait, "", []providers.State{providers.Open}},
	{"partly paid", ui.Wait, "", []providers.State{providers.PartlyPaid}},
	{"handed over, not confirmed here", ui.Muted, "", []providers.State{providers.HandedOver}},
	{"refunded", ui.Muted, providers.Refund, []providers.State{providers.Approved}},
	{"refunds not known", ui.Unknown, providers.Refund, pending},
	{"of that undone", ui.Muted, providers.UndoRefund, []providers.State{providers.Approved}},
	{"refunded, never counted as taken", ui.Muted, apart, []providers.State{providers.Approved}},
	{"takings", ui.Good, "", nil},
}

// apart stands in that table for refunds of what was never counted as taken.
const apart providers.Kind = "apart"

// Returned says that money went back, so that what was approved is not what is
// left.
func Returned(totals []till.Total) bool {
	return slices.ContainsFunc(totals, func(t till.Total) bool { return t.Kind != "" && t.Net() != 0 })
}

// Takings are what is left of what was taken, by currency: "69.00 AUD".
func Takings(t ui.Theme, totals []till.Total) string {
	return added(t, totals, till.Total.Net)
}

// Sums writes totals in at most so many lines of the canvas: "approved
// 89.00 AUD · 18.50 EUR   not known 125.50 AUD".
func Sums(c ui.Canvas, totals []till.Total, most int) []string {
	t := c.Theme
	var lines []string
	line := "   "
	for _, s := range summed {
		sum := amounts(t, totals, s.kind, s.states)
		if s.states == nil && Returned(totals) {
			sum = Takings(t, totals)
		}
		if sum == "" {
			continue
		}
		part := t.Paint(s.tone, s.word) + " " + sum
		if line != "   " && lipgloss.Width(line+part) > c.Width {
			lines, line = append(lines, strings.TrimRight(line, " ")), "   "
		}
		line += part + "     "
	}
	if line != "   " {
		lines = append(lines, strings.TrimRight(line, " "))
	}
	lines = lines[:min(len(lines), most)]
	for i := range lines {
		lines[i] = t.Cut(lines[i], c.Width)
	}
	return lines
}

// amounts adds up what is of a kind and in one of the states.
func amounts(t ui.Theme, totals []till.Total, kind providers.Kind, states []providers.State) string {
	return added(t, totals, func(total till.Total) int64 {
		if total.Apart {
			total.Kind = apart
		}
		if total.Kind != kind || !slices.Contains(states, total.State) {
			return 0
		}
		return total.Minor
	})
}

// added adds up by currency; amounts of different currencies never mix.
func added(t ui.Theme, totals []till.Total, of func(till.Total) int64) string {
	var order []providers.Currency
	minor := map[providers.Currency]int64{}
	for _, total := range totals {
		if of(total) == 0 {
			continue
		}
		if _, seen := minor[total.Currency]; !seen {
			order = append(order, total.Currency)
		}
		minor[total.Currency] += of(total)
	}
	parts := make([]string, len(order))
	for i, currency := range order {
		parts[i] = providers.Amount{Minor: minor[currency], Currency: currency}.String()
	}
	return strings.Join(parts, " "+t.Glyph(ui.GlyphDot)+" ")
}
