package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"cashdesk/providers"
)

// The test binary starts itself again as another process at the same journal.
const (
	childPath    = "JOURNAL_TEST_PATH"
	childFrom    = "JOURNAL_TEST_FROM"
	childCounter = "JOURNAL_TEST_COUNTER"
	perChild     = 15
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		os.Exit(child(path))
	}
	os.Exit(m.Run())
}

// child is a command beside the counter: it records some sales, or what else its
// environment says.
func child(path string) int {
	ctx := context.Background()
	o := options()
	o.Counter = os.Getenv(childCounter) != ""
	j, err := Open(ctx, path, o)
	if errors.Is(err, ErrInUse) {
		return 3
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err, errors.Unwrap(err))
		return 1
	}
	defer j.Close()
	if what := os.Getenv(childClaims); what != "" {
		if n, _ := strconv.Atoi(what); n > 0 {
			err = claiming(j, n)
		} else {
			err = holding(j, "A1")
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
	from, _ := strconv.Atoi(os.Getenv(childFrom))
	events, _ := strconv.Atoi(os.Getenv(childEvents))
	switch {
	case events > 0:
		err = appending(ctx, j, from, events)
	case os.Getenv(childReads) != "":
		err = looking(ctx, j)
	case os.Getenv(childHears) != "":
		err = hearing(ctx, j)
	default:
		err = recording(ctx, j, from)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err, errors.Unwrap(err))
		return 1
	}
	return 0
}

// recording records some sales and begins to send them.
func recording(ctx context.Context, j *Journal, from int) error {
	for n := range perChild {
		a, err := j.Record(ctx, sale(from+n), request())
		if err == nil {
			_, err = j.Append(ctx, providers.Event{Type: providers.EventSent, To: providers.Sent, Attempt: a.ID})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func start(t *testing.T, path string, from int, counter string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childPath+"="+path, childFrom+"="+strconv.Itoa(from), childCounter+"="+counter)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestProcessesThatAppendTogetherKeepOneChain(t *testing.T) {
	// None of them finds a journal: whoever is first makes it.
	path := filepath.Join(t.TempDir(), "journal.db")
	children := []*exec.Cmd{start(t, path, 1000, ""), start(t, path, 2000, ""), start(t, path, 3000, "")}
	j := open(t, path, options())
	for n := range perChild {
		approve(t, j, record(t, j, sale(n)).ID, fmt.Sprintf("PN-%d", n))
	}
	for _, c := range children {
		if err := c.Wait(); err != nil {
			t.Fatalf("another process: %v", err)
		}
	}
	r := mustVerify(t, j)
	if want := int64(perChild * (3 + 3*2)); !r.OK() || r.Events != want || r.Attempts != 4*perChild {
		t.Errorf("verify: %+v, want %d events", r, want)
	}
}

func TestHandlesThatAppendTogetherKeepOneChain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "journal.db")
	one, two := open(t, path, options()), open(t, path, options())
	var all sync.WaitGroup
	for i, j := range []*Journal{one, two, one, two} {
		all.Go(func() {
			for n := range 10 {
				if _, err := j.Record(context.Background(), sale(i*100+n), request()); err != nil {
					t.Errorf("record: %v", err)
				}
			}
		})
	}
	all.Wait()
	if r := mustVerify(t, one); !r.OK() || r.Events != 40 {
		t.Errorf("verify: %+v", r)
	}
}

func TestASecondCounterIsRefusedAndOthersAreNot(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	o := options()
	o.Counter = true
	counter := open(t, path, o)
	if _, err := Open(ctx, path, o); !errors.Is(err, ErrInUse) || providers.HintOf(err) == "" {
		t.Fatalf("a second counter: %v", err)
	}
	var exit *exec.ExitError
	if err := start(t, path, 1, "yes").Wait(); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Fatalf("a second counter in another process: %v", err)
	}
	if n := counted(t, counter); n != 0 {
		t.Errorf("the refused counter wrote %d events", n)
	}
	if err := start(t, path, 1, "").Wait(); err != nil {
		t.Errorf("a command beside the counter: %v", err)
	}
	counter.Close()
	if err := start(t, path, 100, "yes").Wait(); err != nil {
		t.Errorf("the next counter: %v", err)
	}
}

func TestAnothersWritesAreNoticedAndOnesOwnAreNot(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "journal.db")
	j, other := open(t, path, options()), open(t, path, options())
	changed := func(when string, want bool) {
		t.Helper()
		if got, err := j.Changed(ctx); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", when, got, err, want)
		}
	}
	changed("at the start", false)
	record(t, j, sale(1))
	changed("after an own write", false)
	record(t, other, sale(2))
	changed("after another's write", true)
	changed("asked again", false)
	if _, err := j.Attempt(ctx, sale(2).ID); err != nil {
		t.Errorf("another's attempt: %v", err)
	}
}

func TestAnEndedContextWritesNothing(t *testing.T) {
	j := fresh(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := j.Record(ctx, sale(1), request()); !errors.Is(err, context.Canceled) {
		t.Errorf("record: %v", err)
	}
	if _, err := j.Totals(ctx, Query{}); !errors.Is(err, context.Canceled) {
		t.Errorf("totals: %v", err)
	}
	if n := counted(t, j); n != 0 {
		t.Errorf("%d events", n)
	}
	record(t, j, sale(1))
}
