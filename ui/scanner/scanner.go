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
	longest = 400 * time.Millisecond // the pause that ends a code with a prefix, at the most

	// doubtful is the pause that ends a code which may be an amount and the beginning
	// of another; one in some hundreds is.
	doubtful = 1300 * time.Millisecond
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
	whole   int       // so much of the run ends in a pre-approval code that waits: 0 for none
	swallow time.Time // until when a terminator belongs to the last scan
	framed  time.Time // until when a control character does, if no terminator came
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
		if n := a.complete(); n > 0 {
			out = append(out, a.emit(a.whole, n, n, typed, now)...)
			typed = 0
		}
	}
	if typed > 0 {
		out = append(out, Event{Text: a.tail(typed)})
	}
	if extra := len(a.run) - maxRun; extra > 0 {
		a.run = append([]mark(nil), a.run[extra:]...)
		a.whole = max(a.whole-extra, 0)
	}
	return out
}

// complete is the length of a pre-approval code that need not wait for more, else 0.
// One that waits is noted: it may be an amount of 61.99 with the beginning of the code.
func (a *Assembler) complete() int {
	n := a.preapproval()
	if n > 0 {
		a.whole = len(a.run)
	}
	if a.whole == 0 || a.mayGrow() || a.overlapped() {
		return 0
	}
	return preapprovalLength
}

// Terminator takes CR, LF or TAB. When it belongs to a scan it is swallowed and
// must not act as a key.
func (a *Assembler) Terminator(now time.Time) (events []Event, swallowed bool) {
	// Also when stray characters of an overlong code lie between.
	swallowed = now.Before(a.swallow)
	if !swallowed || len(a.run) > 0 {
		events = a.settle(now, a.pause(now), true)
	}
	a.clear()
	a.framed = time.Time{}
	if swallowed = swallowed || len(events) > 0; swallowed {
		a.swallow = now.Add(lfAfter) // CR may have an LF after it
	}
	return events, swallowed
}

// Control takes a control character. It says whether it belongs to a scan, as the
// ETX behind it does, and must be dropped.
func (a *Assembler) Control(now time.Time) bool {
	return now.Before(a.framed) || a.Inside(now)
}

// Inside says whether what comes now lies inside a burst.
func (a *Assembler) Inside(now time.Time) bool {
	n := len(a.run)
	return n >= 2 && a.fast(n-1) && now.Sub(a.run[n-1].at) < a.config.Gap
}

// Scanning says whether what comes now lies inside what can only be a scan: no person
// types a code, or the beginning of one, so fast. A key there is the scanner's.
func (a *Assembler) Scanning(now time.Time) bool {
	if !a.config.Local || !a.Inside(now) {
		return false
	}
	n := a.burstLength()
	if prefixed, _ := a.prefixAt(); n >= minCode || prefixed > 0 && prefixed <= n {
		return true
	}
	begin := min(n, len(preapprovalPrefix))
	return a.tail(n)[:begin] == preapprovalPrefix[:begin]
}

// Break takes any other key: what follows is a new run.
func (a *Assembler) Break(now time.Time) []Event {
	out := a.settle(now, doubtful, false)
	a.clear()
	return out
}

func (a *Assembler) clear() { a.run, a.whole = nil, 0 }

// Deadline is when Idle should be called, if nothing else comes before.
func (a *Assembler) Deadline() (time.Time, bool) {
	if len(a.run) < minCode {
		return time.Time{}, false
	}
	pause := a.config.Quiet
	if n, _ := a.prefixAt(); n > 0 {
		pause = a.patience()
	} else if a.overlapped() || a.begun() {
		pause = doubtful
	}
	return a.run[len(a.run)-1].at.Add(pause), true
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
	if n, _ := a.prefixAt(); n > 0 && !terminated && pause < a.patience() {
		return nil
	}
	if n, code := a.prefixed(terminated); n > 0 {
		return a.emit(len(a.run), n, code, 0, now)
	}
	if a.overlapped() && !terminated && pause < doubtful {
		return nil
	}
	if n := a.preapproval(); n > 0 {
		return a.emit(len(a.run), n, n, 0, now)
	}
	if n := a.burst(terminated, pause); n > 0 && (!terminated || pause < a.config.Quiet) {
		return a.emit(len(a.run), n, n, 0, now)
	}
	if a.overlapped() {
		return a.emit(a.whole, preapprovalLength, preapprovalLength, 0, now)
	}
	return nil
}

// emit makes the n characters before `end` a scan, whose code is the last `code` of
// them; what was typed behind them is typed again. The last `fresh` characters of the
// run have not been passed on as typing yet.
func (a *Assembler) emit(end, n, code, fresh int, now time.Time) []Event {
	var out []Event
	begin := end - n
	first := begin // of the codes that stand before it without a pause
	for first >= preapprovalLength && isPreapproval(a.text(first-preapprovalLength, first)) {
		first -= preapprovalLength
	}
	passed := len(a.run) - fresh
	if first > passed {
		out = append(out, Event{Text: a.text(passed, first)})
	}
	if first < passed {
		out = append(out, Event{Retract: passed - first})
	}
	for ; first < begin; first += preapprovalLength {
		text := a.text(first, first+preapprovalLength)
		out = append(out, Event{Code: text, Raw: text})
	}
	out = append(out, Event{Code: a.text(end-code, end), Raw: a.text(begin, end)})
	rest := a.text(end, len(a.run))
	a.swallow, a.framed = now.Add(a.config.Window), now.Add(a.config.Window)
	a.run, a.whole = append([]mark(nil), a.run[end:]...), 0
	if rest != "" {
		out = append(out, Event{Text: rest})
	}
	return out
}

// tail is the text of the last n characters.
func (a *Assembler) tail(n int) string { return a.text(len(a.run)-n, len(a.run)) }

func (a *Assembler) text(from, to int) string {
	var b strings.Builder
	for _, m := range a.run[from:to] {
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
