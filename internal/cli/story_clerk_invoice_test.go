//go:build unix

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

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

func TestThePINAndThePassphraseOfACommandAreFoundNowhere(t *testing.T) {
	const pin, phrase = "73915826", "correct horse battery"
	s := newShop(t, sandbox.Options{}, "identity_file", "#identity_file")
	s.says(0, phrase+"\n"+pin+"\n", "staff", "add", "tom", "--name", "Tom")
	for name, text := range map[string]string{"tom-pin": pin, "phrase": phrase, "wrong": "84026937"} {
		s.must(os.WriteFile(filepath.Join(s.home, name), []byte(text+"\n"), 0o600))
	}
	all := leftBehind{}
	run := func(code int, args ...string) {
		all["what `"+strings.Join(args, " ")+"` said"] = s.says(code, "6199011234\n", append(args,
			"--operator", "tom", "--passphrase-file", filepath.Join(s.home, "phrase"))...)
	}
	run(0, "charge", "--amount", "125.50", "--code", "-", "--pin-file", filepath.Join(s.home, "tom-pin"))
	run(0, "charge", "--amount", "126.50", "--code", "011235", "--json", "--pin-file", filepath.Join(s.home, "tom-pin"))
	run(2, "charge", "--amount", "127.50", "--code", "-", "--pin-file", filepath.Join(s.home, "wrong"))
	all.folder(t, s.dir)
	if !bytes.Contains(all["data/journal.db"], []byte("SQLite")) {
		t.Error("this test does not look where it should")
	}
	for _, found := range all.betrayed([]secret{{"the PIN", pin}, {"the passphrase", phrase}, {"the wrong PIN", "84026937"}, {"the signing key", sandbox.OxipayKey}}) {
		t.Error(found)
	}
}

func TestOnATerminalTheCodeIsAskedForUnseenAndCtrlCLeavesThePayment(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	held := s.box.Hold()
	s.cmd = append(s.cmd, "charge", "--amount", "125.50", "--code", "-", "--reference", "A-1001", "--operator", "mia")
	s.start()
	s.answers("The customer's code:", "6199011234")
	s.answers("PIN of mia:", demoPIN)
	s.arrives(held)
	s.press("ctrl+c")
	s.ended(5)
	said := plain(s.Written())
	for _, want := range []string{"TEST  not known  125.50 AUD  Oxipay  reference A-1001", "Please do not pay again", "cashdesk resolve A-1001"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in\n%s", want, said)
		}
	}
	s.box.Release()
	s.sends("", "resolve", "A-1001").tells(0)
	s.took("125.50")
	s.state(providers.Approved)
}

func TestAnInvoiceThatNobodyLooksAfterIsWaitedForByTheNextCommand(t *testing.T) {
	s := newShop(t, sandbox.Options{})
	invoice := []string{"invoice", "oxapay", "--amount", "10.00", "--currency", "USD", "--reference", "X-1"}
	open := s.sends("", invoice...).tells(6)
	s.must(s.box.Pay(open.ProviderReference)) // no counter runs
	if r := s.sends("", append(invoice, "--wait")...).tells(0); r.State != "approved" || r.ProviderReference != open.ProviderReference {
		t.Errorf("told %+v", r)
	}
	s.same("/merchants/request", 1)
	s.took("10.00")
	s.state(providers.Approved)
}
