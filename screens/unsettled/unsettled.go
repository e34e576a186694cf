// Package unsettled lists what belongs to the counter because nobody can be
// sure of it yet: payments on their way, not known, open, put aside, late or
// contradicted. Whoever is signed in sees all of them.
package unsettled

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Unsettled is the screen.
type Unsettled struct {
	desk  *desk.Desk
	rows  []providers.Attempt // what needs a person first, then the newest
	live  map[string]till.Live
	names map[string]string
	asked int // counts the readings; older ones are dropped
	known bool
	err   error
	now   time.Time
	at    int
	page  int // rows in view when it was last drawn
}

// New makes the screen.
func New(d *desk.Desk) *Unsettled {
	return &Unsettled{desk: d, live: map[string]till.Live{}, page: 10}
}

// Title names the screen.
func (u *Unsettled) Title() string { return "Not settled" }

// Init reads the list once the screen is shown, so it does nothing.
func (u *Unsettled) Init() tea.Cmd { return nil }

// Ticking is true while there is something that moves.
func (u *Unsettled) Ticking() bool { return len(u.rows) > 0 }

// Update takes one message.
func (u *Unsettled) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		u.now = msg.Now
		return u.read()
	case ui.TickMsg:
		u.tick(msg.Now)
	case ui.ActionMsg:
		return u.act(msg.ID)
	case desk.UpdateMsg:
		return u.read()
	case rowsMsg:
		u.take(msg)
	}
	return nil
}

func (u *Unsettled) tick(now time.Time) {
	u.now = now
	t := u.desk.Till()
	for _, a := range u.rows {
		u.live[a.ID] = t.Live(a.ID)
	}
}

// chosen is the marked payment.
func (u *Unsettled) chosen() (providers.Attempt, bool) {
	if u.at >= len(u.rows) {
		return providers.Attempt{}, false
	}
	return u.rows[u.at], true
}
