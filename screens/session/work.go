package session

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
)

type (
	// readMsg brings what the session comes to.
	readMsg struct {
		from   *Session
		asked  int
		totals []till.Total
		status till.Status
		err    error
	}
	// leftMsg says that the session has ended, or why not.
	leftMsg struct {
		from *Session
		err  error
	}
)

func (s *Session) read() tea.Cmd {
	s.asked++
	msg := readMsg{from: s, asked: s.asked}
	t, session := s.desk.Till(), s.session
	return func() tea.Msg {
		ctx := context.Background()
		var bad, worse error
		msg.totals, bad = t.Totals(ctx, session, till.Query{Session: session.ID})
		msg.status, worse = t.Status(ctx)
		msg.err = errors.Join(bad, worse)
		return msg
	}
}

// leave ends the session.
func (s *Session) leave() tea.Cmd {
	t, session := s.desk.Till(), s.session
	s.leaving, s.err = true, nil
	return func() tea.Msg { return leftMsg{from: s, err: t.SignOut(context.Background(), session)} }
}
