package keyboard

import (
	"fmt"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// paces are what scanners take for a character.
var paces = []time.Duration{
	0, 200 * time.Microsecond, time.Millisecond, 3 * time.Millisecond,
	10 * time.Millisecond, 30 * time.Millisecond, 50 * time.Millisecond, 120 * time.Millisecond,
}

// shape is what a scanner sends.
type shape int

const (
	preapproval shape = iota // 6199 and six digits
	shop                     // the shop's prefix and a code
	aim                      // ]C0 and a code
	bare                     // nothing but a code of another shape
)

// burst is one scan, as it goes over the wire.
type burst struct {
	shape shape
	code  string // what should arrive
	text  string // what is sent
	ender string // "", CR, LF, CRLF or TAB
	pace  time.Duration
	scan  bool // else nobody can tell it from typing
	reads []read
}

// read is what the program gets at once.
type read struct {
	after time.Duration // the one before
	bytes string
}

var enders = []string{"", "\r", "\n", "\r\n", "\t"}

const (
	digits   = "0123456789"
	capitals = "ABCDEFGHJKLMNPQRSTUVWXYZ"
)

func (b *bench) draw(letters string, n int) string {
	var s strings.Builder
	for range n {
		s.WriteByte(letters[b.dice.IntN(len(letters))])
	}
	return s.String()
}

// code is a pre-approval code that nobody has paid with: those begin with a 9.
func (b *bench) code() string { return "6199" + b.draw("012345678", 1) + b.draw(digits, 5) }

// other is a code of another shape, of at least six characters.
func (b *bench) other() string {
	if b.dice.IntN(2) == 0 {
		return b.draw("1234578", 1) + b.draw("24680", 1) + b.draw("13579", 4) // no key held down
	}
	return b.draw(capitals, 1+b.dice.IntN(4)) + b.draw(digits, 6+b.dice.IntN(14))
}

// burst makes one. Without a prefix only 6199 and six digits are a scan at any pace.
func (b *bench) burst() burst {
	x := burst{pace: paces[b.dice.IntN(len(paces))], ender: enders[b.dice.IntN(len(enders))], scan: true}
	switch n := b.dice.IntN(20); {
	case n < 12:
		x.shape, x.code = preapproval, b.code()
		x.text = x.code
	case n < 17:
		x.shape, x.code = shop, b.code()
		if b.dice.IntN(2) == 0 {
			x.code = b.other()
		}
		if b.dice.IntN(4) == 0 { // longer than it seems
			x.code = "61996" + b.draw("012345678", 6+b.dice.IntN(8))
		}
		x.text = prefix + x.code
	case n < 18:
		x.shape, x.code = aim, b.other()
		x.text = "]C0" + x.code
	default:
		x.shape = bare
		for x.code = b.other(); strings.Contains(x.code, "6199"); { // and six digits are a scan anywhere
			x.code = b.other()
		}
		x.text = x.code
		if x.scan = b.local && x.pace < 30*time.Millisecond; !x.scan {
			x.ender = "" // the Enter behind what is typing is an Enter
		}
	}
	x.cut(b)
	return x
}

// longest is how far apart two reads of a burst may be: of 6199 and six digits at any
// distance; of others as far as they hold together.
func (x *burst) longest(b *bench) time.Duration {
	switch {
	case x.shape == preapproval || !x.scan:
		return time.Hour
	case x.shape == bare:
		return 29 * time.Millisecond
	case b.local:
		return max(95*time.Millisecond, x.pace)
	}
	return 390 * time.Millisecond
}

// cut cuts a burst into reads, anywhere. A read comes with its last character.
func (x *burst) cut(b *bench) {
	most := len(x.text)
	if x.pace > 0 {
		most = max(1, min(most, int(x.longest(b)/x.pace)))
	}
	if b.dice.IntN(4) == 0 || b.local && !x.scan {
		most = 1 // a character at a time
	}
	for rest := x.text; rest != ""; {
		n := 1 + b.dice.IntN(min(most, len(rest)))
		if b.dice.IntN(4) == 0 {
			n = min(most, len(rest)) // as much as there is
		}
		x.reads = append(x.reads, read{time.Duration(n) * x.pace, rest[:n]})
		rest = rest[n:]
	}
	if b.dice.IntN(2) == 0 { // in one read with the last characters
		x.reads[len(x.reads)-1].bytes += x.ender
		return
	}
	for _, char := range x.ender {
		x.reads = append(x.reads, read{x.pace, string(char)})
	}
}

// messages are what a read becomes; one in sixteen is parsed by bubbletea itself.
func (b *bench) messages(bytes string) []tea.Msg {
	if b.dice.IntN(16) == 0 {
		return b.parser.read([]byte(bytes))
	}
	return messages(bytes)
}

// messages is bubbletea's parsing of printable characters and their enders.
func messages(bytes string) (out []tea.Msg) {
	for bytes != "" {
		n := strings.IndexAny(bytes, "\r\n\t")
		switch n {
		case -1:
			n = len(bytes)
			fallthrough
		default:
			out = append(out, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(bytes[:n])})
		case 0:
			n = 1
			out = append(out, tea.KeyMsg{Type: tea.KeyType(bytes[0])})
		}
		bytes = bytes[n:]
	}
	return out
}

// scan plays a burst; between two of its reads something else may happen.
func (b *bench) scan(x burst, between func(i int)) {
	for i, r := range x.reads {
		b.wait(r.after)
		if between != nil {
			between(i)
		}
		for _, msg := range b.messages(r.bytes) {
			b.send(msg)
		}
	}
}

func (r read) String() string { return fmt.Sprintf("+%s %q", r.after, r.bytes) }

// String tells the burst's story.
func (x burst) String() string {
	return fmt.Sprintf("%q and %q at %s a character, as %v", x.text, x.ender, x.pace, x.reads)
}
