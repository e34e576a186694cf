package begin

import (
	"errors"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The questions. In each of them No is the answer that moves no money.
const (
	askAmount = "begin.amount"
	askCode   = "begin.code"
	askOther  = "begin.other"
	askSecond = "begin.second"
	askUsed   = "begin.used"
	askInvite = "begin.invite"
)

// begun shows what the till said: the payment, a question, or why not.
func (b *Begin) begun(msg begunMsg) tea.Cmd {
	var used *till.InUseError
	var same *till.SameAmountError
	var invited *till.InvitedError
	switch {
	case msg.err == nil && b.dry:
		b.busy = false
		return ui.Go(desk.RouteConfirm, desk.DraftArgs{Draft: b.draft})
	case msg.err == nil:
		b.busy = false
		id, begun := msg.attempt.ID, msg.attempt
		return tea.Batch(
			func() tea.Msg { return desk.BegunMsg{ID: id} },
			b.open(desk.RouteWaiting, desk.AttemptArgs{ID: id, Fresh: true, Begun: &begun}),
		)
	case errors.As(msg.err, &used):
		return b.used(used)
	case errors.As(msg.err, &same):
		b.earlier = same.Attempt
		return ui.Ask(ui.Dialog{ID: askOther, Title: "Is this another customer?", Lines: []string{
			b.about(same.Attempt),
			"Go on only if this is certainly another customer: the same one could pay twice.",
		}, Yes: "Another customer", No: "The same, or not sure"})
	case errors.As(msg.err, &invited):
		text, _ := desk.Sentence(invited)
		return ui.Ask(ui.Dialog{ID: askInvite, Title: "A second SMS?", Lines: []string{
			text, "The customer may only have to look at their phone. A second invitation is a second SMS.",
		}, Yes: "Send another", No: "Back"})
	case errors.Is(msg.err, providers.ErrUnusualCode):
		return ui.Ask(ui.Dialog{ID: askCode, Title: "An unusual code", Lines: []string{
			"A code has 6 digits, this one has not. Check it with the customer.",
			"Sent as it is, it will most likely be declined.",
		}, Yes: "Send it as it is", No: "Back"})
	}
	return b.give(msg.err)
}

// used is about a code that belongs to an earlier payment. Nothing was begun,
// and that must be said before the earlier one is shown: its verdict is not
// this sale's.
func (b *Begin) used(e *till.InUseError) tea.Cmd {
	b.earlier, b.Spent = e.Attempt, true
	text, _ := desk.Sentence(e)
	if e.Attempt.State != providers.Approved && !e.Attempt.Contradicted {
		b.busy, b.Err = false, e
		return tea.Batch(
			ui.Go(desk.RouteWaiting, desk.AttemptArgs{ID: e.Attempt.ID}),
			ui.Notice(ui.NoticeMsg{Text: "Nothing was charged now: this code's payment of " + e.Attempt.Amount.String() + " is not known yet.", Tone: ui.Unknown, Glyph: ui.GlyphUnknown}),
		)
	}
	return ui.Ask(ui.Dialog{ID: askUsed, Title: "This code was used before", Lines: []string{
		text + " That was at " + b.desk.Time(e.Attempt.CreatedAt) + ".",
		"Nothing was charged now. The customer can make a new code.",
	}, Yes: "Show that payment", No: "Back"})
}

// about says which payment a question is about.
func (b *Begin) about(a providers.Attempt) string {
	what := "is not known yet"
	switch {
	case a.Contradicted:
		what = "is " + a.State.Word() + " but may be paid after all"
	case a.State == providers.HandedOver:
		what = "is handed over and may still go through"
	case payable(a):
		what = "is " + a.State.Word() + " and can still be paid"
	}
	return fmt.Sprintf("A payment of the same amount, %s with %s at %s, %s.", a.Amount, a.Provider.Title(), b.desk.Time(a.CreatedAt), what)
}

// stays says what becomes of the earlier payment.
func (b *Begin) stays() string {
	switch a := b.earlier; {
	case a.Contradicted:
		return "The earlier payment stays at F6 until a manager has looked at it."
	case a.State == providers.HandedOver:
		return "The earlier transfer may still go through. It stands in the history."
	case !payable(a):
		return "The earlier payment stays at F6 until it is known."
	case a.ExpiresAt.IsZero():
		return "The earlier invoice can still be paid until it expires. It stays at F6."
	default:
		return "The earlier invoice can still be paid, until " + b.desk.Time(a.ExpiresAt) + ". It stays at F6."
	}
}

// payable says that it is an invoice which the customer can pay.
func payable(a providers.Attempt) bool {
	return a.State == providers.Open || a.State == providers.PartlyPaid || a.State == providers.Expired
}

// answered takes a person's answer.
func (b *Begin) answered(msg ui.DialogMsg) (cmd tea.Cmd, mine bool) {
	switch msg.ID {
	case askAmount, askCode, askOther, askSecond, askUsed, askInvite:
	default:
		return nil, false
	}
	if !b.busy {
		return nil, true
	}
	switch {
	case msg.ID == askOther && !msg.Yes:
		return ui.Ask(ui.Dialog{ID: askSecond, Title: "No second payment was begun", Lines: []string{
			b.stays(),
			"If this customer must pay now in spite of it, a manager has to agree.",
		}, Yes: "Ask the manager", No: "Stop", Danger: true}), true
	case msg.ID == askUsed:
		b.busy, b.Err = false, nil
		if !msg.Yes {
			return nil, true
		}
		return ui.Go(desk.RouteDetail, desk.AttemptArgs{ID: b.earlier.ID}), true
	case !msg.Yes:
		return b.give(nil), true
	}
	switch msg.ID {
	case askAmount:
		b.amount = true
	case askCode:
		b.draft.AcceptOtherCode = true
	case askInvite:
		b.draft.InviteAgain = true
	case askOther:
		b.draft.OtherCustomers = append(b.draft.OtherCustomers, b.earlier.ID)
	case askSecond:
		return b.consent.Ask(till.Override, "A second payment of "+b.draft.Amount.String()+" for the same customer."), true
	}
	return b.next(), true
}
