package sale

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// lastCount is how many results are read: as many as the tallest column shows.
const lastCount = 20

// lastMsg brings the last results of the session.
type lastMsg struct {
	asked int
	last  []providers.Attempt
	off   string // why Oxipay cannot be used now
	// invited are the invitations that wait.
	invited []providers.Attempt
	due     int // receipt numbers that are missing
	err     error
}

// read asks for the last results.
func (s *Sale) read() tea.Cmd {
	s.asked++
	asked, t, session := s.asked, s.desk.Till(), s.desk.Session()
	return func() tea.Msg {
		page, err := t.History(context.Background(), session, till.Query{Session: session.ID, Limit: lastCount})
		msg := lastMsg{asked: asked, last: page.Attempts, err: err}
		if msg.err == nil {
			msg.invited, msg.err = t.Invitations(context.Background())
		}
		if msg.err == nil {
			var due []providers.Attempt
			due, msg.err = t.ReceiptsDue(context.Background())
			msg.due = len(due)
		}
		for _, m := range t.Methods(context.Background()) {
			if m.Provider == providers.Oxipay && m.Kind == providers.Authorise {
				msg.off = m.Off
			}
		}
		return msg
	}
}

// take keeps an answer, unless a newer one was asked for.
func (s *Sale) take(msg lastMsg) {
	if msg.asked != s.asked {
		return
	}
	s.off = msg.off
	if s.err = msg.err; msg.err == nil {
		s.last, s.due = msg.last, msg.due
		s.invited.keep(msg.invited, s.code != "")
		s.tick(s.now)
	}
}
