// Package scanner tells a scan from typing. It is pure: characters and the time
// go in, typing and scans come out.
//
// Typing is passed on at once, so that digits appear as they are pressed. What
// turns out to be a scan is taken back by the number of its characters.
package scanner

import (
	"strings"
	"time"
	"unicode"
)

const (
	minCode = 6  // a bare pre-approval code
	maxCode = 40 // the longest thing that a shop's scanner sends in one go
	maxRun  = 96 // remembered characters; only the tail matters
	lfAfter = 50 * time.Millisecond
)

// Event is what came of some characters: exactly one of typing, a number of
// characters taken back, or a scan.
type Event struct {
	Text    string // typed
	Retract int    // so many of the characters typed last belong to the scan that follows
	Code    string // scanned, without any prefix
	Raw     string // scanned, with the prefix
}

// Assembler keeps the characters since the last key that was none.
type Assembler struct {
	config  Config
	run     []mark
	swallow time.Time // until when a terminator belongs to the last scan
}

// mark is a character and when it came.
type mark struct {
	char   rune
	at     time.Time
	pasted bool // says nothing about speed
}

// New makes an assembler.
func New(c Config) *Assembler {
	c.Prefix = string(printable([]rune(c.Prefix)))
	c.Gap = orElse(c.Gap, 30*time.Millisecond)
	c.Quiet = max(orElse(c.Quiet, 60*time.Millisecond), c.Gap)
	c.Window = orElse(c.Window, 300*time.Millisecond)
	return &Assembler{config: c}
}

func orElse(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}

// Feed takes the characters of one message. Control characters are dropped.
func (a *Assembler) Feed(chars []rune, now time.Time) []Event { return a.take(chars, now, false) }

// Paste is Feed for pasted text, which is never fast: only 6199 and six digits,
// or a prefix, make a scan of it.
func (a *Assembler) Paste(chars []rune, now time.Time) []Event { return a.take(chars, now, true) }

func (a *Assembler) take(chars []rune, now time.Time, pasted bool) []Event {
	var out []Event
	if pause := a.pause(now); pause >= a.config.Quiet || a.config.Local && pause >= a.config.Gap {
		out = a.settle(now, pause, false)
	}
	typed := 0 // characters of this message at the end of the run, not yet passed on
	for _, char := range printable(chars) {
		a.run = append(a.run, mark{char, now, pasted})
		typed++
		if n := a.preapproval(); n > 0 && !a.mayGrow() {
			out = append(out, a.emit(n, n, typed, now)...)
			typed = 0
		}
	}
	if typed > 0 {
		out = append(out, Event{Text: a.tail(typed)})
	}
	if extra := len(a.run) - maxRun; extra > 0 {
		a.run = append([]mark(nil), a.run[extra:]...)
	}
	return out
}

// Terminator takes CR, LF or TAB. When it belongs to a scan it is swallowed and
// must not act as a key.
func (a *Assembler) Terminator(now time.Time) (events []Event, swallowed bool) {
	// Also when stray characters of an overlong code lie between.
	swallowed = now.Before(a.swallow)
	if !swallowed || len(a.run) > 0 {
		events = a.settle(now, a.pause(now), true)
	}
	a.run = nil
	if swallowed = swallowed || len(events) > 0; swallowed {
		a.swallow = now.Add(lfAfter) // CR may have an LF after it
	}
	return events, swallowed
}

// Control takes a control character or a key with Alt. It says whether it lies
// inside a burst, where it is a part of the scan and must be dropped.
func (a *Assembler) Control(now time.Time) bool {
	n := len(a.run)
	return n >= 2 && a.fast(n-1) && now.Sub(a.run[n-1].at) < a.config.Gap
}

// Break takes any other key: what follows is a new run.
func (a *Assembler) Break(now time.Time) []Event {
	out := a.settle(now, a.config.Quiet, false)
	a.run = nil
	return out
}

// Deadline is when Idle should be called, if nothing else comes before.
func (a *Assembler) Deadline() (time.Time, bool) {
	if len(a.run) < minCode {
		return time.Time{}, false
	}
	return a.run[len(a.run)-1].at.Add(a.config.Quiet), true
}

// Idle says that time has passed: a scan without an Enter ends with a pause.
func (a *Assembler) Idle(now time.Time) []Event {
	if at, ok := a.Deadline(); !ok || now.Before(at) {
		return nil
	}
	return a.settle(now, a.pause(now), false)
}

// pause is how long nothing has come.
func (a *Assembler) pause(now time.Time) time.Duration {
	if len(a.run) == 0 {
		return 0
	}
	return now.Sub(a.run[len(a.run)-1].at)
}

// settle turns the end of the run into a scan, if it is one: after a terminator, or
// because of a pause.
func (a *Assembler) settle(now time.Time, pause time.Duration, terminated bool) []Event {
	if n, _ := a.prefixAt(); n > 0 && !terminated && pause < a.config.Quiet {
		return nil
	}
	if n, code := a.prefixed(terminated); n > 0 {
		return a.emit(n, code, 0, now)
	}
	if n := a.preapproval(); n > 0 {
		return a.emit(n, n, 0, now)
	}
	if n := a.burst(terminated); n > 0 && (!terminated || pause < a.config.Quiet) {
		return a.emit(n, n, 0, now)
	}
	return nil
}

// emit makes the last n characters a scan, whose code is the last `code` of them.
// The last `fresh` characters of the run have not been passed on as typing yet.
func (a *Assembler) emit(n, code, fresh int, now time.Time) []Event {
	var out []Event
	raw := a.tail(n)
	if fresh > n {
		chars := a.tail(fresh)
		out = append(out, Event{Text: chars[:len(chars)-len(raw)]})
	}
	if fresh < n {
		out = append(out, Event{Retract: n - fresh})
	}
	out = append(out, Event{Code: a.tail(code), Raw: raw})
	a.run, a.swallow = nil, now.Add(a.config.Window)
	return out
}

// tail is the text of the last n characters.
func (a *Assembler) tail(n int) string {
	var b strings.Builder
	for _, m := range a.run[len(a.run)-n:] {
		b.WriteRune(m.char)
	}
	return b.String()
}

func printable(chars []rune) []rune {
	out := make([]rune, 0, len(chars))
	for _, c := range chars {
		if unicode.IsPrint(c) { // true for the blank, false for every control and format character
			out = append(out, c)
		}
	}
	return out
}
