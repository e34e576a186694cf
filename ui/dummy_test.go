package ui_test

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

// dummy is a screen for the tests of the root: an amount, a list of what it was told.
type dummy struct {
	amount  ui.AmountField
	pressed []string
	scans   []ui.ScanMsg
	answers []ui.DialogMsg
	heard   []any // what is none of the ui's
	ticks   int
	shown   int

	noText, noScan, ticking bool
	frame                   ui.Frame
	about                   string
	does                    map[string]tea.Cmd // what an action leads to
	onHeard                 tea.Cmd
}

func newDummy() *dummy {
	return &dummy{amount: ui.AmountField{Decimals: 2}, does: map[string]tea.Cmd{}}
}

func (s *dummy) Init() tea.Cmd   { return nil }
func (s *dummy) TakesText() bool { return !s.noText }
func (s *dummy) TakesScan() bool { return !s.noScan }
func (s *dummy) Ticking() bool   { return s.ticking }
func (s *dummy) Frame() ui.Frame { return s.frame }
func (s *dummy) Title() string   { return "sale" }
func (s *dummy) About() string   { return s.about }

func (s *dummy) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		s.pressed = append(s.pressed, msg.ID)
		return s.does[msg.ID]
	case ui.ScanMsg:
		s.scans = append(s.scans, msg)
	case ui.DialogMsg:
		s.answers = append(s.answers, msg)
	case ui.TickMsg:
		s.ticks++
	case ui.ShownMsg:
		s.shown++
	case ui.TextMsg, ui.EditMsg, ui.RetractMsg:
		s.amount.Update(msg)
	default:
		s.heard = append(s.heard, msg)
		return s.onHeard
	}
	return nil
}

func (s *dummy) View(c ui.Canvas) string {
	body := ui.Heading(c.Theme, ui.Normal, s.amount.Text(), c.Width, c.Height-4) + "\n\n" +
		ui.Section(c.Theme, "Tell the customer", "Nothing has been charged. Please wait a moment while we ask.", c.Width)
	return c.Fit(ui.Middle(body, c.Height))
}

func (s *dummy) Actions() []ui.Action {
	return []ui.Action{
		{ID: "pay", Keys: []string{"enter"}, Label: "pay"},
		{ID: "invite", Keys: []string{"f3"}, Label: "invite"},
		{ID: "history", Keys: []string{"f5"}, Label: "history"},
		{ID: "open", Keys: []string{"f6"}, Label: "not settled"},
		{ID: "refund", Keys: []string{"f7"}, Label: "refund", Off: "a manager must be signed in"},
		{ID: "clear", Keys: []string{"esc"}, Label: "clear"},
		{ID: "secret", Keys: []string{"ctrl+p", "tab"}, Label: "provider's own words", Hidden: true},
	}
}

var header = ui.Header{
	Shop: "Hill St Books", Counter: "counter 2", Operator: "Mia",
	Lights: []ui.Light{
		{Name: "Oxipay", Tone: ui.Good, On: true}, {Name: "OxaPay", Tone: ui.Good, On: true},
		{Name: "XaiGate", Tone: ui.Good, On: true}, {Name: "Payneteasy", Tone: ui.Muted},
	},
	Badges: []ui.Badge{{Glyph: ui.GlyphOpen, Text: "1 open", Tone: ui.Wait}, {Glyph: ui.GlyphUnknown, Text: "1 not known", Tone: ui.Unknown}},
}

// setup has two dummy screens, the first on top.
func setup(first, second *dummy) uitest.Setup {
	return uitest.Setup{
		Routes: map[string]ui.Route{
			"first":  func(any) ui.Screen { return first },
			"second": func(any) ui.Screen { return second },
		},
		Start: "first", Header: header,
	}
}

func joined(ids []string) string { return strings.Join(ids, " ") }
