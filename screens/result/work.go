package result

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// printedMsg says whether the slip was printed.
type printedMsg struct {
	from *Result
	err  error
}

func (r *Result) print() tea.Cmd {
	text, print := r.slip(), r.desk.Print
	return func() tea.Msg { return printedMsg{from: r, err: print(text)} }
}

func (r *Result) wasPrinted(msg printedMsg) tea.Cmd {
	if msg.from != r {
		return nil
	}
	if r.printed = msg.err; msg.err != nil {
		return nil
	}
	return ui.Notice(ui.NoticeMsg{Text: "The slip is printed.", Tone: ui.Good, Glyph: ui.GlyphApproved})
}

// slip is what the customer takes home.
func (r *Result) slip() string {
	a := r.payment.Detail.Attempt
	lines := []string{strings.ToUpper(desk.LookIn(r.payment.Detail).Word) + "  " + a.Sum(), a.Provider.Title()}
	if parts := desk.Parts(a); parts != "" {
		lines = append(lines, parts)
	}
	if a.ProviderRef != "" {
		lines = append(lines, desk.PurchaseWord(a.Provider)+" "+a.ProviderRef)
	}
	return r.desk.Slip(a, lines...)
}
