package keys

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
)

type (
	// keysMsg brings which keys are set.
	keysMsg struct {
		from  *Keys
		asked int
		keys  []till.KeyState
		err   error
	}
	// setMsg says that a key was set, or why not.
	setMsg struct {
		from *Keys
		err  error
	}
)

func (k *Keys) read() tea.Cmd {
	k.asked++
	k.reading = true
	asked, t, s := k.asked, k.desk.Till(), k.desk.Session()
	return func() tea.Msg {
		all, err := t.KeyStates(context.Background(), s)
		return keysMsg{from: k, asked: asked, keys: all, err: err}
	}
}

func (k *Keys) save() tea.Cmd {
	t, s, name, value := k.desk.Till(), k.desk.Session(), k.keys[k.at].Name, k.field.Value()
	k.busy = true
	k.field.Error, k.hint = "", ""
	return func() tea.Msg { return setMsg{from: k, err: t.SetKey(context.Background(), s, name, value)} }
}
