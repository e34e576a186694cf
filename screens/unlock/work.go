package unlock

import tea "github.com/charmbracelet/bubbletea"

// openedMsg says that the journal is open, or why not.
type openedMsg struct {
	from *Unlock
	err  error
}

// open opens keystore and journal: a key derivation takes a second.
func (u *Unlock) open(passphrase string) tea.Cmd {
	u.busy = true
	unlock := u.desk.Unlock
	return func() tea.Msg { return openedMsg{from: u, err: unlock(passphrase)} }
}
