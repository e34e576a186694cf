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
	"time"

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

// either is tells for one of several ends.
func (e *errand) either(codes ...int) result {
	e.shop.Helper()
	_ = e.Wait()
	if !slices.Contains(codes, e.ProcessState.ExitCode()) {
		e.shop.Fatalf("%v ended with %d:\n%s%s", e.Args, e.ProcessState.ExitCode(), e.out.String(), e.err.String())
	}
	return e.tells(e.ProcessState.ExitCode())
}
