package desk

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// calm is how long a screen that appeared by itself must stand, without a key
// pressed, before keys act on it.
const calm = 700 * time.Millisecond

// Quiet guards a screen that appears by itself: keys pressed ahead, or meant
// for the screen before, must not dismiss a verdict that nobody has read. It
// opens with the first tick before which nothing was pressed.
type Quiet struct {
	shown   time.Time
	pressed bool
	open    bool
}

// Update takes the messages that bring the time.
func (q *Quiet) Update(msg tea.Msg) {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		if q.shown.IsZero() {
			q.shown = msg.Now
		}
	case ui.TickMsg:
		if q.shown.IsZero() {
			q.shown = msg.Now
		}
		q.open = q.open || !q.pressed && msg.Now.Sub(q.shown) >= calm
		q.pressed = false
	}
}

// Press is told of every key, and says whether it may act.
func (q *Quiet) Press() bool {
	q.pressed = true
	return q.open
}

// Open says that keys act.
func (q *Quiet) Open() bool { return q.open }
