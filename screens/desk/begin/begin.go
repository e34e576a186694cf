// Package begin begins a payment on behalf of whichever screen has it complete:
// it records it through the till, and asks what only a person can decide
// (an unusual code, a large amount, a customer who may be paying twice).
package begin

import (
	tea "github.com/charmbracelet/bubbletea"
	"github.com/shopspring/decimal"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// Begin begins one payment at a time. A screen keeps it and passes it every
// message.
type Begin struct {
	desk    *desk.Desk
	open    func(route string, args any) tea.Cmd
	consent *consent.Consent

	draft   till.Draft
	try     int               // counts what was asked of the till, so that stale answers are dropped
	busy    bool              // the till is asked, or a person
	dry     bool              // check only, then go on to confirm
	amount  bool              // the large amount was agreed to
	earlier providers.Attempt // that a question is about

	// Err is why the last payment did not begin, nil once a new one is tried.
	Err error
	// Spent says that its code belongs to an earlier payment.
	Spent bool
}

// New makes one. open shows the payment that was begun: ui.Go from the idle
// screen, ui.Replace from those above it.
func New(d *desk.Desk, open func(route string, args any) tea.Cmd) *Begin {
	return &Begin{desk: d, open: open, consent: consent.New(d)}
}

// Busy says that a payment is being begun: a second Enter must do nothing.
func (b *Begin) Busy() bool { return b.busy }

// Start begins a payment, unless one is being begun.
func (b *Begin) Start(d till.Draft) tea.Cmd { return b.start(d, false) }

// Try checks a payment as Start does, with the same questions, but goes on to
// the confirm screen instead of beginning it.
func (b *Begin) Try(d till.Draft) tea.Cmd { return b.start(d, true) }

func (b *Begin) start(d till.Draft, dry bool) tea.Cmd {
	if b.busy {
		return nil
	}
	b.draft, b.dry, b.busy, b.amount, b.Err, b.Spent = d, dry, true, false, nil, false
	return b.next()
}

// next asks about a large amount first, then the till.
func (b *Begin) next() tea.Cmd {
	if a := b.draft.Amount; !b.dry && !b.amount && b.large(a) {
		return ui.Ask(ui.Dialog{ID: askAmount, Title: "A large amount", Yes: "Go on", No: "Back",
			Lines: []string{a.String() + " is more than usual at this counter. Is it right?"}})
	}
	return b.work()
}

// large says that an amount is above the shop's figure. In another currency the
// same figure holds: nothing here converts, and it is a question, not a limit.
func (b *Begin) large(a providers.Amount) bool {
	shop := b.desk.Shop
	if shop.MaxMinor <= 0 {
		return false
	}
	most := decimal.New(shop.MaxMinor, -int32(shop.Currency.Decimals))
	return decimal.New(a.Minor, -int32(a.Currency.Decimals)).GreaterThan(most)
}

// give gives up, with the reason why if there is one.
func (b *Begin) give(err error) tea.Cmd {
	b.busy, b.Err = false, err
	return nil
}

// Update takes a message and says whether it was one of its own.
func (b *Begin) Update(msg tea.Msg) (cmd tea.Cmd, mine bool) {
	if cmd, mine := b.consent.Update(msg); mine {
		if answer, ok := msg.(ui.DialogMsg); ok && !answer.Yes {
			b.busy = false
		}
		return cmd, true
	}
	switch msg := msg.(type) {
	case begunMsg:
		if msg.from != b || msg.try != b.try || !b.busy {
			return nil, msg.from == b
		}
		return b.begun(msg), true
	case consent.AgreedMsg:
		if msg.From != b.consent {
			return nil, false
		}
		if msg.Err != nil {
			return b.give(msg.Err), true
		}
		b.draft.SameCustomer = &msg.Permit
		return b.next(), true
	case ui.DialogMsg:
		return b.answered(msg)
	}
	return nil, false
}
