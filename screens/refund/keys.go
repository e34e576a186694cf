package refund

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk/consent"
	"cashdesk/ui"
)

// The actions, and the last question.
const (
	actRefund = "refund.refund"
	actBack   = "refund.back"
	actWhole  = "refund.whole"
	actField  = "refund.field"
	actSwitch = "refund.switch"

	askSure = "refund.sure"
)

// Actions lists what can be pressed.
func (s *Refund) Actions() []ui.Action {
	all := []ui.Action{
		{ID: actRefund, Keys: []string{"enter"}, Label: s.verb(), Off: s.off()},
		{ID: actWhole, Keys: []string{"f4"}, Label: "all that remains", Off: s.closed()},
	}
	if s.recording() {
		all = append(all, ui.Action{ID: actField, Keys: []string{"tab"}, Label: s.otherField(), Off: s.closed()})
	}
	if s.choice() {
		all = append(all, ui.Action{ID: actSwitch, Keys: []string{"f5"}, Label: s.otherWay(), Off: s.closed()})
	}
	return append(all, ui.Action{ID: actBack, Keys: []string{"esc"}, Label: "back"})
}

// otherField is where Tab leads.
func (s *Refund) otherField() string {
	if s.onNumber {
		return "amount"
	}
	return "reference"
}

// choice says that it can go back from here, and that a refund which was made at
// the provider can be written down.
func (s *Refund) choice() bool { return s.state.Elsewhere && s.state.Why == "" }

// recording says that a refund is written down, not made.
func (s *Refund) recording() bool { return s.state.Elsewhere && (s.byHand || s.state.Why != "") }

// otherWay is what the page is for after F5.
func (s *Refund) otherWay() string {
	if s.byHand {
		return "refund from here"
	}
	return "it was refunded there"
}

// verb is what Enter does.
func (s *Refund) verb() string {
	if s.recording() {
		return "record the refund"
	}
	return "refund " + s.total().String()
}

// closed says why nothing can be given back, or nothing.
func (s *Refund) closed() string {
	switch {
	case !s.read:
		return "the sale is not read yet"
	case s.busy:
		return "one moment"
	}
	return s.why()
}

// why says why nothing can be given back, nor written down; where a refund is
// made at the provider, that is not in the way.
func (s *Refund) why() string {
	if s.state.Elsewhere {
		return ""
	}
	return s.state.Why
}

func (s *Refund) off() string {
	if why := s.closed(); why != "" {
		return why
	}
	switch {
	case s.amount.Empty():
		return "type the amount to give back"
	case s.total().Minor > s.state.Remaining.Minor:
		return "only " + s.state.Remaining.String() + " can be given back"
	case s.recording() && strings.TrimSpace(s.number.Value()) == "":
		return "type what the provider calls the refund (Tab)"
	}
	return ""
}

func (s *Refund) act(id string) tea.Cmd {
	switch id {
	case actBack:
		return ui.Back()
	case actWhole:
		s.amount.SetMinor(s.state.Remaining.Minor)
	case actField:
		s.onNumber = !s.onNumber
	case actSwitch:
		s.byHand, s.onNumber = !s.byHand, false
	case actRefund:
		what := "Refund " + s.total().String() + " of the sale of " + s.sale.Amount.String() + "."
		if s.recording() {
			what = "Record that " + s.total().String() + " were refunded at " + s.sale.Provider.Title() + "."
		}
		return s.consent.Ask(till.Refund, what)
	}
	return nil
}

// agreed asks once more before anything is sent.
func (s *Refund) agreed(msg consent.AgreedMsg) tea.Cmd {
	if s.err = msg.Err; msg.Err != nil {
		return nil
	}
	s.permit = msg.Permit
	d := ui.Dialog{ID: askSure, Title: "Give back " + s.total().String() + "?", Danger: true, Yes: "Refund it", No: "Stop",
		Lines: []string{s.sale.Provider.Title() + " gives it back to the customer of this sale, not the till."}}
	if s.recording() {
		d.Title, d.Yes = "Was it refunded there?", "It was"
		d.Lines = []string{s.sale.Provider.Title() + "'s portal shows " + s.total().String() + " refunded for this sale. Nothing is sent from here."}
	}
	return ui.Ask(d)
}

func (s *Refund) answered(msg ui.DialogMsg) tea.Cmd {
	switch {
	case msg.ID != askSure || s.busy:
		return nil
	case !msg.Yes:
		s.permit = till.Permit{}
		return nil
	}
	return s.begin()
}
