package keys

import (
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// The actions.
const (
	actSet    = "keys.set"
	actSave   = "keys.save"
	actCancel = "keys.cancel"
	actBack   = "keys.back"
)

// Actions lists what can be pressed: in the list, or while a secret is typed.
func (k *Keys) Actions() []ui.Action {
	if k.typing {
		return k.typingActions()
	}
	set := ui.Action{ID: actSet, Keys: []string{"enter"}, Label: "set"}
	switch {
	case !k.allowed():
		set.Label, set.Off = "ask a manager", ""
	case len(k.keys) == 0:
		set.Off = "the keys are not read yet"
	case k.keys[k.at].Set:
		set.Label = "replace"
	}
	list := ui.ListActions()
	return append([]ui.Action{list[0], set, {ID: actBack, Keys: []string{"esc"}, Label: "back"}}, list[1:]...)
}

func (k *Keys) typingActions() []ui.Action {
	save := ui.Action{ID: actSave, Keys: []string{"enter"}, Label: "save"}
	cancel := ui.Action{ID: actCancel, Keys: []string{"esc"}, Label: "leave it as it is"}
	switch {
	case k.busy:
		save.Off = "one moment, it is being saved"
		cancel.Off = save.Off
	case k.field.Value() == "":
		save.Off = "type or paste the secret first"
	}
	return []ui.Action{save, cancel}
}

func (k *Keys) act(id string) tea.Cmd {
	if at, mine := ui.MoveIn(id, k.at, len(k.keys), len(k.keys)); mine {
		k.at, k.done = at, ""
		return nil
	}
	switch id {
	case actSet:
		if !k.allowed() {
			return k.shown()
		}
		k.typing, k.done = true, ""
		k.clear()
	case actCancel:
		k.typing = false
		k.clear()
	case actSave:
		return k.confirm()
	case actBack:
		return ui.Back()
	}
	return nil
}

// askGiveUp asks before payments are given up on, since the way back is the
// provider's portal alone.
const askGiveUp = "keys.ask.giveup"

// confirm asks what must be asked before a secret is replaced.
func (k *Keys) confirm() tea.Cmd {
	n := len(k.keys[k.at].Waiting)
	if err := till.CheckKey(k.keys[k.at].Name, k.field.Value()); err != nil {
		k.field.Set("")
		k.field.Error, k.hint = desk.Sentence(err)
		return nil
	}
	if n == 0 {
		return k.agree("Set the " + k.keys[k.at].Title + ".")
	}
	lines := []string{
		"With another key nobody can ask about them from here.",
		"They stay not known; a manager settles them against the portal.",
	}
	if n == 1 {
		lines = []string{
			"With another key nobody can ask about it from here.",
			"It stays not known; a manager settles it against the portal.",
		}
	}
	return ui.Ask(ui.Dialog{
		ID: askGiveUp, Danger: true, Title: "Another key, although " + payments(n) + " not known yet?",
		Lines: lines,
		Yes:   "Set it, and stop asking", No: "Leave the key as it is",
	})
}

// answered takes the answer to that.
func (k *Keys) answered(msg ui.DialogMsg) tea.Cmd {
	if msg.ID != askGiveUp || !msg.Yes || !k.typing {
		return nil
	}
	return k.agree("Set the " + k.keys[k.at].Title + ", and give up asking about " + counted(len(k.keys[k.at].Waiting)) + ".")
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

// payments is that with its verb.
func payments(n int) string {
	if n == 1 {
		return "one payment is"
	}
	return counted(n) + " are"
}

// clear forgets what was typed.
func (k *Keys) clear() {
	k.field.Set("")
	k.field.Error, k.hint = "", ""
}
