package ui

import tea "github.com/charmbracelet/bubbletea"

// leave quits, or asks first if there is reason to.
func (a *App) leave() tea.Cmd {
	reason := a.quitReason()
	if reason == "" {
		return a.quit()
	}
	for _, q := range a.dialogs {
		if q.asker == 0 {
			return nil // it is asked already
		}
	}
	a.help = nil
	behind := a.dialogs
	a.dialogs = nil
	cmd := a.ask(Dialog{Title: "Leave the program?", Lines: []string{reason}, Yes: "Leave", No: "Stay", Danger: true}, 0, true)
	a.dialogs = append(a.dialogs, behind...) // whoever leaves is not asked the others first
	return cmd
}

func (a *App) quitReason() string {
	if a.options.QuitWarning == nil {
		return ""
	}
	return a.options.QuitWarning()
}

func (a *App) quit() tea.Cmd {
	a.quitting = true
	return tea.Quit
}
