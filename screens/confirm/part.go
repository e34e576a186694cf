package confirm

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// part is the amount that Oxipay finances, where the customer pays the rest in
// another way.
type part struct {
	field ui.AmountField
	open  bool // it is being typed
}

// partable says that a part of the amount can be left to another way of paying.
func (s *Confirm) partable() bool { return s.draft.Kind == providers.Authorise }

// openPart begins the typing of the part.
func (s *Confirm) openPart() {
	s.part.open, s.begin.Err = true, nil
	s.part.field = ui.AmountField{Decimals: s.draft.Amount.Currency.Decimals}
	s.part.field.SetMinor(s.draft.FinanceMinor)
}

// closePart ends it: with the part that was typed, or with the whole amount.
func (s *Confirm) closePart(taken bool) {
	s.part.open = false
	s.draft.FinanceMinor = 0
	if minor := s.part.field.Minor(); taken && minor < s.draft.Amount.Minor {
		s.draft.FinanceMinor = minor
	}
}

// partOff says why the typed part cannot be taken, or nothing.
func (s *Confirm) partOff() string {
	switch {
	case s.part.field.Empty():
		return "type what Oxipay is to pay"
	case s.part.field.Minor() > s.draft.Amount.Minor:
		return "that is more than the sale"
	}
	return ""
}

// partActions are the keys while the part is typed.
func (s *Confirm) partActions() []ui.Action {
	return []ui.Action{
		{ID: actTake, Keys: []string{"enter"}, Label: "take this part", Off: s.partOff()},
		{ID: actWhole, Keys: []string{"esc"}, Label: "the whole amount"},
	}
}

// updatePart gives typing to the field; anything else is not for it.
func (s *Confirm) updatePart(msg tea.Msg) bool { return s.part.open && s.part.field.Update(msg) }

// parted is the line that says how the sale is paid, or nothing for one that is
// financed whole.
func (s *Confirm) parted(t ui.Theme) string {
	a := providers.Attempt{Amount: s.draft.Amount, FinanceMinor: s.draft.FinanceMinor}
	if !s.part.open {
		return desk.Parts(a)
	}
	if s.part.field.Empty() {
		return "type what Oxipay pays; the customer pays the rest in another way"
	}
	a.FinanceMinor = s.part.field.Minor()
	_, rest := a.Financed()
	return t.Join("Oxipay pays "+s.part.field.Text(), "the customer pays "+rest.Figure()+" in another way")
}
