// Package session shows the session so far, for reading: who, since when, what
// it comes to. From here the counter is handed over to the next person.
package session

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Session is the screen.
type Session struct {
	desk    *desk.Desk
	session till.Session
	totals  []till.Total
	status  till.Status
	asked   int // counts the readings; older ones are dropped
	known   bool
	leaving bool
	err     error
	now     time.Time
}

// New makes the screen.
func New(d *desk.Desk) *Session { return &Session{desk: d, session: d.Session()} }

// Title names the screen.
func (s *Session) Title() string { return "Session" }

// Init reads the totals once the screen is shown, so it does nothing.
func (s *Session) Init() tea.Cmd { return nil }

// Update takes one message.
func (s *Session) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		s.now = msg.Now
		return s.read()
	case ui.TickMsg:
		s.now = msg.Now
	case desk.UpdateMsg:
		return s.read()
	case ui.ActionMsg:
		return s.act(msg.ID)
	case readMsg:
		if msg.from == s && msg.asked == s.asked {
			s.totals, s.status, s.err, s.known = msg.totals, msg.status, msg.err, true
		}
	case leftMsg:
		if msg.from == s {
			return s.left(msg.err)
		}
	}
	return nil
}

// left asks the next person to sign in. What is open stays with the counter.
func (s *Session) left(err error) tea.Cmd {
	s.leaving = false
	if err != nil {
		s.err = err
		return nil
	}
	s.desk.SetSession(till.Session{})
	return ui.Reset(desk.RouteSignIn, nil)
}
