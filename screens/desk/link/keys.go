package link

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Actions lists what can be pressed; between leaving and the link's own stand the
// screen's.
func (l *Link) Actions(leave ui.Action, own ...ui.Action) []ui.Action {
	leave.ID = actLeave
	large := "large QR"
	if l.large {
		large = "small QR"
	}
	all := append([]ui.Action{leave, {ID: actLarge, Keys: []string{"f4"}, Label: large, Off: l.noLarge()}}, own...)
	all = append(all,
		ui.Action{ID: actCopy, Keys: []string{"f3"}, Label: "copy link", Off: l.noCopy()},
		ui.Action{ID: actPrint, Keys: []string{"f2"}, Label: "print", Off: l.noPrint()},
		ui.Action{ID: actDetail, Keys: []string{"tab"}, Label: "detail"},
	)
	return append(all, l.scroll.Moves()...)
}

func (l *Link) noLarge() string {
	switch {
	case l.Payment.Detail.Attempt.Link == "":
		return "there is no link"
	case l.shut() != "":
		return l.shut()
	case !l.room && !l.large:
		return "this window is too small for the QR"
	}
	return ""
}

func (l *Link) noCopy() string {
	switch {
	case l.Payment.Detail.Attempt.Link == "":
		return "there is no link"
	case l.shut() != "":
		return l.shut()
	case l.desk.Copy == nil:
		return "this terminal takes no copy"
	}
	return ""
}

func (l *Link) noPrint() string {
	if why := l.shut(); why != "" {
		return why
	}
	if l.desk.Print == nil {
		return "no printer is set up"
	}
	return ""
}

func (l *Link) act(id string) tea.Cmd {
	if l.scroll.Act(id) {
		return nil
	}
	switch id {
	case actLeave:
		if l.Leave != nil {
			return l.Leave()
		}
		return l.Payment.Args.Leave()
	case actLarge:
		l.large = !l.large
	case actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: l.Payment.Args.ID})
	case actPrint:
		text, print := l.Slip(), l.desk.Print
		return func() tea.Msg { return doneMsg{from: l, text: "It is printed.", err: print(text)} }
	case actCopy:
		link, copy := l.Payment.Detail.Attempt.Link, l.desk.Copy
		return func() tea.Msg { return doneMsg{from: l, text: "The link is copied.", err: copy(link)} }
	}
	return nil
}
