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
	asked, t, s, permit := k.asked, k.desk.Till(), k.desk.Session(), k.permit
	return func() tea.Msg {
		all, err := t.KeyStates(context.Background(), s, permit)
		return keysMsg{from: k, asked: asked, keys: all, err: err}
	}
}

// save sets the secret. What waits for the key as it is was shown and asked
// about; what has come to it since is the till's to refuse.
func (k *Keys) save(permit till.Permit) tea.Cmd {
	t, s, key, value := k.desk.Till(), k.desk.Session(), k.keys[k.at], k.field.Value()
	k.busy = true
	k.field.Error, k.hint = "", ""
	giveUp := len(key.Waiting) > 0
	if k.device {
		register := t.Register
		if giveUp {
			register = t.RegisterAnyway
		}
		return func() tea.Msg { return setMsg{from: k, err: register(context.Background(), s, permit, value)} }
	}
	return func() tea.Msg {
		return setMsg{from: k, err: t.SetKey(context.Background(), s, permit, key.Name, value, giveUp)}
	}
}
