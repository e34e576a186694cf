package journal

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/figures"
	"cashdesk/providers"
)

// What else the test binary can be, beside child: a writer that goes on until
// it has written so many events, and a reader that goes on until it is told to
// stop by the end of its input.
const (
	childEvents = "JOURNAL_TEST_EVENTS"
	childReads  = "JOURNAL_TEST_READS"
)

// appending appends events until there are n of them, and says each one's number
// once it is told that it is on the disk.
func appending(ctx context.Context, j *Journal, from, n int) error {
	for at := from; n > 0; at++ {
		a, err := j.Record(ctx, sale(at), request())
		if err != nil {
			return err
		}
		fmt.Println(a.Seq, a.ID)
		n--
		for _, e := range []providers.Event{
			{Type: providers.EventSent, To: providers.Sent},
			{Type: providers.EventAnswered, To: providers.Approved, Message: "Approved"},
		} {
			if n <= 0 {
				return nil
			}
			e.Attempt = a.ID
			after, err := j.Append(ctx, e)
			if err != nil {
				return err
			}
			fmt.Println(after.Seq, a.ID)
			n--
		}
	}
	return nil
}

// untilTheEnd does something again and again until the process's input ends.
func untilTheEnd(do func() error) error {
	ended := make(chan struct{})
	go func() {
		_, _ = os.Stdin.Read(make([]byte, 1))
		close(ended)
	}()
	for {
		select {
		case <-ended:
			return nil
		default:
		}
		if err := do(); err != nil {
			return err
		}
	}
}

// looking looks at everything that a counter looks at, until its input ends.
func looking(ctx context.Context, j *Journal) error {
	return untilTheEnd(func() error {
		if _, err := j.Changed(ctx); err != nil {
			return err
		}
		if _, err := j.Unfinished(ctx); err != nil {
			return err
		}
		page, err := j.Page(ctx, Query{Text: "approved"})
		if err != nil {
			return err
		}
		for _, a := range page.Attempts {
			want := 3
			if a.Kind == providers.Invoice {
				want = 4
			}
			if events, err := j.Timeline(ctx, a.ID); err != nil || len(events) != want || events[want-1].Seq != a.Seq {
				return fmt.Errorf("an approved payment has %d events, %w", len(events), err)
			}
		}
		return nil
	})
}

// process is one of those that use the journal beside the counter.
type process struct {
	cmd *exec.Cmd
	in  io.Reader       // nil for none
	end func() error    // of beginOpen
	out strings.Builder // "seq id" for each event that it was told is on the disk
	err strings.Builder
}

func (p *process) begin(t *testing.T, path string, env ...string) {
	t.Helper()
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), append(env, childPath+"="+path)...)
	p.cmd.Stdin, p.cmd.Stdout, p.cmd.Stderr = p.in, &p.out, &p.err
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
}

// beginOpen is begin for a process that goes on until its input ends; end does that.
func (p *process) beginOpen(t *testing.T, path string, env ...string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	p.in, p.end = r, w.Close
	t.Cleanup(func() { _ = r.Close() })
	p.begin(t, path, env...)
}

func TestTenProcessesBesideACounterKeepOneChainHoweverTheyEnd(t *testing.T) {
	begun := time.Now()
	const writers = 10
	tries := figures.Tries(300)
	path, o := filepath.Join(t.TempDir(), "journal.db"), options()
	o.Counter = true
	o.Anchor = filepath.Join(t.TempDir(), "anchor")
	counter := open(t, path, o)
	readers := make([]process, 4) // two of them receivers of reports
	for i := range readers {
		readers[i].beginOpen(t, path, []string{childReads, childHears}[i/2]+"=yes")
	}
	var invoices []string
	random := rand.New(rand.NewPCG(5, tries))
	var said, reported, killed, failed, lost uint64
	all := map[int64]string{}
	own := 1_000_000_000
	for from := 1000; said < tries; {
		each := int(min(60, (tries-said)/writers+1))
		group := make([]process, writers)
		for i := range group {
			group[i].begin(t, path, childFrom+"="+strconv.Itoa(from), childEvents+"="+strconv.Itoa(each))
			from += 1000
		}
		// Three are killed while they write, the counter's own events between.
		for _, victim := range random.Perm(writers)[:3] {
			for range 1 + random.IntN(4) {
				own++
				record(t, counter, sale(own))
			}
			own++
			invoice := openInvoice(t, counter, own)
			invoices = append(invoices, invoice.ID)
			if random.IntN(2) > 0 { // the counter asks for itself; the others are left to the receivers
				if _, err := counter.AppendOwn(t.Context(), paid(invoice)); err != nil && !errors.Is(err, ErrStep) {
					t.Errorf("the counter's own question: %v", err)
				}
			}
			if group[victim].cmd.Process.Kill() == nil {
				killed++
			}
		}
		for i := range group {
			var exit *exec.ExitError
			err := group[i].cmd.Wait()
			if errors.As(err, &exit) && !exit.Exited() {
				err = nil // killed, as it should be
			}
			if err != nil {
				failed++
				t.Errorf("a writer: %v: %s", err, group[i].err.String())
			}
			said += heard(t, all, group[i].out.String())
		}
	}
	if readers[3].cmd.Process.Kill() == nil { // the other receiver does its work
		killed++
	}
	for _, id := range invoices {
		paidOnce(t, counter, id)
	}
	for i := range readers {
		err := errors.Join(readers[i].end(), readers[i].cmd.Wait())
		if i == 3 {
			err = nil // killed, as it should be
		}
		if err != nil {
			failed++
			t.Errorf("a reader: %v: %s", err, readers[i].err.String())
		}
		n := heard(t, all, readers[i].out.String())
		said, reported = said+n, reported+n
	}
	for seq, id := range all {
		if events, err := counter.events(t.Context(), "WHERE e.seq = ?", seq); err != nil || len(events) != 1 || events[0].Attempt != id {
			lost++
			t.Errorf("event %d of %s was said to be on the disk: %v, %v", seq, id, events, err)
		}
	}
	r := mustVerify(t, counter)
	if !r.OK() || r.Events < int64(said) {
		t.Errorf("verify: %+v", r)
	}
	figures.Write(t, figures.Row{
		What: "events of ten processes beside a counter", Tried: said,
		Among: []figures.Count{{N: killed, What: "processes killed"}, {N: reported, What: "events of two receivers of reports"}, {N: uint64(r.Events) - said, What: "events of the counter, or of the killed"}},
		Wrong: []figures.Count{{N: failed, What: "refused or locked out"}, {N: lost, What: "lost"}, {N: uint64(len(r.Faults)), What: "gaps, forks or faults"}},
		Took:  time.Since(begun),
	})
}

// heard adds the events that a process was told are on the disk. A number that
// two of them were told is a fork.
func heard(t *testing.T, all map[int64]string, out string) (n uint64) {
	t.Helper()
	for line := range strings.Lines(out) {
		var seq int64
		var id string
		if _, err := fmt.Sscan(line, &seq, &id); err != nil || !strings.HasSuffix(line, "\n") {
			continue // killed within the line
		}
		if other, twice := all[seq]; twice {
			t.Errorf("event %d is one of %s and one of %s", seq, other, id)
		}
		all[seq] = id
		n++
	}
	return n
}
