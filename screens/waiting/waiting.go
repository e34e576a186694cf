// Package waiting shows a payment that is on its way, or whose answer is not
// known yet: what is happening, for how long, and what to do meanwhile.
package waiting

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// Waiting is the screen of one payment.
type Waiting struct {
	desk    *desk.Desk
	payment *desk.Payment
	consent *consent.Consent  // a manager's, to a check that may charge
	risk    providers.Attempt // as it was when the till warned of that
	err     error             // of what was asked here last
	scroll  desk.Scroll
}

// New makes the screen of a payment.
func New(d *desk.Desk, args desk.AttemptArgs) *Waiting {
	return &Waiting{desk: d, payment: desk.NewPayment(d, desk.RouteWaiting, args), consent: consent.New(d)}
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
	if cmd, mine := w.consent.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case consent.AgreedMsg:
		if msg.From == w.consent {
			return w.agreed(msg)
		}
		return nil
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

// park leaves the payment to itself, and says where it is then, to whoever has
// not just come from there.
func (w *Waiting) park() tea.Cmd {
	a := w.payment.Detail.Attempt
	if !w.payment.Loaded() || !w.payment.Args.Fresh || w.invitation() {
		return w.payment.Args.Leave()
	}
	text, look := a.Sum()+" with "+a.Provider.Title(), desk.LookOf(a)
	switch {
	case a.Closed || a.KeySuspected:
		text += " stays at F6 for a manager."
	case w.alone():
		text += " goes on by itself and stays at F6."
	default:
		text += " stays at F6."
	}
	return tea.Batch(w.payment.Args.Leave(), ui.Notice(ui.NoticeMsg{Text: text, Tone: look.Tone, Glyph: look.Glyph}))
}

// confirms says that the customer is asked on their phone, and that their answer is
// asked for by itself.
func (w *Waiting) confirms() bool { return desk.ToConfirm(w.payment.Detail.Attempt) && w.alone() }

// alone says that the till goes on with the payment by itself.
func (w *Waiting) alone() bool {
	return !w.unknown() || w.payment.Live.Busy || w.payment.Live.NextIn > 0
}
