package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui/scanner"
)

// Options is what an App is made from.
type Options struct {
	Routes map[string]Route
	Start  string // the route of the lowest screen
	Args   any    // for the start route
	Theme  Theme
	Header Header
	Now    func() time.Time // the clock; time.Now when nil
	// Scanner says how scans are told from typing.
	Scanner scanner.Config
	// QuitWarning gives the reason to ask before leaving, or "".
	QuitWarning func() string
	// Lock covers the screen when nobody touches it.
	Lock Lock
	// After sends a message later; tea.Tick when nil. Tests bring their own clock.
	After func(d time.Duration, msg tea.Msg) tea.Cmd
}
