package invoice

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// doneMsg says what came of something that a person asked here.
type doneMsg struct {
	from *Invoice
	id   string // the action
	err  error
}

// act does in the background what an action of the invoice's own asks.
func (s *Invoice) act(id string) tea.Cmd {
	a, d := s.Payment.Detail.Attempt, s.desk
	t, session := d.Till(), d.Session()
	var job func() error
	switch id {
	case actAside:
		job = func() error { _, err := t.PutAside(context.Background(), session, a.ID); return err }
	case actCheck:
		s.asked.Press(s.Payment.Live)
		job = func() error { return t.CheckNow(context.Background(), session, a.ID, false) }
	case actPay:
		job = func() error { return d.Demo.Pay(a.Reference) }
	case actPayLess:
		job = func() error { return d.Demo.PayLess(a.Reference) }
	case actPayMore:
		job = func() error { return d.Demo.PayMore(a.Reference) }
	case actExpire:
		job = func() error { return d.Demo.Expire(a.Reference) }
	case actLose:
		d.Demo.LoseNext()
		return ui.Notice(desk.LostNotice)
	default:
		return nil
	}
	return func() tea.Msg { return doneMsg{from: s, id: id, err: job()} }
}

// done says what came of it; what the demo played is looked at once.
func (s *Invoice) done(msg doneMsg) tea.Cmd {
	if msg.from != s {
		return nil
	}
	if s.Err = msg.err; msg.err != nil {
		return nil
	}
	switch msg.id {
	case actCheck:
		s.asked.Sent()
	case actAside:
		return tea.Batch(s.Payment.Args.Leave(), ui.Notice(ui.NoticeMsg{Text: s.asideText(), Tone: ui.Wait, Glyph: ui.GlyphOpen}))
	case actPay, actPayLess, actPayMore, actExpire:
		return s.act(actCheck)
	}
	return nil
}

// asideText says until when money can still come.
func (s *Invoice) asideText() string {
	a := s.Payment.Detail.Attempt
	text := "Put aside, still watched."
	if !a.ExpiresAt.IsZero() {
		text += " The customer can pay until " + s.desk.Time(a.ExpiresAt) + "; late money is watched for a day longer."
	}
	return text
}

// slip is the link on paper.
func (s *Invoice) slip() string {
	a := s.Payment.Detail.Attempt
	lines := []string{"TO PAY  " + a.Amount.String(), a.Provider.Title(), a.Link}
	if !a.ExpiresAt.IsZero() {
		lines = append(lines, "until "+s.desk.Time(a.ExpiresAt))
	}
	return s.desk.Slip(a, lines...)
}
