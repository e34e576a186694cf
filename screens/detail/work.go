package detail

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

type (
	// detailMsg brings the payment as the journal has it.
	detailMsg struct {
		from   *Detail
		asked  int
		detail till.Detail
		names  map[string]string
		err    error
	}
	// doneMsg says that the till did what a person wished, or why not.
	doneMsg struct {
		from *Detail
		err  error
	}
)

// read reads the payment; personal data only after a manager asked for it.
func (s *Detail) read() tea.Cmd {
	s.asked++
	msg := detailMsg{from: s, asked: s.asked}
	d, t, session, id := s.desk, s.desk.Till(), s.desk.Session(), s.id
	unmask := s.open && s.desk.May(till.Unmask)
	return func() tea.Msg {
		msg.detail, msg.err = t.Detail(context.Background(), session, id, unmask)
		msg.names = d.Names()
		return msg
	}
}

func (s *Detail) take(msg detailMsg) {
	if msg.from != s || msg.asked != s.asked {
		return
	}
	if s.err = msg.err; msg.err == nil {
		s.detail, s.names = msg.detail, msg.names
		s.live = s.desk.Till().Live(s.id)
	}
}

// check asks the till to look now; sure is the answer to its warning.
func (s *Detail) check(sure bool) tea.Cmd {
	t, session, id := s.desk.Till(), s.desk.Session(), s.id
	return s.do(func(ctx context.Context) error { return t.CheckNow(ctx, session, id, sure) })
}

// checkSure asks in spite of the warning. Where somebody has reason to believe
// that nothing must be sent any more, that is a manager's to decide.
func (s *Detail) checkSure() tea.Cmd {
	if s.risk.Closed || s.risk.KeySuspected {
		return s.askManager(wishChecked)
	}
	return s.check(true)
}

// close stops all asking.
func (s *Detail) close() tea.Cmd {
	t, session, id := s.desk.Till(), s.desk.Session(), s.id
	return s.do(func(ctx context.Context) error {
		_, err := t.CloseUnknown(ctx, session, id, "the customer left or paid otherwise")
		return err
	})
}

// grant does what a manager agreed to.
func (s *Detail) grant() tea.Cmd {
	t, session, id, permit, w := s.desk.Till(), s.desk.Session(), s.id, s.permit, s.wish
	s.permit, s.wish = till.Permit{}, 0
	return s.do(func(ctx context.Context) error {
		var err error
		switch w {
		case wishReviewed:
			_, err = t.Review(ctx, session, permit, id)
		case wishChecked:
			err = t.CheckWith(ctx, session, permit, id)
		default:
			_, err = t.Settle(ctx, session, permit, id, w == wishPaid)
		}
		return err
	})
}

func (s *Detail) do(work func(context.Context) error) tea.Cmd {
	s.refused = nil
	return func() tea.Msg { return doneMsg{from: s, err: work(context.Background())} }
}

// done shows the payment as it is now; a warning of the till's is asked about.
func (s *Detail) done(err error) tea.Cmd {
	var risk *till.ChargeRiskError
	if errors.As(err, &risk) {
		s.risk = risk.Attempt
		text, _ := desk.Sentence(risk)
		return ui.Ask(desk.AskRisk(askRisk, text))
	}
	s.refused = err
	return s.read()
}
