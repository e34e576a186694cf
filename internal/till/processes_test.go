package till

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"cashdesk/internal/journal"
	"cashdesk/keystore"
	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

// The test binary starts itself again as a command beside the counter: it
// charges once and says what came of it.
const (
	childJournal = "TILL_TEST_JOURNAL"
	childKey     = "TILL_TEST_KEY"
	childURL     = "TILL_TEST_URL"
	childNow     = "TILL_TEST_NOW"
	childSale    = "TILL_TEST_SALE" // reference, code and minor units
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childJournal); path != "" {
		if err := charging(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// standingClock has the counter's time, which stands still, and real timers.
type standingClock struct {
	Clock
	now time.Time
}

func (c standingClock) Now() time.Time { return c.now }

// charging is a command: it says "open", then the attempt that it is about, then
// its outcome.
func charging(path string) error {
	ctx := context.Background()
	key, err1 := base64.StdEncoding.DecodeString(os.Getenv(childKey))
	now, err2 := time.Parse(time.RFC3339Nano, os.Getenv(childNow))
	var d Draft
	_, err3 := fmt.Sscan(os.Getenv(childSale), &d.Sale, &d.Code, &d.Amount.Minor)
	d.Provider, d.Kind, d.Amount.Currency = providers.Oxipay, providers.Authorise, aud
	gateway, err4 := oxipay.New(oxipay.Config{
		HTTP:     providers.HTTPOptions{Base: sandbox.Bases(os.Getenv(childURL)).Oxipay},
		Merchant: "30188105", Device: "counter-2", Firmware: "cashdesk 1.0", Country: oxipay.Australia, SigningKey: func() string { return rightKey }, Test: true,
	})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	clock := standingClock{SystemClock(), now}
	j, err := journal.Open(ctx, path, journal.Options{Key: key, Mode: journal.Test, Now: clock.Now, Version: "1.0"})
	if err != nil {
		return err
	}
	defer j.Close()
	store := keystore.NewMemory()
	if err := store.AddMember(keystore.Member{ID: "tom", Name: "Tom", Role: keystore.Operator}, "1357"); err != nil {
		return err
	}
	t := New(Config{Journal: j, Staff: store, Vault: store, Clock: clock, Counter: "2", Test: true, Version: "1.0", Gateways: []providers.Gateway{gateway}})
	if err := t.StartBeside(ctx); err != nil {
		return err
	}
	defer t.Close()
	fmt.Println("open")
	a, begun, err := t.BeginOnce(ctx, Session{ID: "S7", Operator: "tom", Name: "Tom", Role: keystore.Operator}, d)
	var used *InUseError
	if errors.As(err, &used) {
		fmt.Println("in use", used.Attempt.ID)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Println(a.ID, begun)
	if a, err = t.Await(ctx, a.ID); err == nil {
		fmt.Println(a.State, a.ProviderRef)
	}
	return err
}

// command is such a process.
type command struct {
	*exec.Cmd
	t   *testing.T
	out *bufio.Reader
	err strings.Builder
}

// command starts one, for a sale of its own.
func (r *realShop) command(reference, code string, minor int64) *command {
	r.t.Helper()
	p := &command{Cmd: exec.Command(os.Args[0]), t: r.t}
	p.Env = append(os.Environ(), childJournal+"="+r.path, childKey+"="+base64.StdEncoding.EncodeToString(r.key), childURL+"="+r.server.URL,
		childNow+"="+r.clock.Now().Format(time.RFC3339Nano), childSale+"="+reference+" "+code+" "+strconv.FormatInt(minor, 10))
	p.Stderr = &p.err
	out, err := p.StdoutPipe()
	if err == nil {
		err = p.Start()
	}
	if err != nil {
		r.t.Fatal(err)
	}
	p.out = bufio.NewReader(out)
	r.t.Cleanup(func() { _ = p.Process.Kill() })
	return p
}

// says is the next line of it, or "" when it is over.
func (p *command) says() string {
	line, _ := p.out.ReadString('\n')
	return strings.TrimSpace(line)
}

// opens waits until it has the journal open.
func (p *command) opens() {
	p.t.Helper()
	if said := p.says(); said != "open" {
		_ = p.Wait()
		p.t.Fatalf("a command does not open: %q %s", said, p.err.String())
	}
}

// began is the attempt that it is about, and whether it began it.
func (p *command) began() (id string, begun bool) {
	p.t.Helper()
	said := strings.Fields(p.says())
	if len(said) != 2 {
		_ = p.Wait()
		p.t.Fatalf("a command says %q: %s", said, p.err.String())
	}
	return said[0], said[1] == "true"
}

// killed ends it as a power cut would.
func (p *command) killed() {
	p.t.Helper()
	if err := p.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		p.t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, p.out)
	_ = p.Wait()
}

// ends waits for its orderly end.
func (p *command) ends() {
	p.t.Helper()
	if err := p.Wait(); err != nil {
		p.t.Fatalf("a command: %v: %s", err, p.err.String())
	}
}

func TestACommandThatIsKilledWhileItWaitsIsTakenUpByTheCounterWithTheSameBytes(t *testing.T) {
	r := newRealShop(t, rightKey)
	held := r.box.Hold()
	p := r.command("A-1001", "010203", 12550)
	p.opens()
	id, _ := p.began()
	<-held
	r.looks()
	if a := r.attempt(id); a.State != providers.Sent {
		t.Fatalf("the counter made it %s while its process lives", a.State)
	}
	p.killed()
	r.box.Release()
	r.looks()
	if a := r.becomes(id, providers.Unknown); a.Reason != providers.Interrupted {
		t.Errorf("the reason is %q", a.Reason)
	}
	r.passes()
	r.becomes(id, providers.Approved)
	r.same(2)
	if n := len(r.box.Ledger()); n != 1 {
		t.Errorf("charged %d times", n)
	}
}

func TestTheSameSaleFromManyProcessesIsOneChargeWithOneAnswer(t *testing.T) {
	const processes = 5
	r := newRealShop(t, rightKey)
	held := r.box.Hold()
	var all []*command
	for range processes {
		all = append(all, r.command("A-1001", "010203", 12550))
	}
	ids, begun := map[string]bool{}, 0
	for _, p := range all {
		p.opens()
		id, first := p.began()
		if ids[id] = true; first {
			begun++
		}
	}
	<-held // while the first is still running
	r.box.Release()
	for _, p := range all {
		if outcome := p.says(); !strings.HasPrefix(outcome, "approved ") {
			t.Errorf("one hears %q: %s", outcome, p.err.String())
		}
		p.ends()
	}
	if len(ids) != 1 || begun != 1 || len(r.box.Ledger()) != 1 {
		t.Errorf("%d attempts, begun %d times, charged %d times", len(ids), begun, len(r.box.Ledger()))
	}
	r.same(1)
}

func TestOneCodeChargedByManyProcessesAtOnceIsChargedByOne(t *testing.T) {
	const processes = 5
	r := newRealShop(t, rightKey)
	var all []*command
	for n := range processes {
		all = append(all, r.command(fmt.Sprint("A-", n), "010203", int64(1000+n)))
	}
	charged := 0
	for _, p := range all {
		p.opens()
		if said := p.says(); !strings.HasPrefix(said, "in use ") {
			charged++
			if outcome := p.says(); !strings.HasPrefix(outcome, "approved ") {
				t.Errorf("it hears %q after %q: %s", outcome, said, p.err.String())
			}
		}
		p.ends()
	}
	if charged != 1 || len(r.box.Ledger()) != 1 {
		t.Errorf("%d went through, charged %d times", charged, len(r.box.Ledger()))
	}
}

// TestCommandsKilledAtAnyMomentLoseAndDoubleNothing: whatever each leaves, the
// counter brings to its end, and its books are the provider's.
func TestCommandsKilledAtAnyMomentLoseAndDoubleNothing(t *testing.T) {
	const commands = 24
	r := newRealShop(t, rightKey)
	random := rand.New(rand.NewPCG(4, commands))
	for n := range commands {
		p := r.command(fmt.Sprint("A-", n), fmt.Sprintf("01%04d", n), int64(1000+n))
		p.opens()
		r.untilMoment(p, random.IntN(6), time.Duration(random.IntN(15_000))*time.Microsecond)
		p.killed()
	}
	r.looks()
	var left map[string]providers.Attempt
	for range 2 * commands {
		if left = r.left(); len(left) == 0 {
			break
		}
		// Each of them waits for its time to ask again.
		if _, err := r.clock.next(t.Context(), len(left)); err != nil {
			t.Fatal(err)
		}
		for over := false; !over; {
			u := <-r.updates
			_, ours := left[u.Attempt.ID]
			over = ours && u.Attempt.State == providers.Approved
		}
	}
	if len(left) != 0 {
		t.Errorf("not resolved: %v", left)
	}
	taken := map[string]int{}
	for _, e := range r.box.Ledger() {
		taken[e.Reference]++
	}
	page, err := r.journal.Page(context.Background(), journal.Query{Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	states := map[providers.State]int{}
	for _, a := range page.Attempts {
		states[a.State]++
		if want := map[providers.State]int{providers.Approved: 1}[a.State]; taken[a.Reference] != want || a.Contradicted {
			t.Errorf("%s is %s, and was charged %d times", a.Reference, a.State, taken[a.Reference])
		}
		delete(taken, a.Reference)
	}
	if len(taken) != 0 {
		t.Errorf("charged, and in no book: %v", taken)
	}
	if states[providers.Approved] < commands/8 { // when the machine is busy most are killed early
		t.Errorf("too little happened: %v", states)
	}
	t.Logf("%v", states)
	if report, err := r.journal.Verify(context.Background()); err != nil || !report.OK() {
		t.Errorf("verify: %+v, %v", report, err)
	}
}

// untilMoment waits for the moment at which a command is killed.
func (r *realShop) untilMoment(p *command, which int, while time.Duration) {
	switch which {
	case 0: // somewhere in its beginning
	case 1: // it is recorded
		p.says()
	case 2, 3: // the provider has it, and the answer may be on its way
		held := r.box.Hold()
		p.says()
		<-held
		if which == 2 {
			p.killed()
		}
		r.box.Release()
	case 4: // it is over
		p.says()
		p.says()
	case 5: // anywhere
		time.AfterFunc(while, func() { _ = p.Process.Kill() })
		for p.says() != "" {
			continue
		}
	}
}

// left are the attempts that are not over.
func (r *realShop) left() map[string]providers.Attempt {
	r.t.Helper()
	all, err := r.journal.Unfinished(context.Background())
	if err != nil {
		r.t.Fatal(err)
	}
	left := map[string]providers.Attempt{}
	for _, a := range all {
		left[a.ID] = a
	}
	return left
}
