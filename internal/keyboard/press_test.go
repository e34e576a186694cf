package keyboard

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/screens/desk"
	"cashdesk/screens/desk/desktest"
)

// beginning is a page on which one Enter begins a payment.
type beginning struct {
	name   string
	open   func(b *bench, amount int64)
	of     func(c *desktest.Counter) *desktest.Gateway
	answer func(b *bench) providers.Answer
}

func oxipay(c *desktest.Counter) *desktest.Gateway { return c.Oxipay }

func yes(b *bench) providers.Answer {
	a := desktest.Approved
	a.ProviderRef = fmt.Sprint(70_000_000 + b.codes)
	return a
}

// nobody was there: the verdict is that nothing was sent.
func nobody(*bench) providers.Answer {
	return providers.Answer{State: providers.Refused, Reason: providers.Unreachable}
}

func (b *bench) confirm(d till.Draft) { b.to(desk.RouteConfirm, desk.DraftArgs{Draft: d}) }

// paying is a code that nobody has paid with yet.
func (b *bench) paying() string {
	b.codes++
	return fmt.Sprintf("61999%05d", b.codes)
}

// ready types an amount and scans a code.
func (b *bench) ready(amount int64) {
	b.types(fmt.Sprint(amount))
	b.wait(time.Second)
	b.scan(burst{reads: []read{{0, b.paying() + "\r"}}}, nil)
}

var beginnings = []beginning{
	{name: "sale", open: (*bench).ready, of: oxipay, answer: yes},
	{name: "a large amount", of: oxipay, answer: yes, open: func(b *bench, amount int64) {
		b.ready(amount + 1_000_000)
		b.press(tea.KeyEnter)
		b.press(tea.KeyRight)
	}},
	{name: "confirm a sale", of: oxipay, answer: yes, open: func(b *bench, amount int64) {
		b.confirm(till.Draft{Provider: providers.Oxipay, Kind: providers.Authorise, Amount: desktest.Minor(amount), Code: b.paying()})
	}},
	{name: "confirm an invitation", of: oxipay, answer: func(*bench) providers.Answer { return desktest.Invited },
		open: func(b *bench, amount int64) {
			b.confirm(till.Draft{Provider: providers.Oxipay, Kind: providers.Invite, Amount: desktest.Minor(amount), Mobile: fmt.Sprintf("0412%06d", amount)})
		}},
	{name: "confirm an invoice", of: func(c *desktest.Counter) *desktest.Gateway { return c.XaiGate }, answer: nobody,
		open: func(b *bench, amount int64) {
			euros := providers.Amount{Minor: amount, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
			b.confirm(till.Draft{Provider: providers.XaiGate, Kind: providers.Invoice, Amount: euros})
		}},
	{name: "method", of: func(c *desktest.Counter) *desktest.Gateway { return c.OxaPay }, answer: nobody,
		open: func(b *bench, amount int64) {
			b.to(desk.RouteMethod, desk.DraftArgs{Draft: till.Draft{Amount: desktest.Minor(amount)}})
			b.press(tea.KeyDown)
			b.press(tea.KeyDown)
		}},
}

// pressing is a way to press Enter; once says that it must begin the payment.
type pressing struct {
	name string
	do   func(b *bench)
	once bool
}

func (b *bench) enters(count int, first, then time.Duration) {
	for i := range count {
		b.send(tea.KeyMsg{Type: tea.KeyEnter})
		if i == 0 {
			b.wait(first)
		} else {
			b.wait(then)
		}
	}
}

func again(after time.Duration) func(b *bench) {
	return func(b *bench) { b.enters(2, after, 0) }
}

var pressings = []pressing{
	{"once", func(b *bench) { b.enters(1, 0, 0) }, true},
	{"twice at once", again(0), false},
	{"twice in 60 ms", again(60 * time.Millisecond), false},
	{"twice in 120 ms", again(120 * time.Millisecond), true},
	{"twice in 400 ms", again(400 * time.Millisecond), true},
	{"held down", func(b *bench) { b.enters(90, 500*time.Millisecond, 33*time.Millisecond) }, false},
	{"held down, repeating fast", func(b *bench) { b.enters(200, 200*time.Millisecond, 15*time.Millisecond) }, false},
	{"with Esc behind it in one read", func(b *bench) { b.reads([]byte("\r\x1b")) }, false},
	{"with Esc before it in one read", func(b *bench) { b.reads([]byte("\x1b\r")) }, false},
	{"with Esc before it at once", func(b *bench) { b.reads([]byte("\x1b")); b.reads([]byte("\r")) }, false},
	{"in a burst with function keys", func(b *bench) { b.reads([]byte("61999\x1bOP12\x1b[19~345\r\x1b[18~\x1b[C\r\r")) }, false},
}

// TestHoweverEnterIsPressedOnePaymentAtMostIsBegun presses it on every page on which
// a payment may begin.
func TestHoweverEnterIsPressedOnePaymentAtMostIsBegun(t *testing.T) {
	b := newBench(t, 3)
	amount := int64(50_000)
	for _, where := range beginnings {
		for _, how := range pressings {
			b.start(true)
			b.wait(2 * time.Second)
			amount += 100
			where.open(b, amount)
			b.wait(time.Second)
			b.forget()
			gateway := where.of(b.counter)
			sends := len(gateway.Bodies())
			how.do(b)
			b.wait(3 * time.Second)
			if b.begun > 1 || how.once && b.begun != 1 {
				t.Errorf("%s, Enter %s: %d payments", where.name, how.name, b.begun)
			}
			if b.begun == 0 {
				continue
			}
			b.counter.Sent(gateway, sends+1)
			b.counter.Answer(gateway, where.answer(b))
			b.pump()
			b.enters(3, 500*time.Millisecond, 33*time.Millisecond) // into the verdict
			b.wait(3 * time.Second)
			if n := len(gateway.Bodies()); b.begun != 1 || n > sends+1 {
				t.Errorf("%s, Enter %s: %d payments, %d sent", where.name, how.name, b.begun, n-sends)
			}
		}
	}
}
