package ui

import (
	"strings"

	"cashdesk/ui/qr"
)

// QR draws a link as a QR code, as large a level as fits width by height cells, its
// lines not centred. It reports false when there is no room or the page is read
// aloud: show the link then.
func QR(t Theme, link string, width, height int) (string, bool) {
	if t.Plain() {
		return "", false
	}
	drawing, err := qr.Draw(link, width, height, t.Name == ThemeSixteen || t.Name == ThemeNoColour)
	if err != nil {
		return "", false
	}
	return strings.Join(drawing.Lines, "\n"), true
}
