package desk

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// calm is how long a screen that appeared by itself must stand, with no key
// pressed, before keys act on it.
const calm = 400 * time.Millisecond

// Quiet guards a screen that appears by itself: keys pressed ahead, or meant
// for the screen before, must not dismiss a verdict that nobody has read. It
// opens at the first tick before which the keyboard rested. Its screen must be
// Ticking.
type Quiet struct {
	shown time.Time
	open  bool
}

// Update takes the messages that bring the time.
func (q *Quiet) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		if q.shown.IsZero() {
			q.shown = msg.Now
		}
	case ui.TickMsg:
		q.open = q.open || msg.Idle >= calm && msg.Now.Sub(q.shown) >= calm
	}
}

// Open says that keys act.
func (q *Quiet) Open() bool { return q.open }
