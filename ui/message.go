package ui

import "time"

// ActionMsg tells the top screen that one of its actions was pressed.
type ActionMsg struct{ ID string }

// TextMsg is typed or pasted text, control characters already gone.
type TextMsg struct{ Text string }

// EditMsg is an editing key that the screen has not bound itself.
type EditMsg struct{ Op EditOp }

// EditOp names an editing key.
type EditOp int

// The editing keys.
const (
	EditBackspace EditOp = iota + 1
	EditDelete
	EditLeft
	EditRight
	EditHome
	EditEnd
	EditClear // ctrl+u
)

// RetractMsg takes back the last Count characters that came as TextMsg: they were
// the beginning of a scan. Field and AmountField know it.
type RetractMsg struct{ Count int }

// ScanMsg is a scanned code: cleaned, and as it came (without control characters).
type ScanMsg struct {
	Code string // without any prefix; a pre-approval code keeps its 6199
	Raw  string // with the prefix
	Held bool   // scanned on an earlier screen that had no use for it
}

// TickMsg is the time: every second for a screen that is Ticking, else every 15.
type TickMsg struct {
	Now  time.Time
	Idle time.Duration // since a key was last pressed or a code scanned
}

// ShownMsg tells a screen that it has come to the top: just made, or uncovered.
type ShownMsg struct{ Now time.Time }

// NoticeMsg puts a line into the strip above the footer. With a Route, F9 goes
// there. It may come from a screen (as a command, see Notice) or from outside.
type NoticeMsg struct {
	Text  string
	Tone  Tone
	Glyph Glyph // drawn before the text, if any
	Route string
	Args  any
	// About is what the news are about, as a Subject names it: newer news about the
	// same replace them. Empty is nothing.
	About string
}

// HeaderMsg replaces the header line.
type HeaderMsg struct{ Header Header }

// DialogMsg is the answer to Ask, sent to the screen that asked.
type DialogMsg struct {
	ID   string
	Yes  bool
	Text string // what was typed into the dialog's field, if it has one
	// Choice is the marked one of the dialog's choices, the first is 0.
	Choice int
}
