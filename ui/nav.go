package ui

import tea "github.com/charmbracelet/bubbletea"

type (
	goMsg struct {
		route   string
		args    any
		replace bool // in place of the screen that says it
		reset   bool // in place of all screens
		unasked bool // no key led here
	}
	backMsg struct {
		home  bool
		typed string // goes to the screen beneath as if it had been typed there
	}
	askMsg  struct{ dialog Dialog }
	quitMsg struct{}
)

// Go opens the screen of a route above this one.
func Go(route string, args any) tea.Cmd { return say(goMsg{route: route, args: args}) }

// Replace opens the screen of a route in place of this one.
func Replace(route string, args any) tea.Cmd {
	return say(goMsg{route: route, args: args, replace: true})
}

// ReplaceUnasked is Replace for what came by itself, such as a verdict: in its first
// moment the screen takes no keys, since whoever presses one has not seen it yet.
func ReplaceUnasked(route string, args any) tea.Cmd {
	return say(goMsg{route: route, args: args, replace: true, unasked: true})
}

// Reset closes all screens and opens the screen of a route as the lowest: signing
// out, handing over.
func Reset(route string, args any) tea.Cmd {
	return say(goMsg{route: route, args: args, reset: true})
}

// Back closes this screen. The lowest one stays.
func Back() tea.Cmd { return say(backMsg{}) }

// Home closes everything above the lowest screen.
func Home() tea.Cmd { return say(backMsg{home: true}) }

// HomeTyping is Home for text that was typed here but belongs there, such as the
// first digit of the next sale. Unlike an argument it can still be taken back, should
// it turn out to be the beginning of a scan.
func HomeTyping(text string) tea.Cmd { return say(backMsg{home: true, typed: text}) }

// Ask opens a dialog; its answer comes as DialogMsg.
func Ask(d Dialog) tea.Cmd { return say(askMsg{dialog: d}) }

// Notice puts a line into the strip.
func Notice(n NoticeMsg) tea.Cmd { return say(n) }

// Quit leaves the program, asking first if there is reason to.
func Quit() tea.Cmd { return say(quitMsg{}) }

func say(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }
