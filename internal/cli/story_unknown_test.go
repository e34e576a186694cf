//go:build unix

package cli

import (
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/internal/terminal"
	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// holdCode makes the sandbox hold its answer to the first sight of a code; the
// money is taken all the same.
func holdCode(code string) sandbox.Options {
	held := false // the sandbox asks one call at a time
	return sandbox.Options{Fault: func(_ *http.Request, body []byte) sandbox.Fault {
		if held || !strings.Contains(string(body), code) {
			return sandbox.Fault{}
		}
		held = true
		return sandbox.Fault{Kind: sandbox.HoldAnswer}
	}}
}

func TestALostAnswerIsNotKnownYetAndThenResolvesByItself(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.box.LoseNext()
	s.sells("12550", "6199011234", "125.50 AUD", "not known", "Keep the goods here", "You will not pay twice", "1 not known")
	s.hides("declined", "✗", "approved")
	s.sees("✓ approved", "125.50 AUD")
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.same("/ProcessAuthorisation", 2)
	s.leaves()
	if a := s.state(providers.Approved); a.Sends != 2 {
		t.Errorf("the journal has %+v", a)
	}
}

func TestEscParksAPaymentAndTheNextCustomerIsServed(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "Esc next customer")
	s.press("enter", "enter") // here a second Enter sends nothing
	s.press("esc")
	s.idle()
	s.sees("125.50 AUD with Oxipay goes on by itself and stays at F6")

	s.sells("990", "6199015678", "9.90 AUD", "✓ approved", "9.90 AUD")
	s.box.Release()
	s.sees("✓ 125.50 AUD  Oxipay  approved", "F9 show") // in the strip, never over this page
	s.sees("9.90 AUD", "Tell the customer")
	s.took("125.50", "9.90")
	if n := len(s.calls("/ProcessAuthorisation")); n != 2 {
		t.Errorf("%d requests for two sales", n)
	}
	s.leaves()
	for _, a := range s.journalled() {
		if a.State != providers.Approved || a.Sends != 1 {
			t.Errorf("the journal has %+v", a)
		}
	}
}

func TestTheWindowMayShrinkAndGrowWhileAPaymentIsOnItsWay(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "Esc next customer")
	s.must(s.Resize(40, 12))
	small, err := s.WaitFor(func(screen terminal.Screen) bool {
		return screen.Contains("125.50 AUD") && strings.Contains(screen.Line(0), "counter 1") && strings.Contains(screen.Line(11), "Esc next customer")
	})
	s.must(err)
	if strings.Contains(small.Text(), "125.50 AUD with Oxipay goes on") {
		t.Errorf("it was parked by a resize:\n%s", small.Text())
	}
	s.must(s.Resize(30, 8)) // too small to draw; the payment goes on
	s.sees("30", "8")
	s.must(s.Resize(80, 24))
	s.sees("125.50 AUD", "Esc next customer", "The Corner Shop · counter 1 · Mia")
	s.box.Release()
	s.sees("✓ approved", "125.50 AUD")
	s.took("125.50")
	s.same("/ProcessAuthorisation", 1)
	s.leaves()
	s.state(providers.Approved)
}

func TestKilledWhileAnAuthorisationIsOnItsWayTheNextStartResendsTheSameBytes(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	held := s.box.Hold()
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "Esc next customer")
	<-held
	s.must(s.Signal(syscall.SIGKILL))
	if code, _ := s.Wait(); code != 128+int(syscall.SIGKILL) {
		t.Fatalf("exit code %d", code)
	}
	s.state(providers.Sent)
	s.box.Release()

	s.open()
	s.sees("1 not known")
	s.press("f6")
	s.sees("125.50 AUD", "? not known")
	s.press("esc")
	s.sees("✓ 125.50 AUD  Oxipay  approved", "F9 show") // by itself
	s.press("f9")
	s.sees("✓ approved", "125.50 AUD", "Hand over the goods")
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.same("/ProcessAuthorisation", 2)
	s.leaves()
	if a := s.state(providers.Approved); a.Sends != 2 || a.Operator != "mia" {
		t.Errorf("the journal has %+v", a)
	}
}

// earlier is a clock that stands some time before now.
type earlier struct {
	till.Clock
	by time.Duration
}

// Now is the earlier time.
func (c earlier) Now() time.Time { return c.Clock.Now().Add(-c.by) }

// cutOff begins a sale as the counter would have done a while ago, and ends
// while its answer is still out.
func (s *shop) cutOff(ago time.Duration, held <-chan sandbox.Recorded) {
	s.Helper()
	c, session, err := openCounter(filepath.Join(s.dir, "settings.toml"), earlier{till.SystemClock(), ago})
	s.must(err)
	_, err = c.tillOrNil().Begin(s.ctx, session, till.Draft{
		Provider: providers.Oxipay, Kind: providers.Authorise, Code: "6199011234",
		Amount: providers.Amount{Minor: 12550, Currency: c.settings.Shop.Currency},
	})
	s.must(err)
	<-held
	c.close()
}

func TestStartedAfterTheWindowAPersonIsAskedBeforeAnythingIsSent(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	held := s.box.Hold()
	s.cutOff(11*time.Minute, held) // the power went eleven minutes ago
	s.state(providers.Sent)
	s.box.Release()

	s.open()
	s.sees("1 not known")
	s.press("f6")
	s.sees("125.50 AUD", "? not known")
	s.press("enter")
	s.sees("F8 check now")
	s.until("f8", "Checking may itself charge the customer", "checking now charges", "125.50 AUD")
	s.calmly("enter", "F7 customer left") // the answer at hand is no
	s.same("/ProcessAuthorisation", 1)

	s.until("f8", "Checking may itself charge the customer")
	s.calmly("tab", "▸ Check now")
	s.press("enter")
	s.sees("✓ approved", "125.50 AUD")
	if e := s.took("125.50")[0]; e.Answers != 2 {
		t.Errorf("the provider answered %d times", e.Answers)
	}
	s.same("/ProcessAuthorisation", 2)
	s.leaves()
	s.state(providers.Approved)
}

func TestKilledWhileAnInvoiceIsOpenItIsWatchedOn(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	s.open()
	s.method("3500", 2, "OxaPay")
	s.sees("left to pay")
	s.must(s.Signal(syscall.SIGKILL))
	_, _ = s.Wait()
	a := s.state(providers.Open)
	s.must(s.box.Pay(a.ProviderRef))

	s.open()
	s.sees("✓ 35.00 AUD  OxaPay  approved", "F9 show") // by itself
	s.took("35.00")
	s.same("/merchants/request", 1)
	s.leaves()
	s.state(providers.Approved)
}

func TestToldToEndTheTerminalIsRestoredAndThePaymentIsInTheJournal(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"SIGTERM": syscall.SIGTERM, "SIGHUP": syscall.SIGHUP} {
		t.Run(name, func(t *testing.T) {
			s := newShop(t, holdCode("6199011234"))
			held := s.box.Hold()
			s.open()
			s.sells("12550", "6199011234", "125.50 AUD", "Esc next customer")
			<-held
			s.must(s.Signal(signal))
			s.ended(0)
			if a := s.state(providers.Sent); a.Sends != 1 || a.Amount.Minor != 12550 {
				t.Errorf("the journal has %+v", a)
			}
			s.same("/ProcessAuthorisation", 1)
		})
	}
}

func TestWithTheWindowClosedUnderItThePaymentIsInTheJournal(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	held := s.box.Hold()
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "Esc next customer")
	<-held
	s.must(s.HangUp())
	if _, err := s.Wait(); err != nil {
		t.Fatalf("it did not end with its terminal: %v", err)
	}
	s.state(providers.Sent)
	s.same("/ProcessAuthorisation", 1)
}

func TestNoBadAnswerIsEverTakenForANo(t *testing.T) {
	bad := []struct {
		kind         sandbox.FaultKind
		digits, code string
	}{
		{sandbox.HTML500, "1100", "6199011101"}, {sandbox.CutAnswer, "1200", "6199011102"},
		{sandbox.HalfBody, "1300", "6199011103"}, {sandbox.HugeBody, "1400", "6199011104"},
		{sandbox.WrongSignature, "1500", "6199011105"}, {sandbox.Unsigned, "1600", "6199011106"},
	}
	met := map[string]bool{} // the sandbox asks one call at a time
	s := newShop(t, sandbox.Options{Fault: func(_ *http.Request, body []byte) sandbox.Fault {
		for _, b := range bad {
			if strings.Contains(string(body), b.code) && !met[b.code] {
				met[b.code] = true
				return sandbox.Fault{Kind: b.kind}
			}
		}
		return sandbox.Fault{}
	}})
	s.open()
	var sums []string
	for _, b := range bad {
		sum := b.digits[:2] + "." + b.digits[2:]
		sums = append(sums, sum)
		s.sells(b.digits, b.code, sum+" AUD", "not known", "You will not pay twice", sum+" AUD")
		s.hides("declined", "✗", "<html", "padding")
		s.press("esc")
		s.idle()
	}
	s.took(sums...) // the provider had taken the money each time
	s.press("f6")
	s.sees("Everything is settled")
	for _, e := range s.took(sums...) {
		if e.Answers != 2 {
			t.Errorf("%s was answered %d times", e.Amount, e.Answers)
		}
	}
	s.leaves()
	for _, a := range s.journalled() {
		if a.State != providers.Approved || a.Sends != 2 {
			t.Errorf("the journal has %+v", a)
		}
	}
}
