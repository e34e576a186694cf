package refund

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

type (
	// loadedMsg brings the sale and what can be given back of it.
	loadedMsg struct {
		from  *Refund
		sale  providers.Attempt
		state till.Refundable
		err   error
	}
	// doneMsg brings the refund that was begun or recorded.
	doneMsg struct {
		from   *Refund
		refund providers.Attempt
		err    error
	}
)

func (s *Refund) load() tea.Cmd {
	t, session, id := s.desk.Till(), s.desk.Session(), s.args.ID
	if s.args.As.ID != "" {
		session = s.args.As
	}
	return func() tea.Msg {
		msg := loadedMsg{from: s}
		detail, err := t.Detail(context.Background(), session, id)
		msg.sale, msg.err = detail.Attempt, err
		if err == nil {
			msg.state, msg.err = t.Refundable(context.Background(), id)
		}
		return msg
	}
}

// take shows what remains; what was typed meanwhile stays.
func (s *Refund) take(msg loadedMsg) {
	if s.err = msg.err; msg.err != nil {
		return
	}
	s.sale, s.state = msg.sale, msg.state
	s.amount.Decimals = msg.sale.Amount.Currency.Decimals
	if !s.read {
		s.amount.SetMinor(msg.state.Remaining.Minor)
	}
	s.read = true
}

// begin gives it back, or records that it was given back.
func (s *Refund) begin() tea.Cmd {
	t, session, permit, id, amount := s.desk.Till(), s.desk.Session(), s.permit, s.args.ID, s.total()
	elsewhere, number := s.recording(), s.number.Value()
	s.permit, s.busy, s.err = till.Permit{}, true, nil
	return func() tea.Msg {
		msg := doneMsg{from: s}
		if elsewhere {
			msg.refund, msg.err = t.RefundElsewhere(context.Background(), session, permit, id, amount, number)
		} else {
			msg.refund, msg.err = t.Refund(context.Background(), session, permit, id, amount)
		}
		return msg
	}
}

func (s *Refund) done(msg doneMsg) tea.Cmd {
	s.busy = false
	if s.err = msg.err; msg.err != nil {
		return s.load()
	}
	begun := msg.refund
	if begun.Settled { // it was written down
		return ui.Replace(desk.RouteDetail, desk.AttemptArgs{ID: begun.ID, As: s.args.As})
	}
	return ui.Replace(desk.RouteWaiting, desk.AttemptArgs{ID: begun.ID, Begun: &begun})
}
