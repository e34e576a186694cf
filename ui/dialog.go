package ui

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Dialog is a question that stands before the screen. The answer is DialogMsg,
// to the screen that asked. The default is No, also for Enter, until a person
// moves to Yes; only a dialog with a Field takes Enter as Yes once something has
// been typed, and one with Choices takes the marked one. A dialog that opens without
// a key having been pressed ignores keys until the keyboard has been quiet.
type Dialog struct {
	ID    string
	Title string
	Lines []string // wrapped
	Yes   string   // label, "Yes" when empty
	No    string   // label, "No" when empty; Esc answers it
	Field *DialogField
	// Choices are one under the other; Enter takes the marked one, which moves with
	// the arrows. Not together with a Field.
	Choices []string
	Danger  bool // Yes is drawn as something that cannot be taken back
}

// DialogField asks for a line of text in a dialog: a PIN, a reason.
type DialogField struct {
	Label  string
	Masked bool // a PIN
	Digits bool // takes digits only
	Max    int  // characters, 0 for 200
}

// question is a dialog that is open or waits for its turn.
type question struct {
	Dialog
	id    int // among the takers of text
	asker int // the screen's entry; 0 is the root
	yes   bool
	at    int // the marked choice
	field Field
	guard guard

	opened time.Time
}

// agrees says that Enter would not be the harmless answer.
func (q *question) agrees() bool { return q.yes || q.Field != nil || len(q.Choices) > 0 }

// ask opens a dialog, behind those that are open already. Above the lock it would
// show what the lock hides.
func (a *App) ask(d Dialog, asker int, byKey bool) tea.Cmd {
	if a.locked() && asker != 0 && asker != a.lockID {
		return a.refuse(d, asker)
	}
	a.lastID++
	q := &question{Dialog: d, id: a.lastID, asker: asker, opened: a.now()}
	if !byKey || len(a.dialogs) > 0 {
		q.guard = unasked(a.now())
	}
	if d.Field != nil {
		q.field = Field{Label: d.Field.Label, Masked: d.Field.Masked, Max: d.Field.Max}
		if q.field.Max == 0 {
			q.field.Max = 200
		}
		if d.Field.Digits {
			q.field.Allowed = Digits
		}
	}
	a.dialogs = append(a.dialogs, q)
	return nil
}

// text takes typed text; it reports whether the dialog had a use for it.
func (q *question) text(msg TextMsg, now time.Time) bool {
	return !q.guard.keeps(now) && q.Field != nil && q.field.Update(msg)
}

// answer takes a key for the open dialog.
func (a *App) answer(key string) tea.Cmd {
	q := a.dialogs[0]
	if q.guard.keeps(a.pressed) {
		return nil
	}
	if at, mine := q.move(key); mine {
		q.at = at
		return nil
	}
	switch key {
	case "esc":
		return a.close(q, false)
	case "enter":
		if q.agrees() && (a.hasty() || a.pressed.Sub(q.opened) < burstTime) {
			return nil // nobody has seen what was asked, or typed
		}
		if len(q.Choices) > 0 {
			return a.close(q, true)
		}
		if q.Field == nil {
			return a.close(q, q.yes)
		}
		if q.field.Value() != "" {
			return a.close(q, true)
		}
	case "tab", "shift+tab", "up", "down":
		q.yes = !q.yes
	default:
		if op, ok := editKeys[key]; ok && q.Field != nil {
			q.field.Update(EditMsg{Op: op})
		} else if key == "left" || key == "right" {
			q.yes = !q.yes
		}
	}
	return nil
}

// move is where a key puts the mark among the choices. There is no other answer to
// go to, so every key that would is one of its own.
func (q *question) move(key string) (at int, mine bool) {
	if len(q.Choices) == 0 {
		return 0, false
	}
	switch key {
	case "up", "shift+tab", "left":
		return max(q.at-1, 0), true
	case "down", "tab", "right":
		return min(q.at+1, len(q.Choices)-1), true
	}
	return 0, false
}

// close takes the dialog away and tells the screen that asked, if it is still there.
func (a *App) close(q *question, yes bool) tea.Cmd {
	a.dialogs = a.dialogs[1:]
	if len(a.dialogs) > 0 { // the next one comes into view unasked
		a.dialogs[0].guard = unasked(a.now())
	}
	answer := DialogMsg{ID: q.ID, Yes: yes, Choice: q.at}
	if yes && q.Field != nil {
		answer.Text = q.field.Value()
	}
	if q.asker == 0 {
		if yes {
			return a.quit()
		}
		return nil
	}
	if e, ok := a.entryOf(q.asker); ok {
		return a.own(e, a.pressed, e.screen.Update(answer))
	}
	return nil
}

// dropOrphans closes dialogs whose screen is gone.
func (a *App) dropOrphans() {
	kept := a.dialogs[:0]
	for _, q := range a.dialogs {
		if _, ok := a.entryOf(q.asker); ok || q.asker == 0 {
			kept = append(kept, q)
		}
	}
	a.dialogs = kept
}
