package sale

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// announce puts news of a payment into the strip, unless somebody looks at that
// payment. The idle screen does it for all: it is always there, and it never
// takes the screen for it.
func (s *Sale) announce(u till.Update) tea.Cmd {
	a := u.Attempt
	change := s.news.Hear(u)
	if change.Known && change.Before == a.State && !change.Raised && !change.Short && !change.NoNumber || s.desk.Shown() == a.ID {
		return nil
	}
	switch a.State {
	case providers.Recorded, providers.Sent, providers.Cancelled:
		return nil
	case providers.Unknown, providers.Open:
		// What an earlier run left is in the header already; what becomes of
		// it is news.
		if !change.Known && !change.Alarm {
			return nil
		}
	}
	look := desk.LookOf(a)
	notice := ui.NoticeMsg{
		Text: a.Sum() + "  " + a.Provider.Title() + "  " + look.Word,
		Tone: look.Tone, Glyph: look.Glyph,
		Route: desk.Route(a), Args: desk.AttemptArgs{ID: a.ID}, About: a.ID,
	}
	switch {
	case u.NotSaved:
		notice.Text += ": not saved, write it down"
		notice.Args = desk.AttemptArgs{ID: a.ID, Unsaved: &a}
	case change.Alarm || a.Closed && a.State == providers.Approved && !a.Kind.Returns():
		notice.Text, notice.Tone = a.Sum()+": "+s.desk.Till().Words(a).Staff, ui.Unknown
	case change.NoNumber && !change.Raised:
		notice.Text, notice.Tone, notice.Glyph = a.Sum()+": "+a.Provider.Title()+" did not take receipt number "+a.Receipt, ui.Unknown, ui.GlyphRefused
		masked := a
		masked.Personal = a.Personal.Masked()
		notice.Route, notice.Args = desk.RouteReceipt, desk.ReceiptArgs{Sale: masked}
	case change.Short:
		notice.Text, notice.Tone = notice.Text+": too little has come, call a manager", ui.Unknown
	case a.ProviderRef != "" && a.State == providers.Approved:
		notice.Text += ", " + desk.PurchaseWord(a.Provider) + " " + a.ProviderRef
	}
	return ui.Notice(notice)
}
