package keys

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/ui"
)

// The actions.
const (
	actSet    = "keys.set"
	actDevice = "keys.device"
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
	return append([]ui.Action{list[0], set, k.register(), {ID: actBack, Keys: []string{"esc"}, Label: "back"}}, list[1:]...)
}

// register is the key that has Oxipay give this device a new signing key.
func (k *Keys) register() ui.Action {
	a := ui.Action{ID: actDevice, Keys: []string{"f4"}, Label: "register this device"}
	switch {
	case !k.allowed():
		a.Off = "a manager has to agree first"
	case k.deviceKey() < 0:
		a.Off = "the keys are not read yet"
	}
	return a
}

// deviceKey is where Oxipay's signing key stands in the list, or -1.
func (k *Keys) deviceKey() int {
	return slices.IndexFunc(k.keys, func(s till.KeyState) bool { return s.Registers })
}

func (k *Keys) typingActions() []ui.Action {
	save := ui.Action{ID: actSave, Keys: []string{"enter"}, Label: "save"}
	if k.device {
		save.Label = "register"
	}
	cancel := ui.Action{ID: actCancel, Keys: []string{"esc"}, Label: "leave it as it is"}
	switch {
	case k.busy:
		save.Off = "one moment, it is being saved"
		cancel.Off = save.Off
	case k.field.Value() == "" && k.device:
		save.Off = "type or paste the token first"
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
	case actDevice:
		k.at = k.deviceKey()
		k.typing, k.device, k.done = true, true, ""
		k.clear()
	case actCancel:
		k.typing, k.device = false, false
		k.clear()
	case actSave:
		return k.confirm()
	case actBack:
		return ui.Back()
	}
	return nil
}

// clear forgets what was typed.
func (k *Keys) clear() {
	k.field.Label = "New secret"
	if k.device {
		k.field.Label = "Token"
	}
	k.field.Set("")
	k.field.Error, k.hint, k.err = "", "", nil
}
