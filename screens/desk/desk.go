// Package desk is what every screen of cashdesk shares: the names of the routes
// and what each is given, the counter's surroundings, and how a payment looks
// wherever it is shown. It holds nothing that belongs to one screen only.
package desk

import (
	"sync"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/ui"
)

// Desk is what screens are given. The wiring fills it once, before the first
// screen is made; only the session changes afterwards.
type Desk struct {
	// Till gives the till, nil before the keystore was unlocked.
	Till func() *till.Till
	// Unlock opens the keystore and the journal and builds the till. It is
	// slow: it belongs into a command, so that the first frame never waits for
	// it. Without Locked the passphrase is empty.
	Unlock func(passphrase string) error
	// Locked says that a passphrase must be typed at the start.
	Locked bool
	// Fail is told of a set-up error that no passphrase mends (a journal in
	// use, say), before the unlock screen quits; the command line prints it.
	Fail func(error)
	// Demo plays the customer; nil except in the demo.
	Demo Demo
	Shop Shop
	// Health lists settings and how things are, for reading only.
	Health func() []HealthLine
	// Print prints a slip; nil when there is no printer.
	Print func(text string) error
	// Copy puts a text on the terminal's clipboard; nil when it cannot.
	Copy func(text string) error
	// Top is the screen that has the keyboard, asked from within Update; may be
	// nil.
	Top func() ui.Screen
	// Signed is told of every sign-in and sign-out (the header shows who is
	// there); may be nil.
	Signed func(till.Session)

	mu      sync.Mutex
	session till.Session
}

// Shop is what is fixed about the counter.
type Shop struct {
	Name, Counter string
	Country       string             // ISO 3166, for mobile numbers
	Currency      providers.Currency // what the idle screen takes
	// MaxMinor is the amount, in minor units of Currency, above which the
	// counter asks; 0 never.
	MaxMinor int64
	Zone     *time.Location // nil is UTC
	Email    string         // the shop's own, offered for invoices
	Test     bool
	// DemoHint says how to play each result, line by line; the demo's only.
	DemoHint []string
	// SignInHint stands beneath the PIN; the demo tells its own there.
	SignInHint string
}

// Demo lets a person play what the customer and the network would do. An
// invoice is named by its attempt's own reference, a transfer by the server's.
type Demo interface {
	// Pay lets the customer pay an invoice in full.
	Pay(reference string) error
	// PayLess lets the customer pay too little.
	PayLess(reference string) error
	// PayMore lets the customer pay too much.
	PayMore(reference string) error
	// Approve lets the customer finish a transfer.
	Approve(invoice string) error
	// Decline lets the customer's bank refuse it.
	Decline(invoice string) error
	// Expire lets an invoice's time run out.
	Expire(reference string) error
	// LoseNext lets the next answer of a provider get lost on its way.
	LoseNext()
}

// LostNotice says that Demo's LoseNext was pressed.
var LostNotice = ui.NoticeMsg{Text: "The next answer gets lost on its way: see what \"not known yet\" looks like.", Tone: ui.Unknown, Glyph: ui.GlyphUnknown}

// HealthLine is one line of the settings-and-health page.
type HealthLine struct {
	Section string // lines of one section stand together
	Title   string
	Value   string
	Tone    ui.Tone
	Hint    string // what to do about it, may be empty
}

// UpdateMsg is news of an attempt from the till. Every screen gets it.
type UpdateMsg struct{ till.Update }

// NextSaleMsg brings the idle screen what was typed before it was there.
type NextSaleMsg struct{ Typed string }

// Session is who is signed in; empty when nobody is.
func (d *Desk) Session() till.Session {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.session
}

// SetSession notes a sign-in, or with an empty session a sign-out.
func (d *Desk) SetSession(s till.Session) {
	d.mu.Lock()
	d.session = s
	d.mu.Unlock()
	if d.Signed != nil {
		d.Signed(s)
	}
}

// Shown is the attempt that somebody is looking at, empty for none.
func (d *Desk) Shown() string {
	if d.Top == nil {
		return ""
	}
	if s, ok := d.Top().(ui.Subject); ok {
		return s.About()
	}
	return ""
}

// SignedIn says whether somebody is signed in.
func (d *Desk) SignedIn() bool { return d.Session().ID != "" }

// OnlyManagers says why whoever is signed in may not do what is a manager's;
// empty for a manager.
func (d *Desk) OnlyManagers(r till.Right) string {
	if d.May(r) {
		return ""
	}
	return "only a manager may " + string(r)
}

// May says whether whoever is signed in has a right.
func (d *Desk) May(r till.Right) bool {
	t := d.Till()
	return t != nil && t.May(d.Session(), r)
}
