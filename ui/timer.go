package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

const (
	tickFast = time.Second
	tickSlow = 15 * time.Second
	passing  = 10 * time.Second // how long a notice that leads nowhere stays
)

type (
	clockMsg  struct{ generation int }
	quietMsg  struct{ at time.Time }
	redrawMsg struct{}
)

// timers are the root's only ones: the ticker, the pause that ends a scan, the end of
// a guard.
type timers struct {
	generation int // of the ticker; older ticks are dropped
	every      time.Duration
	quiet      time.Time
	wake       time.Time // when a guard ends
	idle       bool      // the one for the lock is running
}

// schedule sets the timers that are due: the ticker at the pace that the top screen
// wants, the scanner's deadline, the end of a guard, and the lock.
func (a *App) schedule() tea.Cmd {
	var cmds []tea.Cmd
	every := tickSlow
	if t, ok := a.top().screen.(Ticker); ok && t.Ticking() {
		every = tickFast
	}
	if every != a.timers.every {
		a.timers.every = every
		a.timers.generation++
		cmds = append(cmds, a.options.After(every, clockMsg{a.timers.generation}))
	}
	if at, ok := a.scanner.Deadline(); ok && !at.Equal(a.timers.quiet) {
		a.timers.quiet = at
		cmds = append(cmds, a.options.After(max(at.Sub(a.now()), time.Millisecond), quietMsg{at}))
	}
	if at := a.wakes(); !at.IsZero() && !at.Equal(a.timers.wake) {
		a.timers.wake = at
		cmds = append(cmds, a.options.After(at.Sub(a.now()), redrawMsg{}))
	}
	if a.options.Lock.After > 0 && !a.timers.idle && !a.locked() {
		a.timers.idle = true
		cmds = append(cmds, a.options.After(max(a.lockDue().Sub(a.now()), time.Millisecond), idleMsg{}))
	}
	return tea.Batch(cmds...)
}

// tick moves the header's clock, lets passing things pass, and tells the top screen.
func (a *App) tick(msg clockMsg) tea.Cmd {
	if msg.generation != a.timers.generation {
		return nil
	}
	a.timers.every = 0 // schedule sets the next one
	a.clock = a.now()
	if a.held != nil && a.clock.Sub(a.held.at) >= holdFor {
		a.held = nil
	}
	for len(a.notices) > 0 && a.shown().Route == "" && a.clock.Sub(a.shown().at) >= passing {
		a.notices = a.notices[:len(a.notices)-1]
	}
	return a.tell(a.top(), TickMsg{Now: a.clock, Idle: a.clock.Sub(a.pressed)})
}

// quiet tells the scanner that nothing has come for a while.
func (a *App) quiet(msg quietMsg) tea.Cmd {
	now := a.now()
	if now.Before(msg.at) {
		now = msg.at // a coarse timer may be early
	}
	return a.scanEvents(a.scanner.Idle(now))
}
