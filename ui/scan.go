package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui/scanner"
)

// holdFor is how long a scan waits for a screen that takes it. Longer, and it might
// be taken for the next customer's.
const holdFor = time.Minute

// tornFor is how long after typing that nobody took more typing still belongs to
// it. A slow hand looks from its paper to the keys between two digits.
const tornFor = 2 * time.Second

// breath is the pause that a person's hand makes between two keys, at the least.
const breath = 30 * time.Millisecond

// heldScan is a scan that the screen of its time had no use for.
type heldScan struct {
	scan ScanMsg
	at   time.Time
}

// scanEvents sends typing and scans where they belong.
func (a *App) scanEvents(events []scanner.Event) tea.Cmd {
	var cmds []tea.Cmd
	for _, e := range events {
		switch {
		case e.Text != "":
			cmds = append(cmds, a.text(e.Text))
		case e.Retract > 0:
			cmds = append(cmds, a.retract(e.Retract))
		case e.Code != "":
			cmds = append(cmds, a.scanned(ScanMsg{Code: e.Code, Raw: e.Raw}))
		}
	}
	return tea.Batch(cmds...)
}

// text gives typed text to the dialog or the top screen, and remembers who got it.
func (a *App) text(text string) tea.Cmd {
	a.pressed, a.unlocked = a.now(), guard{}
	a.presses++
	a.dropPassing()
	target, cmd := 0, tea.Cmd(nil)
	switch e := a.top(); {
	case a.tooSmall():
	case len(a.dialogs) > 0:
		if a.dialogs[0].text(TextMsg{Text: text}, a.pressed) {
			target = a.dialogs[0].id
		}
	case a.help != nil:
	case e.guard.keeps(a.pressed):
	case takesText(e.screen) && a.pressed.Sub(a.torn) < tornFor:
		// The end of an amount is another amount.
		a.notify(NoticeMsg{Text: "Typed too early: wait a moment, then type all of it again.", Tone: Wait, Glyph: GlyphRefused})
	case takesText(e.screen):
		target = e.id
		cmd = a.own(e, a.pressed, e.screen.Update(TextMsg{Text: text}))
	}
	if target == 0 {
		a.torn = a.pressed
	}
	for range runes(text) {
		a.run = append(a.run, target)
	}
	if extra := len(a.run) - longestTail; extra > 0 {
		a.run = append([]int(nil), a.run[extra:]...)
	}
	return cmd
}

// touched notes that so many keys came at once.
func (a *App) touched(keys int) {
	now := a.now()
	if keys > 1 || now.Sub(a.pressed) < breath {
		a.rushed = now
	}
	a.pressed = now
}

// hasty reports whether a key came in one breath with another. Over a network a
// person's do too.
func (a *App) hasty() bool {
	return a.options.Scanner.Local && a.pressed.Sub(a.rushed) < breath
}

// retract takes characters back from whoever got them: a scan may have begun on a
// screen that has since been covered.
func (a *App) retract(count int) tea.Cmd {
	a.torn = time.Time{} // it was a scanner's
	from := max(len(a.run)-count, 0)
	counts, order := map[int]int{}, []int(nil)
	for _, id := range a.run[from:] {
		if counts[id] == 0 {
			order = append(order, id)
		}
		counts[id]++
	}
	a.run = a.run[:from]
	var cmds []tea.Cmd
	for _, id := range order {
		msg := RetractMsg{Count: counts[id]}
		if e, ok := a.entryOf(id); ok {
			cmds = append(cmds, a.tell(e, msg))
		}
		for _, q := range a.dialogs {
			if q.id == id {
				q.field.Update(msg)
			}
		}
	}
	return tea.Batch(cmds...)
}

// scanned gives a scan to the top screen if it takes one. It never goes to a dialog
// or through the help; then, and where nobody wants it, it is kept. The lock lets none
// through.
func (a *App) scanned(scan ScanMsg) tea.Cmd {
	a.pressed = a.now()
	a.presses++
	a.dropPassing()
	if a.locked() {
		return nil
	}
	a.held = &heldScan{scan: scan, at: a.pressed}
	cmd := a.handOver()
	if a.held != nil {
		a.held.scan.Held = true
	}
	return cmd
}

// handOver gives a held scan to the first screen that takes one.
func (a *App) handOver() tea.Cmd {
	e := a.top()
	if a.held == nil || a.tooSmall() || len(a.dialogs) > 0 || a.help != nil || !picks(e.screen, a.held.scan.Code) {
		return nil
	}
	scan := a.held.scan
	a.held = nil
	return a.tell(e, scan)
}

// heldText names a held scan: enough to know it by, not enough to use it.
func (a *App) heldText() string {
	code := []rune(a.held.scan.Code)
	ends := min(len(code)/4, 4)
	mask := strings.Repeat(a.theme.Glyph(GlyphMask), 3)
	return "scanned " + string(code[:ends]) + " " + mask + " " + string(code[len(code)-ends:]) +
		": no use for it here, kept for the next step"
}
