package uitest

import (
	"reflect"

	tea "github.com/charmbracelet/bubbletea"
)

// keyMsg is the message that a terminal would cause, by the name of the key.
func keyMsg(name string) (tea.KeyMsg, bool) {
	for t := tea.KeyType(-100); t <= 127; t++ {
		if msg := (tea.KeyMsg{Type: t}); t != tea.KeyRunes && msg.String() == name && name != "" {
			return msg, true
		}
	}
	return tea.KeyMsg{}, false
}

// sequence are the commands of tea.Sequence, whose message has no exported type.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	if v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	cmds := make([]tea.Cmd, v.Len())
	for i := range cmds {
		cmds[i] = v.Index(i).Interface().(tea.Cmd)
	}
	return cmds, true
}
