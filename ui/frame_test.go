package ui_test

import (
	"testing"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func TestTheFrameAtEightyByTwentyFour(t *testing.T) {
	d := uitest.New(t, setup(newDummy(), newDummy()))
	d.Type("12550")
	d.Golden("idle")
	d.Send(ui.NoticeMsg{Text: "89.00 AUD approved, purchase 52011913", Tone: ui.Good, Glyph: ui.GlyphApproved, Route: "second"})
	d.Golden("notice")
	d.Press("f1")
	d.Golden("help")
	d.Press("f1")
	d.Resize(120, 24)
	d.Golden("wide")
	d.Resize(48, 16)
	d.Golden("narrow")
	d.Resize(30, 8)
	d.Golden("too-small")
}

func TestADialogAtEightyByTwentyFour(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(above)
	s.does["invite"] = ui.Ask(ui.Dialog{ID: "pin", Title: "A manager is needed", Lines: []string{"Settling by hand needs a manager's PIN."},
		Yes: "Settle", No: "Back", Field: &ui.DialogField{Label: "PIN", Masked: true, Digits: true}})
	d := uitest.New(t, setup(s, newDummy()))
	d.Press("enter")
	d.Golden("dialog")
	d.Press("esc", "f3")
	d.Type("1234")
	d.Golden("dialog-pin")
}

func TestTestModeIsSaidInEveryFrame(t *testing.T) {
	s := newDummy()
	with := setup(s, newDummy())
	with.Header.Test = "DEMO"
	for _, frame := range []ui.Frame{ui.FrameFull, ui.FrameTight, ui.FrameBare} {
		s.frame = frame
		d := uitest.New(t, with)
		d.Shows("DEMO")
		d.Send(ui.NoticeMsg{Text: "news", Route: "second"})
		d.Shows("DEMO")
		d.Press("f1")
		d.Shows("DEMO")
		d.Resize(40, 12)
		d.Shows("DEMO")
	}
}

func TestEveryFrameIsExactlyItsRectangle(t *testing.T) {
	s := newDummy()
	s.does["pay"] = ui.Ask(above)
	with := setup(s, newDummy())
	with.Header.Warning = "the clock is 3 minutes wrong"
	d := uitest.New(t, with)
	d.Type("12550")
	d.EverySize()
	d.Send(ui.NoticeMsg{Text: "89.00 AUD approved, purchase 52011913", Route: "second"})
	d.Resize(80, 24)
	d.Press("enter")
	d.EverySize()
	d.Press("esc", "f1")
	d.EverySize()
}

func TestEveryThemeDrawsOnlyItsOwnCharacters(t *testing.T) {
	for _, name := range ui.Themes() {
		for _, size := range [][2]int{{1, 1}, {40, 12}, {80, 24}, {100, 30}, {250, 80}} {
			s := newDummy()
			s.does["pay"] = ui.Ask(above)
			with := setup(s, newDummy())
			with.Theme, with.Width, with.Height = name, size[0], size[1]
			d := uitest.New(t, with) // the driver checks each frame
			d.Type("12550")
			d.Press("f7", "enter", "esc", "f1", "esc")
			d.Scan("6199123456")
		}
	}
}

func TestThePlainPageHasNoFrames(t *testing.T) {
	with := setup(newDummy(), newDummy())
	with.Theme = ui.ThemePlain
	d := uitest.New(t, with)
	d.Type("12550")
	d.Golden("plain")
	if raw := d.Raw(); raw == "" || len(raw) != len(d.Raw()) || containsEscape(raw) {
		t.Fatal("a plain page has colour sequences")
	}
}

func containsEscape(s string) bool {
	for _, r := range s {
		if r == '\x1b' {
			return true
		}
	}
	return false
}
