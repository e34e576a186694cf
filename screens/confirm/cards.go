package confirm

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// binLength is how much of a card number may be typed, and not a digit more.
const binLength = 6

// cards are the first digits of the two cards of a transfer.
type cards struct {
	wanted   bool
	from, to ui.Field
	onTo     bool // the second has the focus
	refused  bool // too much was typed: the rest of the number is not taken for the beginning
}

func newCards(wanted bool) cards {
	field := func(label string) ui.Field {
		return ui.Field{Label: label, Max: binLength, Allowed: ui.Digits, Hint: "its first 6 digits, never more; or leave it empty"}
	}
	c := cards{wanted: wanted, from: field("Paying card"), to: field("Other card")}
	c.to.Blurred = true
	return c
}

// focused is the field that is typed into.
func (k *cards) focused() *ui.Field {
	if k.onTo {
		return &k.to
	}
	return &k.from
}

// turn goes to the other field.
func (k *cards) turn() {
	k.onTo, k.refused = !k.onTo, false
	k.from.Blurred, k.to.Blurred = k.onTo, !k.onTo
}

// update gives typing to the field. What would make it longer is refused whole, and
// what was typed before with it: nothing of a card number stays anywhere.
func (k *cards) update(msg tea.Msg) bool {
	field := k.focused()
	switch msg := msg.(type) {
	case ui.TextMsg:
		if k.refused || len(field.Value())+len(msg.Text) > binLength {
			k.refuse()
			return true
		}
	case ui.EditMsg:
		k.refused = false
	}
	return field.Update(msg)
}

// refuse forgets what was typed or scanned.
func (k *cards) refuse() {
	field := k.focused()
	field.Set("")
	field.Error, k.refused = "More than 6 digits, nothing was kept. Backspace first.", true
}

// wrong says whether a field has too few digits, and marks it.
func (k *cards) wrong() bool {
	for _, field := range []*ui.Field{&k.from, &k.to} {
		if err := providers.CheckBIN("card", field.Value()); err != nil {
			field.Error = "6 digits, or none"
			return true
		}
	}
	return false
}

// view draws the fields.
func (k *cards) view(c ui.Canvas) string {
	if !k.wanted {
		return ""
	}
	return desk.Input(c, &k.from, 12, "") + "\n" + desk.Input(c, &k.to, 12, "")
}
