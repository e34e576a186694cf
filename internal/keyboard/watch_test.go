package keyboard

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
	"cashdesk/ui"
)

// seen is what reached the screens.
type seen struct {
	scans   []scanned
	actions []string
	answers []ui.DialogMsg
	begun   int
}

type scanned struct {
	route string
	ui.ScanMsg
}

// watch is a screen whose messages are noted.
type watch struct {
	ui.Screen
	b     *bench
	route string
}

// watched puts a watch before every screen.
func (b *bench) watched(routes map[string]ui.Route) map[string]ui.Route {
	all := map[string]ui.Route{}
	for name, route := range routes {
		all[name] = func(args any) ui.Screen { return &watch{route(args), b, name} }
	}
	return all
}

func (w *watch) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case ui.ScanMsg:
		w.b.scans = append(w.b.scans, scanned{w.route, msg})
	case ui.ActionMsg:
		w.b.actions = append(w.b.actions, msg.ID)
	case ui.DialogMsg:
		w.b.answers = append(w.b.answers, msg)
	case desk.BegunMsg:
		if w.route == desk.RouteSale {
			w.b.begun++
		}
	}
	return w.Screen.Update(msg)
}

func (w *watch) TakesText() bool {
	s, ok := w.Screen.(ui.TextTaker)
	return ok && s.TakesText()
}

func (w *watch) TakesScan() bool {
	s, ok := w.Screen.(ui.ScanTaker)
	return ok && s.TakesScan()
}

func (w *watch) Ticking() bool {
	s, ok := w.Screen.(ui.Ticker)
	return ok && s.Ticking()
}

func (w *watch) Frame() ui.Frame {
	if s, ok := w.Screen.(ui.Framed); ok {
		return s.Frame()
	}
	return ui.FrameFull
}

func (w *watch) About() string {
	if s, ok := w.Screen.(ui.Subject); ok {
		return s.About()
	}
	return ""
}

func (w *watch) Wakeful() bool {
	s, ok := w.Screen.(ui.Wakeful)
	return ok && s.Wakeful()
}

// top is the screen that has the keyboard.
func (b *bench) top() *watch { return b.app.Top().(*watch) }

// shows says whether the page on top has a text on it.
func (b *bench) shows(text string) bool {
	return strings.Contains(b.top().View(ui.Canvas{Width: 80, Height: 20, Theme: plain}), text)
}

func (b *bench) forget() { b.seen, b.keys = seen{}, nil }

// money is an amount as it is shown.
func money(digits string) string {
	f := ui.AmountField{Decimals: 2}
	f.Update(ui.TextMsg{Text: digits})
	return f.Text()
}
