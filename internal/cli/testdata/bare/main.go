// Command bare is the least that bubbletea can do with a full screen: what the
// time to the counter's first frame is held against. It has the same cure
// against asking the terminal and draws at the same rate.
package main

import (
	"os"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	_ "cashdesk/ui/mute"
)

type page struct{ height int }

func (p page) Init() tea.Cmd { return nil }

func (p page) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		p.height = msg.Height
	case tea.KeyMsg:
		return p, tea.Quit
	}
	return p, nil
}

func (p page) View() string { return strings.Repeat("\n", max(p.height-1, 0)) + " F1 all keys" }

func main() {
	// The size is given, as the counter finds it out by itself.
	if _, err := tea.NewProgram(page{height: 24}, tea.WithAltScreen(), tea.WithFPS(120)).Run(); err != nil {
		os.Exit(1)
	}
}
