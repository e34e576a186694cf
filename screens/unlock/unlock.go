// Package unlock is the first screen: it opens the keystore and the journal,
// with a passphrase where one is needed. The first frame waits for neither.
package unlock

import (
	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// longest is how long a passphrase may be.
const longest = 200

// Unlock is the screen.
type Unlock struct {
	desk  *desk.Desk
	field ui.Field // the passphrase; without one, what is typed meanwhile
	asks  bool     // a passphrase is needed
	busy  bool
	hint  string // what to do about the field's error
}

// New makes the screen.
func New(d *desk.Desk) *Unlock {
	return &Unlock{
		desk: d, asks: d.Locked,
		field: ui.Field{Label: "Passphrase", Max: longest, Masked: true, Hint: "the manager's passphrase opens the keystore"},
	}
}

// Title names the screen.
func (u *Unlock) Title() string { return "Unlock" }

// Init opens the journal at once where nobody has to be asked.
func (u *Unlock) Init() tea.Cmd {
	if u.asks {
		return nil
	}
	return u.open("")
}

// TakesText is false while a passphrase is being tried. Without one, what is
// typed ahead is kept for the idle screen.
func (u *Unlock) TakesText() bool { return !u.asks || !u.busy }

// Update takes one message.
func (u *Unlock) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case openedMsg:
		if msg.from == u {
			return u.opened(msg.err)
		}
	case ui.ActionMsg:
		return u.act(msg.ID)
	default:
		if u.field.Update(msg) {
			u.hint = ""
		}
	}
	return nil
}

// opened goes on to whoever stands at the counter, asks again after a wrong
// passphrase, or gives up: nothing else can be mended here.
func (u *Unlock) opened(err error) tea.Cmd {
	u.busy = false
	switch {
	case err == nil:
		return u.enter()
	case desk.FieldOf(err) == "passphrase":
		u.asks = true
		u.field.Set("")
		u.field.Error, u.hint = desk.Sentence(err)
		return nil
	}
	if u.desk.Fail != nil {
		u.desk.Fail(err)
	}
	return ui.Quit()
}

// enter shows the idle screen, with what was typed ahead, if somebody is
// signed in already.
func (u *Unlock) enter() tea.Cmd {
	typed := u.field.Value()
	u.field.Set("")
	if !u.desk.SignedIn() {
		return ui.Replace(desk.RouteSignIn, nil)
	}
	if u.asks || typed == "" {
		return ui.Replace(desk.RouteSale, nil)
	}
	return tea.Sequence(
		ui.Replace(desk.RouteSale, nil),
		func() tea.Msg { return desk.NextSaleMsg{Typed: typed} },
	)
}
