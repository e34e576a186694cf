package waiting

import (
	"context"
	"errors"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// askedMsg is what the till said to something that a person asked here.
type askedMsg struct {
	from *Waiting
	err  error
}

// check asks the till to look now; sure is the answer to its warning.
func (w *Waiting) check(sure bool) tea.Cmd {
	t, s, id := w.desk.Till(), w.desk.Session(), w.payment.Args.ID
	w.err = nil
	return func() tea.Msg {
		return askedMsg{from: w, err: t.CheckNow(context.Background(), s, id, sure)}
	}
}

// checkSure asks in spite of the warning, on a manager's word where it takes one.
func (w *Waiting) checkSure() tea.Cmd {
	if desk.NeedsManager(w.risk) {
		return w.consent.Ask(till.Settle, desk.CheckWhat(w.risk))
	}
	return w.check(true)
}

// agreed checks on a manager's word.
func (w *Waiting) agreed(msg consent.AgreedMsg) tea.Cmd {
	if w.err = msg.Err; msg.Err != nil {
		return nil
	}
	t, s, id := w.desk.Till(), w.desk.Session(), w.payment.Args.ID
	return func() tea.Msg {
		return askedMsg{from: w, err: t.CheckWith(context.Background(), s, msg.Permit, id)}
	}
}

// close stops all asking.
func (w *Waiting) close() tea.Cmd {
	t, s, id, why := w.desk.Till(), w.desk.Session(), w.payment.Args.ID, desk.CloseReason(w.payment.Detail.Attempt)
	w.err = nil
	return func() tea.Msg {
		_, err := t.CloseUnknown(context.Background(), s, id, why)
		return askedMsg{from: w, err: err}
	}
}

// asked shows what the till said: a warning that needs an answer, or an error.
func (w *Waiting) asked(msg askedMsg) tea.Cmd {
	if msg.from != w {
		return nil
	}
	var risk *till.ChargeRiskError
	if errors.As(msg.err, &risk) {
		w.risk = risk.Attempt
		text, _ := desk.Sentence(risk)
		return ui.Ask(desk.AskRisk(askRisk, text, risk.Attempt))
	}
	w.err = msg.err
	return nil
}

// answered takes a person's answer.
func (w *Waiting) answered(msg ui.DialogMsg) tea.Cmd {
	switch {
	case msg.ID == askClose && msg.Yes:
		return w.close()
	case msg.ID == askRisk && msg.Yes:
		return w.checkSure()
	}
	return nil
}
