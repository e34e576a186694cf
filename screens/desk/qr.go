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
	if large {
		if text, ok := alone(c, link, host); ok {
			return text
		}
	}
	block, ok := draw(c.Theme, link, c.Width-leastBeside-3, c.Height-1)
	if !ok {
		return c.Fit(beside(c, false))
	}
	width := lipgloss.Width(block)
	left := strings.Split(ui.Fit(block+"\n"+ui.Centre(ui.Cut(host, width, ""), width), width, c.Height, ""), "\n")
	room := c.Sub(c.Width-width-3, c.Height)
	right := strings.Split(room.Fit(beside(room, true)), "\n")
	for i := range left {
		left[i] = "  " + left[i] + " " + right[i]
	}
	return c.Fit(strings.Join(left, "\n"))
}

// alone is the QR in the middle of the body, with the host beneath it, or at its
// right where every row is needed.
func alone(c ui.Canvas, link, host string) (string, bool) {
	if block, ok := draw(c.Theme, link, c.Width, c.Height-1); ok {
		return c.Fit(ui.Centre(block, c.Width) + "\n" + ui.Centre(ui.Cut(host, c.Width, ""), c.Width)), true
	}
	block, ok := draw(c.Theme, link, c.Width-leastBeside/2, c.Height)
	if !ok {
		return "", false
	}
	lines := strings.Split(block, "\n")
	for i, word := range ui.Wrap(host, c.Width-lipgloss.Width(block)-3) {
		if at := len(lines)/2 + i; at < len(lines) {
			lines[at] += "  " + word
		}
	}
	return c.Fit(strings.Join(lines, "\n")), true
}

// draw draws a QR, unless not even the smallest there is would fit: 21 modules
// and 4 of light around, two to a cell in height. A small window is not
// searched for one at every frame.
func draw(t ui.Theme, link string, width, height int) (string, bool) {
	if width < 29 || height < 15 {
		return "", false
	}
	return ui.QR(t, link, width, height)
}

// QRFits says whether a link's QR has room when it is large. In a window where it
// is not large yet, and the frame tight, it will have one row more.
func QRFits(c ui.Canvas, link string, large bool) bool {
	if !large {
		c = c.Sub(c.Width, c.Height+1)
	}
	_, ok := alone(c, link, "")
	return link != "" && ok
}
