package ui_test

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/ui"
	"cashdesk/ui/scanner"
	"cashdesk/ui/uitest"
)

func TestAKeyBecomesItsAction(t *testing.T) {
	for key, want := range map[string]string{
		"enter": "pay", "f3": "invite", "esc": "clear", "ctrl+p": "secret", "tab": "secret",
		"f7": "", "f4": "", "backspace": "", "ctrl+j": "", "alt+5": "",
	} {
		s := newDummy()
		d := uitest.New(t, setup(s, newDummy()))
		if key == "alt+5" {
			d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("5"), Alt: true})
		} else {
			d.Press(key)
		}
		if joined(s.pressed) != want || !s.amount.Empty() {
			t.Errorf("%s did %q, amount %s; want %q", key, s.pressed, s.amount.Text(), want)
		}
	}
}

func TestAKeyThatIsNotAvailableSaysWhy(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("f7")
	d.Shows("F7 refund: a manager must be signed in")
	d.Type("1")
	d.Hides("a manager must be signed in")
}

func TestPrintableKeysAreNeverActions(t *testing.T) {
	for _, key := range []string{"y", "5", " ", "space", "alt+5", "f1", "f9", "ctrl+c", "ctrl+q", ""} {
		if err := ui.CheckActions([]ui.Action{{ID: "a", Label: "a", Keys: []string{key}}}); err == nil {
			t.Errorf("%q was accepted", key)
		}
	}
	two := []ui.Action{{ID: "a", Label: "a", Keys: []string{"f2"}}, {ID: "b", Label: "b", Keys: []string{"f2"}}}
	if ui.CheckActions(two) == nil {
		t.Error("two actions share a key")
	}
	if err := ui.CheckActions(append(newDummy().Actions(), ui.ListActions()...)); err != nil {
		t.Error(err)
	}
}

func TestTypedDigitsAppearAtOnceAndCanBeEdited(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	d.Type("125507")
	d.Press("backspace")
	if s.amount.Minor() != 12550 {
		t.Fatalf("amount %d", s.amount.Minor())
	}
	d.Press("ctrl+u")
	if !s.amount.Empty() {
		t.Fatalf("amount %s after clearing", s.amount.Text())
	}
}

func TestAScanNeverPressesAButtonAndNeverBecomesAnAmount(t *testing.T) {
	for name, config := range map[string]scanner.Config{"local": {Local: true}, "far": {}} {
		s := newDummy()
		setup := setup(s, newDummy())
		setup.Scanner = &config
		d := uitest.New(t, setup)
		d.Type("12550")
		d.Scan("6199123456")
		if len(s.pressed) != 0 || s.amount.Minor() != 12550 {
			t.Fatalf("%s: pressed %q, amount %s", name, s.pressed, s.amount.Text())
		}
		if len(s.scans) != 1 || s.scans[0].Code != "6199123456" || s.scans[0].Held {
			t.Fatalf("%s: scans %v", name, s.scans)
		}
		d.Press("enter")
		if joined(s.pressed) != "pay" {
			t.Fatalf("%s: the person's own Enter did %q", name, s.pressed)
		}
	}
}

func TestAScanWithoutAnEnterIsNoticedByTheQuiet(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	d.Type("500")
	for _, r := range "6199123456" {
		d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		d.Wait(2 * time.Millisecond)
	}
	d.Wait(100 * time.Millisecond)
	if s.amount.Minor() != 500 || len(s.scans) != 1 {
		t.Fatalf("amount %s, scans %v", s.amount.Text(), s.scans)
	}
}

func TestALongAmountIsWholeAgainAfterAScan(t *testing.T) {
	s := newDummy()
	setup := setup(s, newDummy())
	setup.Scanner = &scanner.Config{}
	d := uitest.New(t, setup)
	d.Type("123456789")
	for _, r := range "6199123456" { // twelve digits are the most; the code fills it up
		d.Type(string(r))
	}
	if s.amount.Minor() != 123456789 || len(s.scans) != 1 {
		t.Fatalf("amount %s, scans %v", s.amount.Text(), s.scans)
	}
}

func TestAScanThatNobodyWantsIsHeldForTheNextStep(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.noScan = true
	first.does["invite"] = ui.Go("second", nil)
	d := uitest.New(t, setup(first, second))
	d.Scan("6199123456")
	d.Shows("scanned 61", "kept for the next step")
	d.Hides("6199123456")
	d.Press("f3")
	d.On("second")
	if len(first.scans) != 0 || len(second.scans) != 1 || !second.scans[0].Held {
		t.Fatalf("first %v, second %v", first.scans, second.scans)
	}
	d.Hides("kept for the next step")
}

func TestAHeldScanIsForgottenBeforeTheNextCustomer(t *testing.T) {
	first, second := newDummy(), newDummy()
	first.noScan = true
	first.does["invite"] = ui.Go("second", nil)
	d := uitest.New(t, setup(first, second))
	d.Scan("6199123456")
	d.Wait(80 * time.Second)
	d.Press("f3")
	if len(second.scans) != 0 {
		t.Fatalf("an old scan was handed on: %v", second.scans)
	}
}

func TestAScanBegunOnOneScreenIsTakenBackFromBoth(t *testing.T) {
	first, second := newDummy(), newDummy()
	d := uitest.New(t, setup(first, second))
	first.onHeard = ui.Go("second", nil)
	d.Type("500")
	d.Wait(time.Second)
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("6199")})
	d.Send("something happened elsewhere")
	d.Send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("123456")})
	d.PressNow("enter")
	if first.amount.Minor() != 500 || !second.amount.Empty() {
		t.Fatalf("amounts %s and %s", first.amount.Text(), second.amount.Text())
	}
	if len(second.scans) != 1 || len(second.pressed) != 0 {
		t.Fatalf("scans %v, pressed %q", second.scans, second.pressed)
	}
}

func TestPastedTextIsTypingWithoutItsControlCharacters(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	d.Paste("12\n55\x1b0\r")
	if s.amount.Minor() != 12550 || len(s.pressed) != 0 {
		t.Fatalf("amount %s, pressed %q", s.amount.Text(), s.pressed)
	}
}

func TestTheEndOfAnAmountWhoseBeginningNobodyTookIsNoAmount(t *testing.T) {
	s := newDummy()
	d := uitest.New(t, setup(s, newDummy()))
	s.noText = true
	d.Type("1")
	d.Type("2")
	s.noText = false // a verdict has stood for a moment
	for _, digit := range []string{"5", "5", "0"} {
		d.Wait(700 * time.Millisecond) // a slow hand's
		d.Type(digit)
	}
	if !s.amount.Empty() {
		t.Fatalf("125.50 became %s", s.amount.Text())
	}
	d.Shows("Typed too early")
	d.Wait(2 * time.Second)
	d.Type("12550")
	if s.amount.Text() != "125.50" {
		t.Errorf("typed again it is %s", s.amount.Text())
	}
}

func TestAfterAKeyOrAScanTypingBeginsAfresh(t *testing.T) {
	for name, between := range map[string]func(*uitest.Driver){
		"a key":  func(d *uitest.Driver) { d.Press("f3") },
		"a scan": func(d *uitest.Driver) { d.Scan("6199123456") },
	} {
		s := newDummy()
		d := uitest.New(t, setup(s, newDummy()))
		s.noText = true
		if name == "a key" {
			d.Type("1")
		}
		between(d)
		s.noText = false
		d.Type("990")
		if s.amount.Text() != "9.90" {
			t.Errorf("after %s 9.90 became %s", name, s.amount.Text())
		}
	}
}
