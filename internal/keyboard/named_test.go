package keyboard

import (
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk"
)

// once is a scan of a code in one read.
func once(text string) burst { return burst{reads: []read{{0, text}}} }

// idleGets says that the idle screen gets the kept code, and no amount.
func (b *bench) idleGets(code string) {
	b.t.Helper()
	b.home()
	if len(b.scans) != 1 || b.scans[0].Code != code || b.scans[0].route != desk.RouteSale || !b.shows("Amount: 0.00 AUD") {
		b.t.Errorf("scanned %v:\n%s", b.scans, b.app.View())
	}
}

func TestAScanAtThePassphraseIsNoPartOfIt(t *testing.T) {
	b := newBench(t, 4)
	b.idle = false
	b.reset(desk.RouteUnlock)
	b.types("open ")
	b.scan(once("6199010203\r"), nil)
	b.wait(time.Second)
	b.types("sesame")
	if len(b.actions) != 0 || !b.shows(masked(b, "open sesame")) {
		t.Errorf("pressed %v:\n%s", b.actions, b.app.View())
	}
	b.idleGets("6199010203")
}

func TestAScanIntoAQuestionThatHasJustOpenedAnswersNothing(t *testing.T) {
	for _, local := range []bool{true, false} {
		b := newBench(t, 5)
		b.start(local)
		b.idle = false
		b.to(desk.RouteDetail, desk.AttemptArgs{ID: b.known.unknown})
		b.wait(time.Second)
		b.forget()
		b.send(tea.KeyMsg{Type: tea.KeyF4}) // it is paid, says a manager, who is asked why
		b.scan(once("6199010203\r"), nil)
		b.wait(time.Second)
		if len(b.answers) != 0 {
			t.Errorf("local %v: it was answered %+v", local, b.answers)
		}
		b.types("seen")
		b.press(tea.KeyEnter)
		if len(b.answers) != 1 || b.answers[0].Text != "seen" {
			t.Errorf("local %v: the reason is %+v", local, b.answers)
		}
		b.idleGets("6199010203")
	}
}

func TestAScanBeforeAQuestionAboutALargeAmountIsAnsweredByNobody(t *testing.T) {
	b := newBench(t, 6)
	b.ready(1_200_000)
	b.forget()
	b.press(tea.KeyEnter)
	b.scan(once("6199010203\r\n"), nil)
	b.wait(time.Second)
	if b.begun != 0 || len(b.answers) != 0 {
		t.Fatalf("begun %d, answered %+v", b.begun, b.answers)
	}
	b.press(tea.KeyEnter) // No
	if b.begun != 0 || len(b.answers) != 1 || b.answers[0].Yes {
		t.Errorf("begun %d, answered %+v", b.begun, b.answers)
	}
}

func TestOverANetworkOnlyAPrefixTellsOtherCodesFromTyping(t *testing.T) {
	b := newBench(t, 7)
	b.start(false)
	b.types("500")
	b.scan(once("~123457\r"), nil)
	b.wait(time.Second)
	if len(b.scans) != 1 || b.scans[0].Code != "123457" || !b.shows("Amount: 5.00 AUD") {
		t.Errorf("scanned %v:\n%s", b.scans, b.app.View())
	}
	b.press(tea.KeyEsc)
	b.types("500")
	b.wait(time.Second)
	b.forget()
	b.scan(once("12345"), nil) // five keys that the network held back
	b.wait(time.Second)
	if len(b.scans) != 0 || !b.shows("Amount: 500,123.45 AUD") {
		t.Errorf("scanned %v:\n%s", b.scans, b.app.View())
	}
}

func TestACustomersBarcodeWithKeysInItPressesNone(t *testing.T) {
	b := newBench(t, 8)
	for _, keys := range []string{"\x1b[19~", "\x1b[15~", "\x15", "\x7f", "\x1b", "\x1b[D", "\x11"} {
		b.home()
		b.wait(2 * time.Second)
		b.idle = false
		b.types("12550")
		b.wait(time.Second)
		b.forget()
		for _, read := range []string{"6199" + keys, "010203\r"} {
			b.reads([]byte(read))
		}
		b.wait(time.Second)
		if len(b.actions)+len(b.answers) != 0 || !b.shows("Amount: 125.50 AUD") {
			t.Errorf("%q pressed %v:\n%s", keys, b.actions, b.app.View())
		}
	}
}

func TestAFullSaleOf6199IsChargedAsTyped(t *testing.T) {
	b := newBench(t, 9)
	for _, amount := range []string{"6199", "61990", "619900"} {
		b.home()
		b.wait(2 * time.Second)
		b.idle = false
		b.forget()
		b.types(amount)
		b.wait(time.Second)
		sends := len(b.counter.Oxipay.Bodies())
		b.scan(once(b.paying()+"\r"), nil)
		b.press(tea.KeyEnter)
		b.counter.Sent(b.counter.Oxipay, sends+1)
		b.counter.Answer(b.counter.Oxipay, yes(b))
		b.pump()
		b.wait(time.Second)
		if a := b.counter.Attempts()[0]; a.Amount.String() != money(amount)+" AUD" {
			t.Errorf("%s was charged for %s", a.Amount, money(amount))
		}
	}
}
