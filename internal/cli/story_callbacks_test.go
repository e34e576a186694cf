//go:build unix

package cli

import (
	"bufio"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// receiver is the built `cashdesk callbacks` beside a counter.
type receiver struct {
	*shop
	cmd *exec.Cmd
}

// listens starts the receiver, and names it in the settings that the counter reads
// when it opens.
func (s *shop) listens() *receiver {
	s.Helper()
	path := filepath.Join(s.dir, "settings.toml")
	r := &receiver{shop: s, cmd: exec.CommandContext(s.ctx, s.cmd[0], "callbacks", "--listen", "127.0.0.1:0")}
	r.cmd.Env = append(os.Environ(), "CASHDESK_SETTINGS="+path)
	r.cmd.Stderr = os.Stderr
	out, err := r.cmd.StdoutPipe()
	s.must(err)
	s.must(r.cmd.Start())
	s.Cleanup(func() { _ = r.cmd.Process.Kill() })
	origin := ""
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "Ctrl+C stops it."; {
		if at, ok := strings.CutPrefix(lines.Text(), "Reports are heard at "); ok {
			origin = strings.TrimSuffix(at, ".")
		}
	}
	if origin == "" {
		s.Fatal("the receiver does not say where it listens")
	}
	text, err := os.ReadFile(path)
	s.must(err)
	s.must(os.WriteFile(path, []byte(strings.NewReplacer(reportsTo(origin)...).Replace(string(text))), 0o600))
	return r
}

// stops ends it as a service manager does.
func (r *receiver) stops() {
	r.Helper()
	r.must(r.cmd.Process.Signal(syscall.SIGTERM))
	if err := r.cmd.Wait(); err != nil {
		r.Errorf("the receiver ended with %v", err)
	}
}

// deaf has every question about an invoice answered with "ask in 30 seconds", so
// that asking tells nothing in time; but as many of them as through lets.
func deaf(path string, through func() bool) func(*http.Request, []byte) sandbox.Fault {
	return func(r *http.Request, _ []byte) sandbox.Fault {
		if strings.HasSuffix(r.URL.Path, path) && !through() {
			return sandbox.Fault{Kind: sandbox.TooMany}
		}
		return sandbox.Fault{}
	}
}

func TestAPaymentThatOxaPayReportsIsOnTheScreenWithoutAsking(t *testing.T) {
	t.Parallel()
	played := spawn(t, "oxapay.inquiry=429") // whoever asks learns nothing
	s := bare(t, built.binary(t, "cashdesk"))
	s.dir = s.home + "/shop"
	s.must(setUpShop(s.dir, played.origin))
	r := s.listens()
	s.open()
	s.method("3500", 2, "OxaPay")
	s.sees("▀▀▀▀▀▀▀", "OxaPay", "open")
	a := s.state(providers.Open)
	answer, err := http.PostForm(a.Link, url.Values{"action": {"pay"}}) // the customer, on the invoice's page
	s.must(err)
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("the page answered %s", answer.Status)
	}
	s.sees("✓ approved", "35.00 AUD", "OxaPay") // no key was pressed
	r.stops()
	s.leaves()
	s.state(providers.Approved)
	b := played.books()
	if len(b.Approvals) != 1 || b.Approvals[0].ProviderRef != a.ProviderRef {
		t.Errorf("the provider took %+v", b.Approvals)
	}
	if said := played.ends(); !strings.Contains(said, "oxapay.inquiry 429") {
		t.Errorf("the counter's own questions were answered:\n%s", said)
	}
}

func TestAPaymentThatXaiGateHintsAtIsOnTheScreenOnceXaiGateSaysSo(t *testing.T) {
	var asked atomic.Int32
	refused := make(chan struct{})
	s := newShop(t, sandbox.Options{Fault: deaf("/info", func() bool {
		if asked.Add(1) > 1 {
			return true
		}
		close(refused) // the counter's own; it asks again in half a minute
		return false
	})})
	r := s.listens()
	s.open()
	s.method("1850", 3, "XaiGate")
	s.sees("counter@shop.example", "Enter: make the invoice")
	s.until("enter", "▀▀▀▀▀▀▀", "XaiGate", "open")
	a := s.state(providers.Open)
	select {
	case <-refused:
	case <-s.ctx.Done():
		t.Fatal("the counter never asked")
	}
	s.must(s.box.Pay(a.ProviderRef))
	s.sees("✓ approved", "18.50 USD", "XaiGate") // no key was pressed
	r.stops()
	s.leaves()
	s.took("18.50")
	s.state(providers.Approved)
	if n := asked.Load(); n != 2 {
		t.Errorf("XaiGate was asked %d times", n)
	}
}
