package transfer

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The transfer's own actions.
const (
	actCheck = "transfer.check"

	actApprove = "transfer.demo.approve"
	actDecline = "transfer.demo.decline"
)

// Actions lists what can be pressed.
func (s *Transfer) Actions() []ui.Action {
	leave := ui.Action{Keys: []string{"enter", "esc"}, Label: "next sale"}
	if !s.Payment.Args.Fresh {
		leave.Label = "back"
	}
	check := ui.Action{ID: actCheck, Keys: []string{"f8"}, Label: "check now"}
	switch {
	case !s.followed():
		check.Off, check.Hidden = "the server does not tell what became of it", true
	case s.Payment.Live.Busy:
		check.Off = "it is being asked right now"
	}
	own := []ui.Action{check}
	if s.played() {
		own = append(own,
			ui.Action{ID: actApprove, Keys: []string{"ctrl+p"}, Label: "the customer finishes it", Hidden: true},
			ui.Action{ID: actDecline, Keys: []string{"ctrl+e"}, Label: "it is declined", Hidden: true},
		)
	}
	return s.Link.Actions(leave, own...)
}

// played says that somebody can play here what the customer does elsewhere.
func (s *Transfer) played() bool { return s.desk.Demo != nil && s.followed() }

// doneMsg says what came of something that a person asked here.
type doneMsg struct {
	from *Transfer
	id   string // the action
	err  error
}

// act does in the background what an action of the transfer's own asks.
func (s *Transfer) act(id string) tea.Cmd {
	a, d := s.Payment.Detail.Attempt, s.desk
	t, session := d.Till(), d.Session()
	var job func() error
	switch id {
	case actCheck:
		s.asked.Press(s.Payment.Live)
		job = func() error { return t.CheckNow(context.Background(), session, a.ID, false) }
	case actApprove:
		job = func() error { return d.Demo.Approve(a.ProviderRef) }
	case actDecline:
		job = func() error { return d.Demo.Decline(a.ProviderRef) }
	default:
		return nil
	}
	return func() tea.Msg { return doneMsg{from: s, id: id, err: job()} }
}

// done says what came of it; what the demo played is looked at once.
func (s *Transfer) done(msg doneMsg) tea.Cmd {
	if msg.from != s {
		return nil
	}
	if s.Err = msg.err; msg.err != nil {
		return nil
	}
	if msg.id == actCheck {
		s.asked.Sent()
		return nil
	}
	return s.act(actCheck)
}
