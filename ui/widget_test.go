package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"cashdesk/ui"
	"cashdesk/ui/uitest"
)

func canvas(name ui.ThemeName, w, h int) ui.Canvas {
	return ui.Canvas{Width: w, Height: h, Theme: uitest.Theme(name)}
}

// anyText is what a shop, a provider or a person may write, colours included.
func anyText(t *rapid.T, theme ui.Theme) string {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"Paid.", "supercalifragilistic", "Łódź", "日本", "é", "125.50", "\t", "\n", "a-b"}), 0, 12).Draw(t, "words")
	text := strings.Join(words, rapid.SampledFrom([]string{" ", ""}).Draw(t, "between"))
	if rapid.Bool().Draw(t, "painted") {
		return theme.Strong(ui.Good, text)
	}
	return text
}

func TestEveryWidgetKeepsToItsRectangle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom(ui.Themes()).Draw(t, "theme")
		w, h := rapid.IntRange(1, 130).Draw(t, "width"), rapid.IntRange(1, 40).Draw(t, "height")
		c := canvas(name, w, h)
		text := anyText(t, c.Theme)
		exact(t, "fit", c.Fit(text), w, h)
		table := prices(rapid.IntRange(0, 60).Draw(t, "rows"))
		table.At = rapid.IntRange(-1, 70).Draw(t, "at")
		exact(t, "table", table.View(c), w, h)
		field := ui.Field{Label: "Mobile number", Hint: "04…", Masked: rapid.Bool().Draw(t, "masked")}
		field.Set(strings.ReplaceAll(text, "\n", ""))
		exact(t, "field", field.View(c.Theme, w, rapid.IntRange(0, 20).Draw(t, "label")), w, 2)
		within(t, "heading", ui.Heading(c.Theme, ui.Good, "APPROVED", w, h), w, h)
		within(t, "section", ui.Section(c.Theme, "Now", strings.ReplaceAll(text, "\t", " "), max(w, 12)), max(w, 12), 1000)
		within(t, "timeline", ui.Timeline(c.Theme, []ui.Step{{Time: "14:07:31", Text: "recorded"}, {Time: "14:07:32", Text: "sent"}}, w, h), w, h)
		exact(t, "columns", ui.Columns(c, func(c ui.Canvas) string { return text }, func(c ui.Canvas) string { return text }), w, h)
	})
}

func exact(t *rapid.T, what, block string, w, h int) {
	lines := strings.Split(block, "\n")
	if len(lines) != h {
		t.Fatalf("%s: %d lines instead of %d:\n%s", what, len(lines), h, block)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got != w {
			t.Fatalf("%s: %d cells instead of %d: %q", what, got, w, line)
		}
	}
}

func within(t *rapid.T, what, block string, w, h int) {
	lines := strings.Split(block, "\n")
	if len(lines) > h {
		t.Fatalf("%s: %d lines, room for %d:\n%s", what, len(lines), h, block)
	}
	for _, line := range lines {
		if got := ansi.StringWidth(line); got > w {
			t.Fatalf("%s: %d cells, room for %d: %q", what, got, w, line)
		}
	}
}

func prices(n int) ui.Table {
	table := ui.Table{Empty: "nothing yet", Columns: []ui.Column{
		{Title: "time", Width: 5}, {Title: "provider", Width: 10}, {Title: "amount", Width: 14, Right: true},
		{Title: "state", Width: 13}, {Title: "reference", Drop: 1}, {Title: "by", Width: 6, Drop: 2},
	}}
	for i := range n {
		table.Rows = append(table.Rows, []ui.Cell{
			{Text: "14:07"}, {Text: "Oxipay"}, {Text: fmt.Sprintf("%d.50 AUD", 100+i)},
			{Text: "approved", Tone: ui.Good, Glyph: ui.GlyphApproved}, {Text: "01JC8ZK47QK4"}, {Text: "Mia"},
		})
	}
	return table
}

func TestATableAlignsNumbersRightAndScrollsByPages(t *testing.T) {
	table := prices(7)
	table.At = 5
	uitest.Golden(t, "table", ansi.Strip(table.View(canvas(ui.ThemeDark, 80, 5))))
	uitest.Golden(t, "table-narrow", ansi.Strip(table.View(canvas(ui.ThemeDark, 60, 5))))
	for id, want := range map[string]int{ui.ListUp: 4, ui.ListDown: 6, ui.ListPgUp: 1, ui.ListPgDn: 6, ui.ListFirst: 0, ui.ListLast: 6} {
		table.At = 5
		if !table.Act(id, 5) || table.At != want {
			t.Errorf("%s went to row %d, want %d", id, table.At, want)
		}
	}
	if table.Act("pay", 5) {
		t.Error("an action of the screen's was taken for the list's")
	}
}

func TestAnAmountShiftsInFromTheRight(t *testing.T) {
	for _, c := range []struct {
		decimals    int
		typed, text string
		minor       int64
	}{
		{2, "", "0.00", 0}, {2, "5", "0.05", 5}, {2, "12550", "125.50", 12550}, {2, "0007", "0.07", 7},
		{2, "123456789012", "1,234,567,890.12", 123456789012}, {2, "1234567890129", "1,234,567,890.12", 123456789012},
		{0, "1500", "1,500", 1500}, {3, "1500", "1.500", 1500}, {2, "1.- 5", "0.15", 15}, {2, "ISBN 9781", "0.00", 0}, {2, "é5", "0.00", 0}, {2, "100", "1.00", 100},
	} {
		f := ui.AmountField{Decimals: c.decimals}
		f.Update(ui.TextMsg{Text: c.typed})
		if f.Text() != c.text || f.Minor() != c.minor {
			t.Errorf("%q with %d decimals is %s (%d), want %s (%d)", c.typed, c.decimals, f.Text(), f.Minor(), c.text, c.minor)
		}
	}
}

func TestAnAmountIsSetAndClearedAndKeepsToItsRange(t *testing.T) {
	f := ui.AmountField{Decimals: 2}
	f.SetMinor(12550)
	f.Update(ui.TextMsg{Text: "0"})
	f.Update(ui.RetractMsg{Count: 3}) // more than was typed: what was set stays
	if f.Minor() != 12550 {
		t.Fatalf("amount %s", f.Text())
	}
	for _, bad := range []int64{-1, 1e12} {
		if f.SetMinor(bad); !f.Empty() {
			t.Fatalf("%d was taken: %s", bad, f.Text())
		}
	}
}

func TestAPasteWithLettersLeavesTheAmountAsItWas(t *testing.T) {
	f := ui.AmountField{Decimals: 2}
	f.Update(ui.TextMsg{Text: "1250"})
	f.Update(ui.TextMsg{Text: "order 4711"})
	if f.Minor() != 1250 {
		t.Errorf("the amount is %s", f.Text())
	}
	f.Update(ui.RetractMsg{Count: len("order 4711") + 1}) // it belonged to a scan, as did the digit before
	if f.Minor() != 125 {
		t.Errorf("the amount is %s", f.Text())
	}
}

func TestWhateverIsTypedAndTakenBackLeavesTheAmountAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := ui.AmountField{Decimals: 2}
		f.Update(ui.TextMsg{Text: rapid.StringMatching(`[0-9]{0,14}`).Draw(t, "amount")})
		before := f.Minor()
		code := rapid.StringMatching(`[\]A-Z0-9]{1,40}`).Draw(t, "code")
		for _, r := range code {
			f.Update(ui.TextMsg{Text: string(r)})
		}
		f.Update(ui.RetractMsg{Count: len(code)})
		if f.Minor() != before {
			t.Fatalf("%d became %d", before, f.Minor())
		}
	})
}

func TestAFieldIsEditedAtItsCursor(t *testing.T) {
	f := ui.Field{Max: 6}
	f.Update(ui.TextMsg{Text: "abcd"})
	for _, op := range []ui.EditOp{ui.EditHome, ui.EditRight, ui.EditDelete} {
		f.Update(ui.EditMsg{Op: op})
	}
	f.Update(ui.TextMsg{Text: "XYZ9"})
	if f.Value() != "aXYZcd" {
		t.Fatalf("value %q", f.Value())
	}
	f.Update(ui.EditMsg{Op: ui.EditLeft})
	f.Update(ui.EditMsg{Op: ui.EditBackspace})
	if f.Value() != "aXZcd" {
		t.Fatalf("value %q", f.Value())
	}
	f.Update(ui.EditMsg{Op: ui.EditClear})
	if f.Value() != "" || f.Update(ui.ActionMsg{ID: "pay"}) {
		t.Fatal("not cleared, or an action was taken for typing")
	}
}

func TestAMaskedFieldNeverShowsWhatWasTyped(t *testing.T) {
	f := ui.Field{Label: "PIN", Masked: true}
	f.Update(ui.TextMsg{Text: "739184"})
	for _, name := range ui.Themes() {
		if view := f.View(uitest.Theme(name), 40, 8); strings.ContainsAny(ansi.Strip(view), "739184") {
			t.Errorf("theme %s shows the PIN: %q", name, view)
		}
	}
}

func TestQRColoursAreTheSameInDarkAndLight(t *testing.T) {
	const link = "https://pay.example.org/i/7QK4"
	dark, ok := ui.QR(uitest.Theme(ui.ThemeDark), link, 80, 20)
	light, okay := ui.QR(uitest.Theme(ui.ThemeLight), link, 80, 20)
	if !ok || !okay || dark != light {
		t.Fatal("the theme changes the QR code")
	}
	if _, ok := ui.QR(uitest.Theme(ui.ThemeDark), link, 30, 10); ok {
		t.Fatal("a code that does not fit was drawn")
	}
	if _, ok := ui.QR(uitest.Theme(ui.ThemePlain), link, 80, 20); ok {
		t.Fatal("a page that is read aloud has a picture")
	}
}

func TestTheThemeIsChosenWithoutAskingTheTerminal(t *testing.T) {
	for _, c := range []struct {
		setting, env string
		want         ui.ThemeName
	}{
		{"light", "NO_COLOR=1", ui.ThemeLight}, {"auto", "", ui.ThemeDark}, {"", "NO_COLOR=1", ui.ThemeNoColour},
		{"", "TERM=linux", ui.ThemeSixteen}, {"", "TERM=dumb", ui.ThemePlain}, {"", "COLORFGBG=0;15", ui.ThemeLight},
		{"", "COLORFGBG=15;0", ui.ThemeDark}, {"", "COLORFGBG=15;default;0", ui.ThemeDark}, {"plain", "", ui.ThemePlain},
	} {
		key, value, _ := strings.Cut(c.env, "=")
		got := ui.PickTheme(c.setting, func(name string) string {
			if name == key {
				return value
			}
			return ""
		})
		if got != c.want {
			t.Errorf("%+v gave %s", c, got)
		}
	}
}

func TestSixteenAndPlainHaveGlyphsOfEveryConsoleFont(t *testing.T) {
	const console = "√°±»■─·█│┌┐└┘" // beside ASCII, all in code page 437
	for _, name := range []ui.ThemeName{ui.ThemeSixteen, ui.ThemePlain} {
		theme := uitest.Theme(name)
		for g := ui.GlyphApproved; g <= ui.GlyphEdge; g++ {
			for _, r := range theme.Glyph(g) {
				if r > '~' && !strings.ContainsRune(console, r) || name == ui.ThemePlain && r > '~' {
					t.Errorf("theme %s draws %q", name, r)
				}
			}
		}
	}
	if uitest.Theme(ui.ThemeSixteen).Allows('✓') || uitest.Theme(ui.ThemeDark).Allows('☃') {
		t.Error("a foreign character is allowed")
	}
}

func TestTimesAreSaidAsPeopleSayThem(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second: "0 s", 12 * time.Second: "12 s", 65 * time.Second: "1 min 05 s", 63 * time.Minute: "1 h 03 min",
	} {
		if got := ui.Elapsed(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		41*time.Minute + 50*time.Second: "41 min", 4*time.Minute + 59*time.Second: "4 min 59 s", -time.Hour: "0 s", 24 * time.Hour: "24 h 00 min",
	} {
		if got := ui.Countdown(d); got != want {
			t.Errorf("%v left is %q, want %q", d, got, want)
		}
	}
}

func TestBigLettersAreFiveRowsOfOneWidth(t *testing.T) {
	theme := uitest.Theme(ui.ThemeDark)
	for _, text := range []string{"APPROVED", "DECLINED", "NOT KNOWN YET", "EXPIRED", "PARTLY PAID", "1,255.50", "0123456789", "SENT! WHY? A/B-C:D", "JQXZFGHW"} {
		lines := strings.Split(ui.Big(theme, text), "\n")
		if len(lines) != ui.BigHeight {
			t.Fatalf("%q has %d rows", text, len(lines))
		}
		for _, line := range lines {
			if ansi.StringWidth(line) != ansi.StringWidth(lines[0]) {
				t.Errorf("%q is ragged:\n%s", text, strings.Join(lines, "\n"))
			}
		}
	}
	block := ansi.Strip(ui.Heading(theme, ui.Unknown, "NOT KNOWN YET", 80, 20))
	uitest.Golden(t, "heading", block+"\n\n"+ansi.Strip(ui.Heading(theme, ui.Good, "APPROVED", 80, 5))+"\n\n"+ansi.Strip(ui.Heading(theme, ui.Good, "APPROVED", 40, 5)))
}

func TestThePanelsReadWell(t *testing.T) {
	theme := uitest.Theme(ui.ThemeDark)
	uitest.Golden(t, "panel", ansi.Strip(ui.Section(theme, "Tell the customer",
		"We are still waiting for Oxipay's answer. You will not pay twice.", 50)+"\n\n"+
		ui.Timeline(theme, []ui.Step{{Time: "14:07:31", Text: "recorded"}, {Time: "14:07:31", Text: "sent to Oxipay"},
			{Time: "14:08:46", Text: "no answer after 75 s", Tone: ui.Unknown, Glyph: ui.GlyphUnknown}}, 50, 2)))
}
