//go:build unix

package cli

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/providers/sandbox"
)

// tenth is one charge among ten commands: its reference, amount and code are its own.
type tenth struct {
	*errand
	number int
	killed bool
}

func (c *tenth) reference() string { return "T-" + strconv.Itoa(c.number) }

// charge starts the charge, or repeats it.
func (c *tenth) charge(s *shop) *errand {
	s.Helper()
	return s.sends(fmt.Sprintf("01%04d\n", c.number), "charge", "--amount", strconv.Itoa(c.number)+".50", "--code", "-", "--reference", c.reference())
}

// ten runs ten commands at once beside the counter: seven charges, one of them
// twice, an invoice and a look at the history. Three charges are killed, one of them
// at any moment and two with their money taken and nobody told.
func (s *shop) ten(from int) (charges []*tenth) {
	s.Helper()
	held := s.box.Hold()
	for n := range 7 {
		c := &tenth{number: from + n, killed: n < 3}
		c.errand = c.charge(s)
		charges = append(charges, c)
	}
	s.must(charges[0].Process.Kill())
	invoice := s.sends("", "invoice", "oxapay", "--amount", strconv.Itoa(from)+".25", "--currency", "USD", "--reference", "I-"+strconv.Itoa(from))
	history := s.looks()
	for range 7 { // of seven charges and the invoice; the first may have died before
		s.arrives(held)
	}
	twin := charges[6].charge(s)
	for _, c := range charges[1:3] {
		s.must(c.Process.Kill())
	}
	s.box.Release()
	for _, c := range charges {
		if c.killed {
			_ = c.Wait()
		} else {
			c.tells(0)
		}
	}
	twin.tells(0)
	if first := charges[6].out.String(); first != twin.out.String() {
		s.Errorf("one sale has two answers: %s%s", first, twin.out.String())
	}
	invoice.tells(6)
	if err := history.Wait(); err != nil {
		s.Errorf("the history beside the others: %v: %s", err, history.err.String())
	}
	return charges
}

// looks starts a look at the whole history.
func (s *shop) looks() *errand {
	s.Helper()
	e := &errand{shop: s, Cmd: exec.CommandContext(s.ctx, built.binary(s.T, "cashdesk"), "history", "--json", "--limit", "0")}
	e.Env = append([]string{"HOME=" + filepath.Join(s.home, "home"), "TMPDIR=" + filepath.Join(s.home, "tmp"),
		"CASHDESK_SETTINGS=" + filepath.Join(s.dir, "settings.toml")}, s.env...)
	e.Stdout, e.Stderr = &e.out, &e.err
	s.must(e.Start())
	return e
}

// TestTenCommandsBesideACounterAreOneChargeEachHoweverTheyEnd: the built program as
// commands, on the journal of a counter that runs.
func TestTenCommandsBesideACounterAreOneChargeEachHoweverTheyEnd(t *testing.T) {
	begun := time.Now()
	tries := figures.Tries(20)
	s := newShop(t, sandbox.Options{})
	s.within(patience + time.Duration(tries)*10*time.Second)
	s.open()
	var all []*tenth
	for n := uint64(0); n < tries; n += 10 {
		all = append(all, s.ten(100+len(all))...)
	}
	var killed, lost uint64
	for _, c := range all {
		if c.killed { // the counter takes it up, and the same again is told of it
			killed++
			c.charge(s).tells(0)
		}
	}
	var taken []string
	for _, e := range s.box.Ledger() {
		taken = append(taken, e.Reference)
	}
	doubled := uint64(max(len(taken)-len(all), 0))
	for _, c := range all {
		if n := len(slices.DeleteFunc(slices.Clone(taken), func(r string) bool { return r != c.reference() })); n != 1 {
			lost++
			t.Errorf("%s was charged %d times", c.reference(), n)
		}
		if r := s.sends("", "status", c.reference()).tells(0); r.State != "approved" || r.Amount.Minor != int64(c.number)*100+50 {
			lost++
			t.Errorf("%s is told as %+v", c.reference(), r)
		}
	}
	s.says(0, "", "history", "verify")
	figures.Write(t, figures.Row{
		What: "commands beside a counter", Tried: (tries + 9) / 10 * 10,
		Among: []figures.Count{{N: killed, What: "killed"}, {N: uint64(len(all)), What: "sales"}},
		Wrong: []figures.Count{{N: doubled, What: "charged twice"}, {N: lost, What: "lost or wrongly told"}},
		Took:  time.Since(begun),
	})
}
