// Package link is what the screens that hand the customer a link have in common:
// the link's QR, small or as large as the window, on paper, on the clipboard.
package link

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actLeave  = "link.leave"
	actPrint  = "link.print"
	actCopy   = "link.copy"
	actLarge  = "link.large"
	actDetail = "link.detail"
)

// Link hands over the link of one payment. A screen keeps it and passes it every
// message.
type Link struct {
	Payment *desk.Payment
	// Slip is the text for the printer.
	Slip func() string
	// Leave is where leaving leads; nil is where the payment leads.
	Leave func() tea.Cmd
	// Shut says why the link must not be shown to the customer any more, or nothing;
	// nil is never.
	Shut func() string
	// Err is why the last thing that was asked here did not work.
	Err error

	desk   *desk.Desk
	large  bool // the QR has the whole body
	room   bool // for the large QR, in the window as it was last drawn
	scroll desk.Scroll
}

// New makes one for the screen of a route.
func New(d *desk.Desk, route string, args desk.AttemptArgs) *Link {
	return &Link{desk: d, Payment: desk.NewPayment(d, route, args)}
}

// About names the payment that is shown.
func (l *Link) About() string { return l.Payment.Args.ID }

// Init reads the payment.
func (l *Link) Init() tea.Cmd { return l.Payment.Load() }

// Frame leaves the QR as much room as it needs: all but the footer when it is
// large.
func (l *Link) Frame() ui.Frame {
	if l.large {
		return ui.FrameBare
	}
	return ui.FrameTight
}

// doneMsg says what came of printing or copying.
type doneMsg struct {
	from *Link
	text string // what to say when it worked
	err  error
}

// Update takes one message.
func (l *Link) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ActionMsg:
		l.Err = nil
		return l.act(msg.ID)
	case doneMsg:
		if msg.from != l {
			return nil
		}
		if l.Err = msg.err; msg.err != nil {
			return nil
		}
		return ui.Notice(ui.NoticeMsg{Text: msg.text, Tone: ui.Good, Glyph: ui.GlyphApproved})
	}
	return l.Payment.Update(msg)
}

// View draws the QR and beside it the words; they are told whether it is drawn.
func (l *Link) View(c ui.Canvas, words func(c ui.Canvas, drawn bool) string) string {
	p := l.Payment
	if !p.Loaded() {
		return desk.Unread(c, p.Err)
	}
	address := l.address()
	l.room = desk.QRFits(c, address, l.large)
	return l.desk.WithQR(c, address, l.large, func(c ui.Canvas, drawn bool) string {
		text := words(c, drawn)
		if p.NotSaved {
			text = desk.Unsaved(c, p.Detail.Attempt) + "\n\n" + text
		}
		return l.scroll.Short(c, text)
	})
}

// address is the link as far as it may be shown.
func (l *Link) address() string {
	if l.shut() != "" {
		return ""
	}
	return l.Payment.Detail.Attempt.Link
}

func (l *Link) shut() string {
	if l.Shut == nil {
		return ""
	}
	return l.Shut()
}

// beside says what stands above the link where its QR has no room beside the words.
func (l *Link) beside(c ui.Canvas, title string) string {
	switch {
	case c.Theme.Plain():
	case l.room && !l.large:
		return "F4 shows the QR alone. " + title
	default:
		return "This window is too small for the QR. " + title
	}
	return title
}
