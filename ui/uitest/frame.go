package uitest

import (
	"strings"
	"testing"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"cashdesk/ui"
)

// Raw is the frame as it goes to the terminal, colours and all.
func (d *Driver) Raw() string { return d.App.View() }

// Frame is the frame as plain text, blanks at the ends of lines cut off.
func (d *Driver) Frame() string {
	lines := strings.Split(ansi.Strip(d.Raw()), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// Shows fails the test unless the frame has every one of the texts.
func (d *Driver) Shows(texts ...string) {
	d.t.Helper()
	frame := d.Frame()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			d.t.Fatalf("the frame does not show %q:\n%s", text, frame)
		}
	}
}

// Hides fails the test if the frame has one of the texts.
func (d *Driver) Hides(texts ...string) {
	d.t.Helper()
	frame := d.Frame()
	for _, text := range texts {
		if strings.Contains(frame, text) {
			d.t.Fatalf("the frame shows %q:\n%s", text, frame)
		}
	}
}

// On fails the test unless the screen of a route is on top.
func (d *Driver) On(route string) {
	d.t.Helper()
	routes := d.App.Routes()
	if len(routes) == 0 || routes[len(routes)-1] != route {
		d.t.Fatalf("on %v, want %q on top:\n%s", routes, route, d.Frame())
	}
}

// check holds what is true of every frame: its exact size, only the theme's characters,
// an action list without fault.
func (d *Driver) check() {
	d.t.Helper()
	if d.gone {
		return
	}
	if err := ui.CheckActions(d.App.Top().Actions()); err != nil {
		d.t.Fatal(err)
	}
	raw := d.Raw()
	Exact(d.t, raw, d.w, d.h)
	text := ansi.Strip(raw)
	if text != "" && !strings.HasSuffix(text, " ") {
		d.t.Fatalf("the last cell is not blank in %d by %d:\n%s", d.w, d.h, text)
	}
	for _, r := range text {
		if r != '\n' && !d.theme.Allows(r) {
			d.t.Fatalf("%q is not among the characters of theme %s:\n%s", r, d.theme.Name, d.Frame())
		}
	}
}

// Exact fails the test unless a text is exactly width by height cells.
func Exact(t testing.TB, text string, width, height int) {
	t.Helper()
	lines := strings.Split(text, "\n")
	if len(lines) != height && (height > 0 || text != "") {
		t.Fatalf("%d lines in %d by %d", len(lines), width, height)
	}
	for i, line := range lines {
		if w := lipgloss.Width(line); w != width && text != "" {
			t.Fatalf("line %d has %d cells in %d by %d: %q", i+1, w, width, height, line)
		}
	}
}

// EverySize draws the app at each size to 100 by 40 and checks each frame.
func (d *Driver) EverySize() {
	d.t.Helper()
	for w := 1; w <= 100; w++ {
		for h := 1; h <= 40; h++ {
			d.Resize(w, h)
		}
	}
}
