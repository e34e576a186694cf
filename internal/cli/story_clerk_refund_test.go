//go:build unix

package cli

import (
	"strings"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// refunds starts a refund of 20.00 of the sale A-1001.
func (s *shop) refunds() *errand {
	s.Helper()
	return s.sends("", "refund", "A-1001", "--amount", "20.00", "--reason", "one card too many")
}

func TestWhileOneProcessGivesASaleBackNoOtherDoes(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.charges().tells(0)
	set, store := s.keystore()
	j, err := openBeside(s.ctx, set, store)
	s.must(err)
	defer j.Close()
	release, alone, err := j.Claim(s.state(providers.Approved).ID + ".refund")
	s.must(err)
	if !alone {
		t.Fatal("somebody has the claim")
	}
	if r := s.refunds().tells(4); r.State != "refused" || !strings.Contains(r.Message, "another process is giving this sale back") {
		t.Errorf("told %+v", r)
	}
	if made := s.box.Refunds(); len(made) != 0 {
		t.Errorf("%+v went back", made)
	}
	release()
	s.refunds().tells(0)
	if r := s.refunds().tells(4); !strings.Contains(r.Message, "went back a short while ago already") {
		t.Errorf("told %+v", r)
	}
	if made := s.box.Refunds(); len(made) != 1 {
		t.Errorf("%+v went back", made)
	}
}

func TestOfTheSameRefundsAtOnceOneIsMade(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.charges().tells(0)
	var all []*errand
	for range 3 {
		all = append(all, s.refunds())
	}
	made := 0
	for _, e := range all {
		_ = e.Wait()
		switch e.ProcessState.ExitCode() {
		case exitOK:
			made++
		case exitRefused:
		default:
			t.Errorf("%s%s", e.out.String(), e.err.String())
		}
	}
	if back := s.box.Refunds(); made != 1 || len(back) != 1 {
		t.Errorf("%d were told as made, %+v went back", made, back)
	}
}
