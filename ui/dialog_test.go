package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

var above = ui.Dialog{ID: "above", Title: "Above the limit", Lines: []string{"125,000.00 AUD is more than 10,000.00 AUD. Is the amount right?"}, Yes: "Charge", Danger: true}

func TestTheDefaultOfADialogIsNo(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(above)
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.PressNow("enter") // opened by a key: it takes keys at once
	if len(s.answers) != 1 || s.answers[0].Yes || s.answers[0].ID != "above" {
		t.Fatalf("answers %v", s.answers)
	}
	d.Press("enter", "right", "enter")
	if len(s.answers) != 2 || !s.answers[1].Yes {
		t.Fatalf("answers %v", s.answers)
	}
	d.Press("enter", "right", "esc")
	if len(s.answers) != 3 || s.answers[2].Yes {
		t.Fatalf("answers %v", s.answers)
	}
	if joined(s.pressed) != "pay pay pay" {
		t.Fatalf("keys went through the dialog: %q", s.pressed)
	}
}

func TestOneOfSeveralIsChosenWithTheArrows(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(ui.Dialog{ID: "who", Title: "Who?", Lines: []string{"Somebody has to agree."}, Yes: "Go on", No: "Stop", Choices: []string{"Ann", "Mia", "Zoe"}})
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.Golden("dialog-choices")
	d.Press("down", "down", "down", "up")
	d.Type("zoe")
	d.Press("enter")
	if len(s.answers) != 1 || !s.answers[0].Yes || s.answers[0].Choice != 1 {
		t.Fatalf("answers %+v", s.answers)
	}
	d.Press("enter", "down", "esc")
	if len(s.answers) != 2 || s.answers[1].Yes {
		t.Fatalf("answers %+v", s.answers)
	}
	d.Press("enter")
	d.EverySize()
}

func TestADialogThatOpenedByItselfIgnoresTypingAhead(t *testing.T) {
	s := newDummy()
	s.onHeard = ui.Ask(above)
	d := uitest.New(t, setup(s, newDummy()))
	d.Type("12")
	d.Send(paymentMsg{"question"})
	for _, key := range []string{"right", "enter", "esc", "right", "enter"} {
		d.PressNow(key)
		d.Wait(500 * time.Millisecond)
	}
	d.Type("5")
	if len(s.answers) != 0 || s.amount.Minor() != 12 {
		t.Fatalf("answers %v, amount %s", s.answers, s.amount.Text())
	}
	d.Shows("keys work again")
	d.Wait(700 * time.Millisecond)
	d.Hides("keys work again")
	d.PressNow("enter")
	if len(s.answers) != 1 || s.answers[0].Yes {
		t.Fatalf("answers %v", s.answers)
	}
}

func TestADialogAfterLongWorkIsNotTheKeysDoing(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	s.does["pay"] = func() tea.Msg {
		d.Now = d.Now.Add(2 * time.Second) // somebody was asked first
		return ui.Ask(above)()
	}
	d.Press("enter")
	d.PressNow("enter")
	d.PressNow("esc")
	if len(s.answers) != 0 {
		t.Fatalf("answered %v by typing ahead", s.answers)
	}
}

func TestAScanNeverAnswersADialogNorFillsItsPin(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(ui.Dialog{ID: "pin", Title: "Manager", Field: &ui.DialogField{Label: "PIN", Masked: true, Digits: true, Max: 8}})
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.Type("12")
	d.Scan("6199123456")
	if len(s.answers) != 0 || len(s.scans) != 0 {
		t.Fatalf("answers %v, scans %v while the dialog was open", s.answers, s.scans)
	}
	d.Type("34x")
	d.Shows("••••▏")
	d.Hides("1234")
	d.Press("enter")
	if len(s.answers) != 1 || s.answers[0].Text != "1234" {
		t.Fatalf("answers %v", s.answers)
	}
	if len(s.scans) != 1 || !s.scans[0].Held {
		t.Fatalf("the scan was lost: %v", s.scans)
	}
}

func TestADialogClosesWithItsScreen(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.does["invite"] = ui.Go("second", nil)
	second.onHeard = nil
	second.does["pay"] = ui.Ask(above)
	d := uitest.New(t, setup(first, second))
	d.Press("f3", "enter")
	d.Shows("Above the limit")
	second.onHeard = ui.Back()
	d.Send(paymentMsg{"over"})
	d.On("first")
	d.Hides("Above the limit")
	if len(first.answers) != 0 {
		t.Fatalf("another screen got the answer: %v", first.answers)
	}
}

func TestAQuestionIsNotAgreedToInTheMomentInWhichItOpens(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(above)
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.PressNow("right")
	d.PressNow("enter")
	if len(s.answers) != 0 {
		t.Fatalf("answers %v", s.answers)
	}
	d.Wait(100 * time.Millisecond)
	d.PressNow("enter")
	if len(s.answers) != 1 || !s.answers[0].Yes {
		t.Fatalf("answers %v", s.answers)
	}
}

func TestAReasonIsNotGivenByAMachine(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(ui.Dialog{ID: "why", Title: "Why?", Field: &ui.DialogField{Label: "Reason"}})
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.Wait(time.Second)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("abc")})
	d.PressNow("enter")
	if len(s.answers) != 0 {
		t.Fatalf("answers %v", s.answers)
	}
	d.Press("enter")
	if len(s.answers) != 1 || s.answers[0].Text != "abc" {
		t.Fatalf("answers %v", s.answers)
	}
}
