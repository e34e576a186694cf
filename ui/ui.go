// Package ui is the terminal: the root model, navigation, keys, layout, themes,
// fields, tables, dialogs. It knows nothing of payments.
//
// A screen is given a rectangle, actions, typed text, scans and the time, all as
// messages, and answers with a command. Keys never reach a screen.
package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	_ "cashdesk/ui/mute" // before bubbletea's init asks the terminal
)

// Screen is one page of the program. Its methods have pointer receivers. None of
// them does I/O, reads a clock or starts a goroutine: work goes into the command
// that Init and Update return, and comes back as a message with an id of its own,
// so that a stale answer can be told and dropped.
type Screen interface {
	// Init is called once, when the screen is made; ShownMsg with the time follows.
	Init() tea.Cmd
	// Update takes one message. Besides the messages of this package a screen gets
	// every message that is not of this package, also while it is covered.
	Update(msg tea.Msg) tea.Cmd
	// View draws the body: exactly c.Width by c.Height cells (Fit sees to it; the
	// root fits once more, so that a slip cannot tear the frame).
	View(c Canvas) string
	// Actions lists everything that can be pressed here. Footer, help and the
	// dispatch of keys come from it.
	Actions() []Action
}

// Titled is a screen with a name for the help page and for plain terminals.
type Titled interface{ Title() string }

// TextTaker is a screen that may want typed text as TextMsg and editing keys as
// EditMsg. Without it, or while it says false, both are dropped.
type TextTaker interface{ TakesText() bool }

// ScanTaker is a screen that may want scans as ScanMsg. Without it, or while it
// says false, the root holds the scan for the next screen that takes one.
type ScanTaker interface{ TakesScan() bool }

// ScanPicker is a ScanTaker that wants some scans only; the others are held as if it
// took none.
type ScanPicker interface{ PicksScan(code string) bool }

// Ticker is a screen that may want TickMsg every second; all others get one
// every 15 seconds.
type Ticker interface{ Ticking() bool }

// Framed is a screen that wants more room than the usual frame leaves it.
type Framed interface{ Frame() Frame }

// Subject is a screen that shows one thing, by whatever name the program has for
// it. News about it (NoticeMsg.About) go away while it is on top.
type Subject interface{ About() string }

// Frame is how much stands around the body.
type Frame int

// The frames: at 80 by 24 they leave 20, 22 and 23 rows to the body.
const (
	FrameFull  Frame = iota // header, rule, body, strip, footer
	FrameTight              // header, body, footer; news take the header's place
	FrameBare               // body, footer
)

// Canvas is what a screen draws on: the body's size and the theme.
type Canvas struct {
	Width, Height int
	Theme         Theme
	// Early says that keys are kept away from the screen: it has only just come.
	Early bool
}

// Sub is the canvas with another size, for a part of the body.
func (c Canvas) Sub(width, height int) Canvas {
	c.Width, c.Height = max(width, 0), max(height, 0)
	return c
}

// Route makes a screen from the arguments that Go was given.
type Route func(args any) Screen
