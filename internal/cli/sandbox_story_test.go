//go:build unix

package cli

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

// process is the built sandbox running by itself.
type process struct {
	t      *testing.T
	origin string
	cmd    *exec.Cmd
	lines  chan string // what it says after its greeting
}

// spawn starts the built sandbox with a plan, and waits until it answers.
func spawn(t *testing.T, plan string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(built.binary(t, "cashdesk"), "sandbox", "--listen", "127.0.0.1:0", "--faults", plan), lines: make(chan string, 64)}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.cmd.Process.Kill() })
	said := bufio.NewScanner(out)
	for said.Scan() && said.Text() != "Ctrl+C stops it." {
		if origin, ok := strings.CutPrefix(said.Text(), "The sandbox answers at "); ok {
			p.origin = strings.TrimSuffix(origin, ".")
		}
	}
	go func() {
		defer close(p.lines)
		for said.Scan() {
			p.lines <- said.Text()
		}
	}()
	if p.origin == "" {
		t.Fatal("the sandbox does not say where it answers")
	}
	return p
}

// books are the providers' own, as another program reads them.
func (p *process) books() sandbox.Books {
	p.t.Helper()
	answer, err := http.Get(p.origin + "/ledger.json")
	if err != nil {
		p.t.Fatal(err)
	}
	defer answer.Body.Close()
	var b sandbox.Books
	if err := json.NewDecoder(answer.Body).Decode(&b); err != nil {
		p.t.Fatal(err)
	}
	return b
}

// ends stops it, and gives what it said of the faults.
func (p *process) ends() string {
	p.t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.t.Fatal(err)
	}
	var said []string
	for line := range p.lines {
		said = append(said, line)
	}
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the sandbox ended with %v", err)
	}
	return strings.Join(said, "\n")
}

func TestABuiltCounterAgainstABuiltSandboxThatCutsItsAnswers(t *testing.T) {
	t.Parallel()
	played := spawn(t, "oxipay.charge#1=cut-after oxipay.charge#2=foreign")
	s := bare(t, built.binary(t, "cashdesk"))
	s.dir = s.home + "/shop"
	s.must(setUpShop(s.dir, played.origin))
	s.open()
	s.sells("12550", "6199011234", "125.50 AUD", "not known", "Keep the goods here")
	s.hides("declined", "✗", "✓ approved")
	s.sees("✓ approved", "125.50 AUD")
	s.leaves()

	a := s.state(providers.Approved)
	b := played.books()
	if len(b.Approvals) != 1 || b.Approvals[0].ProviderRef != a.ProviderRef || b.Approvals[0].Amount != "125.50" || b.Approvals[0].Answers != 3 {
		t.Errorf("the provider approved %+v, the journal has %+v", b.Approvals, a)
	}
	if len(b.Calls) != 1 || b.Calls[0].Came != 3 || b.Calls[0].Reference != a.Reference {
		t.Errorf("three sends of one sale are the calls %+v", b.Calls)
	}
	said := played.ends()
	for _, want := range []string{"oxipay.charge cut-after: ", "oxipay.charge foreign: ", "(bytes " + b.Calls[0].SHA256[:8] + ", by oxipay.charge#1=cut-after)"} {
		if !strings.Contains(said, want) {
			t.Errorf("it never said %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "6199") || strings.Contains(said, "1234") || strings.Contains(said, a.Reference) || strings.Count(said, "\n") != 1 {
		t.Errorf("it said more than it may:\n%s", said)
	}
}

func TestTheDemoPlaysAPlanAndTheCodesThatSpoilTheirAnswers(t *testing.T) {
	t.Parallel()
	s := bare(t, built.binary(t, "cashdesk"), "demo", "--faults", "oxapay.create#1=500")
	s.start()
	s.sees("DEMO", "type the amount", "spoilt answers")
	s.sells("4200", "6199931234", "42.00 AUD", "not known", "Keep the goods here")
	s.hides("declined", "✗")
	s.sees("✓ approved", "42.00 AUD")
	s.calmly("enter", "type the amount")
	s.method("3500", 2, "OxaPay")
	s.sees("not known", "Make no new invoice for this sale")
	s.hides("▀▀▀▀▀▀▀")
	s.sees("◌ open", "It stays watched") // the provider had made it: it is found by its orderId, without its link
	s.calmly("ctrl+p", "money seen, not yet safe")
	s.calmly("f8", "✓ approved", "35.00 AUD", "OxaPay")
	s.leaves()
}
