package keyboard

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// how a fuzzed burst is made.
const (
	overNetwork = 1 << iota // else on a terminal of this machine
	withPrefix              // else 6199 and six digits
	alone                   // the noise alone, without a code around it
	withEnter
	asSlow // 10 ms for each read, else all at once
)

// noises are what scanners and strangers' barcodes hold.
var noises = []string{
	"", "\r", "\n", "\t", "\x1b", "\x1b\x1b", "\x03", "\x11", "\x1a", "\x15", "\x7f", "\x00", "\x1d", "\x02\x03", "5", "a\r",
	"\x1b[A", "\x1b[3~", "\x1bOQ\x1b[19~", "\x1b[18~\x1b[C\r", "\x1bOSabc\r", "\x1b[15~", "\x1b[20~", "\x1b5", "\x1b[", "\x1bO",
	"\x1b[200~6199123456\x1b[201~", "\x1b[200~", "\x1b[201~", "\x1b[200~\r\x1b[201~", "\x1b[M !!", "\x1b[<0;1;1M", "\x1b[I\x1b[O",
	"\xff\xfe", "\xe2\x82", "é☃\u200f\u202e", "\x80\x9b", strings.Repeat("\r", 30), strings.Repeat("0\r", 15), "6199", "61996199", "~", "]C0",
	"\x1b]11;rgb:0000/0000/0000\x07", "~123457\r\x1b[A\r", "6199123457\r\r\r", "\x15100\r",
}

// FuzzTheKeyboard scans whatever a barcode can hold on every page, in every way that
// it may be cut into reads. Nothing of it charges, agrees, signs out or leaves, and
// where it is a code with noise in it, no amount changes.
func FuzzTheKeyboard(f *testing.F) {
	for i, noise := range noises {
		for how := uint8(i % 5); how < 32; how += 5 {
			f.Add(uint8(i*7+int(how)), how, uint64(i)*0x9e3779b97f4a7c15>>how, []byte(noise))
		}
	}
	b := newBench(f, 1)
	stay := newBench(f, 2) // the other kind of terminal
	stay.start(false)
	f.Fuzz(func(t *testing.T, where, how uint8, cut uint64, noise []byte) {
		c := b
		if how&overNetwork != 0 {
			c = stay
		}
		c.t, c.dice = t, rand.New(rand.NewPCG(cut, uint64(where)))
		c.noisy(places[int(where)%len(places)], how, cut, noise[:min(len(noise), 54)])
	})
}

// noisy scans a code with noise in it, or noise alone.
func (b *bench) noisy(p place, how uint8, cut uint64, noise []byte) {
	session := b.counter.Desk.Session()
	defer func() {
		if b.t.Failed() { // the next one begins anew
			b.counter.Desk.SetSession(session)
			b.start(b.local)
		}
	}()
	b.home()
	b.wait(2 * time.Second)
	b.idle = false
	p.open(b)
	before := ""
	if p.text != nil {
		before = p.text(b)
		if strings.HasPrefix(before, "6199") {
			before = "" // with other digits behind it, that may be a code
		}
		b.types(before)
	}
	b.wait(time.Second)
	b.forget()
	sends := len(b.counter.Oxipay.Bodies())
	pace := time.Duration(0)
	if how&asSlow != 0 {
		pace = 10 * time.Millisecond
	}
	text := b.around(how, noise)
	for from, i := 0, 0; i < len(text); i++ {
		if i+1 == len(text) || cut>>(i%64)&1 == 1 {
			b.wait(pace)
			b.reads(text[from : i+1])
			from = i + 1
		}
	}
	b.reads([]byte("\x1b[201~")) // a paste that was begun ends some time
	b.wait(2 * time.Second)
	b.harmless(sends, session.ID)
	if p.amount && how&alone == 0 && quiet(noise) && !b.shows(p.shown(b, before)) {
		b.t.Errorf("%s: %q, cut at %b, changed the amount of %s:\n%s", p.name, text, cut, money(before), b.app.View())
	}
	_ = b.app.View()
	if p.fate == refused || b.gone || b.counter.Desk.Session().ID != session.ID {
		b.start(b.local)
	}
}

// around is the code with the noise inside it, where a burst can be told.
func (b *bench) around(how uint8, noise []byte) []byte {
	code := b.code()
	if how&withPrefix != 0 {
		code = prefix + code
	}
	at := 2 + b.dice.IntN(len(code)-1)
	text := append(append([]byte(code[:at]), noise...), code[at:]...)
	if how&alone != 0 {
		text = append([]byte(nil), noise...)
	}
	if how&withEnter != 0 {
		text = append(text, '\r')
	}
	return text
}

// quiet says that noise has nothing in it that a person could have typed as well, or
// that ends a code.
func quiet(noise []byte) bool {
	return strings.Trim(string(noise), "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1c\x1d\x1e\x1f") == ""
}

func (b *bench) reads(chunk []byte) {
	for _, msg := range b.parser.read(chunk) {
		if b.gone {
			return
		}
		if key, ok := msg.(tea.KeyMsg); ok {
			b.keys = append(b.keys, key.String())
		}
		b.send(msg)
	}
}

// harmless says that nothing was charged, agreed to, signed out or left. One key alone
// is a key, whoever sends it, and so is an Enter before anything else. Over a network
// an Enter in the midst of a burst is one too: a person's keys come in bursts there.
func (b *bench) harmless(sends int, session string) {
	if b.begun > 1 || len(b.counter.Oxipay.Bodies()) > sends+1 {
		b.t.Errorf("it began %d payments", b.begun)
	}
	enter := slices.Index(b.keys, "enter")
	if len(b.keys) < 2 || enter == 0 || enter > 0 && !b.local {
		return
	}
	if b.begun > 0 || len(b.counter.Oxipay.Bodies()) > sends {
		b.t.Errorf("%q began a payment", b.keys)
	}
	for _, a := range b.answers {
		if a.Yes {
			b.t.Errorf("%q agreed to %+v", b.keys, a)
		}
	}
	if b.gone || b.counter.Desk.Session().ID != session {
		b.t.Errorf("%q left: %v, signed in is %q", b.keys, b.gone, b.counter.Desk.Session().ID)
	}
	for _, action := range b.actions {
		switch action {
		case "confirm.enter", "session.leave", "lock.leave":
			b.t.Errorf("%q pressed %s", b.keys, action)
		}
	}
}
