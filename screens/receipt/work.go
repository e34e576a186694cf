package receipt

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// givenMsg says whether the number is written down; sending it goes on in the
// background.
type givenMsg struct {
	from *Receipt
	sale providers.Attempt
	err  error
}

func (s *Receipt) give() tea.Cmd {
	t, session, id, number := s.desk.Till(), s.desk.Session(), s.sale.ID, s.number()
	s.busy, s.err = true, nil
	s.field.Error, s.hint = "", ""
	return func() tea.Msg {
		sale, err := t.Receipt(context.Background(), session, id, number)
		return givenMsg{from: s, sale: sale, err: err}
	}
}

// given leaves the page; what becomes of the number stands beside the sale.
func (s *Receipt) given(msg givenMsg) tea.Cmd {
	s.busy = false
	switch {
	case msg.err == nil:
		text := "Receipt number " + msg.sale.Receipt + " is on its way to " + msg.sale.Provider.Title() + "."
		return tea.Batch(ui.Back(), ui.Notice(ui.NoticeMsg{Text: text, Tone: ui.Wait, Glyph: ui.GlyphOpen, About: msg.sale.ID}))
	case desk.FieldOf(msg.err) == "receipt":
		s.field.Error, s.hint = desk.Sentence(msg.err)
	default:
		s.err = msg.err
	}
	return nil
}
