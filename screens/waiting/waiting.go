// Package waiting shows a payment that is on its way, or whose answer is not
// known yet: what is happening, for how long, and what to do meanwhile.
package waiting

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// Waiting is the screen of one payment.
type Waiting struct {
	desk    *desk.Desk
	payment *desk.Payment
	err     error // of what was asked here last
}

// New makes the screen of a payment.
func New(d *desk.Desk, args desk.AttemptArgs) *Waiting {
	return &Waiting{desk: d, payment: desk.NewPayment(d, desk.RouteWaiting, args)}
}

// Title names the screen.
func (w *Waiting) Title() string { return "Waiting" }

// About names the payment that is shown.
func (w *Waiting) About() string { return w.payment.Args.ID }

// Init reads the payment.
func (w *Waiting) Init() tea.Cmd { return w.payment.Load() }

// Ticking is true: the time that it takes is shown.
func (w *Waiting) Ticking() bool { return true }

// Update takes one message.
func (w *Waiting) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return w.act(msg.ID)
	case ui.DialogMsg:
		return w.answered(msg)
	case askedMsg:
		return w.asked(msg)
	}
	return w.payment.Update(msg)
}

// unknown says that there was no sure answer.
func (w *Waiting) unknown() bool {
	return w.payment.Detail.Attempt.State == providers.Unknown
}

// park leaves the payment to itself.
func (w *Waiting) park() tea.Cmd {
	a := w.payment.Detail.Attempt
	if !w.payment.Loaded() {
		return w.payment.Args.Leave()
	}
	return tea.Batch(w.payment.Args.Leave(), ui.Notice(ui.NoticeMsg{
		Text: a.Amount.String() + " with " + a.Provider.Title() + " goes on by itself and stays at F6.",
		Tone: ui.Wait, Glyph: ui.GlyphOpen,
	}))
}
