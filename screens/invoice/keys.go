package invoice

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// The invoice's own actions.
const (
	actAside = "invoice.aside"
	actCheck = "invoice.check"

	actPay     = "invoice.demo.pay"
	actPayLess = "invoice.demo.less"
	actPayMore = "invoice.demo.more"
	actExpire  = "invoice.demo.expire"
	actLose    = "invoice.demo.lose"
)

// Actions lists what can be pressed.
func (s *Invoice) Actions() []ui.Action {
	leave := ui.Action{Keys: []string{"esc"}, Label: "next customer"}
	if !s.Payment.Args.Fresh {
		leave.Label = "back"
	}
	own := []ui.Action{
		{ID: actAside, Keys: []string{"f7"}, Label: "put aside", Off: off(s.Payment.Detail.Attempt.Aside, "it is put aside already")},
		{ID: actCheck, Keys: []string{"f8"}, Label: "check now", Off: off(s.Payment.Live.Busy, "it is being asked right now")},
	}
	if s.desk.Demo != nil {
		own = append(own,
			ui.Action{ID: actPay, Keys: []string{"ctrl+p"}, Label: "the customer pays", Hidden: true},
			ui.Action{ID: actPayLess, Keys: []string{"ctrl+o"}, Label: "pays too little", Hidden: true},
			ui.Action{ID: actPayMore, Keys: []string{"ctrl+t"}, Label: "pays too much", Hidden: true},
			ui.Action{ID: actExpire, Keys: []string{"ctrl+e"}, Label: "lets it expire", Hidden: true},
			ui.Action{ID: actLose, Keys: []string{"ctrl+l"}, Label: "lose the next answer", Hidden: true},
		)
	}
	return s.Link.Actions(leave, own...)
}

func off(is bool, why string) string {
	if is {
		return why
	}
	return ""
}

// leave goes to the next customer; the invoice stays watched.
func (s *Invoice) leave() tea.Cmd {
	a := s.Payment.Detail.Attempt
	if !s.Payment.Args.Fresh || !s.Payment.Loaded() {
		return s.Payment.Args.Leave()
	}
	return tea.Batch(s.Payment.Args.Leave(), ui.Notice(ui.NoticeMsg{
		Text: "The invoice of " + a.Amount.String() + " stays watched, at F6.", Tone: ui.Wait, Glyph: ui.GlyphOpen,
	}))
}
