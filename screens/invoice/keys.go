package invoice

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actLeave  = "invoice.leave"
	actPrint  = "invoice.print"
	actCopy   = "invoice.copy"
	actLarge  = "invoice.large"
	actAside  = "invoice.aside"
	actCheck  = "invoice.check"
	actDetail = "invoice.detail"

	actPay     = "invoice.demo.pay"
	actPayLess = "invoice.demo.less"
	actExpire  = "invoice.demo.expire"
	actLose    = "invoice.demo.lose"
)

// Actions lists what can be pressed.
func (s *Invoice) Actions() []ui.Action {
	leave, large := "next customer", "large QR"
	if !s.payment.Args.Fresh {
		leave = "back"
	}
	if s.large {
		large = "small QR"
	}
	a := s.payment.Detail.Attempt
	all := []ui.Action{{ID: actLeave, Keys: []string{"esc"}, Label: leave}}
	if s.desk.Demo != nil {
		all = append(all,
			ui.Action{ID: actPay, Keys: []string{"ctrl+p"}, Label: "the customer pays", Hidden: true},
			ui.Action{ID: actPayLess, Keys: []string{"ctrl+o"}, Label: "pays too little", Hidden: true},
			ui.Action{ID: actExpire, Keys: []string{"ctrl+e"}, Label: "lets it expire", Hidden: true},
			ui.Action{ID: actLose, Keys: []string{"ctrl+l"}, Label: "lose the next answer", Hidden: true},
		)
	}
	return append(all,
		ui.Action{ID: actLarge, Keys: []string{"f4"}, Label: large, Off: off(a.Link == "", "there is no link")},
		ui.Action{ID: actAside, Keys: []string{"f7"}, Label: "put aside", Off: off(a.Aside, "it is put aside already")},
		ui.Action{ID: actCheck, Keys: []string{"f8"}, Label: "check now", Off: off(s.payment.Live.Busy, "it is being asked right now")},
		ui.Action{ID: actPrint, Keys: []string{"f2"}, Label: "print", Off: off(s.desk.Print == nil, "no printer is set up")},
		ui.Action{ID: actCopy, Keys: []string{"f3"}, Label: "copy link", Off: off(s.desk.Copy == nil || a.Link == "", "this terminal takes no copy")},
		ui.Action{ID: actDetail, Keys: []string{"tab"}, Label: "detail", Hidden: true},
	)
}

func off(is bool, why string) string {
	if is {
		return why
	}
	return ""
}

// act does what was pressed, once the invoice has stood for a moment.
func (s *Invoice) act(id string) tea.Cmd {
	if !s.quiet.Open() {
		return nil
	}
	s.err = nil
	switch id {
	case actLeave:
		return s.leave()
	case actLarge:
		s.large = !s.large
	case actDetail:
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: s.payment.Args.ID})
	case actLose:
		s.desk.Demo.LoseNext()
	default:
		return s.work(id)
	}
	return nil
}

// leave goes to the next customer; the invoice stays watched.
func (s *Invoice) leave() tea.Cmd {
	a := s.payment.Detail.Attempt
	if !s.payment.Args.Fresh || !s.payment.Loaded() {
		return s.payment.Args.Leave()
	}
	return tea.Batch(s.payment.Args.Leave(), ui.Notice(ui.NoticeMsg{
		Text: "The invoice of " + a.Amount.String() + " stays watched, at F6.", Tone: ui.Wait, Glyph: ui.GlyphOpen,
	}))
}
