package ui

import "time"

// How long keys are kept away.
const (
	quietTime  = 700 * time.Millisecond  // from a question that opened by itself, from what the lock uncovers
	suddenTime = 400 * time.Millisecond  // from a screen that came by itself
	suddenMost = 1500 * time.Millisecond // and however many are pressed
	freshTime  = 250 * time.Millisecond  // from a Firm action of a screen that has just come
	burstTime  = 100 * time.Millisecond  // between presses that are of a key held down
)

// guard keeps keys away until the keyboard has rested: whoever was typing has not
// seen yet what came. The zero guard lets everything through.
type guard struct {
	until time.Time     // when it ends, if nothing is pressed meanwhile
	rest  time.Duration // how long it goes on after a key
	limit time.Time     // when it ends whatever is pressed; zero is never
}

// shut reports whether keys are kept away at a time.
func (g guard) shut(now time.Time) bool { return now.Before(g.until) }

// keeps takes a key and reports whether it is kept away; then the wait begins anew.
func (g *guard) keeps(now time.Time) bool {
	if !g.shut(now) {
		return false
	}
	g.until = now.Add(g.rest)
	if !g.limit.IsZero() && g.until.After(g.limit) {
		g.until = g.limit
	}
	return true
}

// unasked is the guard of a question or of what is uncovered.
func unasked(now time.Time) guard { return guard{until: now.Add(quietTime), rest: quietTime} }

// sudden is the guard of a screen that came by itself.
func sudden(now time.Time) guard {
	return guard{until: now.Add(suddenTime), rest: suddenTime, limit: now.Add(suddenMost)}
}

// fresh is the guard of a screen's Firm actions.
func fresh(now time.Time) guard { return guard{until: now.Add(freshTime), rest: burstTime} }

// early reports whether something on the top screen is kept away just now.
func (a *App) early() bool {
	e := a.top()
	if e.guard.shut(a.now()) {
		return true
	}
	return e.firm.shut(a.now()) && hasFirm(e.screen.Actions())
}

func hasFirm(actions []Action) bool {
	for _, a := range actions {
		if a.Firm && a.Off == "" {
			return true
		}
	}
	return false
}

// wakes is when what can be pressed changes by itself next.
func (a *App) wakes() time.Time {
	guards := []guard{a.top().guard, a.top().firm}
	if len(a.dialogs) > 0 {
		guards = []guard{a.dialogs[0].guard}
	}
	now, next := a.now(), time.Time{}
	for _, g := range guards {
		if g.shut(now) && (next.IsZero() || g.until.Before(next)) {
			next = g.until
		}
	}
	return next
}

// actionsOf lists what can be pressed on a screen. What is kept away says so, so that
// the footer is true.
func (a *App) actionsOf(e *entry) []Action {
	all := append([]Action(nil), e.screen.Actions()...)
	now := a.now()
	for i := range all {
		if all[i].Off == "" && (e.guard.shut(now) || all[i].Firm && e.firm.shut(now)) {
			all[i].Off = "one moment"
		}
	}
	return all
}
