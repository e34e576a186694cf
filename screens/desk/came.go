package desk

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/providers"
	"cashdesk/ui"
)

// Figure is a sum under its name.
type Figure struct{ Name, Sum string }

// Came is what was asked for an invoice, what has come, and what is missing of it
// or too much, each apart; nothing while nothing has come.
func Came(a providers.Attempt) []Figure {
	received := a.Came()
	if a.Coin != "" {
		received = a.Coin
	}
	if a.Kind != providers.Invoice || received == "" {
		return nil
	}
	figures := []Figure{{"asked", a.Amount.String()}, {"received", received}}
	if a.Coin != "" {
		figures = append(figures, Figure{"missing", a.Amount.String()})
	} else if missing := a.Missing(); missing != "" {
		figures = append(figures, Figure{"missing", strings.TrimSuffix(missing, " is missing")})
	}
	if over := a.Overpaid(); over != "" {
		figures = append(figures, Figure{"too much", over})
	}
	if a.Late {
		figures = append(figures, Figure{"late", "after the time to pay was over"})
	}
	return figures
}

// CameLine is that on one line, for a page that has its verdict: nothing where what
// was asked has come in time.
func CameLine(t ui.Theme, a providers.Attempt) string {
	figures := Came(a)
	if len(figures) < 3 && a.State == providers.Approved {
		return ""
	}
	var parts []string
	for _, f := range figures {
		parts = append(parts, t.Paint(ui.Muted, f.Name+" ")+Drawable(t, f.Sum))
	}
	return t.Join(parts...)
}

// CameLines is that as a column, the figures aligned at the right.
func CameLines(t ui.Theme, a providers.Attempt) string {
	figures := Came(a)
	width := 0
	for _, f := range figures[:min(len(figures), 3)] {
		width = max(width, lipgloss.Width(f.Sum))
	}
	var lines []string
	for _, f := range figures {
		sum := Drawable(t, f.Sum)
		if !t.Plain() {
			sum = ui.Right(sum, width)
		}
		lines = append(lines, "   "+t.Paint(ui.Muted, ui.Pad(f.Name, 9))+" "+sum)
	}
	return strings.Join(lines, "\n")
}
