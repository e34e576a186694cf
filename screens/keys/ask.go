package keys

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// askGiveUp asks before payments are given up on, since the way back is the
// provider's portal alone.
const askGiveUp = "keys.ask.giveup"

// confirm asks what must be asked before a secret is replaced.
func (k *Keys) confirm() tea.Cmd {
	if err := k.check(); err != nil {
		k.field.Set("")
		k.field.Error, k.hint = desk.Sentence(err)
		return nil
	}
	n := len(k.keys[k.at].Waiting)
	if n == 0 {
		return k.agree(k.what() + ".")
	}
	d := ui.Dialog{
		ID: askGiveUp, Danger: true, Title: "Another key, although one payment is not known yet?",
		Lines: []string{
			"With another key nobody can ask about it from here.",
			"It stays not known; a manager settles it against the portal.",
		},
		Yes: "Set it, and stop asking", No: "Leave the key as it is",
	}
	if n > 1 {
		d.Title = "Another key, although " + counted(n) + " are not known yet?"
		d.Lines = []string{
			"With another key nobody can ask about them from here.",
			"They stay not known; a manager settles them against the portal.",
		}
	}
	return ui.Ask(d)
}

// check says what is wrong with what was typed.
func (k *Keys) check() error {
	if k.device {
		return till.CheckToken(k.field.Value())
	}
	return till.CheckKey(k.keys[k.at].Name, k.field.Value())
}

// what is what is to be agreed to.
func (k *Keys) what() string {
	if k.device {
		return "Register this device with Oxipay: the key it has now is dead from then on"
	}
	return "Set the " + k.keys[k.at].Title
}

// answered takes the answer to that.
func (k *Keys) answered(msg ui.DialogMsg) tea.Cmd {
	if msg.ID != askGiveUp || !msg.Yes || !k.typing {
		return nil
	}
	return k.agree(k.what() + ", and give up asking about " + counted(len(k.keys[k.at].Waiting)) + ".")
}

// agree asks for the reason, unless it was given on the way in.
func (k *Keys) agree(what string) tea.Cmd {
	if k.word {
		return k.save(k.permit)
	}
	k.wish = wishSave
	return k.consent.Ask(till.Keys, what)
}

// counted is "one payment" or "3 payments".
func counted(n int) string {
	if n == 1 {
		return "one payment"
	}
	return strconv.Itoa(n) + " payments"
}
