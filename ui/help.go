package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// helpPage is the list of everything that can be pressed on the screen beneath.
type helpPage struct{ top int }

// press moves or closes the page; any other key does nothing.
func (h *helpPage) press(key string, a *App) {
	page := max(a.bodyHeight()-2, 1)
	switch key {
	case "esc", "enter", KeyHelp:
		a.help = nil
	case "down":
		h.top++
	case "up":
		h.top--
	case "pgdown":
		h.top += page
	case "pgup":
		h.top -= page
	}
	h.top = max(min(h.top, len(a.helpLines(a.width))-page), 0)
}

// actions are what can be pressed on the page itself.
func (h *helpPage) actions() []Action {
	return []Action{{ID: "move", Keys: []string{"up"}, Label: "move"}, {ID: "close", Keys: []string{"esc"}, Label: "close"}}
}

// rootActions are the keys that work on every screen.
func rootActions() []Action {
	return []Action{
		{ID: "ui.help", Keys: []string{KeyHelp}, Label: "all keys of this page"},
		{ID: "ui.notice", Keys: []string{KeyNotice}, Label: "open the news above the bottom line"},
		{ID: "ui.quit", Keys: []string{KeyQuit, KeyBreak}, Label: "leave the program"},
	}
}

// view draws the title and as many keys as there is room for.
func (h *helpPage) view(c Canvas, a *App) string {
	title := "Help"
	if titled, ok := a.top().screen.(Titled); ok && titled.Title() != "" {
		title += " " + c.Theme.Glyph(GlyphDot) + " " + titled.Title()
	}
	lines := a.helpLines(c.Width)
	top := max(min(h.top, len(lines)-(c.Height-2)), 0)
	return c.Fit(strings.Join(append([]string{" " + c.Theme.Strong(Accent, title), ""}, lines[top:]...), "\n"))
}

// helpLines are the screen's actions and the root's, with the reasons of those that
// are not available.
func (a *App) helpLines(width int) []string {
	t := a.theme
	here, everywhere := a.actionsOf(a.top()), rootActions()
	widest := 0
	for _, action := range append(append([]Action(nil), here...), everywhere...) {
		widest = max(widest, lipgloss.Width(keyList(t, action)))
	}
	var lines []string
	for _, action := range here {
		if action.ID == ListDown { // the line of the up arrow shows both
			continue
		}
		lines = append(lines, helpLine(t, action, widest, width)...)
	}
	if takesText(a.top().screen) {
		lines = append(lines, "   "+Pad("0-9 a-z", widest)+"  what you type goes into the field")
	}
	if takesScan(a.top().screen) {
		lines = append(lines, "   "+Pad("scanner", widest)+"  a code can be scanned here")
	}
	lines = append(lines, "", " "+t.Paint(Accent, "On every page"))
	for _, action := range everywhere {
		lines = append(lines, helpLine(t, action, widest, width)...)
	}
	return append(lines, "   "+Pad("Esc", widest)+"  closes this list")
}

// helpLine is one action: its keys, what it does, and why it cannot be done now.
func helpLine(t Theme, action Action, widest, width int) []string {
	keys := Pad(keyList(t, action), widest)
	if action.Off == "" {
		return []string{"   " + t.Strong(Normal, keys) + "  " + t.Cut(action.Label, width-widest-6)}
	}
	text := Wrap(action.Label+" (not now: "+action.Off+")", width-widest-6)
	for i := range text {
		lead := strings.Repeat(" ", widest)
		if i == 0 {
			lead = keys
		}
		text[i] = t.Paint(Muted, "   "+lead+"  "+text[i])
	}
	return text
}

func keyList(t Theme, action Action) string {
	names := make([]string, len(action.Keys))
	for i, key := range action.Keys {
		names[i] = keyName(t, key)
	}
	return strings.Join(names, ", ")
}
