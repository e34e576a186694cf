package begin

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
)

// begunMsg is what the till said to a draft.
type begunMsg struct {
	from    *Begin
	try     int
	attempt providers.Attempt
	err     error
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
		return msg
	}
}
