// Package uitest drives screens in tests: it presses keys, types, scans and lets time
// pass, runs what commands come of it, and shows the frame as plain text. There is no
// terminal, no waiting and no goroutine in it.
package uitest

import (
	"io"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/scanner"
)

// Start is when the driver's clock begins: a Monday at 14:07.
var Start = time.Date(2026, time.March, 2, 14, 7, 0, 0, time.UTC)

// Setup is what a Driver is made from. Its zero values are 80 by 24, the dark theme,
// a local terminal.
type Setup struct {
	Routes        map[string]ui.Route
	Start         string // the route shown first
	Args          any
	Width, Height int
	Theme         ui.ThemeName
	Header        ui.Header
	Scanner       *scanner.Config // {Local: true} when nil
	QuitWarning   func() string
	Lock          ui.Lock
}

// Driver plays the person at the counter, and the clock.
type Driver struct {
	App   *ui.App
	Now   time.Time
	t     testing.TB
	theme ui.Theme
	w, h  int
	later []timer
	gone  bool
}

type timer struct {
	at  time.Time
	msg tea.Msg
}

// Theme makes a theme for tests, without any terminal.
func Theme(name ui.ThemeName) ui.Theme { return ui.NewTheme(name, ui.NewRenderer(io.Discard, name)) }

// New starts an app and draws its first frame.
func New(t testing.TB, s Setup) *Driver {
	t.Helper()
	if s.Width == 0 {
		s.Width, s.Height = 80, 24
	}
	if s.Theme == "" {
		s.Theme = ui.ThemeDark
	}
	if s.Scanner == nil {
		s.Scanner = &scanner.Config{Local: true}
	}
	d := &Driver{Now: Start, t: t, theme: Theme(s.Theme), w: s.Width, h: s.Height}
	d.App = ui.New(ui.Options{
		Routes: s.Routes, Start: s.Start, Args: s.Args, Theme: d.theme, Header: s.Header, Scanner: *s.Scanner,
		QuitWarning: s.QuitWarning, Lock: s.Lock, Now: func() time.Time { return d.Now }, After: d.after,
	})
	d.run(d.App.Init())
	d.Send(tea.WindowSizeMsg{Width: s.Width, Height: s.Height})
	return d
}

// One starts an app with a single screen.
func One(t testing.TB, s ui.Screen) *Driver {
	t.Helper()
	return New(t, Setup{Routes: map[string]ui.Route{"screen": func(any) ui.Screen { return s }}, Start: "screen"})
}

// after keeps a timer until Wait comes to it.
func (d *Driver) after(delay time.Duration, msg tea.Msg) tea.Cmd {
	d.later = append(d.later, timer{d.Now.Add(delay), msg})
	return nil
}

// Send gives the app a message and runs what comes of it, to the end.
func (d *Driver) Send(msg tea.Msg) {
	d.t.Helper()
	d.deliver(msg)
	d.check()
}

func (d *Driver) deliver(msg tea.Msg) {
	if _, ok := msg.(tea.QuitMsg); ok {
		d.gone = true
		return
	}
	if fault, ok := msg.(*ui.PanicError); ok {
		d.t.Fatalf("%v\n%s", fault.Value, fault.Stack)
	}
	_, cmd := d.App.Update(msg)
	d.run(cmd)
}

// run runs a command and everything that it leads to, in order.
func (d *Driver) run(cmd tea.Cmd) {
	if cmd == nil || d.gone {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			d.run(c)
		}
	default:
		if cmds, ok := sequence(msg); ok {
			for _, c := range cmds {
				d.run(c)
			}
			return
		}
		d.deliver(msg)
	}
}

// Press presses keys by name ("f3", "enter", "ctrl+q"), a second apart, as somebody does
// who reads what happens.
func (d *Driver) Press(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		d.Wait(time.Second)
		d.PressNow(key)
	}
}

// PressNow presses a key without any time having passed.
func (d *Driver) PressNow(key string) {
	d.t.Helper()
	msg, ok := keyMsg(key)
	if !ok {
		d.t.Fatalf("uitest: there is no key %q", key)
	}
	d.Send(msg)
}

// Type types a text at a person's pace.
func (d *Driver) Type(text string) {
	d.t.Helper()
	for _, r := range text {
		d.Wait(120 * time.Millisecond)
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
}

// Paste pastes a text.
func (d *Driver) Paste(text string) {
	d.t.Helper()
	d.Wait(time.Second)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

// Scan scans a code: all of it and an Enter at once, then half a second of nothing.
func (d *Driver) Scan(code string) {
	d.t.Helper()
	d.ScanOnly(code)
	d.PressNow("enter")
	d.Wait(500 * time.Millisecond)
}

// ScanOnly is the burst of a scan without its Enter.
func (d *Driver) ScanOnly(code string) {
	d.t.Helper()
	d.Wait(300 * time.Millisecond)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(code)})
}

// Wait lets time pass, with every timer on the way.
func (d *Driver) Wait(length time.Duration) {
	d.t.Helper()
	end := d.Now.Add(length)
	for {
		next := -1
		for i, t := range d.later {
			if !t.at.After(end) && (next < 0 || t.at.Before(d.later[next].at)) {
				next = i
			}
		}
		if next < 0 {
			break
		}
		t := d.later[next]
		d.later = append(d.later[:next], d.later[next+1:]...)
		if t.at.After(d.Now) {
			d.Now = t.at
		}
		d.Send(t.msg)
	}
	d.Now = end
}

// Resize changes the window.
func (d *Driver) Resize(width, height int) {
	d.t.Helper()
	d.w, d.h = width, height
	d.Send(tea.WindowSizeMsg{Width: width, Height: height})
}

// Gone reports whether the program has ended.
func (d *Driver) Gone() bool { return d.gone }
