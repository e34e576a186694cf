package detail

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
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
	// personalMsg brings the customer's data.
	personalMsg struct {
		from     *Detail
		id       string
		personal providers.Personal
		err      error
	}
	// doneMsg says that the till did what a person wished, or why not.
	doneMsg struct {
		from  *Detail
		check bool // it was a look at the provider's
		err   error
	}
)

// read reads the payment, its personal data masked.
func (s *Detail) read() tea.Cmd {
	s.asked++
	msg := detailMsg{from: s, asked: s.asked}
	d, t, session, id := s.desk, s.desk.Till(), s.reader(), s.id
	return func() tea.Msg {
		msg.detail, msg.err = t.Detail(context.Background(), session, id)
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
		if s.personal != nil {
			s.detail.Attempt.Personal = *s.personal
		}
		s.live = s.desk.Till().Live(s.id)
	}
}

// reader is the session that reads: the page before may have one that sees more.
func (s *Detail) reader() till.Session {
	if s.as.ID != "" {
		return s.as
	}
	return s.desk.Session()
}

// reveal shows the customer's data, on a manager's word.
func (s *Detail) reveal(permit till.Permit) tea.Cmd {
	t, session, id := s.desk.Till(), s.desk.Session(), s.id
	return func() tea.Msg {
		personal, err := t.Personal(context.Background(), session, permit, id)
		return personalMsg{from: s, id: id, personal: personal, err: err}
	}
}

// revealed keeps the customer's data until the page is left.
func (s *Detail) revealed(msg personalMsg) tea.Cmd {
	if msg.from != s || msg.id != s.id {
		return nil
	}
	if s.refused = msg.err; msg.err == nil {
		s.personal = &msg.personal
	}
	return s.read()
}

// check asks the till to look now; sure is the answer to its warning.
func (s *Detail) check(sure bool) tea.Cmd {
	t, session, id := s.desk.Till(), s.desk.Session(), s.id
	s.refused = nil
	s.looked.Press(s.live)
	return func() tea.Msg {
		return doneMsg{from: s, check: true, err: t.CheckNow(context.Background(), session, id, sure)}
	}
}

// checkSure asks in spite of the warning, on a manager's word where it takes one.
func (s *Detail) checkSure() tea.Cmd {
	if desk.NeedsManager(s.risk) {
		return s.askManager(wishChecked)
	}
	return s.check(true)
}

// close stops all asking.
func (s *Detail) close() tea.Cmd {
	t, session, id, why := s.desk.Till(), s.desk.Session(), s.id, desk.CloseReason(s.detail.Attempt)
	return s.do(func(ctx context.Context) error {
		_, err := t.CloseUnknown(ctx, session, id, why)
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
		case wishUndone:
			_, err = t.Undo(ctx, session, permit, id)
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
		return ui.Ask(desk.AskRisk(askRisk, text, risk.Attempt))
	}
	s.refused = err
	return s.read()
}
