package keyboard

import (
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cashdesk/screens/desk/desktest"
)

// fly takes a payment from the amount to the verdict, and scans the next customer's
// code at some moment in between: before the till has answered, while the request is
// on its way, when the verdict comes.
func (b *bench) fly(n *counts) {
	b.home()
	b.wait(2 * time.Second)
	b.idle = false
	b.codes++
	first := fmt.Sprintf("61999%05d", b.codes)
	amount := b.draw("12345789", 1) + b.draw(digits, 2+b.dice.IntN(3))
	v := &visit{bench: b, place: place{name: "a payment in flight", fate: either}, before: amount, burst: b.aScan()}
	b.types(amount)
	b.wait(b.hand())
	b.scan(burst{reads: []read{{0, first + "\r"}}}, nil)
	b.forget()
	sends := len(b.counter.Oxipay.Bodies())
	b.press(tea.KeyEnter)
	b.counter.Sent(b.counter.Oxipay, sends+1)
	verdict := b.dice.IntN(len(v.burst.reads) + 1)
	answer := func(i int) {
		if i != verdict {
			return
		}
		yes := desktest.Approved
		yes.ProviderRef = fmt.Sprint(60_000_000 + b.codes)
		b.counter.Answer(b.counter.Oxipay, yes)
		b.pump()
	}
	b.wait(time.Duration(b.dice.IntN(400)) * time.Millisecond)
	b.scan(v.burst, answer)
	answer(len(v.burst.reads))
	b.wait(time.Second)
	n.flying++
	if v.begun != 1 || len(b.counter.Oxipay.Bodies()) != sends+1 {
		v.say(&n.payments, "%d payments were begun, %d sent", v.begun, len(b.counter.Oxipay.Bodies())-sends)
	}
	v.begun, v.actions = 0, v.actions[1:] // the person's own Enter
	v.judge(n)
	if a := b.counter.Attempts()[0]; a.Amount.String() != money(amount)+" AUD" {
		n.amounts++
		b.t.Errorf("%s was charged for %s", a.Amount, money(amount))
	}
}

// aScan is a burst that is a scan wherever it comes.
func (b *bench) aScan() burst {
	for {
		if x := b.burst(); x.scan {
			return x
		}
	}
}
