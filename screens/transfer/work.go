package transfer

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
)

// doneMsg says what came of printing or copying.
type doneMsg struct {
	from *Transfer
	text string // what to say when it worked
	err  error
}

func (s *Transfer) copy() tea.Cmd {
	link, copy := s.payment.Detail.Attempt.Link, s.desk.Copy
	return func() tea.Msg { return doneMsg{from: s, text: "The link is copied.", err: copy(link)} }
}

func (s *Transfer) print() tea.Cmd {
	text, print := s.slip(), s.desk.Print
	return func() tea.Msg { return doneMsg{from: s, text: "The slip is printed.", err: print(text)} }
}

func (s *Transfer) done(msg doneMsg) tea.Cmd {
	if msg.from != s {
		return nil
	}
	if s.err = msg.err; msg.err != nil {
		return nil
	}
	return ui.Notice(ui.NoticeMsg{Text: msg.text, Tone: ui.Good, Glyph: ui.GlyphApproved})
}

// slip is what the customer takes along.
func (s *Transfer) slip() string {
	a, shop := s.payment.Detail.Attempt, s.desk.Shop
	lines := []string{shop.Name, s.desk.Day(a.CreatedAt) + "  " + s.desk.Time(a.CreatedAt), ""}
	if a.Test || shop.Test {
		lines = append(lines, "TEST - NO MONEY MOVED", "")
	}
	lines = append(lines, "TRANSFER BEGUN, NOT PAID YET", a.Amount.String(), a.Provider.Title()+" "+a.ProviderRef)
	if a.Link != "" {
		lines = append(lines, a.Link)
	}
	return strings.Join(append(lines, "reference "+a.Reference, ""), "\n")
}
