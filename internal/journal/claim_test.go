package journal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"cashdesk/providers"
)

// childClaims has the test binary claim one attempt again and again: held and
// released so many times, with a mark beside the journal that nobody else may
// find while it is held.
const childClaims = "JOURNAL_TEST_CLAIMS"

// claiming claims until it has had the claim n times. The mark is made and
// removed with the claim in hand; who finds one there holds it beside another.
func claiming(j *Journal, n int) error {
	mark := j.Path() + ".mark"
	for n > 0 {
		release, ok, err := j.Claim("A1")
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		f, err := os.OpenFile(mark, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("two hold one claim: %w", err)
		}
		if err := errors.Join(f.Close(), os.Remove(mark)); err != nil {
			return err
		}
		release()
		n--
	}
	return nil
}

// holding claims an attempt, says so, and keeps it until it is killed or its
// input ends.
func holding(j *Journal, id string) error {
	_, ok, err := j.Claim(id)
	if err != nil || !ok {
		return fmt.Errorf("not claimed: %w", err)
	}
	fmt.Println("held")
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

func claimedFiles(t *testing.T, j *Journal) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(j.claimsPath())
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func claim(t *testing.T, j *Journal, id string, want bool) (release func()) {
	t.Helper()
	release, ok, err := j.Claim(id)
	if err != nil || ok != want {
		t.Fatalf("claimed: %v, %v; want %v", ok, err, want)
	}
	return release
}

func TestOneClaimsAnAttemptAndTheNextOneGetsItAfterwards(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	one, two := open(t, path, options()), open(t, path, options())
	release := claim(t, one, "A1", true)
	claim(t, two, "A1", false)
	claim(t, one, "A1", false)
	claim(t, two, "A2", true)
	release()
	release = claim(t, two, "A1", true)
	if all := claimedFiles(t, one); len(all) != 2 {
		t.Errorf("files: %v", all)
	}
	release()
	release() // once more does no harm
	claim(t, one, "A1", true)
	one.Close()
	claim(t, two, "A1", true)
	two.Close()
	if all := claimedFiles(t, two); len(all) != 0 {
		t.Errorf("left behind: %v", all)
	}
}

func TestAClaimHasTheNameOfAnAttemptAndNothingElse(t *testing.T) {
	j := fresh(t)
	for _, id := range []string{"", ".", "..", "../journal.db", "a/b"} {
		if _, ok, err := j.Claim(id); ok || err == nil {
			t.Errorf("%q: %v, %v", id, ok, err)
		}
	}
	if _, err := os.Stat(j.Path()); err != nil {
		t.Error(err)
	}
}

// TestNoTwoProcessesEverHoldOneClaim: each release removes the file, which the
// others have just opened.
func TestNoTwoProcessesEverHoldOneClaim(t *testing.T) {
	const processes, times = 4, 500
	path := filepath.Join(t.TempDir(), "journal.db")
	j := open(t, path, options())
	var all [processes]process
	for i := range all {
		all[i].begin(t, path, childClaims+"="+fmt.Sprint(times))
	}
	if err := claiming(j, times); err != nil {
		t.Error(err)
	}
	for i := range all {
		if err := all[i].cmd.Wait(); err != nil {
			t.Errorf("%v: %s", err, all[i].err.String())
		}
	}
	if left := claimedFiles(t, j); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestAKilledProcessGivesItsClaimFreeAndTheCounterRemovesWhatItLeft(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	j := open(t, path, options())
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childPath+"="+path, childClaims+"=hold")
	c.Stderr = os.Stderr
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || strings.TrimSpace(line) != "held" {
		t.Fatalf("it said %q, %v", line, err)
	}
	claim(t, j, "A1", false)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait() // killed, as it should be
	if left := claimedFiles(t, j); len(left) != 1 {
		t.Fatalf("it left %v", left)
	}
	claim(t, j, "A1", true)()
	if err := os.WriteFile(filepath.Join(j.claimsPath(), "A7"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	claim(t, j, "A8", true)
	o := options()
	o.Counter = true
	open(t, path, o)
	if left := claimedFiles(t, j); len(left) != 1 || left[0] != "A8" {
		t.Errorf("after the counter's start: %v", left)
	}
}

func BenchmarkClaim(b *testing.B) {
	j := fresh(b)
	var n atomic.Int64
	for b.Loop() {
		release, ok, err := j.Claim(fmt.Sprint("A", n.Add(1)))
		if !ok || err != nil {
			b.Fatal(ok, err)
		}
		release()
	}
}

func TestOfTwoThatLookedBeforeEitherWroteOneRecords(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	one, two := open(t, path, options()), open(t, path, options())
	seen, err := one.Head(ctx)
	if err != nil || seen != 0 {
		t.Fatalf("an empty journal: %d, %v", seen, err)
	}
	a, err := one.RecordAfter(ctx, seen, sale(1), request())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.RecordAfter(ctx, seen, sale(2), request()); !errors.Is(err, ErrMoved) || providers.KindOf(err) != providers.Conflict {
		t.Fatalf("the second: %v", err)
	}
	add(t, two, providers.Event{Type: providers.EventSent, Attempt: a.ID})
	if seen, err = two.Head(ctx); err != nil || seen != a.Seq+1 {
		t.Fatalf("the newest: %d, %v", seen, err)
	}
	if _, err := two.RecordAfter(ctx, seen, sale(2), request()); err != nil {
		t.Errorf("after another look: %v", err)
	}
}

func TestWhatWasSignedBeforeAnotherKeyWasAskedForIsNotRecorded(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	one, two := open(t, path, options()), open(t, path, options())
	paid := became(t, one, sale(1), providers.Approved)
	seen, err := one.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	asking := providers.Event{Type: providers.EventRegistering, By: "mia"}
	if _, err := two.AppendAfter(ctx, seen, asking); err != nil {
		t.Fatal(err)
	}
	back := sale(2)
	back.Kind, back.Of, back.Sale = providers.Refund, paid.ID, paid.Sale
	for _, a := range []providers.Attempt{sale(3), back} {
		if _, err := one.RecordAfter(ctx, seen, a, request()); !errors.Is(err, ErrMoved) {
			t.Errorf("%s: %v", a.Kind, err)
		}
	}
	if seen, err = one.Head(ctx); err != nil {
		t.Fatal(err)
	}
	if _, err := one.RecordAfter(ctx, seen, back, request()); err != nil {
		t.Fatal(err)
	}
	if _, err := two.AppendAfter(ctx, seen, asking); !errors.Is(err, ErrMoved) {
		t.Errorf("another key is asked for over what was just signed: %v", err)
	}
}

func TestAProvidersReferenceBelongsToOneAttemptWhoeverComesFirst(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	one, two := open(t, path, options()), open(t, path, options())
	a, b := record(t, one, sale(1)), record(t, two, sale(2))
	answer := func(id string) providers.Event {
		return providers.Event{Type: providers.EventAnswered, Attempt: id, To: providers.Approved, Code: "SPRA01", ProviderRef: "52011913"}
	}
	add(t, one, providers.Event{Type: providers.EventSent, Attempt: a.ID})
	add(t, two, providers.Event{Type: providers.EventSent, Attempt: b.ID})
	if a, err := one.AppendOwn(ctx, answer(a.ID)); err != nil || a.State != providers.Approved {
		t.Fatalf("the first: %v, %v", a.State, err)
	}
	before := counted(t, one)
	if _, err := two.AppendOwn(ctx, answer(b.ID)); !errors.Is(err, ErrHeld) {
		t.Errorf("the second: %v", err)
	}
	if n := counted(t, one); n != before {
		t.Errorf("%d events were written", n-before)
	}
	other := answer(b.ID)
	other.ProviderRef = "52011914"
	if b, err := two.AppendOwn(ctx, other); err != nil || b.State != providers.Approved {
		t.Errorf("with a number of its own: %v, %v", b.State, err)
	}
}

func TestTheSameNewsOfAnInvoiceIsWrittenOnce(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a := record(t, j, sale(1))
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: a.ID})
	add(t, j, providers.Event{Type: providers.EventAnswered, Attempt: a.ID, To: providers.Open, ProviderRef: "INV-1"})
	paid := providers.Event{Type: providers.EventWatched, Attempt: a.ID, To: providers.PartlyPaid, Code: "Paying", Received: "10.00", ProviderRef: "INV-1"}
	first, err := j.AppendOwn(ctx, paid)
	if err != nil {
		t.Fatal(err)
	}
	again, err := j.AppendSeen(ctx, paid, first.Seq)
	if err != nil || again != first {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	if n := counted(t, j); n != 4 {
		t.Errorf("%d events", n)
	}
	paid.Received = "20.00"
	if _, err := j.AppendSeen(ctx, paid, first.Seq-1); !errors.Is(err, ErrMoved) {
		t.Errorf("of what was known before that: %v", err)
	}
	if more, err := j.AppendSeen(ctx, paid, first.Seq); err != nil || more.Received != "20.00" {
		t.Errorf("more money: %+v, %v", more, err)
	}
}

func TestWhatHappenedSinceAnEventIsFound(t *testing.T) {
	ctx := context.Background()
	j := fresh(t)
	a, b := record(t, j, sale(1)), record(t, j, sale(2))
	head, err := j.Head(ctx)
	if err != nil || head != 2 {
		t.Fatalf("head %d, %v", head, err)
	}
	if all, err := j.Since(ctx, head); err != nil || len(all) != 0 {
		t.Errorf("nothing happened: %v, %v", ids(all), err)
	}
	record(t, j, sale(3))
	add(t, j, providers.Event{Type: providers.EventSent, Attempt: a.ID})
	add(t, j, providers.Event{Type: providers.EventNoted, Note: "of the counter"})
	all, err := j.Since(ctx, head)
	if err != nil || len(all) != 2 || all[0].ID != sale(3).ID || all[1].ID != a.ID || all[1].State != providers.Sent {
		t.Errorf("since %d: %v, %v (not %s)", head, ids(all), err, b.ID)
	}
}
