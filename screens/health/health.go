// Package health shows the settings and how things are, for reading only.
package health

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Health is the screen.
type Health struct {
	desk   *desk.Desk
	lines  []desk.HealthLine
	asked  int // counts the readings; older ones are dropped
	busy   bool
	scroll desk.Scroll
}

// New makes the screen.
func New(d *desk.Desk) *Health { return &Health{desk: d} }

// Title names the screen.
func (h *Health) Title() string { return "Settings and health" }

// Init reads everything.
func (h *Health) Init() tea.Cmd { return h.read() }

// linesMsg brings the lines.
type linesMsg struct {
	from  *Health
	asked int
	lines []desk.HealthLine
}

func (h *Health) read() tea.Cmd {
	if h.desk.Health == nil {
		return nil
	}
	h.asked++
	h.busy = true
	asked, look := h.asked, h.desk.Health
	return func() tea.Msg { return linesMsg{from: h, asked: asked, lines: look()} }
}

// Update takes one message.
func (h *Health) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case linesMsg:
		if msg.from == h && msg.asked == h.asked {
			h.lines, h.busy = msg.lines, false
		}
	case ui.ActionMsg:
		return h.act(msg.ID)
	}
	return nil
}

// The actions.
const (
	actAgain = "health.again"
	actBack  = "health.back"
)

// Actions lists what can be pressed.
func (h *Health) Actions() []ui.Action {
	again := ui.Action{ID: actAgain, Keys: []string{"f8"}, Label: "look again"}
	if h.busy {
		again.Off = "one moment, it is being looked at"
	}
	list := ui.ListActions()
	return append([]ui.Action{list[0], again, {ID: actBack, Keys: []string{"esc"}, Label: "back"}}, list[1:]...)
}

func (h *Health) act(id string) tea.Cmd {
	switch {
	case h.scroll.Act(id):
		return nil
	case id == actAgain:
		return h.read()
	}
	return ui.Back()
}
