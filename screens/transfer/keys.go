package transfer

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actLeave  = "transfer.leave"
	actPrint  = "transfer.print"
	actCopy   = "transfer.copy"
	actLarge  = "transfer.large"
	actDetail = "transfer.detail"
)

// Actions lists what can be pressed.
func (s *Transfer) Actions() []ui.Action {
	large := "large QR"
	if s.large {
		large = "small QR"
	}
	leave := ui.Action{ID: actLeave, Keys: []string{"enter", "esc"}, Label: "next sale"}
	if !s.payment.Args.Fresh {
		leave.Label = "back"
	}
	noLink := ""
	if s.payment.Detail.Attempt.Link == "" {
		noLink = "there is no link to hand over"
	}
	noCopy, noPrint := noLink, ""
	if s.desk.Copy == nil {
		noCopy = "this terminal takes no copy"
	}
	if s.desk.Print == nil {
		noPrint = "no printer is set up"
	}
	return []ui.Action{
		leave,
		{ID: actLarge, Keys: []string{"f4"}, Label: large, Off: noLink},
		{ID: actCopy, Keys: []string{"f3"}, Label: "copy link", Off: noCopy},
		{ID: actPrint, Keys: []string{"f2"}, Label: "print", Off: noPrint},
		{ID: actDetail, Keys: []string{"tab"}, Label: "detail"},
	}
}

// act does what was pressed, once the transfer has stood for a moment.
func (s *Transfer) act(id string) tea.Cmd {
	if !s.quiet.Open() {
		return nil
	}
	s.err = nil
	switch id {
	case actLeave:
		return s.payment.Args.Leave()
	case actLarge:
		s.large = !s.large
	case actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: s.payment.Args.ID})
	case actPrint:
		return s.print()
	case actCopy:
		return s.copy()
	}
	return nil
}
