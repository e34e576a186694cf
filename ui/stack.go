package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// atOnce is how soon after a key press a dialog must open to be that key's doing.
const atOnce = 250 * time.Millisecond

// ownedMsg is a wish of a screen, with the screen that has it and the moment of the
// key press that led to it, if one did.
type ownedMsg struct {
	id      int
	pressed time.Time
	msg     tea.Msg
}

// own marks the wishes that a screen's command brings, and catches its panics. Other
// messages pass as they are.
func (a *App) own(e *entry, pressed time.Time, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if v := recover(); v != nil {
				msg = newPanicError(v)
			}
		}()
		switch m := cmd().(type) {
		case tea.BatchMsg:
			cmds := make(tea.BatchMsg, len(m))
			for i, c := range m {
				cmds[i] = a.own(e, pressed, c)
			}
			return cmds
		case goMsg, backMsg, askMsg, quitMsg:
			return ownedMsg{id: e.id, pressed: pressed, msg: m}
		default:
			return m
		}
	}
}

// owned grants a wish. Only the top screen may move: news that reach a covered one
// never take the screen from a person.
func (a *App) owned(o ownedMsg) tea.Cmd {
	if o.id == 0 {
		return nil // no screen to speak of; 0 is the root's own name as an asker
	}
	switch m := o.msg.(type) {
	case askMsg:
		byKey := !o.pressed.IsZero() && o.pressed.Equal(a.pressed) && a.now().Sub(o.pressed) < atOnce
		return a.ask(m.dialog, o.id, byKey)
	case quitMsg:
		return a.leave()
	case goMsg:
		if o.id == a.top().id {
			return a.open(m)
		}
	case backMsg:
		if o.id == a.top().id {
			return a.back(m)
		}
		if _, there := a.entryOf(o.id); !there { // typed faster than the screen closed
			return a.passOn(m.typed, o.id)
		}
	}
	return nil
}

// passOn gives the top screen text that was typed on another one.
func (a *App) passOn(text string, from int) tea.Cmd {
	e := a.top()
	if text == "" || !takesText(e.screen) {
		return nil
	}
	for i := max(len(a.run)-runes(text), 0); i < len(a.run); i++ {
		if a.run[i] == from {
			a.run[i] = e.id
		}
	}
	return a.tell(e, TextMsg{Text: text})
}

// open makes a screen and puts it on top.
func (a *App) open(m goMsg) tea.Cmd {
	route, ok := a.options.Routes[m.route]
	if !ok {
		a.notify(NoticeMsg{Text: "there is no page " + m.route, Tone: Bad, Glyph: GlyphRefused})
		return nil
	}
	a.lastID++
	e := &entry{id: a.lastID, route: m.route, screen: route(m.args), firm: fresh(a.now())}
	if m.unasked {
		e.guard = sudden(a.now())
	}
	switch {
	case m.reset:
		a.stack = nil
	case m.replace && len(a.stack) > 0:
		a.stack = a.stack[:len(a.stack)-1]
	}
	a.stack = append(a.stack, e)
	return tea.Batch(a.own(e, time.Time{}, e.screen.Init()), a.tell(e, ShownMsg{Now: a.now()}))
}

// back uncovers the screen beneath, or the lowest.
func (a *App) back(m backMsg) tea.Cmd {
	from, keep := a.top().id, max(len(a.stack)-1, 1)
	if m.home {
		keep = 1
	}
	a.stack = a.stack[:min(keep, len(a.stack))]
	e := a.top()
	e.firm = fresh(a.now())
	cmd := a.tell(e, ShownMsg{Now: a.now()})
	return tea.Batch(cmd, a.passOn(m.typed, from))
}

// tell gives one screen a message that no key press caused.
func (a *App) tell(e *entry, msg tea.Msg) tea.Cmd {
	return a.own(e, time.Time{}, e.screen.Update(msg))
}

// entryOf finds a screen that is still on the stack.
func (a *App) entryOf(id int) (*entry, bool) {
	for _, e := range a.stack {
		if e.id == id {
			return e, true
		}
	}
	return nil, false
}
