// Package receipts lists the approved sales whose receipt number is missing, or was
// not taken. They belong to the counter: whoever is signed in may give it.
package receipts

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Receipts is the list.
type Receipts struct {
	desk  *desk.Desk
	rows  []providers.Attempt // oldest first
	names map[string]string
	known bool
	asked int // counts the readings; older ones are dropped
	err   error
	now   time.Time
	at    int
	page  int // rows in view when it was last drawn
}

// New makes the list.
func New(d *desk.Desk) *Receipts { return &Receipts{desk: d, page: 10} }

// Title names the screen.
func (s *Receipts) Title() string { return "Receipt numbers" }

// Init reads the list once the screen is shown, so it does nothing.
func (s *Receipts) Init() tea.Cmd { return nil }

// rowsMsg brings the list.
type rowsMsg struct {
	from  *Receipts
	asked int
	rows  []providers.Attempt
	names map[string]string
	err   error
}

// Update takes one message.
func (s *Receipts) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ShownMsg:
		s.now = msg.Now
		return s.read()
	case ui.TickMsg:
		s.now = msg.Now
	case ui.ActionMsg:
		return s.act(msg.ID)
	case desk.UpdateMsg:
		return s.read()
	case rowsMsg:
		s.take(msg)
	}
	return nil
}

func (s *Receipts) read() tea.Cmd {
	s.asked++
	msg := rowsMsg{from: s, asked: s.asked}
	d, t := s.desk, s.desk.Till()
	return func() tea.Msg {
		msg.rows, msg.err = t.ReceiptsDue(context.Background())
		msg.names = d.Names()
		return msg
	}
}

// take keeps the list; the marked sale stays marked wherever it stands now.
func (s *Receipts) take(msg rowsMsg) {
	if msg.from != s || msg.asked != s.asked {
		return
	}
	s.known = true
	if s.err = msg.err; msg.err != nil {
		return
	}
	marked, _ := s.chosen()
	s.rows, s.names = msg.rows, msg.names
	s.at = desk.Marked(s.rows, marked.ID, s.at)
}

// chosen is the marked sale.
func (s *Receipts) chosen() (providers.Attempt, bool) {
	if s.at >= len(s.rows) {
		return providers.Attempt{}, false
	}
	return s.rows[s.at], true
}
