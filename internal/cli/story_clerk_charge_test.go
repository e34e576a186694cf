//go:build unix

package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

func TestOneReferenceIsOneChargeHoweverManyAskAtOnce(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	var all []*errand
	for range 6 {
		all = append(all, s.charges())
	}
	first := all[0].tells(0)
	for _, e := range all[1:] {
		if again := e.tells(0); !bytes.Equal(e.out.Bytes(), all[0].out.Bytes()) {
			t.Errorf("one tells %+v, another %+v", first, again)
		}
	}
	if first.State != "approved" || !first.MoneyConfirmed || first.Reference != "A-1001" {
		t.Errorf("told %+v", first)
	}
	s.same("/ProcessAuthorisation", 1)
	if e := s.took("125.50")[0]; e.Answers != 1 || e.ProviderRef != first.ProviderReference {
		t.Errorf("the provider has %+v, told was %+v", e, first)
	}
	s.state(providers.Approved)
}

func TestTheSecondOfTwoChargesWaitsForTheFirstInAnotherProcess(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	held := s.box.Hold()
	first := s.charges()
	s.arrives(held)
	second := s.charges()
	s.eventually("the second has signed in", func() bool { return s.signedIn() == 2 })
	s.box.Release()
	first.tells(0)
	second.tells(0)
	if !bytes.Equal(first.out.Bytes(), second.out.Bytes()) {
		t.Errorf("the first tells %sthe second %s", first.out.String(), second.out.String())
	}
	s.same("/ProcessAuthorisation", 1)
	s.took("125.50")
	s.state(providers.Approved)
}

func TestTheSecondOfTwoChargesHasTheFirstOnesOutcomeWhenItsAnswerWasLost(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.box.LoseNext()
	first := s.charges()
	s.eventually("the first is not known", func() bool {
		return s.sends("", "status", "A-1001").either(0, 2, 5).Message == "Not known yet: the connection broke before the answer came."
	})
	second := s.charges()
	first.tells(0)
	second.tells(0)
	if !bytes.Equal(first.out.Bytes(), second.out.Bytes()) {
		t.Errorf("the first tells %sthe second %s", first.out.String(), second.out.String())
	}
	s.same("/ProcessAuthorisation", 2)
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.state(providers.Approved)
}

func TestAChargeThatWasKilledIsNotMadeTwice(t *testing.T) {
	for name, again := range map[string][]string{
		"the same again": {"charge", "--amount", "125.50", "--code", "-", "--reference", "A-1001"},
		"resolve":        {"resolve", "A-1001"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, sandbox.Options{})
			held := s.box.Hold()
			killed := s.charges()
			s.arrives(held) // the money is taken; nobody was told
			s.must(killed.Process.Kill())
			_ = killed.Wait()
			s.box.Release()
			s.state(providers.Sent)
			if r := s.sends("", "status", "A-1001").tells(5); r.State != "unknown" || r.MoneyConfirmed {
				t.Errorf("meanwhile %+v", r)
			}
			r := s.sends("6199011234\n", again...).tells(0)
			e := s.took("125.50")[0]
			if r.State != "approved" || r.ProviderReference != e.ProviderRef || e.Answers != 2 {
				t.Errorf("told %+v, the provider has %+v", r, e)
			}
			s.same("/ProcessAuthorisation", 2)
			s.state(providers.Approved)
		})
	}
}

func TestAChargeThatIsToldToStopLeavesItsAnswerToWhoeverComesNext(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			s := newShop(t, sandbox.Options{})
			held := s.box.Hold()
			e := s.charges()
			s.arrives(held)
			s.must(e.Process.Signal(sig))
			if r := e.tells(5); r.State != "unknown" || r.MoneyConfirmed || !strings.Contains(r.Next, "cashdesk resolve A-1001") {
				t.Errorf("told %+v", r)
			}
			s.box.Release()
			s.journalled() // in order
			if r := s.sends("", "resolve", "A-1001").tells(0); r.State != "approved" {
				t.Errorf("then %+v", r)
			}
			s.took("125.50")
			s.same("/ProcessAuthorisation", 2)
			s.state(providers.Approved)
		})
	}
}

func TestTheCounterShowsWhatACommandTook(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.charges().tells(0)
	s.sees("✓ 125.50 AUD  Oxipay  approved", "type the amount")
	s.took("125.50")
	s.amount("990") // the command's sale takes nothing from this one
	s.scan("6199015678", "9.90 AUD")
	s.until("enter", "✓ approved", "9.90 AUD")
	s.took("125.50", "9.90")
	s.leaves()
}

func TestTheCounterGoesOnWithWhatACommandLeavesNotKnown(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.box.LoseNext()
	if r := s.charges("--timeout", "1s").tells(5); r.State != "unknown" || r.MoneyConfirmed {
		t.Errorf("told %+v", r)
	}
	s.sees("✓ 125.50 AUD  Oxipay  approved", "type the amount")
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.same("/ProcessAuthorisation", 2)
	if r := s.sends("", "status", "A-1001").tells(0); r.State != "approved" {
		t.Errorf("status tells %+v", r)
	}
	s.leaves()
	s.state(providers.Approved)
}

func TestChargesThatAreKilledAtAnyMomentAreMadeOnceWhenTheyAreRepeated(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	var want []string
	for i := range 12 {
		amount := fmt.Sprintf("%d.00", 30+i)
		charge := []string{"charge", "--amount", amount, "--code", "-", "--reference", fmt.Sprintf("K-%d", i)}
		code := fmt.Sprintf("0120%02d\n", i)
		for range 1 + random.IntN(3) {
			e := s.sends(code, charge...)
			kill := time.AfterFunc(time.Duration(random.Int64N(int64(400*time.Millisecond))), func() { _ = e.Process.Kill() })
			_ = e.Wait()
			kill.Stop()
		}
		if r := s.sends(code, charge...).tells(0); r.State != "approved" || r.Amount.Minor != int64(3000+100*i) {
			t.Errorf("told %+v", r)
		}
		want = append(want, amount)
	}
	s.took(want...)
	for _, a := range s.journalled() {
		if a.State != providers.Approved && a.State != providers.Cancelled {
			t.Errorf("the journal has %+v", a)
		}
	}
}
