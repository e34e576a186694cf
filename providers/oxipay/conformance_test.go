package oxipay_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/oxipay"
	"cashdesk/providers/sandbox"
)

// shop is a client beside a strict sandbox, over real HTTP.
type shop struct {
	*sandbox.Server
	t      *testing.T
	client *oxipay.Client
	codes  int
}

// open opens a shop at the sandbox with a ledger, or at the seed pages' dummy.
func open(t *testing.T, o sandbox.Options, change ...func(*oxipay.Config, sandbox.BaseURLs)) *shop {
	t.Helper()
	box := sandbox.New(o)
	web := httptest.NewServer(box)
	t.Cleanup(func() { box.Release(); web.Close() })
	bases := sandbox.Bases(web.URL)
	config := oxipay.Config{
		HTTP:      providers.HTTPOptions{Base: bases.Oxipay, Timeout: 5 * time.Second},
		Authorise: 5 * time.Second,
		Merchant:  "30299999", Device: "d555", Firmware: "1.0.0", Country: oxipay.Australia,
		SigningKey: func() string { return sandbox.OxipayKey }, Test: true,
	}
	for _, f := range change {
		f(&config, bases)
	}
	client, err := oxipay.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return &shop{Server: box, t: t, client: client}
}

func atTheDummy(c *oxipay.Config, b sandbox.BaseURLs) { c.HTTP.Base = b.OxipayDummy }

// prepare makes a sale of 125.50 with the code, and a reference of its own.
func (s *shop) prepare(code string) providers.Request {
	s.t.Helper()
	s.codes++
	return s.order(providers.Order{
		Kind: providers.Authorise, Reference: fmt.Sprintf("R-%d", s.codes), Operator: "mia",
		Amount: audCents(12550), Code: code, AcceptOtherCode: true,
	})
}

func (s *shop) order(o providers.Order) providers.Request {
	s.t.Helper()
	r, err := s.client.Prepare(o)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *shop) send(r providers.Request) providers.Answer {
	return s.client.Send(s.t.Context(), r, false)
}
func (s *shop) resend(r providers.Request) providers.Answer {
	return s.client.Send(s.t.Context(), r, true)
}

func audCents(minor int64) providers.Amount {
	return providers.Amount{Minor: minor, Currency: providers.Currency{Code: "AUD", Decimals: 2}}
}

// row is one line of a seed page's dummy table, and what the counter makes of it.
type row struct {
	selector, code string
	state          providers.State
	reason         providers.Reason
}

// authorisations is the table of the seed page Process Authorisation.
var authorisations = []row{
	{"01", "SPRA01", providers.Approved, ""},
	{"10", "FPRA01", providers.Declined, ""}, {"11", "FPRA02", providers.Declined, ""}, {"12", "FPRA03", providers.Declined, ""},
	{"13", "FPRA04", providers.Declined, ""}, {"14", "FPRA05", providers.Declined, ""}, {"15", "FPRA06", providers.Declined, ""},
	{"16", "FPRA07", providers.Declined, ""}, {"17", "FPRA08", providers.Declined, ""}, {"18", "FPRA21", providers.Declined, ""},
	{"19", "FPRA22", providers.Declined, ""}, {"20", "FPRA23", providers.Declined, ""}, {"21", "FPRA24", providers.Declined, ""},
	{"22", "FPRA99", providers.Declined, ""}, {"23", "FPRA09", providers.Declined, ""},
	{"30", "EVAL01", providers.Refused, providers.ProviderSaidNo},
	{"31", "EAUT01", providers.Refused, providers.ProviderSaidNo},
	{"32", "EVAL02", providers.Refused, providers.ProviderSaidNo},
	{"99", "EISE01", providers.Unknown, providers.ServerFault},
	{"00", "EISE01", providers.Unknown, providers.ServerFault},
}

// invitations is the table of the seed page Invite.
var invitations = []row{
	{"01", "SINV01", providers.Invited, ""},
	{"30", "EVAL01", providers.Refused, providers.ProviderSaidNo},
	{"31", "EAUT01", providers.Refused, providers.ProviderSaidNo},
	{"00", "EISE01", providers.Unknown, providers.ServerFault},
}

func (want row) check(t *testing.T, got providers.Answer) {
	t.Helper()
	if got.State != want.state || got.Code != want.code || got.Reason != want.reason || got.Signature != providers.SignatureValid || got.NoEcho {
		t.Errorf("%s is %s (%s) %s, want %s (%s) %s; the whole: %+v", want.selector, got.State, got.Reason, got.Code, want.state, want.reason, want.code, got)
	}
	if (got.ProviderRef != "") != (got.State == providers.Approved) {
		t.Errorf("%s: %s with purchase number %q", want.selector, got.State, got.ProviderRef)
	}
}

func TestEverySelectorOfTheSeedsIsDecidedAtTheDummy(t *testing.T) {
	s := open(t, sandbox.Options{}, atTheDummy)
	for _, want := range authorisations {
		for _, code := range []string{want.selector + "1234", "6199" + want.selector + "1234", want.selector + "A2b4C6"} {
			want.check(t, s.send(s.prepare(code)))
		}
	}
	if n := len(s.Ledger()); n != 0 {
		t.Errorf("the dummy remembers %d approvals", n)
	}
}

func TestEverySelectorOfTheSeedsIsDecidedAtTheServerWithALedger(t *testing.T) {
	s := open(t, sandbox.Options{})
	for _, want := range authorisations {
		want.check(t, s.send(s.prepare("6199"+want.selector+"1234")))
	}
	ledger := s.Ledger()
	if len(ledger) != 1 || ledger[0].Amount != "125.50" || ledger[0].Answers != 1 {
		t.Errorf("the ledger has %+v, want the one approval of 125.50", ledger)
	}
}

func TestEveryInvitationOfTheSeedIsDecided(t *testing.T) {
	for _, base := range [][]func(*oxipay.Config, sandbox.BaseURLs){nil, {atTheDummy}} {
		s := open(t, sandbox.Options{}, base...)
		for _, want := range invitations {
			var cents int64
			fmt.Sscan("64"+want.selector, &cents)
			want.check(t, s.send(s.order(providers.Order{
				Kind: providers.Invite, Reference: "R", Operator: "mia", Mobile: "0412 345 678", Amount: audCents(cents),
			})))
		}
		if n := len(s.Ledger()); n != 0 {
			t.Errorf("an invitation moved money: %v", s.Ledger())
		}
	}
}

func TestAWrongKeyIsASuspicionAndNeitherANoNorAYes(t *testing.T) {
	s := open(t, sandbox.Options{}, func(c *oxipay.Config, _ sandbox.BaseURLs) {
		c.SigningKey = func() string { return "somebody else's key" }
	})
	for _, code := range []string{"011234", "101234"} {
		a := s.send(s.prepare(code))
		if a.State != providers.Unknown || a.Reason != providers.SuspectedKey || !a.KeySuspected || a.Code != "ESIG01" || a.Signature != providers.SignatureMissing {
			t.Errorf("%s gave %+v", code, a)
		}
	}
	if n := len(s.Ledger()); n != 0 {
		t.Errorf("%d approvals", n)
	}
}

func TestTheSameBytesAgainAreTheSamePaymentAndNotASecondOne(t *testing.T) {
	s := open(t, sandbox.Options{})
	r := s.prepare("6199011234")
	first, second := s.send(r), s.resend(r)
	if first.State != providers.Approved || second.State != providers.Approved || first.ProviderRef != second.ProviderRef {
		t.Errorf("first %+v, again %+v", first, second)
	}
	ledger, sent := s.Ledger(), s.Requests()
	if len(ledger) != 1 || ledger[0].Answers != 2 || ledger[0].ProviderRef != first.ProviderRef || ledger[0].Reference != r.Reference {
		t.Errorf("the ledger has %+v, want one approval told twice", ledger)
	}
	if len(sent) != 2 || !bytes.Equal(sent[0].Body, r.Body) || !bytes.Equal(sent[1].Body, r.Body) {
		t.Errorf("%d requests, not twice the bytes that were prepared", len(sent))
	}
}

func TestACodeBuysOnceWhateverElseTheRequestSays(t *testing.T) {
	s := open(t, sandbox.Options{})
	if a := s.send(s.prepare("6199011234")); a.State != providers.Approved {
		t.Fatalf("the first is %+v", a)
	}
	row{"used", "FPRA22", providers.Declined, ""}.check(t, s.send(s.prepare("011234")))
	// The same code as an answer to a resend proves nothing: the first send of
	// these very bytes may be what used it up.
	if a := s.resend(s.prepare("011234")); a.State != providers.Unknown || a.Reason != providers.OnResend {
		t.Errorf("FPRA22 on a resend is %+v", a)
	}
	if n := len(s.Ledger()); n != 1 {
		t.Errorf("%d approvals for one code", n)
	}
}

func TestALostAnswerIsNotKnownUntilTheSameBytesAreAnswered(t *testing.T) {
	s := open(t, sandbox.Options{})
	s.LoseNext()
	r := s.prepare("6199011234")
	lost := s.send(r)
	if lost.State != providers.Unknown || lost.Reason != providers.Cut || lost.ProviderRef != "" {
		t.Errorf("the lost one is %+v", lost)
	}
	found := s.resend(r)
	ledger := s.Ledger()
	if found.State != providers.Approved || len(ledger) != 1 || ledger[0].ProviderRef != found.ProviderRef || ledger[0].Answers != 2 {
		t.Errorf("found as %+v; the ledger has %+v", found, ledger)
	}
}

// TestNoFaultEverMakesADecline: an approval and a decline are both spoilt in
// every way; neither becomes a no, and money that was taken is found again.
func TestNoFaultEverMakesADecline(t *testing.T) {
	faults := map[sandbox.FaultKind]providers.Reason{
		sandbox.LoseAnswer: providers.Cut, sandbox.CutAnswer: providers.Cut, sandbox.HTML500: providers.BadStatus,
		sandbox.WrongSignature: providers.BadSignature, sandbox.Unsigned: providers.NoSignature,
		sandbox.HalfBody: providers.BadBody, sandbox.HugeBody: providers.TooLarge,
	}
	for kind, reason := range faults {
		for _, unprocessed := range []bool{false, true} {
			for code, later := range map[string]providers.State{"011234": providers.Approved, "111234": providers.Declined} {
				var mended atomic.Bool
				s := open(t, sandbox.Options{Fault: func(*http.Request, []byte) sandbox.Fault {
					if mended.Load() {
						return sandbox.Fault{}
					}
					return sandbox.Fault{Kind: kind, Unprocessed: unprocessed}
				}})
				r := s.prepare(code)
				want := reason
				if unprocessed && slices.Contains([]sandbox.FaultKind{sandbox.WrongSignature, sandbox.Unsigned, sandbox.HalfBody}, kind) {
					want = providers.BadStatus // a 503 page: there is no true answer to spoil
				}
				for _, a := range []providers.Answer{s.send(r), s.resend(r)} {
					if a.State != providers.Unknown || a.Reason != want || a.ProviderRef != "" || a.Message != "" {
						t.Errorf("%s of %s (unprocessed %v) is %+v, want unknown for %s", kind, code, unprocessed, a, want)
					}
				}
				mended.Store(true)
				if a := s.resend(r); a.State != later {
					t.Errorf("after %s, %s is %+v, want %s", kind, code, a, later)
				}
			}
		}
	}
}

func TestAnAnswerThatIsHeldTooLongIsNotKnown(t *testing.T) {
	s := open(t, sandbox.Options{}, func(c *oxipay.Config, _ sandbox.BaseURLs) { c.Authorise = 50 * time.Millisecond })
	held := s.Hold()
	r := s.prepare("011234")
	if a := s.send(r); a.State != providers.Unknown || a.Reason != providers.TimedOut {
		t.Errorf("held, it is %+v", a)
	}
	if got := <-held; !bytes.Equal(got.Body, r.Body) {
		t.Errorf("held %s", got.Body)
	}
	if ledger := s.Ledger(); len(ledger) != 1 {
		t.Errorf("the provider has %+v: it had taken the money all along", ledger)
	}
}

// TestTheBytesThatReachTheSandboxAreExactlyThese compares with bodies whose
// signatures were made by another tool from the provider's description.
func TestTheBytesThatReachTheSandboxAreExactlyThese(t *testing.T) {
	s := open(t, sandbox.Options{}, func(c *oxipay.Config, _ sandbox.BaseURLs) {
		c.Random = io.MultiReader(strings.NewReader("abcdefghijklmnop"), strings.NewReader("ABCDEFGHIJKLMNOP"))
	})
	sale := s.send(s.order(providers.Order{
		Kind: providers.Authorise, Reference: "01JC7QK4", Operator: "mia", Amount: audCents(12550), FinanceMinor: 10000,
		Code: "6199011234", Items: []string{"Tea & <cake>", "Bread"},
	}))
	invite := s.send(s.order(providers.Order{
		Kind: providers.Invite, Reference: "01JC7QK5", Operator: "mia", Amount: audCents(6401), Mobile: "+61 412 345 678",
	}))
	if sale.State != providers.Approved || invite.State != providers.Invited {
		t.Fatalf("%+v, %+v", sale, invite)
	}
	const terminal = `{"x_merchant_id":"30299999","x_device_id":"d555","x_operator_id":"mia","x_firmware_version":"1.0.0",`
	want := []struct{ path, body string }{
		{"/oxipay/webapi/v1/ProcessAuthorisation", terminal +
			`"x_pos_transaction_ref":"01JC7QK4","x_pre_approval_code":"6199011234","x_finance_amount":10000,"x_purchase_amount":12550,` +
			`"purchase_items":"{\"PurchaseItems\":[\"Tea & <cake>\",\"Bread\"]}",` +
			`"tracking_data":{"token":"6162636465666768696a6b6c6d6e6f70"},"signature":"3d1e3b9268153bcc38827e47bf70cc707889386380870e8d2e19de0330f54b16"}`},
		{"/oxipay/webapi/v1/Invite", terminal +
			`"x_mobile":"0412345678","x_purchase_amount":6401,` +
			`"tracking_data":{"token":"4142434445464748494a4b4c4d4e4f50"},"signature":"5d8746cfa58147cb187fdf6f991380c8a4f7c5a50726df6adaafec03a61625d2"}`},
	}
	got := s.Requests()
	if len(got) != len(want) {
		t.Fatalf("%d requests", len(got))
	}
	for i, w := range want {
		if got[i].Method != http.MethodPost || got[i].Path != w.path || got[i].Header.Get("Content-Type") != "application/json" || string(got[i].Body) != w.body {
			t.Errorf("%s %s\n%s\nwant\n%s", got[i].Method, got[i].Path, got[i].Body, w.body)
		}
	}
}
