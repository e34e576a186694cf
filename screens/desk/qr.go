package desk

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"cashdesk/providers"
	"cashdesk/ui"
)

// leastBeside is how much room the words beside a QR need.
const leastBeside = 30

// WithQR draws a link's QR at the left with the link's host beneath, and what
// beside draws at its right. Where there is no room the words have all of it,
// and are told: they show the link then. large gives the QR the whole body.
func (d *Desk) WithQR(c ui.Canvas, link string, large bool, beside func(c ui.Canvas, drawn bool) string) string {
	if link == "" {
		return c.Fit(beside(c, false))
	}
	host := Drawable(c.Theme, providers.LinkHost(link))
	if d.Shop.Test {
		host = "TEST  " + host
	}
	if large && roomFor(c.Width, c.Height-1) {
		if block, ok := ui.QR(c.Theme, link, c.Width, c.Height-1); ok {
			return c.Fit(ui.Centre(block, c.Width) + "\n" + ui.Centre(host, c.Width))
		}
	}
	if !roomFor(c.Width-leastBeside-3, c.Height-1) {
		return c.Fit(beside(c, false))
	}
	block, ok := ui.QR(c.Theme, link, c.Width-leastBeside-3, c.Height-1)
	if !ok {
		return c.Fit(beside(c, false))
	}
	width := lipgloss.Width(block)
	left := strings.Split(ui.Fit(block+"\n"+ui.Centre(ui.Cut(host, width, ""), width), width, c.Height, ""), "\n")
	right := strings.Split(c.Sub(c.Width-width-3, c.Height).Fit(beside(c.Sub(c.Width-width-3, c.Height), true)), "\n")
	for i := range left {
		left[i] = "  " + left[i] + " " + right[i]
	}
	return c.Fit(strings.Join(left, "\n"))
}

// roomFor says that the smallest QR there is would fit, so that a small window
// is not searched for one at every frame: 21 modules and 4 of light around, two
// to a cell in height.
func roomFor(width, height int) bool { return width >= 29 && height >= 15 }
