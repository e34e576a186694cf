package unsettled

import (
	"cmp"
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
)

// rowsMsg brings the list.
type rowsMsg struct {
	from  *Unsettled
	asked int
	rows  []providers.Attempt
	names map[string]string
	err   error
}

func (u *Unsettled) read() tea.Cmd {
	u.asked++
	msg := rowsMsg{from: u, asked: u.asked}
	d, t := u.desk, u.desk.Till()
	return func() tea.Msg {
		msg.rows, msg.err = t.Unsettled(context.Background())
		msg.names = d.Names()
		return msg
	}
}

// take keeps the list; the marked payment stays marked wherever it stands now.
func (u *Unsettled) take(msg rowsMsg) {
	if msg.from != u || msg.asked != u.asked {
		return
	}
	u.known = true
	if u.err = msg.err; msg.err != nil {
		return
	}
	marked, _ := u.chosen()
	u.rows, u.names = msg.rows, msg.names
	slices.SortStableFunc(u.rows, func(a, b providers.Attempt) int {
		return cmp.Or(urgency(a)-urgency(b), b.CreatedAt.Compare(a.CreatedAt))
	})
	u.at = desk.Marked(u.rows, marked.ID, u.at)
	u.tick(u.now)
}

// urgency puts first what somebody must look at, last what only waits.
func urgency(a providers.Attempt) int {
	switch {
	case a.Contradicted, a.PossibleDouble, a.KeySuspected:
		return 0
	case desk.ToConfirm(a):
		return 2
	case a.State == providers.Unknown, a.State == providers.Expired && a.Came() != "":
		return 1
	case a.State == providers.Expired, a.Aside:
		return 3
	}
	return 2
}
