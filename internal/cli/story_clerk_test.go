//go:build unix

package cli

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// errand is one command without a screen, as a shop's own software runs it.
type errand struct {
	*exec.Cmd
	shop     *shop
	out, err bytes.Buffer
}

// sends starts a command with --json, Mia's PIN and words on standard input.
func (s *shop) sends(stdin string, args ...string) *errand {
	s.Helper()
	pin := filepath.Join(s.home, "pin")
	if _, err := os.Stat(pin); err != nil { // a command that runs already may be reading it
		s.must(os.WriteFile(pin, []byte(demoPIN+"\n"), 0o600))
	}
	e := &errand{shop: s, Cmd: exec.CommandContext(s.ctx, built.binary(s.T, "cashdesk"), append(args, "--json", "--operator", "mia", "--pin-file", pin)...)}
	e.Env = append([]string{"HOME=" + filepath.Join(s.home, "home"), "TMPDIR=" + filepath.Join(s.home, "tmp"),
		"CASHDESK_SETTINGS=" + filepath.Join(s.dir, "settings.toml")}, s.env...)
	e.Stdin, e.Stdout, e.Stderr = strings.NewReader(stdin), &e.out, &e.err
	s.must(e.Start())
	return e
}

// charges starts a charge of 125.50 by the code 6199011234.
func (s *shop) charges(more ...string) *errand {
	s.Helper()
	return s.sends("6199011234\n", append([]string{"charge", "--amount", "125.50", "--code", "-", "--reference", "A-1001"}, more...)...)
}

// tells waits for the command's end and reads its one object.
func (e *errand) tells(code int) result {
	e.shop.Helper()
	_ = e.Wait()
	if got := e.ProcessState.ExitCode(); got != code {
		e.shop.Fatalf("%v ended with %d, want %d:\n%s%s", e.Args, got, code, e.out.String(), e.err.String())
	}
	var r result
	if err := json.Unmarshal(e.out.Bytes(), &r); err != nil || bytes.Count(e.out.Bytes(), []byte("\n")) != 1 {
		e.shop.Fatalf("not one object: %v\n%s", err, e.out.String())
	}
	noSecrets(e.shop.T, e.out.String()+e.err.String())
	return r
}

// arrives waits until a request has come to the provider and is answered no
// further.
func (s *shop) arrives(held <-chan sandbox.Recorded) {
	s.Helper()
	select {
	case <-held:
	case <-s.ctx.Done():
		s.Fatal("no request came")
	}
}

// eventually waits until something holds; the story's patience ends it.
func (s *shop) eventually(what string, holds func() bool) {
	s.Helper()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for !holds() {
		select {
		case <-look.C:
		case <-s.ctx.Done():
			s.Fatal("never: " + what)
		}
	}
}

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

// signedIn is how many sign-ins the shop's journal has.
func (s *shop) signedIn() int {
	s.Helper()
	set, store := s.keystore()
	j, err := openBeside(s.ctx, set, store)
	s.must(err)
	defer j.Close()
	events, err := j.CounterEvents(s.ctx, []providers.EventType{providers.EventSignIn}, "", time.Time{}, 100)
	s.must(err)
	return len(events)
}

func TestAnInvoiceIsWaitedForStepByStep(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	e := s.sends("", "invoice", "oxapay", "--amount", "10.00", "--currency", "USD", "--reference", "X-1", "--wait")
	var open result
	s.eventually("the invoice is open", func() bool {
		open = s.sends("", "status", "X-1").either(2, 5, 6)
		return open.State == "open"
	})
	s.must(s.box.Pay(open.ProviderReference))
	r := e.tells(0)
	if r.State != "approved" || !r.MoneyConfirmed || r.ProviderReference != open.ProviderReference {
		t.Errorf("told %+v", r)
	}
	steps := e.err.String()
	if steps != "Waiting for the payment. Ctrl+C leaves it open.\nOpen: waiting for the customer to pay.\nPaid and confirmed by OxaPay.\n" {
		t.Errorf("the steps were\n%s", steps)
	}
	s.took("10.00")
	s.same("/merchants/request", 1)
	s.state(providers.Approved)
}

func TestAnInvoiceThatIsNoLongerWaitedForStaysOpen(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	e := s.sends("", "invoice", "xaigate", "--amount", "10.00", "--currency", "USD", "--reference", "X-1", "--wait")
	s.eventually("the invoice is open", func() bool { return s.sends("", "status", "X-1").either(2, 5, 6).State == "open" })
	s.must(e.Process.Signal(syscall.SIGINT))
	r := e.tells(6)
	if r.State != "open" || r.Link == "" || r.ExpiresAt == "" {
		t.Errorf("told %+v", r)
	}
	s.must(s.box.Pay(r.ProviderReference))
	s.open() // the counter watches it from here on
	s.sees("✓ 10.00 USD  XaiGate  approved")
	s.took("10.00")
	s.leaves()
	s.state(providers.Approved)
}

// either is tells for one of several ends.
func (e *errand) either(codes ...int) result {
	e.shop.Helper()
	_ = e.Wait()
	if !slices.Contains(codes, e.ProcessState.ExitCode()) {
		e.shop.Fatalf("%v ended with %d:\n%s%s", e.Args, e.ProcessState.ExitCode(), e.out.String(), e.err.String())
	}
	return e.tells(e.ProcessState.ExitCode())
}

func TestOnATerminalThePINIsAskedForAndTheQRIsDrawn(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.cmd = append(s.cmd, "invoice", "oxapay", "--amount", "10.00", "--currency", "USD", "--operator", "mia")
	s.start()
	s.answers("PIN of mia:", demoPIN)
	s.ended(6)
	said := plain(s.Written())
	for _, want := range []string{"▀▀▀▀▀▀▀", "TEST  127.0.0.1", "TEST  open  10.00 USD  OxaPay", "Tell the customer: "} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	if strings.Contains(said, demoPIN) {
		t.Error("the PIN was on the screen")
	}
	s.took()
	s.state(providers.Open)
}

func TestAfterTheWindowNothingIsAskedWithoutASureWord(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	held := s.box.Hold()
	s.cutOff(11*time.Minute, held) // the power went eleven minutes ago
	s.box.Release()
	reference := s.state(providers.Sent).Reference

	e := s.sends("", "resolve", reference)
	if r := e.tells(4); r.State != "refused" || !strings.Contains(r.Message, "checking now charges the customer 125.50 AUD") || !strings.Contains(r.Next, "--sure") {
		t.Errorf("told %+v", r)
	}
	if r := s.sends("", "resolve").tells(5); r.State != "unknown" || r.Reference != reference { // all of them: told as it stands
		t.Errorf("told %+v", r)
	}
	s.same("/ProcessAuthorisation", 1)
	if r := s.sends("", "resolve", reference, "--sure").tells(0); r.State != "approved" || !r.MoneyConfirmed {
		t.Errorf("told %+v", r)
	}
	s.same("/ProcessAuthorisation", 2)
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.state(providers.Approved)
}

func TestWhatACounterLooksAfterIsLeftToIt(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.sells("12550", "6199991234", "125.50 AUD", "not known")
	reference := s.state(providers.Unknown).Reference
	before := len(s.calls("/ProcessAuthorisation"))
	e := s.sends("", "resolve", reference)
	if r := e.tells(5); r.State != "unknown" {
		t.Errorf("told %+v", r)
	}
	if !strings.Contains(e.err.String(), "another cashdesk is looking after this payment already") {
		t.Errorf("said %s", e.err.String())
	}
	for _, body := range s.calls("/ProcessAuthorisation") {
		if !bytes.Equal(body, s.calls("/ProcessAuthorisation")[0]) {
			t.Error("another request went out")
		}
	}
	if after := len(s.calls("/ProcessAuthorisation")); after > before+1 { // the counter's own, if it was due just then
		t.Errorf("%d requests, %d before", after, before)
	}
	s.took()
	s.must(s.Signal(syscall.SIGTERM))
	s.ended(0)
}

func TestAClosedSaleIsAskedAboutOnAManagersWordAlone(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.box.LoseNext()
	reference := s.closed()
	s.sends("", "resolve", reference).tells(4)
	if r := s.sends("", "resolve", reference, "--sure").tells(2); !strings.Contains(r.Message, "a reason is needed") {
		t.Errorf("told %+v", r)
	}
	s.same("/ProcessAuthorisation", 1)
	if r := s.sends("", "resolve", reference, "--sure", "--reason", "the portal does not have it").tells(0); r.State != "approved" || !strings.Contains(r.Message, "after the sale was closed") {
		t.Errorf("told %+v", r)
	}
	s.same("/ProcessAuthorisation", 2)
	s.took("125.50")
	s.state(providers.Approved)
}

// closed begins a sale whose answer is lost, has it closed, and gives its
// reference.
func (s *shop) closed() string {
	s.Helper()
	c, session, err := openCounter(filepath.Join(s.dir, "settings.toml"), nil)
	s.must(err)
	defer c.close()
	a, err := c.tillOrNil().Begin(s.ctx, session, till.Draft{
		Provider: providers.Oxipay, Kind: providers.Authorise, Code: "6199011234",
		Amount: providers.Amount{Minor: 12550, Currency: c.settings.Shop.Currency},
	})
	s.must(err)
	a, err = c.tillOrNil().Await(s.ctx, a.ID)
	s.must(err)
	_, err = c.tillOrNil().CloseUnknown(s.ctx, session, a.ID, "the customer left")
	s.must(err)
	return a.Reference
}
