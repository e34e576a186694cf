package desk

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
)

// LoadedMsg is an attempt as the journal has it, for whichever screen shows it.
type LoadedMsg struct {
	ID     string // the attempt that was asked for
	Detail till.Detail
	Err    error
}

// Load reads an attempt with all that happened to it.
func (d *Desk) Load(id string) tea.Cmd {
	t, s := d.Till(), d.Session()
	return func() tea.Msg {
		detail, err := t.Detail(context.Background(), s, id, false)
		return LoadedMsg{ID: id, Detail: detail, Err: err}
	}
}

// Newer says whether a loaded attempt is not older than the one that is shown:
// answers can overtake one another.
func (m LoadedMsg) Newer(shown till.Detail) bool {
	return m.Detail.Attempt.Seq >= shown.Attempt.Seq
}
