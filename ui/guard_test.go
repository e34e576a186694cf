package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

// verdict shows the second dummy in place of the first without a key having been
// pressed, as a verdict comes.
func verdict(t *testing.T) (*uitest.Driver, *dummy) {
	t.Helper()
	first, second := newDummy(), newDummy()
	first.onHeard = ui.ReplaceUnasked("second", nil)
	d := uitest.New(t, setup(first, second))
	d.Type("1")
	d.Send(paymentMsg{"verdict"})
	d.On("second")
	return d, second
}

func TestAScreenThatCameByItselfTakesKeysFourTenthsOfASecondLater(t *testing.T) {
	d, s := verdict(t)
	d.Shows("(Enter pay)", "(Esc clear)")
	d.Wait(399 * time.Millisecond)
	d.Shows("(Enter pay)")
	d.Wait(time.Millisecond)
	d.Shows("Enter pay")
	d.Hides("(Enter pay)")
	d.PressNow("enter")
	if joined(s.pressed) != "pay" {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestKeysPressedTooEarlyAreDroppedAndNotRemembered(t *testing.T) {
	d, s := verdict(t)
	d.Wait(300 * time.Millisecond)
	d.PressNow("enter")
	d.Type("5")
	d.Wait(399 * time.Millisecond)
	d.PressNow("esc") // the wait began anew with the 5
	d.Wait(400 * time.Millisecond)
	if len(s.pressed) != 0 || !s.amount.Empty() {
		t.Fatalf("pressed %v, typed %s", s.pressed, s.amount.Text())
	}
	d.PressNow("esc")
	if joined(s.pressed) != "clear" {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestPressingOnKeepsAScreenShutForASecondAndAHalfAtTheMost(t *testing.T) {
	d, s := verdict(t)
	for range 15 {
		d.PressNow("up")
		d.Wait(99 * time.Millisecond)
	}
	d.PressNow("enter")
	if len(s.pressed) != 0 {
		t.Fatalf("pressed %v after 1.485 s", s.pressed)
	}
	d.Wait(15 * time.Millisecond)
	d.Hides("(Enter pay)")
	d.PressNow("enter")
	if joined(s.pressed) != "pay" {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestAScreenThatAKeyOpenedTakesKeysAtOnce(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["pay"] = ui.Replace("second", nil)
	d := uitest.New(t, setup(first, second))
	d.Send(ui.NoticeMsg{Text: "news", Route: "second"})
	d.Press("f9")
	d.PressNow("f3")
	d = uitest.New(t, setup(first, second))
	d.Press("enter")
	d.Hides("(F3 invite)")
	d.PressNow("f3")
	if joined(second.pressed) != "invite invite" {
		t.Errorf("pressed %v", second.pressed)
	}
}

// charging is a dummy whose Enter cannot be taken back.
type charging struct{ *dummy }

func (s charging) Actions() []ui.Action {
	all := s.dummy.Actions()
	all[0].Firm = true
	return all
}

// charge shows a charging screen that an Enter opened.
func charge(t *testing.T) (*uitest.Driver, *dummy) {
	t.Helper()
	first, second := newDummy(), newDummy()
	first.does["pay"] = ui.Go("second", nil)
	s := setup(first, second)
	s.Routes["second"] = func(any) ui.Screen { return charging{second} }
	d := uitest.New(t, s)
	d.Press("enter")
	d.On("second")
	return d, second
}

func TestAFirmActionTakesASinglePressAMomentAfterTheScreenHasCome(t *testing.T) {
	d, s := charge(t)
	d.Shows("(Enter pay)", "F3 invite")
	d.Wait(250 * time.Millisecond)
	d.Hides("(Enter pay)")
	d.PressNow("enter")
	d.Wait(100 * time.Millisecond)
	if joined(s.pressed) != "pay" {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestASecondEnterAtOnceDoesNotCharge(t *testing.T) {
	d, s := charge(t)
	d.Wait(200 * time.Millisecond)
	d.PressNow("enter")
	d.Wait(time.Second)
	if len(s.pressed) != 0 {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestAnEnterHeldDownDoesNotCharge(t *testing.T) {
	for _, delay := range []time.Duration{200, 400, 660} { // until a terminal begins to repeat
		d, s := charge(t)
		d.Wait(delay * time.Millisecond)
		for range 100 {
			d.PressNow("enter")
			d.Wait(35 * time.Millisecond)
		}
		d.Wait(time.Second)
		if len(s.pressed) != 0 {
			t.Errorf("after %d ms of delay: pressed %v", delay, s.pressed)
		}
		d.PressNow("enter")
		d.Wait(100 * time.Millisecond)
		if joined(s.pressed) != "pay" {
			t.Errorf("after it was let go: pressed %v", s.pressed)
		}
	}
}

func TestAnotherKeyTakesAFirmActionBack(t *testing.T) {
	d, s := charge(t)
	d.Wait(time.Second)
	d.PressNow("enter")
	d.PressNow("esc")
	d.Wait(time.Second)
	if joined(s.pressed) != "clear" {
		t.Errorf("pressed %v", s.pressed)
	}
}

func TestTheWayOutIsOpenFromHelpAndFromAQuestion(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(above)
	with := setup(s, newDummy())
	d := uitest.New(t, with)
	d.Press("f1", "ctrl+q")
	if !d.Gone() {
		t.Error("not from the help")
	}
	with.QuitWarning = func() string { return "A payment is on its way." }
	d = uitest.New(t, with)
	d.Press("enter", "ctrl+q")
	d.Shows("Leave the program?")
	d.Press("enter")
	d.Shows("Above the limit") // still to be answered
	if d.Gone() || len(s.answers) != 0 {
		t.Errorf("gone %v, answers %v", d.Gone(), s.answers)
	}
	d.Press("ctrl+q", "tab", "enter")
	if !d.Gone() {
		t.Error("not from a question")
	}
}

func TestTheClockIsTheShops(t *testing.T) {
	s := setup(newDummy(), newDummy())
	s.Header.Zone = time.FixedZone("AEDT", 11*3600)
	d := uitest.New(t, s)
	d.Shows("01:07")
	d.Hides("14:07")
}

func TestAShortCodeOfAScannerDoesNotCharge(t *testing.T) {
	d, s := charge(t)
	d.Wait(time.Second)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("12345")}) // too short for a code
	d.PressNow("enter")
	d.Wait(time.Second)
	if len(s.pressed) != 0 {
		t.Errorf("pressed %v", s.pressed)
	}
}
