package invoice

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// doneMsg says what came of something that a person asked here.
type doneMsg struct {
	from *Invoice
	id   string // the action
	err  error
}

// work does in the background what an action asks.
func (s *Invoice) work(id string) tea.Cmd {
	a, d := s.payment.Detail.Attempt, s.desk
	t, session := d.Till(), d.Session()
	var job func() error
	switch id {
	case actAside:
		job = func() error { _, err := t.PutAside(context.Background(), session, a.ID); return err }
	case actCheck:
		job = func() error { return t.CheckNow(context.Background(), session, a.ID, false) }
	case actPrint:
		text := s.slip()
		job = func() error { return d.Print(text) }
	case actCopy:
		job = func() error { return d.Copy(a.Link) }
	case actPay:
		job = func() error { return d.Demo.Pay(a.Reference) }
	case actPayLess:
		job = func() error { return d.Demo.PayLess(a.Reference) }
	case actExpire:
		job = func() error { return d.Demo.Expire(a.Reference) }
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
	if s.err = msg.err; msg.err != nil {
		return nil
	}
	switch msg.id {
	case actAside:
		return tea.Batch(s.payment.Args.Leave(), ui.Notice(ui.NoticeMsg{Text: s.asideText(), Tone: ui.Wait, Glyph: ui.GlyphOpen}))
	case actCopy:
		return ui.Notice(ui.NoticeMsg{Text: "The link is copied.", Tone: ui.Good, Glyph: ui.GlyphApproved})
	case actPrint:
		return ui.Notice(ui.NoticeMsg{Text: "The link is printed.", Tone: ui.Good, Glyph: ui.GlyphApproved})
	case actPay, actPayLess, actExpire:
		return s.work(actCheck)
	}
	return nil
}

// asideText says until when money can still come.
func (s *Invoice) asideText() string {
	a := s.payment.Detail.Attempt
	text := "Put aside, still watched."
	if !a.ExpiresAt.IsZero() {
		text += " The customer can pay until " + s.desk.Time(a.ExpiresAt) + "; late money is watched for a day longer."
	}
	return text
}

// slip is the link on paper.
func (s *Invoice) slip() string {
	a, shop := s.payment.Detail.Attempt, s.desk.Shop
	lines := []string{shop.Name, s.desk.Day(a.CreatedAt) + "  " + s.desk.Time(a.CreatedAt), ""}
	if a.Test || shop.Test {
		lines = append(lines, "TEST - NO MONEY MOVED", "")
	}
	lines = append(lines, "TO PAY  "+a.Amount.String(), a.Provider.Title(), a.Link)
	if !a.ExpiresAt.IsZero() {
		lines = append(lines, "until "+s.desk.Time(a.ExpiresAt))
	}
	return strings.Join(append(lines, "reference "+a.Reference, ""), "\n")
}
