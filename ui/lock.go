package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Lock says when the screen of a counter is covered because nobody touches it.
type Lock struct {
	After time.Duration // without a key or a scan; 0 is never
	Route string        // the screen that covers; it goes away with Back or Reset
	// Present says that somebody is signed in; nil is always. Else there is nobody
	// to lock out, and nobody who may read news.
	Present func() bool
}

// Wakeful is a screen that may say that it must not be covered just now.
type Wakeful interface{ Wakeful() bool }

// idleMsg comes when the screen may have been idle for long enough.
type idleMsg struct{}

// locked reports whether the lock covers everything.
func (a *App) locked() bool { return a.lockID != 0 }

// private reports whether whoever stands before the screen may not know what is
// beneath.
func (a *App) private() bool { return a.locked() || !a.present() }

func (a *App) present() bool {
	return a.options.Lock.Present == nil || a.options.Lock.Present()
}

// lockDue is when the screen is covered if nothing is pressed until then.
func (a *App) lockDue() time.Time {
	last := a.pressed
	if a.rested.After(last) {
		last = a.rested
	}
	return last.Add(a.options.Lock.After)
}

// watchLock notes whether the lock went away, and begins the wait for it anew while
// it must not come.
func (a *App) watchLock() {
	if _, there := a.entryOf(a.lockID); a.locked() && !there {
		a.lockID, a.pressed = 0, a.now()
		a.unlocked = unasked(a.pressed)
	}
	if w, ok := a.top().screen.(Wakeful); ok && w.Wakeful() || !a.present() {
		a.rested = a.now()
	}
}

// idle covers the screen if its time has come.
func (a *App) idle() tea.Cmd {
	a.timers.idle = false // schedule sets the next one
	if a.watchLock(); a.private() || a.now().Before(a.lockDue()) {
		return nil
	}
	return a.cover()
}

// cover puts the lock above everything. A question that was open is answered No, and
// a scan that was kept is dropped: whoever unlocks may serve another customer.
func (a *App) cover() tea.Cmd {
	open := a.dialogs
	a.dialogs, a.help, a.held = nil, nil, nil
	a.dropPassing()
	cmds := []tea.Cmd{a.open(goMsg{route: a.options.Lock.Route})}
	if a.top().route != a.options.Lock.Route {
		return tea.Batch(cmds...)
	}
	a.lockID = a.top().id
	for _, q := range open {
		cmds = append(cmds, a.refuse(q.Dialog, q.asker))
	}
	return tea.Batch(cmds...)
}

// refuse answers a question with No instead of showing it.
func (a *App) refuse(d Dialog, asker int) tea.Cmd {
	if e, ok := a.entryOf(asker); ok {
		return a.tell(e, DialogMsg{ID: d.ID})
	}
	return nil
}
