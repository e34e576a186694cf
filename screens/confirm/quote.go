package confirm

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// quote is what the transfer server says of limits and commission.
type quote struct {
	wanted bool
	asked  int // counts the questions; older answers are dropped
	busy   bool
	told   providers.Quote
	err    error // it did not tell, or the amount is outside its limits
	outer  bool  // the amount is
}

// quotedMsg brings the answer.
type quotedMsg struct {
	from  *Confirm
	asked int
	told  providers.Quote
	err   error
}

// ask asks what the transfer would cost.
func (s *Confirm) ask() tea.Cmd {
	s.quote.asked++
	s.quote.busy, s.quote.err, s.quote.outer = true, nil, false
	msg := quotedMsg{from: s, asked: s.quote.asked}
	t, session, d := s.desk.Till(), s.desk.Session(), s.draft
	return func() tea.Msg {
		msg.told, msg.err = t.Quote(context.Background(), session, d.Provider, d.Amount)
		return msg
	}
}

// quoted keeps the answer: what is outside the limits is never sent.
func (s *Confirm) quoted(msg quotedMsg) {
	if msg.from != s || msg.asked != s.quote.asked {
		return
	}
	s.quote.busy, s.quote.told, s.quote.err = false, msg.told, msg.err
	if msg.err == nil {
		s.quote.err = msg.told.Check(s.draft.Amount)
		s.quote.outer = s.quote.err != nil
	}
}

// quoteOff says why the transfer cannot be begun before its cost is known.
func (s *Confirm) quoteOff() string {
	switch {
	case s.quote.busy:
		return "one moment, limits and commission are being asked for"
	case s.quote.outer:
		return "the amount is outside the limits"
	}
	return ""
}

// costs is what the customer must know before they agree.
func (s *Confirm) costs(t ui.Theme) string {
	a := s.draft.Amount
	switch {
	case !s.quote.wanted || s.quote.err != nil:
		return ""
	case s.quote.busy:
		return t.Paint(ui.Wait, "asking for limits and commission")
	case s.quote.told.Commission(a) == "":
		return "the server names no commission"
	}
	return t.Join("commission "+s.quote.told.Commission(a), "in all "+t.Strong(ui.Normal, s.quote.told.WithCommission(a)))
}

// trouble is what stands in the way.
func (s *Confirm) trouble(c ui.Canvas) string {
	if s.quote.err != nil && s.begin.Err == nil {
		return desk.Trouble(c, s.quote.err)
	}
	return desk.Trouble(c, s.begin.Err)
}
