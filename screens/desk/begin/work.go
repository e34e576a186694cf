package begin

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
)

// begunMsg is what the till said to a draft.
type begunMsg struct {
	from    *Begin
	try     int
	attempt providers.Attempt
	err     error
	unusual bool // the only thing wrong is the unusual shape of the code
}

// work asks the till to check or begin the payment.
func (b *Begin) work() tea.Cmd {
	b.try++
	msg := begunMsg{from: b, try: b.try}
	t, s, draft, dry := b.desk.Till(), b.desk.Session(), b.draft, b.dry
	return func() tea.Msg {
		if dry {
			msg.err = t.Check(context.Background(), s, draft)
		} else {
			msg.attempt, msg.err = t.Begin(context.Background(), s, draft)
		}
		msg.unusual = desk.FieldOf(msg.err) == "code" && onlyUnusual(t, s, draft)
		return msg
	}
}

// onlyUnusual says that nothing is wrong with a draft's code but its shape, which a
// person may accept. The till's error has no word for that: it is told by asking
// again as if it had been accepted, which begins nothing.
func onlyUnusual(t *till.Till, s till.Session, d till.Draft) bool {
	if d.AcceptOtherCode {
		return false
	}
	d.AcceptOtherCode = true
	return desk.FieldOf(t.Check(context.Background(), s, d)) != "code"
}
