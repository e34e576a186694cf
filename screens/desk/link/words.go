package link

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Words puts the amount above the blocks, large where all of them keep their
// room; empty ones are left out.
func (l *Link) Words(c ui.Canvas, blocks ...string) string {
	t, a := c.Theme, l.Payment.Detail.Attempt
	big := ui.Big(t, a.Amount.Figure())
	large := indent(t.Strong(ui.Normal, big)) + "\n" + t.Cut("   "+t.Join(a.Amount.Currency.Code, a.Provider.Title()), c.Width)
	all := strings.Join(kept(append([]string{large}, blocks...)), "\n\n")
	if !t.Plain() && lipgloss.Width(big) <= c.Width-4 && ui.Lines(all) <= c.Height {
		return all
	}
	line := t.Cut("   "+t.Join(t.Strong(ui.Normal, a.Amount.String()), a.Provider.Title()), c.Width)
	return desk.Stack(c, append([]string{line}, blocks...)...)
}

// Address is the link itself, for where its QR is not drawn, with a title above it.
func (l *Link) Address(c ui.Canvas, title string) string {
	link := l.address()
	if link == "" {
		return ""
	}
	head := l.beside(c, title)
	if l.desk.Shop.Test {
		head = "TEST. " + head
	}
	var lines []string
	for _, line := range ui.Wrap(head, max(c.Width-3, 8)) {
		lines = append(lines, "   "+c.Theme.Paint(ui.Muted, line))
	}
	for _, line := range ui.Wrap(link, max(c.Width-3, 8)) {
		lines = append(lines, "   "+line)
	}
	return strings.Join(lines, "\n")
}

func kept(blocks []string) []string {
	var out []string
	for _, block := range blocks {
		if block != "" {
			out = append(out, block)
		}
	}
	return out
}

func indent(block string) string { return "   " + strings.ReplaceAll(block, "\n", "\n   ") }
