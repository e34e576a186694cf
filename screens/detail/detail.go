// Package detail shows everything about one payment: what it means, what is
// known of it, every event of its life, and what a person may do about it.
package detail

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// Detail is the screen.
type Detail struct {
	desk    *desk.Desk
	id      string
	as      till.Session // who reads; empty: whoever is signed in
	consent *consent.Consent
	scroll  desk.Scroll

	detail till.Detail
	names  map[string]string
	live   till.Live
	looked desk.Asked
	now    time.Time
	asked  int  // counts the readings; older ones are dropped
	open   bool // the provider's text is shown
	// personal is the customer's data, once a manager let it be shown.
	personal *providers.Personal
	err      error
	refused  error // what came of the last wish, if it was not granted

	risk   providers.Attempt // as it was when the till warned that a check may charge
	wish   wish
	permit till.Permit
}

// wish is what a manager's agreement is asked for.
type wish int

const (
	wishPaid wish = iota + 1
	wishNotPaid
	wishReviewed
	wishChecked
	wishPersonal
	wishUndone
)

// New makes the screen of a payment.
func New(d *desk.Desk, args desk.AttemptArgs) *Detail {
	return &Detail{desk: d, id: args.ID, as: args.As, consent: consent.New(d)}
}

// Title names the screen.
func (s *Detail) Title() string { return "Payment" }

// Init reads the payment.
func (s *Detail) Init() tea.Cmd { return s.read() }

// Ticking is true while something still moves.
func (s *Detail) Ticking() bool { return s.loaded() && !s.detail.Attempt.State.Final() }

// Update takes one message.
func (s *Detail) Update(msg tea.Msg) tea.Cmd {
	if cmd, mine := s.consent.Update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case ui.ActionMsg:
		return s.act(msg.ID)
	case ui.DialogMsg:
		return s.answered(msg)
	case ui.ShownMsg:
		s.tick(msg.Now)
		if s.loaded() { // it may have changed while this was covered
			return s.read()
		}
	case ui.TickMsg:
		s.tick(msg.Now)
		return s.looked.Answer(s.detail.Attempt, s.live)
	case desk.UpdateMsg:
		if s.concerns(msg.Attempt) {
			return s.read()
		}
	case detailMsg:
		s.take(msg)
	case consent.AgreedMsg:
		if msg.From == s.consent {
			return s.agreed(msg)
		}
	case personalMsg:
		return s.revealed(msg)
	case doneMsg:
		if msg.from == s {
			if msg.check && msg.err == nil {
				s.looked.Sent()
			}
			return s.done(msg.err)
		}
	}
	return nil
}

func (s *Detail) tick(now time.Time) {
	s.now = now
	s.live = s.desk.Till().Live(s.id)
}

// loaded says that there is something to show.
func (s *Detail) loaded() bool { return s.detail.Attempt.ID != "" }

// concerns says that news are about this payment or another of its sale.
func (s *Detail) concerns(a providers.Attempt) bool {
	return a.ID == s.id || s.loaded() && a.Sale == s.detail.Attempt.Sale
}
