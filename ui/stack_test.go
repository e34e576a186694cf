package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

type paymentMsg struct{ state string }

func TestNewsReachACoveredScreenButTheyNeverTakeTheScreen(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["invite"] = ui.Go("second", nil)
	first.onHeard = ui.Go("second", nil) // a covered screen that wants to jump forward
	d := uitest.New(t, setup(first, second))
	d.Press("f3")
	d.Send(paymentMsg{"approved"})
	if len(first.heard) != 1 || len(second.heard) != 1 {
		t.Fatalf("first heard %v, second %v", first.heard, second.heard)
	}
	if got := joined(d.App.Routes()); got != "first second" {
		t.Fatalf("screens %q", got)
	}
}

func TestBackAndHomeAndReplaceKeepTheLowestScreen(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["invite"] = ui.Go("second", nil)
	first.does["clear"] = ui.Back()
	second.does["clear"] = ui.Back()
	second.does["invite"] = ui.Home()
	second.does["pay"] = ui.Reset("second", nil)
	d := uitest.New(t, setup(first, second))
	d.Press("esc")
	d.On("first")
	d.Press("f3", "esc")
	d.On("first")
	if first.shown != 3 {
		t.Fatalf("shown %d times", first.shown)
	}
	d.Press("f3", "f3")
	d.On("first")
	d.Press("f3", "enter")
	if got := joined(d.App.Routes()); got != "second" {
		t.Fatalf("screens %q after a reset", got)
	}
}

func TestANoticeIsOpenedByItsKey(t *testing.T) {
	first, second := newDummy(), newDummy()
	d := uitest.New(t, setup(first, second))
	d.Send(ui.NoticeMsg{Text: "89.00 approved", Tone: ui.Good, Glyph: ui.GlyphApproved, Route: "second"})
	d.Shows("✓ 89.00 approved", "F9 show")
	d.Type("1")
	d.Shows("✓ 89.00 approved")
	d.On("first")
	d.Press("f9")
	d.On("second")
	d.Hides("89.00 approved")
}

func TestNewsReplaceOlderNewsAboutTheSame(t *testing.T) {
	d := uitest.New(t, setup(newDummy(), newDummy()))
	d.Send(ui.NoticeMsg{Text: "240.00 not known", Route: "second", About: "a"})
	d.Send(ui.NoticeMsg{Text: "89.00 open", Route: "second", About: "b"})
	d.Send(ui.NoticeMsg{Text: "240.00 approved", Route: "second", About: "a"})
	d.Shows("240.00 approved", "and 1 more  F9 show")
	d.Press("f9")
	d.Shows("89.00 open")
	d.Hides("240.00", "more")
}

func TestNewsAreReadOnceTheirSubjectIsOnTheScreen(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["invite"] = ui.Go("second", nil)
	second.does["clear"] = ui.Back()
	second.about = "a"
	d := uitest.New(t, setup(first, second))
	d.Send(ui.NoticeMsg{Text: "240.00 approved", Route: "second", About: "a"})
	d.Send(ui.NoticeMsg{Text: "the printer is out of paper", Route: "third"})
	d.Press("f3", "esc") // not by the notice
	d.On("first")
	d.Shows("the printer is out of paper")
	d.Hides("240.00", "more")
}

func TestAScreenTicksEverySecondOnlyWhileItWantsTo(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	d.Wait(60 * time.Second)
	if s.ticks != 4 {
		t.Fatalf("%d slow ticks in a minute", s.ticks)
	}
	s.ticking = true
	d.Send(nil)
	d.Wait(10 * time.Second)
	if s.ticks != 14 {
		t.Fatalf("%d ticks after ten fast ones", s.ticks)
	}
	d.Shows("14:08")
}

func TestLeavingAsksOnlyWhenThereIsReason(t *testing.T) {
	d := uitest.New(t, setup(newDummy(), newDummy()))
	d.Press("ctrl+q")
	if !d.Gone() {
		t.Fatal("it asked without reason")
	}
	with := setup(newDummy(), newDummy())
	with.QuitWarning = func() string { return "One payment is not known yet." }
	d = uitest.New(t, with)
	d.Press("ctrl+c")
	d.Shows("Leave the program?", "One payment is not known yet.")
	d.Press("ctrl+c", "enter")
	if d.Gone() {
		t.Fatal("the default was to leave")
	}
	d.Hides("Leave the program?")
	d.Press("ctrl+q", "tab", "enter")
	if !d.Gone() {
		t.Fatal("it did not leave")
	}
}

func TestAPageThatDoesNotExistIsSaid(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Go("nowhere", nil)
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.On("first")
	d.Shows("there is no page nowhere")
}

func TestAPanicInAScreenEndsTheProgramWithASentence(t *testing.T) {
	s := newDummy()
	s.does["pay"] = func() tea.Msg { panic("a fault") }
	app := ui.New(ui.Options{Routes: map[string]ui.Route{"s": func(any) ui.Screen { return s }}, Start: "s"})
	app.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	app.Init()
	_, cmd := app.Update(tea.KeyMsg{Type: tea.KeyEnter})
	fault := drain(cmd)
	if fault == nil || fault.Error() != "the program had to stop: a fault" {
		t.Fatalf("fault %v", fault)
	}
	if app.View() == "" {
		t.Fatal("nothing was drawn before")
	}
	app.Update(fault)
	if app.View() != "" {
		t.Fatal("it goes on drawing after a fault")
	}
}

// drain runs a command until a fault comes of it.
func drain(cmd tea.Cmd) *ui.PanicError {
	if cmd == nil {
		return nil
	}
	switch msg := cmd().(type) {
	case *ui.PanicError:
		return msg
	case tea.BatchMsg:
		for _, c := range msg {
			if fault := drain(c); fault != nil {
				return fault
			}
		}
	}
	return nil
}

func TestTypingOnAResultStartsTheNextSaleAndMayStillBeAScan(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["invite"] = ui.Go("second", nil)
	result := &typeOn{dummy: second}
	with := setup(first, second)
	with.Routes["second"] = func(any) ui.Screen { return result }
	d := uitest.New(t, with)
	d.Press("f3")
	d.Type("61")
	d.On("first")
	if first.amount.Minor() != 61 {
		t.Fatalf("amount %s", first.amount.Text())
	}
	d.Type("99123456") // by hand, at a person's pace
	if !first.amount.Empty() || len(first.scans) != 1 || first.scans[0].Code != "6199123456" {
		t.Fatalf("amount %s, scans %v", first.amount.Text(), first.scans)
	}
}

// typeOn is a screen on which typing means going on.
type typeOn struct{ *dummy }

func (s *typeOn) Update(msg tea.Msg) tea.Cmd {
	if text, ok := msg.(ui.TextMsg); ok {
		return ui.HomeTyping(text.Text)
	}
	return s.dummy.Update(msg)
}

func TestNothingCanBePressedThatCannotBeRead(t *testing.T) {
	s := newDummy()
	with := setup(s, newDummy())
	with.QuitWarning = func() string { return "One payment is not known yet." }
	d := uitest.New(t, with)
	d.Resize(39, 24)
	d.Press("enter", "f1", "ctrl+q")
	d.Type("5")
	d.Scan("6199123456")
	if len(s.pressed)+len(s.scans) != 0 || !s.amount.Empty() || d.Gone() {
		t.Fatalf("pressed %q, scans %v, amount %s", s.pressed, s.scans, s.amount.Text())
	}
	d.Resize(80, 24)
	if len(s.scans) != 1 {
		t.Fatal("the scan was lost")
	}
}

func TestABareFrameStillSaysWhyAKeyIsOff(t *testing.T) {
	s := newDummy()
	s.frame = ui.FrameBare
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("f7")
	d.Shows("a manager must be signed in", "F1 all keys")
}
