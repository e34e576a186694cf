//go:build unix

package crash

import (
	"fmt"
	"strings"
	"time"

	"cashdesk/internal/terminal"
	"cashdesk/providers"
)

// shown is what a person at the counter saw of a payment before the program
// was killed.
type shown struct {
	sum   string // 12.34
	state providers.State
}

// way is one of the calls that begin something, and how a person makes it.
type way struct {
	name string
	path string // of the call at the provider
	do   func(l *life, n int) error
}

// ways are the five calls. An authorisation is first.
var ways = []way{
	{"authorisation", "/ProcessAuthorisation", (*life).authorise},
	{"invitation", "/Invite", (*life).invite},
	{"OxaPay invoice", "/merchants/request", func(l *life, n int) error { return l.chosen(n, 2, "OxaPay") }},
	{"XaiGate invoice", "/invoice/create", func(l *life, n int) error { return l.chosen(n, 3, "XaiGate") }},
	{"Payneteasy transfer", "/initiate-transfer", func(l *life, n int) error { return l.chosen(n, 4, "Payneteasy") }},
}

// digits are what is typed for the n-th sale: no two have the same amount, and
// a code's amount says which code it was.
func digits(n int) string { return fmt.Sprint(100*(1000+n) + 1) } // an invitation of …01 goes out

// sum is the same amount as the screen shows it.
func sum(n int) string { return fmt.Sprintf("%d,%03d.01", 1+n/1000, n%1000) }

// trouble is what the screen says when the disk fails.
type trouble struct{ text string }

// Error is the sentence.
func (t *trouble) Error() string { return t.text }

// await waits until the screen looks as wanted, or says that the disk fails.
func (l *life) await(wanted func(terminal.Screen) bool) (terminal.Screen, error) {
	var said string
	screen, err := l.WaitFor(func(s terminal.Screen) bool {
		said = l.shop.complaint(s)
		return said != "" || wanted(s)
	})
	if err == nil && said != "" {
		err = &trouble{said}
	}
	return screen, err
}

func (l *life) sees(texts ...string) error {
	_, err := l.await(has(texts...))
	return err
}

// again does something, and again after each pace, until the screen looks as
// wanted: a page that came by itself hears nothing at first. A try that has
// begun is over when it returns, so that none falls into what is done next.
func (l *life) again(pace time.Duration, do func(try int) error, wanted func(terminal.Screen) bool) error {
	done, over := make(chan struct{}), make(chan struct{})
	defer func() {
		close(done)
		<-over
	}()
	go func() {
		defer close(over)
		next := time.NewTicker(pace)
		defer next.Stop()
		for try := 0; do(try) == nil; try++ {
			select {
			case <-next.C:
			case <-done:
				return
			}
		}
	}()
	_, err := l.await(wanted)
	return err
}

// press presses a key until the screen looks as wanted.
func (l *life) press(key string, pace time.Duration, wanted func(terminal.Screen) bool) error {
	return l.again(pace, func(int) error { return l.Press(key) }, wanted)
}

// The paces of a hand: an impatient one, and one that waits for the page.
const (
	hasty = 120 * time.Millisecond
	calm  = 450 * time.Millisecond
)

func has(texts ...string) func(terminal.Screen) bool {
	return func(s terminal.Screen) bool { return s.Contains(texts...) }
}

// signIn is Mia's sign-in.
func (l *life) signIn() error {
	if err := l.sees("Mia", "PIN"); err != nil {
		return err
	}
	if err := l.Type(pin); err != nil {
		return err
	}
	return l.press("enter", calm, has("type the amount", "Mia"))
}

// idle goes back to the idle screen, which parks what is on its way.
func (l *life) idle() error { return l.press("esc", calm, has("type the amount", "Mia")) }

// sell begins the shop's next sale by some call, and stays until its page
// says something.
func (l *life) sell(w way) error {
	if l.shop.dice.in(4) {
		n := l.shop.sales
		l.shop.sales++
		if err := w.do(l, n); err != nil {
			return err
		}
		return l.idle() // with the payment on its way
	}
	if err := l.serve(w); err != nil {
		return err
	}
	return l.idle()
}

// serve makes the next sale and stays until its page says what came of it.
func (l *life) serve(w way) error {
	n := l.shop.sales
	l.shop.sales++
	if err := w.do(l, n); err != nil {
		return err
	}
	screen, err := l.await(func(s terminal.Screen) bool { _, said := said(s, n); return said })
	if err != nil {
		return err
	}
	state, _ := said(screen, n)
	l.shop.shown = append(l.shop.shown, shown{sum(n), state})
	return nil
}

// verdicts are the marks of the states on the line with the amount.
var verdicts = map[string]providers.State{
	"✓ approved": providers.Approved, "✗ declined": providers.Declined, "? not known": providers.Unknown,
	"➜ invited": providers.Invited, "refused": providers.Refused, "– cancelled": providers.Cancelled,
}

// said is what the page of the n-th sale says of it.
func said(s terminal.Screen, n int) (providers.State, bool) {
	for y := range s.Rows {
		line := s.Line(y)
		if !strings.Contains(line, sum(n)) || !strings.Contains(line, "  ·  ") {
			continue
		}
		for mark, state := range verdicts {
			if strings.Contains(line, mark) {
				return state, true
			}
		}
		if strings.Contains(line, "Payneteasy") && s.Contains("copy link") {
			return providers.HandedOver, true
		}
		if s.Contains("F7 put aside") {
			return providers.Open, true
		}
	}
	return "", false
}

// amount types the amount; again, if an Esc that came late took it away.
func (l *life) amount(n int) error {
	typed := has("Enter: other ways to pay")
	err := l.again(calm, func(try int) error {
		if try > 0 {
			if err := l.Press("esc"); err != nil {
				return err
			}
			time.Sleep(hasty) // else the two are one alt key
		}
		return l.Type(digits(n))
	}, typed)
	if err != nil {
		return err
	}
	_, err = l.await(typed) // the last try may have begun with its Esc
	return err
}

// gone is a page of a payment that has begun, or what it says in the end.
func gone(n int) func(terminal.Screen) bool {
	return func(s terminal.Screen) bool {
		_, over := said(s, n)
		return over || s.Contains("Esc next customer", sum(n))
	}
}

func (l *life) authorise(n int) error {
	// What the code plays: mostly an approval, else a decline of the kind that
	// a resend may repeat ("used already" would stay unknown, as it must).
	return l.scanned(n, []string{"01", "01", "01", "01", "01", "11", "14"}[l.shop.dice.IntN(7)])
}

// approved is an authorisation that the provider approves.
func (l *life) approved(n int) error { return l.scanned(n, "01") }

// scanned charges a code that plays a result.
func (l *life) scanned(n int, plays string) error {
	if err := l.amount(n); err != nil {
		return err
	}
	if err := l.Scan(fmt.Sprintf("6199%s%04d", plays, n), "\r"); err != nil {
		return err
	}
	if err := l.sees("Enter charges", "scanned"); err != nil {
		return err
	}
	return l.press("enter", hasty, gone(n))
}

func (l *life) invite(n int) error {
	if err := l.amount(n); err != nil {
		return err
	}
	if err := l.press("f3", calm, has("Mobile")); err != nil {
		return err
	}
	if err := l.Type(fmt.Sprintf("04%08d", n)); err != nil {
		return err
	}
	return l.press("enter", calm, gone(n))
}

// chosen goes down the other ways to pay to one of them.
func (l *life) chosen(n, down int, mark string) error {
	if err := l.amount(n); err != nil {
		return err
	}
	if err := l.press("enter", calm, has("▸ Oxipay")); err != nil {
		return err
	}
	for range down {
		if err := l.Press("down"); err != nil {
			return err
		}
	}
	if err := l.sees("▸ " + mark); err != nil {
		return err
	}
	return l.press("enter", calm, gone(n))
}

// decimal is the sum as the books have it.
func (s shown) decimal() string { return strings.ReplaceAll(s.sum, ",", "") }
