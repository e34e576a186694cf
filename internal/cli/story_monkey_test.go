//go:build unix

package cli

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// monkeyKeys are pressed at random; those that leave the program are not
// among them.
var monkeyKeys = []string{
	"enter", "enter", "enter", "enter", "esc", "esc", "tab", "shift+tab", "up", "down", "left", "right",
	"backspace", "space", "home", "end", "pgup", "pgdown", "delete", "ctrl+l", "ctrl+p", "ctrl+o", "ctrl+e", "ctrl+u", "ctrl+z",
	"f1", "f2", "f3", "f4", "f5", "f6", "f7", "f8", "f9", "f10", "f12", "alt+x",
}

// monkeySteps is how much the monkey does: a bounded part by default, more with
// go test ./internal/cli -run Monkey -monkey 2000.
var monkeySteps = flag.Int("monkey", 16, "what the monkey at the keyboard does, in steps")

// rest is so long that a page which appeared by itself hears keys again.
const rest = 1500 * time.Millisecond

// monkeyDoes is one thing that a child left alone at the counter does; now and
// then it is a sale, since it has watched.
func (s *shop) monkeyDoes(random *rand.Rand, step int) {
	s.Helper()
	// Each code is another, and plays another result.
	code := fmt.Sprintf("6199%s%04d", []string{"01", "01", "01", "11", "19", "30", "99"}[random.IntN(7)], step)
	switch random.IntN(12) {
	case 0:
		s.must(s.Type(fmt.Sprint(random.IntN(100_000))))
	case 1:
		s.must(s.Scan(code, "\r"))
	case 2:
		s.must(s.Type([]string{"0412345678", "mia", "\x1b[", "\x1b[200~6199015555\x1b[201~", "é☃", "\x00\x07"}[random.IntN(6)]))
	case 3:
		s.must(s.Resize(38+random.IntN(100), 11+random.IntN(30)))
	case 4, 5, 6:
		s.waits(rest)
		if s.Screen().Contains("Who is at the counter?") {
			s.must(s.Type(demoPIN))
			s.press("enter")
			s.waits(rest)
		}
		s.press("esc")
		s.waits(rest / 10)
		s.press("esc")
		s.must(s.Type(fmt.Sprint(1 + random.IntN(9_999))))
		s.must(s.Scan(code, "\r"))
		s.waits(rest / 10)
		s.press("enter")
	default:
		s.press(monkeyKeys[random.IntN(len(monkeyKeys))])
	}
	s.waits(20 * time.Millisecond)
}

// waits is the time between two presses of a hand.
func (s *shop) waits(pause time.Duration) {
	s.Helper()
	select {
	case <-time.After(pause):
	case <-s.ctx.Done():
		s.Fatal("the program stands still")
	}
}

// TestAMonkeyAtTheKeyboardBreaksNothing: whatever is pressed, the counter's
// books and the providers' agree, and nothing is charged twice.
func TestAMonkeyAtTheKeyboardBreaksNothing(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.within(patience + time.Duration(*monkeySteps)*time.Second)
	s.open()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for step := range *monkeySteps {
		if step%10 == 7 {
			s.box.LoseNext()
		}
		s.monkeyDoes(random, step)
	}
	s.must(s.Resize(80, 24))
	s.must(s.Signal(syscall.SIGTERM))
	s.ended(0)
	s.agree()
}

// agree compares the books: what the provider took once is one payment in the
// journal that is approved or not known yet; and what is approved there was
// taken.
func (s *shop) agree() {
	s.Helper()
	attempts := map[string]providers.Attempt{}
	approved := 0
	for _, a := range s.journalled() {
		attempts[a.Reference] = a
		if a.State == providers.Approved {
			approved++
		}
	}
	taken := map[string]bool{}
	for _, e := range s.box.Ledger() {
		a, known := attempts[e.Reference]
		switch {
		case taken[e.Reference]:
			s.Errorf("%s was charged twice", e.Reference)
		case !known || a.Amount.Decimal() != e.Amount:
			s.Errorf("the provider took %+v, the journal has %+v", e, a)
		case a.State == providers.Approved && a.ProviderRef != e.ProviderRef:
			s.Errorf("the purchase number of %+v is %s", e, a.ProviderRef)
		case a.State != providers.Approved && a.State != providers.Unknown && a.State != providers.Sent:
			s.Errorf("the provider took %+v, the journal calls it %s", e, a.State)
		case a.State == providers.Approved:
			approved--
		}
		taken[e.Reference] = true
	}
	s.Logf("%d payments begun, %d taken", len(attempts), len(taken))
	if approved != 0 {
		s.Errorf("%d payments are approved that nobody took", approved)
	}
	if strings.Contains(plain(s.Written()), "panic") {
		s.Error("it panicked")
	}
}
