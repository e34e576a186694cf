package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// key takes a key press: characters go to the scanner's assembler first, what is
// left is looked up in the actions.
func (a *App) key(msg tea.KeyMsg) tea.Cmd {
	now := a.now()
	switch {
	case msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace:
		a.touched(len(msg.Runes))
		if msg.Alt && !a.scanner.Inside(now) {
			return nil // an Alt key; inside a burst it is an ESC before a character
		}
		if msg.Paste {
			return a.scanEvents(a.scanner.Paste(msg.Runes, now))
		}
		return a.scanEvents(a.scanner.Feed(msg.Runes, now))
	case msg.Type == tea.KeyEnter || msg.Type == tea.KeyTab || msg.Type == tea.KeyCtrlJ:
		events, swallowed := a.scanner.Terminator(now)
		cmd := a.scanEvents(events)
		if swallowed {
			return cmd
		}
		return tea.Batch(cmd, a.press(msg.String()))
	case isControl(msg) && a.scanner.Control(now):
		return nil // a scanner's control character is no key of a person's
	case a.scanner.Scanning(now):
		return nil // nor is what its ESC makes of what follows
	}
	cmd := a.scanEvents(a.scanner.Break(now))
	return tea.Batch(cmd, a.press(msg.String()))
}

// isControl reports whether a key is a bare control character, such as a scanner
// sends between the parts of a code.
func isControl(msg tea.KeyMsg) bool {
	return msg.Type >= 0 && msg.Type < ' ' && msg.Type != tea.KeyEsc
}

// press looks up what a key stands for: in the dialog, the help, the root's own
// keys, the screen's actions, the editing keys.
func (a *App) press(key string) tea.Cmd {
	a.touched(1)
	a.torn = time.Time{}
	a.presses++
	a.dropPassing()
	switch {
	case a.unlocked.keeps(a.pressed): // an Enter held down at the lock must not charge beneath it
		return nil
	case a.tooSmall():
		if (key == KeyQuit || key == KeyBreak) && a.quitReason() == "" {
			return a.quit()
		}
		return nil
	case key == KeyQuit || key == KeyBreak:
		return a.leave()
	case len(a.dialogs) > 0:
		return a.answer(key)
	case a.help != nil:
		a.help.press(key, a)
		return nil
	}
	switch key {
	case KeyHelp:
		a.help = &helpPage{}
		return nil
	case KeyNotice:
		return a.openNotice()
	}
	e := a.top()
	if e.guard.keeps(a.pressed) {
		return nil // not remembered either
	}
	if action, ok := find(e.screen.Actions(), key); ok {
		return a.act(e, action)
	}
	if op, ok := editKeys[key]; ok && takesText(e.screen) {
		return a.own(e, a.pressed, e.screen.Update(EditMsg{Op: op}))
	}
	return nil
}

// act starts an action, or says why it cannot be done now.
func (a *App) act(e *entry, action Action) tea.Cmd {
	if action.Off != "" {
		a.notify(NoticeMsg{Text: keyName(a.theme, action.Keys[0]) + " " + action.Label + ": " + action.Off, Tone: Wait, Glyph: GlyphRefused})
		a.notices[len(a.notices)-1].key = true
		return nil
	}
	if (action.Firm || action.Calm) && a.hasty() {
		return nil
	}
	if action.Firm {
		return a.firmly(e, action)
	}
	return a.own(e, a.pressed, e.screen.Update(ActionMsg{ID: action.ID}))
}

// firmMsg comes when a Firm action was pressed and nothing since.
type firmMsg struct {
	id      int // the screen's entry
	action  string
	presses int
}

// firmly starts a Firm action unless its key is pressed again at once: the first
// repeat of a key held down looks like any press, the second tells.
func (a *App) firmly(e *entry, action Action) tea.Cmd {
	if e.firm.keeps(a.pressed) {
		return nil
	}
	e.firm = guard{until: a.pressed.Add(burstTime), rest: burstTime}
	return a.options.After(burstTime, firmMsg{id: e.id, action: action.ID, presses: a.presses})
}

// confirmed starts a Firm action, if nothing came between and it can still be done.
func (a *App) confirmed(msg firmMsg) tea.Cmd {
	e := a.top()
	if e.id != msg.id || a.presses != msg.presses || len(a.dialogs) > 0 || a.help != nil {
		return nil
	}
	for _, action := range e.screen.Actions() {
		if action.ID == msg.action && action.Off == "" {
			return a.own(e, a.pressed, e.screen.Update(ActionMsg{ID: action.ID}))
		}
	}
	return nil
}

// editKeys are the keys of a text field, where the screen has not bound them.
var editKeys = map[string]EditOp{
	"backspace": EditBackspace, "delete": EditDelete, "left": EditLeft, "right": EditRight,
	"home": EditHome, "end": EditEnd, "ctrl+u": EditClear,
}

func takesText(s Screen) bool {
	taker, ok := s.(TextTaker)
	return ok && taker.TakesText()
}

func takesScan(s Screen) bool {
	taker, ok := s.(ScanTaker)
	return ok && taker.TakesScan()
}

// picks says that a screen which takes scans wants this one.
func picks(s Screen, code string) bool {
	picker, picky := s.(ScanPicker)
	return takesScan(s) && (!picky || picker.PicksScan(code))
}
