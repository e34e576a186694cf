package ui

import (
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// footer draws the keys that work here, and the help key at the right whatever the
// room. What does not fit is left out from the end, but never the way out, Esc.
func (a *App) footer(width int) string {
	right := a.footerEnd(width)
	room := width - lipgloss.Width(right) - 1
	if news := a.stripText(room); a.frame() == FrameBare && news != "" && len(a.dialogs) == 0 {
		return Pad(a.theme.Cut(news, room), width-lipgloss.Width(right)) + right // there is no strip
	}
	var parts []string
	used, escape := 0, ""
	for _, action := range a.pressable() {
		if action.Hidden || len(action.Keys) == 0 {
			continue
		}
		part := footerPart(a.theme, action)
		if action.Keys[0] == "esc" {
			escape = part
		}
		parts = append(parts, part)
		used += lipgloss.Width(part) + 2
	}
	for last := len(parts) - 1; used > room && last >= 0; last-- {
		if parts[last] != escape {
			used -= lipgloss.Width(parts[last]) + 2
			parts = append(parts[:last], parts[last+1:]...)
		}
	}
	return Pad(" "+strings.Join(parts, "  "), width-lipgloss.Width(right)) + right
}

// footerEnd is what stands at the right.
func (a *App) footerEnd(width int) string {
	end := ""
	if a.frame() == FrameBare {
		end = a.testMark() // there is no header to say it
	}
	switch {
	case len(a.dialogs) > 0: // the help would hide the question
		return end
	case width < 60:
		return end + a.theme.Paint(Muted, "F1 keys ")
	}
	return end + a.theme.Paint(Muted, "F1 all keys ")
}

// pressable is the list that keys are looked up in just now.
func (a *App) pressable() []Action {
	switch {
	case len(a.dialogs) > 0:
		return a.dialogs[0].actions()
	case a.help != nil:
		return a.help.actions()
	}
	return a.actionsOf(a.top())
}

// footerPart is a key and what it does; one that is not available stands in
// brackets, since dimming alone would not be seen everywhere.
func footerPart(t Theme, action Action) string {
	key := keyName(t, action.Keys[0])
	if action.Off != "" {
		return t.Paint(Muted, "("+key+" "+action.Label+")")
	}
	return t.Strong(Accent, key) + " " + action.Label
}
