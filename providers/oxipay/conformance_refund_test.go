package oxipay_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

// refunds is the provider's table of ProcessSalesAdjustment.
var refunds = []row{
	{"01", "SPSA01", providers.Approved, ""},
	{"10", "FPSA01", providers.Declined, ""}, {"11", "FPSA02", providers.Declined, ""}, {"12", "FPSA03", providers.Declined, ""},
	{"13", "FPSA04", providers.Declined, ""}, {"14", "FPSA05", providers.Declined, ""}, {"15", "FPSA06", providers.Declined, ""},
	{"16", "FPSA07", providers.Declined, ""}, {"17", "FPSA08", providers.Declined, ""}, {"18", "FPSA09", providers.Declined, ""},
	{"30", "EVAL01", providers.Refused, providers.ProviderSaidNo},
	{"31", "EAUT01", providers.Refused, providers.ProviderSaidNo},
	{"99", "EISE01", providers.Unknown, providers.ServerFault},
}

// undoings is the provider's table of ProcessSalesAdjustmentReversal.
var undoings = []row{
	{"01", "SPAR01", providers.Approved, ""},
	{"10", "FPAR01", providers.Declined, ""}, {"11", "FPAR02", providers.Declined, ""}, {"12", "FPAR03", providers.Declined, ""},
	{"13", "FPAR05", providers.Declined, ""}, {"14", "FPAR06", providers.Declined, ""}, {"15", "FPAR07", providers.Declined, ""},
	{"16", "FPAR08", providers.Declined, ""},
	{"30", "EVAL01", providers.Refused, providers.ProviderSaidNo},
	{"31", "EAUT01", providers.Refused, providers.ProviderSaidNo},
	{"ff", "EISE01", providers.Unknown, providers.ServerFault},
}

// sells takes 125.50 for a sale of its own, and gives its request and number.
func (s *shop) sells(code string) (providers.Request, string) {
	s.t.Helper()
	r := s.prepare(code)
	a := s.send(r)
	if a.State != providers.Approved {
		s.t.Fatalf("the sale is %+v", a)
	}
	return r, a.ProviderRef
}

// refunding prepares a refund by the manager, with a reference of its own.
func (s *shop) refunding(of string, cents int64) providers.Request {
	s.t.Helper()
	s.codes++
	return s.order(providers.Order{
		Kind: providers.Refund, Reference: fmt.Sprintf("B-%d", s.codes), Operator: "ana", PurchaseRef: of, Amount: audCents(cents),
	})
}

// undoing prepares taking back what a request refunded.
func (s *shop) undoing(refund providers.Request) providers.Request {
	s.t.Helper()
	signature, err := s.client.SignatureOf(refund.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	s.codes++
	return s.order(providers.Order{
		Kind: providers.UndoRefund, Reference: fmt.Sprintf("U-%d", s.codes), Operator: "ana", RefundSignature: signature, Amount: audCents(1),
	})
}

// is checks what became of a refund; none of them has a number of its own.
func (s *shop) is(a providers.Answer, state providers.State, code string) {
	s.t.Helper()
	if a.State != state || a.Code != code || a.ProviderRef != "" || a.NoEcho {
		s.t.Errorf("%+v, want %s %s", a, state, code)
	}
}

func TestEverySelectorOfTheRefundTablesIsDecidedAtTheDummy(t *testing.T) {
	s := open(t, sandbox.Options{}, atTheDummy)
	decided := func(want row, r providers.Request) {
		a := s.send(r)
		if a.State != want.state || a.Code != want.code || a.Reason != want.reason || a.Signature != providers.SignatureValid || a.NoEcho || a.ProviderRef != "" {
			t.Errorf("%s is %+v, want %s %s (%s)", want.selector, a, want.state, want.code, want.reason)
		}
	}
	for _, want := range refunds {
		var cents int64
		fmt.Sscan("20"+want.selector, &cents)
		decided(want, s.refunding("R-1", cents))
	}
	for i, want := range undoings {
		decided(want, s.order(providers.Order{
			Kind: providers.UndoRefund, Reference: fmt.Sprintf("U-%d", i), Operator: "ana", RefundSignature: want.selector + "77", Amount: audCents(1),
		}))
	}
	if n := len(s.Refunds()); n != 0 {
		t.Errorf("the dummy remembers %d refunds", n)
	}
}

func TestASaleIsRefundedInPartsByEachOfItsNamesUntilNothingIsLeft(t *testing.T) {
	s := open(t, sandbox.Options{})
	sale, number := s.sells("6199011234")
	if a := s.client.Receipt(t.Context(), sale.Reference, "INV-7701", "mia"); a.State != providers.Approved {
		t.Fatalf("the receipt number is %+v", a)
	}
	s.is(s.send(s.refunding(sale.Reference, 2000)), providers.Declined, "FPSA01") // the number has taken its place
	s.is(s.send(s.refunding(number, 2000)), providers.Approved, "SPSA01")
	s.is(s.send(s.refunding("INV-7701", 10000)), providers.Approved, "SPSA01")
	s.is(s.send(s.refunding(number, 551)), providers.Declined, "FPSA04")
	s.is(s.send(s.refunding(number, 550)), providers.Approved, "SPSA01")
	s.is(s.send(s.refunding(number, 1)), providers.Declined, "FPSA03")
	s.is(s.send(s.refunding("nobody's", 1)), providers.Declined, "FPSA01")
	var back []string
	for _, r := range s.Refunds() {
		back = append(back, r.Sale+" "+r.Amount+r.UndoneBy)
	}
	if got := strings.Join(back, ", "); got != "R-1 20.00, R-1 100.00, R-1 5.50" {
		t.Errorf("really refunded: %s", got)
	}
}

// TestOfASaleThatWasFinancedInPartThatPartGoesBack also sends more items than
// the field holds: whole ones are left out.
func TestOfASaleThatWasFinancedInPartThatPartGoesBack(t *testing.T) {
	s := open(t, sandbox.Options{})
	sale := s.order(providers.Order{
		Kind: providers.Authorise, Reference: "R-1", Operator: "mia", Amount: audCents(12550), FinanceMinor: 10000,
		Code: "6199011234", Items: slices.Repeat([]string{"a kettle & a cup"}, 20),
	})
	if a := s.send(sale); a.State != providers.Approved {
		t.Fatalf("%+v", a)
	}
	body := string(s.Requests()[0].Body)
	if n := strings.Count(body, "a kettle & a cup"); n != 9 || !strings.Contains(body, `"x_finance_amount":10000,"x_purchase_amount":12550`) {
		t.Errorf("%d items in %s", n, body)
	}
	s.is(s.send(s.refunding("R-1", 10001)), providers.Declined, "FPSA04")
	s.is(s.send(s.refunding("R-1", 10000)), providers.Approved, "SPSA01")
}

// TestARefundWhoseAnswerIsLostStaysUnknownAndCanBeUndone: the provider made it,
// says only "used before" to the same bytes, and so says nothing.
func TestARefundWhoseAnswerIsLostStaysUnknownAndCanBeUndone(t *testing.T) {
	s := open(t, sandbox.Options{})
	sale, _ := s.sells("6199011234")
	s.LoseNext()
	r := s.refunding(sale.Reference, 2000)
	if a := s.send(r); a.State != providers.Unknown || a.Reason != providers.Cut {
		t.Errorf("lost, it is %+v", a)
	}
	for range 3 {
		if a := s.resend(r); a.State != providers.Unknown || a.Reason != providers.OnResend || a.Code != "FPSA08" {
			t.Errorf("asked again, it is %+v", a)
		}
	}
	if made := s.Refunds(); len(made) != 1 || made[0].Reference != r.Reference {
		t.Fatalf("really refunded: %v", made)
	}
	undo := s.undoing(r)
	s.is(s.send(undo), providers.Approved, "SPAR01")
	if made := s.Refunds(); made[0].UndoneBy != undo.Reference {
		t.Errorf("really undone: %v", made)
	}
	s.is(s.send(s.refunding(sale.Reference, 12550)), providers.Approved, "SPSA01")
}

func TestARefundThatNeverArrivedIsMadeByTheSameBytesOnce(t *testing.T) {
	var away atomic.Bool
	s := open(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
		return sandbox.Fault{Kind: map[bool]sandbox.FaultKind{true: sandbox.LoseAnswer}[away.Load()], Unprocessed: away.Load()}
	}})
	sale, _ := s.sells("6199011234")
	away.Store(true)
	r := s.refunding(sale.Reference, 2000)
	for _, a := range []providers.Answer{s.send(r), s.resend(r)} {
		if a.State != providers.Unknown || a.Reason != providers.Cut {
			t.Errorf("on the way there: %+v", a)
		}
	}
	if n := len(s.Refunds()); n != 0 {
		t.Fatalf("%d refunds", n)
	}
	away.Store(false)
	s.is(s.resend(r), providers.Approved, "SPSA01")
	if made := s.Refunds(); len(made) != 1 || made[0].Amount != "20.00" {
		t.Errorf("really refunded: %v", made)
	}
}

func TestARefundIsUndoneOnceAndOneThatNeverWasCannotBe(t *testing.T) {
	s := open(t, sandbox.Options{})
	sale, _ := s.sells("6199011234")
	made, tooMuch := s.refunding(sale.Reference, 2000), s.refunding(sale.Reference, 20000)
	s.is(s.send(made), providers.Approved, "SPSA01")
	s.is(s.send(tooMuch), providers.Declined, "FPSA04")
	s.is(s.send(s.undoing(tooMuch)), providers.Declined, "FPAR01")
	s.is(s.send(s.undoing(s.refunding(sale.Reference, 100))), providers.Declined, "FPAR01") // prepared, never sent
	first := s.undoing(made)
	s.is(s.send(first), providers.Approved, "SPAR01")
	s.is(s.send(s.undoing(made)), providers.Declined, "FPAR08")
	// The undoing itself, asked again: it was, or it was not.
	if a := s.resend(first); a.State != providers.Unknown || a.Reason != providers.OnResend {
		t.Errorf("%+v", a)
	}
}

// TestNoFaultEverSaysThatMoneyCameBack: a refund and its undoing are spoilt in
// every way; neither becomes a yes nor a no, and the books show what was done.
func TestNoFaultEverSaysThatMoneyCameBack(t *testing.T) {
	for _, k := range sandbox.Kinds() {
		if k.Takes > 0 || k.Fault == sandbox.HoldAnswer || k.Fault == sandbox.HugeBody {
			continue // the true answer, late; or minutes of waiting
		}
		t.Run(string(k.Fault), func(t *testing.T) {
			var spoilt atomic.Bool
			s := open(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
				if spoilt.Load() {
					return sandbox.Fault{Kind: k.Fault}
				}
				return sandbox.Fault{}
			}})
			sale, _ := s.sells("6199011234")
			before := s.refunding(sale.Reference, 100)
			s.is(s.send(before), providers.Approved, "SPSA01")
			s.is(s.send(s.undoing(before)), providers.Approved, "SPAR01")
			spoilt.Store(true)
			r := s.refunding(sale.Reference, 2000)
			undo := s.undoing(r)
			for i, sent := range []providers.Request{r, undo} {
				a := s.send(sent)
				if whole := k.Fault == sandbox.Duplicated || k.Fault == sandbox.Forgotten; whole {
					if a.State != providers.Approved {
						t.Errorf("the true answer is taken for %+v", a)
					}
					continue
				}
				if a.State != providers.Unknown || a.Message != "" && a.Signature != providers.SignatureValid {
					t.Errorf("call %d is taken for %+v", i, a)
				}
				if again := s.resend(sent); again.State != providers.Unknown {
					t.Errorf("call %d, asked again, is taken for %+v", i, again)
				}
			}
			if made := s.Refunds(); len(made) != 2 || made[1].Amount != "20.00" || made[1].UndoneBy != undo.Reference {
				t.Errorf("really done: %+v", made)
			}
		})
	}
}

func TestAWrongKeyRefundsNothingAndIsASuspicion(t *testing.T) {
	s := open(t, sandbox.Options{}, func(c *oxipay.Config, _ sandbox.BaseURLs) {
		c.SigningKey = func() string { return "somebody else's key" }
	})
	r := s.refunding("R-1", 2000)
	for _, sent := range []providers.Request{r, s.undoing(r)} {
		if a := s.send(sent); a.State != providers.Unknown || !a.KeySuspected || a.Reason != providers.SuspectedKey {
			t.Errorf("%+v", a)
		}
	}
	if n := len(s.Refunds()); n != 0 {
		t.Errorf("%d refunds", n)
	}
}
