package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

const lockAfter = 5 * time.Minute

// lockSetup has two dummies beneath and a third that locks; away says that nobody is
// signed in.
func lockSetup(first, second, lock *dummy, away *bool) uitest.Setup {
	s := setup(first, second)
	s.Routes["lock"] = func(any) ui.Screen { return lock }
	s.Lock = ui.Lock{After: lockAfter, Route: "lock", Present: func() bool { return !*away }}
	return s
}

// newLock is a lock that Enter takes away.
func newLock() *dummy {
	lock := newDummy()
	lock.noScan = true
	lock.does["pay"] = ui.Back()
	return lock
}

func TestTheLockComesAfterTheTimeAndNotBefore(t *testing.T) {
	away := false
	d := uitest.New(t, lockSetup(newDummy(), newDummy(), newLock(), &away))
	d.Wait(lockAfter - 2*time.Second)
	d.On("first")
	d.Press("f5")
	d.Wait(lockAfter - time.Second)
	d.Type("1")
	d.Wait(lockAfter - time.Second)
	d.On("first")
	d.Wait(time.Second)
	d.On("lock")
	d.Wait(3 * lockAfter) // once is enough
	if routes := d.App.Routes(); len(routes) != 2 {
		t.Errorf("the screens are %v", routes)
	}
}

func TestNobodyIsLockedOutWhereNobodyIsSignedIn(t *testing.T) {
	away := true
	d := uitest.New(t, lockSetup(newDummy(), newDummy(), newLock(), &away))
	d.Wait(3 * lockAfter)
	d.On("first")
	away = false // signed in by nothing but a message: the time begins then
	d.Send(nil)
	d.Wait(lockAfter - time.Second)
	d.On("first")
	d.Wait(time.Second)
	d.On("lock")
}

// wakeful is a screen that says when it must not be covered.
type wakeful struct {
	*dummy
	waits bool
}

func (s *wakeful) Wakeful() bool { return s.waits }

func TestAWakefulScreenIsNotCovered(t *testing.T) {
	away, first := false, &wakeful{dummy: newDummy(), waits: true}
	s := lockSetup(nil, newDummy(), newLock(), &away)
	s.Routes["first"] = func(any) ui.Screen { return first }
	d := uitest.New(t, s)
	d.Wait(3 * lockAfter)
	d.On("first")
	d.Send("the last moment in which it waits")
	first.waits = false
	d.Wait(lockAfter - time.Second)
	d.On("first")
	d.Wait(time.Second)
	d.On("lock")
}

func TestACoveredScreenCanNeitherMoveNorAskNorBeAnswered(t *testing.T) {
	away, first := false, newDummy()
	d := uitest.New(t, lockSetup(first, newDummy(), newLock(), &away))
	first.does["pay"] = ui.Ask(ui.Dialog{ID: "open", Title: "Already open?"})
	d.Press("enter", "tab")
	d.Wait(lockAfter)
	d.On("lock")
	d.Hides("Already open?")
	first.onHeard = tea.Batch(ui.Go("second", nil), ui.Ask(ui.Dialog{ID: "late", Title: "Too late?"}))
	d.Send("news")
	d.On("lock")
	d.Hides("Too late?")
	first.onHeard = nil
	if want := []ui.DialogMsg{{ID: "open"}, {ID: "late"}}; len(first.answers) != 2 || first.answers[0] != want[0] || first.answers[1] != want[1] {
		t.Errorf("the answers are %+v", first.answers)
	}
	d.Press("enter")
	d.On("first")
	d.Hides("?  ", "Already", "late")
}

func TestTheLockCanAskItself(t *testing.T) {
	away, lock := false, newLock()
	lock.does["history"] = ui.Ask(ui.Dialog{ID: "sure", Title: "Sign out?"})
	d := uitest.New(t, lockSetup(newDummy(), newDummy(), lock, &away))
	d.Wait(lockAfter)
	d.Press("f5")
	d.Shows("Sign out?")
	d.Press("tab", "enter")
	if len(lock.answers) != 1 || !lock.answers[0].Yes {
		t.Errorf("the answers are %+v", lock.answers)
	}
}

func TestNewsAreHiddenWhereNobodyMayReadThem(t *testing.T) {
	away := false
	d := uitest.New(t, lockSetup(newDummy(), newDummy(), newLock(), &away))
	news := ui.NoticeMsg{Text: "89.00 AUD approved", Route: "second"}
	d.Send(news)
	d.Shows("89.00")
	d.Wait(lockAfter)
	for _, locked := range []bool{true, false} {
		if !locked {
			d.Press("enter")
			away = true
		}
		d.Send(ui.NoticeMsg{Text: "The slip of 89.00 is printed."})
		d.Hides("89.00", "F9 show")
		d.Press("f9")
		d.Hides("89.00")
		d.Press("f7") // why a key does nothing is said all the same
		d.Shows("F7 refund: a manager must be signed in")
		d.Resize(80, 14) // a low window has the strip at the top
		d.Hides("89.00")
		d.Resize(80, 24)
	}
	away = false
	d.Press("f2")
	d.Shows("89.00", "F9 show")
	d.Press("f9")
	d.On("second")
}

func TestNoScanPassesTheLock(t *testing.T) {
	away, first, lock := false, newDummy(), newLock()
	d := uitest.New(t, lockSetup(first, newDummy(), lock, &away))
	d.Wait(lockAfter)
	d.Scan("6199010203")
	d.Press("enter")
	d.On("first")
	d.Wait(time.Second)
	if len(first.scans)+len(lock.scans) != 0 || !first.amount.Empty() || !lock.amount.Empty() {
		t.Errorf("scanned beneath %v, at the lock %v, typed %q and %q", first.scans, lock.scans, first.amount.Text(), lock.amount.Text())
	}
}

func TestAKeyHeldDownAtTheLockDoesNothingBeneath(t *testing.T) {
	away, first := false, newDummy()
	d := uitest.New(t, lockSetup(first, newDummy(), newLock(), &away))
	d.Wait(lockAfter)
	for range 60 {
		d.PressNow("enter")
		d.Wait(30 * time.Millisecond)
	}
	d.On("first")
	if len(first.pressed) != 0 {
		t.Fatalf("beneath was pressed %v", first.pressed)
	}
	d.Type("7") // typing shows that it was let go
	d.PressNow("enter")
	if joined(first.pressed) != "pay" || first.amount.Minor() != 7 {
		t.Errorf("pressed %v, typed %s", first.pressed, first.amount.Text())
	}
}
