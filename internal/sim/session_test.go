package sim

import (
	"context"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
)

// signIn has somebody sign in who can.
func (w *world) signIn() {
	if w.run.dead.Load() {
		return
	}
	who := members[w.staff.below(len(members))].ID
	for _, m := range members {
		if !w.pins.of(who).canBeIn(w.run) {
			who = m.ID
		}
	}
	// Mostly the short way: a sign-in with a PIN is four events.
	if w.staff.one(4) {
		w.present(who, pin)
		return
	}
	s, err := w.run.till.SignInTrusted(context.Background(), who)
	w.signedIn(who, s, err)
}

// present is a PIN that is given for somebody, right or wrong.
func (w *world) present(who, given string) {
	s, err := w.run.till.SignIn(context.Background(), who, given)
	l := w.pins.of(who)
	switch full := w.run.full.Load(); {
	case err == nil && given != pin:
		w.fail(letIn, "%s was let in with a wrong PIN", who)
	case err == nil && l.mustBeOut(w):
		w.fail(letIn, "%s was let in %s after the %dth wrong PIN", who, w.ran+w.run.age()-l.at, l.least)
	case given == pin && err != nil && l.canBeIn(w.run) && !full:
		w.fail(otherwise, "%s cannot sign in: %v", who, err)
	}
	l.note(w, given == pin, err)
	w.signedIn(who, s, err)
}

func (w *world) signedIn(who string, s till.Session, err error) {
	if err == nil {
		w.run.session = s
	}
	w.say("%s signs in: %v", who, err)
	w.rest()
}

// handOver is one who goes and another one who comes, whatever is on its way.
func (w *world) handOver() {
	err := w.run.till.SignOut(context.Background(), w.run.session)
	w.rest()
	w.say("%s signs out: %v", w.run.session.Name, err)
	w.signIn()
}

// mistype is somebody who does not remember a PIN, and then does.
func (w *world) mistype() {
	who := members[w.staff.below(len(members))].ID
	for range 1 + w.staff.below(9) {
		w.present(who, "1357")
	}
	if w.staff.one(2) {
		w.pass(w.wait())
	}
	if !w.run.dead.Load() {
		w.present(who, pin)
	}
}

// permit is a manager's word: in an operator's session with a PIN, which counts
// as any other does.
func (w *world) permit(r till.Right, why string) (till.Permit, error) {
	const who = "mia"
	p, err := w.run.till.Permit(context.Background(), w.run.session, r, till.Manager{ID: who, PIN: pin}, why)
	if w.run.session.Manager() {
		return p, err
	}
	l := w.pins.of(who)
	if err == nil && l.mustBeOut(w) {
		w.fail(letIn, "%s agreed %s after the %dth wrong PIN", who, w.ran+w.run.age()-l.at, l.least)
	}
	l.note(w, true, err)
	return p, err
}

// pins is what is known of everybody's wrong PINs.
type pins map[string]*lock

func (p pins) of(who string) *lock {
	if p[who] == nil {
		p[who] = &lock{manager: who == "mia"}
	}
	return p[who]
}

// lock is what wrong PINs have done to one person. On a full disk a try may be
// written down and its end not: then there may be more than least.
type lock struct {
	manager     bool
	least, most int
	at          time.Duration // of the last one, in the time that programs have run
	run         *run          // that it was tried at
}

// maxTries and pinLock are the rule: five wrong PINs lock for half an hour.
const (
	maxTries = 5
	pinLock  = 30 * time.Minute
)

// lasts is how long the lock lasts at n wrong PINs. The only manager is slowed
// down, not locked out.
func (l *lock) lasts(n int) time.Duration {
	switch {
	case n < maxTries:
		return 0
	case l.manager:
		return min(time.Minute<<min(n-maxTries, 4), 15*time.Minute)
	}
	return pinLock
}

// note adds what came of a try.
func (l *lock) note(w *world, right bool, err error) {
	switch {
	case err == nil:
		l.least, l.most = 0, 0
		return
	case providers.KindOf(err) != providers.Forbidden: // the disk
		l.most++
	case right || l.mustBeOut(w) || !l.canBeIn(w.run):
		return // it was locked, and no try at all
	default:
		l.least++
		l.most++
	}
	l.at, l.run = w.ran+w.run.age(), w.run
}

// mustBeOut says that the lock still runs, in the time that programs have run.
func (l *lock) mustBeOut(w *world) bool { return w.ran+w.run.age()-l.at < l.lasts(l.least) }

// canBeIn says that the lock is surely over: a run that was killed may not have
// served anything of it.
func (l *lock) canBeIn(r *run) bool {
	if l.run == nil {
		return true
	}
	served := r.age()
	if l.run == r {
		served = r.w.ran + r.age() - l.at
	}
	return served >= l.lasts(l.most)
}

// age is how long the program has run.
func (r *run) age() time.Duration { return time.Since(r.began) }
