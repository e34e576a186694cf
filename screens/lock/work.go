package lock

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
)

type (
	// statusMsg brings the counts.
	statusMsg struct {
		from   *Lock
		asked  int
		status till.Status
		err    error
	}
	// unlockedMsg says that the PIN was right, or why not.
	unlockedMsg struct {
		from *Lock
		err  error
	}
	// leftMsg says that the session has ended, or why not.
	leftMsg struct {
		from *Lock
		err  error
	}
)

func (l *Lock) read() tea.Cmd {
	l.asked++
	msg := statusMsg{from: l, asked: l.asked}
	t := l.desk.Till()
	return func() tea.Msg {
		msg.status, msg.err = t.Status(context.Background())
		return msg
	}
}

// enter checks the PIN, which takes a while on purpose.
func (l *Lock) enter() tea.Cmd {
	t, session, pin := l.desk.Till(), l.session, l.pin.Value()
	l.wait()
	return func() tea.Msg {
		return unlockedMsg{from: l, err: t.Unlock(context.Background(), session, pin)}
	}
}

// leave ends the session of whoever went away.
func (l *Lock) leave() tea.Cmd {
	t, session := l.desk.Till(), l.session
	l.wait()
	return func() tea.Msg { return leftMsg{from: l, err: t.SignOut(context.Background(), session)} }
}

func (l *Lock) wait() {
	l.busy = true
	l.pin.Error, l.hint = "", ""
}
