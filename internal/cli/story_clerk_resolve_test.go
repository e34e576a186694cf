//go:build unix

package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"cashdesk/internal/till"
	"cashdesk/providers"
	"cashdesk/providers/sandbox"
)

func TestAfterTheWindowNothingIsAskedWithoutASureWord(t *testing.T) {
	s := newShop(t, holdCode("6199011234"))
	held := s.box.Hold()
	s.cutOff(11*time.Minute, held) // the power went eleven minutes ago
	s.box.Release()
	reference := s.state(providers.Sent).Reference

	e := s.sends("", "resolve", reference)
	if r := e.tells(5); r.State != "unknown" || r.MoneyConfirmed || !strings.Contains(r.Message, "checking now charges the customer 125.50 AUD") || !strings.Contains(r.Next, "--sure") {
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
	if r := e.tells(5); r.State != "unknown" || !strings.Contains(r.Message, "another cashdesk is looking after this payment already") {
		t.Errorf("told %+v", r)
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
	if r := s.sends("", "resolve", reference).tells(5); r.State != "unknown" || !strings.Contains(r.Next, "--sure and --reason") {
		t.Errorf("told %+v", r)
	}
	if r := s.sends("", "resolve", reference, "--sure").tells(2); r.State != "unknown" || !strings.Contains(r.Message, "a reason is needed") {
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
