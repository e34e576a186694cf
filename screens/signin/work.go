package signin

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
)

type (
	// peopleMsg brings who can sign in.
	peopleMsg struct {
		from   *SignIn
		people []till.Person
	}
	// signedMsg brings the session, or why there is none.
	signedMsg struct {
		from    *SignIn
		session till.Session
		err     error
	}
)

func (s *SignIn) read() tea.Cmd {
	t := s.desk.Till()
	return func() tea.Msg { return peopleMsg{from: s, people: t.People()} }
}

// enter checks the PIN, which takes a while on purpose.
func (s *SignIn) enter() tea.Cmd {
	t, id, pin := s.desk.Till(), s.people[s.at].ID, s.pin.Value()
	s.busy = true
	s.pin.Error, s.hint = "", ""
	return func() tea.Msg {
		session, err := t.SignIn(context.Background(), id, pin)
		return signedMsg{from: s, session: session, err: err}
	}
}
