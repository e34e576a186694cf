package desk

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Blind says that nobody knows how an invoice stands now: its provider could not be
// asked several times in a row. Money that was seen before stays seen.
func Blind(a providers.Attempt, live till.Live) bool {
	return live.Blind() && (a.State == providers.Open || a.State == providers.PartlyPaid || a.State == providers.Expired)
}

// BlindNote says it in few words.
func BlindNote(a providers.Attempt) string { return a.Provider.Title() + " cannot be asked" }

// BlindWords are what to say and do meanwhile: whoever stands at the counter has
// only the customer's word.
func BlindWords(a providers.Attempt, w providers.Words) providers.Words {
	name := a.Provider.Title()
	w.Staff = name + " cannot be asked at the moment: the last looks brought no usable answer."
	w.Customer = "I cannot see from here whether your payment has come. Please do not pay a second time."
	w.Next = "Do not hand over the goods on the customer's word. Wait, F8 asks again; or a manager looks in the " + name + " account."
	return w
}

// Asked follows a "check now" until the look that it asked for is over, so that the
// key is answered also when nothing has changed.
type Asked struct {
	looks   int // before it
	waiting bool
}

// Press notes how the payment stands when the key is pressed.
func (k *Asked) Press(live till.Live) { *k = Asked{looks: live.Looks} }

// Sent notes that the till took the wish.
func (k *Asked) Sent() { k.waiting = true }

// Answer says what a look told that brought no news, once; nil while there is nothing
// to say. News are shown where they belong.
func (k *Asked) Answer(a providers.Attempt, live till.Live) tea.Cmd {
	over := live.Looks > k.looks
	gone := live == till.Live{} // watched long enough: that was the last look
	if !k.waiting || !over && !gone {
		return nil
	}
	k.waiting = false
	n := ui.NoticeMsg{Text: a.Provider.Title() + " was asked just now", Tone: ui.Wait, Glyph: ui.GlyphOpen}
	switch {
	case gone:
	case live.Lost > 0:
		n.Text, n.Tone, n.Glyph = n.Text+": no usable answer", ui.Unknown, ui.GlyphUnknown
	case live.News:
		return nil
	case a.State == providers.Open && !a.Confirming:
		n.Text += ": still waiting"
	default:
		n.Text += ": nothing new"
	}
	return ui.Notice(n)
}
