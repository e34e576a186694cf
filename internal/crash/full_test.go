//go:build unix

package crash

import (
	"slices"
	"strings"
	"syscall"
	"testing"

	"cashdesk/internal/terminal"
	"cashdesk/providers"
)

// filled is a shop whose disk fills between the first byte of a sale and its
// answer: for one write, or for good.
func filled(t *testing.T, until int) (*shop, *life) {
	t.Helper()
	t.Parallel()
	needTracer(t)
	s, err := newShop(newDice(1))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.close)
	s.trace = plan{
		Calls: writes, Under: s.path("data", "journal.db"), Not: "-shm", Log: s.path("ops.json"),
		Sent: true, At: 1, Until: until, Do: "fail", Errno: int(syscall.ENOSPC),
	}.String()
	l, err := s.start(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(l.over)
	if err := l.signIn(); err != nil {
		t.Fatal(err)
	}
	return s, l
}

// state is that of the shop's only payment, as it lies on the disk.
func (s *shop) state(t *testing.T) providers.State {
	t.Helper()
	f := &faults{}
	all, err := s.read(t.Context(), f, true)
	if err != nil || len(all) != 1 || len(f.said) > 0 {
		t.Fatalf("%d payments, %v, %v", len(all), f.said, err)
	}
	for _, a := range all {
		return a.State
	}
	return ""
}

func TestADiskThatFillsBeforeTheAnswerCostsTheReserveAndNoVerdict(t *testing.T) {
	s, l := filled(t, 0)
	if err := l.serve(way{do: (*life).approved}); err != nil {
		t.Fatal(err)
	}
	if l.Screen().Contains("ot saved") || s.state(t) != providers.Approved {
		t.Errorf("the journal says %s, the screen\n%s", s.state(t), l.Screen().Text())
	}
	ops, err := logged(s.path("ops.json"))
	freed := func(o op) bool { return strings.HasPrefix(o.Call, "unlink") && strings.HasSuffix(o.Path, ".reserve") }
	if err != nil || !slices.ContainsFunc(ops, freed) {
		t.Errorf("the reserve was not given up: %v", err)
	}
}

func TestADiskThatStaysFullHasTheVerdictWrittenDownByHandAndBeginsNothingNew(t *testing.T) {
	s, l := filled(t, -1)
	if err := l.approved(0); err != nil {
		t.Fatal(err)
	}
	if _, err := l.WaitText("✓ approved", sum(0), "Not saved: write this down"); err != nil {
		t.Fatal(err)
	}
	if err := l.press("enter", calm, has("type the amount", "write it down")); err != nil {
		t.Fatal(err)
	}
	if err := l.amount(1); err != nil {
		t.Fatal(err)
	}
	if err := l.Scan("6199010001", "\r"); err != nil {
		t.Fatal(err)
	}
	refused := func(s terminal.Screen) bool {
		return s.Contains("no new payment begins") || s.Contains("disk with the journal is full")
	}
	if err := l.press("enter", calm, refused); err != nil {
		t.Fatal(err)
	}
	if n := len(s.door.bodies()); n != 1 || s.state(t) != providers.Sent {
		t.Errorf("%d sales were sent; the first is %s", n, s.state(t))
	}

	l.over() // with the disk full to the end
	s.trace = ""
	again, err := s.start(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.over()
	if err := again.signIn(); err != nil {
		t.Fatal(err)
	}
	if err := again.sees("✓ "+sum(0)+" AUD", "approved"); err != nil { // by itself
		t.Fatal(err)
	}
	if ledger := s.box.Ledger(); len(ledger) != 1 || s.state(t) != providers.Approved {
		t.Errorf("the provider took %+v; the journal says %s", ledger, s.state(t))
	}
}
