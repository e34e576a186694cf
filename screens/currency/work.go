package currency

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
)

// acceptedMsg is what the provider told of the shop's account.
type acceptedMsg struct {
	from  *Currency
	list  []string
	fresh bool
	err   error
}

func (s *Currency) ask() tea.Cmd {
	t, session, p := s.desk.Till(), s.desk.Session(), s.args.Provider
	return func() tea.Msg {
		msg := acceptedMsg{from: s}
		msg.list, msg.fresh, msg.err = t.Accepted(context.Background(), session, p)
		return msg
	}
}
