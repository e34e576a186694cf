package payneteasy_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// group is a merchant group's own server, and a counter that has everything of
// it: tokens, rates and results.
type group struct {
	*testing.T
	box    *sandbox.Server
	client *payneteasy.Client

	mu  sync.Mutex
	now time.Time
}

func (g *group) pass(d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now = g.now.Add(d)
}

func join(t *testing.T, o sandbox.Options, change ...func(*payneteasy.Config)) *group {
	t.Helper()
	g := &group{T: t, now: time.Date(2026, time.November, 21, 14, 7, 0, 0, time.UTC)}
	o.Now = func() time.Time {
		g.mu.Lock()
		defer g.mu.Unlock()
		return g.now
	}
	g.box = sandbox.New(o)
	web := httptest.NewServer(g.box)
	t.Cleanup(func() { g.box.Release(); web.Close() })
	b := sandbox.Bases(web.URL)
	config := payneteasy.Config{
		HTTP:       providers.HTTPOptions{Base: b.Payneteasy, Timeout: 5 * time.Second},
		ControlKey: func() string { return sandbox.PayneteasyControlKey }, Test: true,
		SerialNumber: "SN-0001", HandoverURL: b.Handover,
		AccessTokenURL: b.AccessToken, GetRateURL: b.GetRate, ResultURL: b.Result,
	}
	for _, f := range change {
		f(&config)
	}
	client, err := payneteasy.New(config)
	if err != nil {
		t.Fatal(err)
	}
	g.client = client
	return g
}

// kept has the counter use the keystore's token.
func kept(c *payneteasy.Config) {
	c.AccessTokenURL, c.AccessToken = "", func() string { return sandbox.PayneteasyToken }
}

func euros(minor int64) providers.Amount {
	return providers.Amount{Minor: minor, Currency: providers.Currency{Code: "EUR", Decimals: 2}}
}

// begins begins a transfer; nothing that the journal gets of it tells a token.
func (g *group) begins() providers.Answer {
	g.Helper()
	r := providertest.Prepared(g, g.client, providers.Order{Kind: providers.Transfer, Reference: "01JC7QK4", Amount: euros(10000)})
	a := g.client.Send(context.Background(), r, false)
	for _, token := range g.tokens() {
		providertest.Hides(g.T, a, token)
		if strings.Contains(string(r.Record), token) {
			g.Errorf("the record tells the token: %s", r.Record)
		}
	}
	return a
}

// tokens are those with which anything was asked.
func (g *group) tokens() []string {
	var all []string
	for _, r := range g.box.Requests() {
		if _, rest, ok := strings.Cut(string(r.Body), `"accessToken":"`); ok {
			token, _, _ := strings.Cut(rest, `"`)
			all = append(all, token)
		}
	}
	return all
}

// asked are the calls that came since the last look, by the end of their paths.
func (g *group) asked(from int) string {
	var calls []string
	for _, r := range g.box.Requests()[from:] {
		calls = append(calls, r.Path[strings.LastIndex(r.Path, "/")+1:])
	}
	return strings.Join(calls, " ")
}

func TestATokenIsFetchedMadeKnownAndThenHeld(t *testing.T) {
	g := join(t, sandbox.Options{})
	if a := g.begins(); a.State != providers.HandedOver || a.Signature != providers.SignatureValid || a.Link == "" {
		t.Fatalf("got %+v", a)
	}
	if a := g.begins(); a.State != providers.HandedOver {
		t.Fatalf("the second is %+v", a)
	}
	if want := "request-access-token get-rate initiate-transfer initiate-transfer"; g.asked(0) != want {
		t.Errorf("asked %s, want %s", g.asked(0), want)
	}
	if tokens := slices.Compact(g.tokens()); len(tokens) != 1 {
		t.Errorf("%d tokens were used", len(tokens))
	}
}

func TestATokenThatIsTurnedAwayIsChangedOnce(t *testing.T) {
	g := join(t, sandbox.Options{})
	g.begins()
	g.pass(31 * time.Minute)
	if a := g.begins(); a.State != providers.HandedOver {
		t.Fatalf("got %+v", a)
	}
	if want := "initiate-transfer request-access-token get-rate initiate-transfer"; g.asked(3) != want {
		t.Errorf("asked %s, want %s", g.asked(3), want)
	}
	if n := len(g.box.Books("").Begun); n != 2 {
		t.Errorf("%d transfers were begun, want 2", n)
	}
}

func TestATokenThatIsTurnedAwayAgainIsGivenUp(t *testing.T) {
	// Without get-rate this server knows no token at all.
	g := join(t, sandbox.Options{}, func(c *payneteasy.Config) { c.GetRateURL = "" })
	a := g.begins()
	if a.State != providers.Refused || a.Reason != providers.AccessDenied || a.ProviderRef != "" {
		t.Errorf("got %+v", a)
	}
	if want := "request-access-token initiate-transfer request-access-token initiate-transfer"; g.asked(0) != want {
		t.Errorf("asked %s, want %s", g.asked(0), want)
	}
}

func TestManyPaymentsThatAreTurnedAwayTogetherFetchOneToken(t *testing.T) {
	g := join(t, sandbox.Options{})
	g.begins()
	g.pass(31 * time.Minute)
	var busy sync.WaitGroup
	for range 8 {
		busy.Go(func() {
			if a := g.begins(); a.State != providers.HandedOver {
				t.Errorf("got %+v", a)
			}
		})
		busy.Go(func() {
			if _, a := g.client.Quote(context.Background(), euros(10000)); a.State != providers.Approved {
				t.Errorf("the quote is %+v", a)
			}
		})
	}
	busy.Wait()
	// A quote may have come first and made the old token known anew.
	if n := strings.Count(g.asked(0), "request-access-token"); n > 2 {
		t.Errorf("%d tokens were fetched, want one and at most one more", n)
	}
	if n := len(g.box.Books("").Begun); n != 9 {
		t.Errorf("%d transfers were begun, want 9", n)
	}
}

func TestTheKeystoresTokenIsMadeKnownAndMadeKnownAgain(t *testing.T) {
	g := join(t, sandbox.Options{GetRateFirst: true}, kept)
	g.begins()
	g.pass(31 * time.Minute)
	if a := g.begins(); a.State != providers.HandedOver {
		t.Fatalf("got %+v", a)
	}
	if want := "get-rate initiate-transfer initiate-transfer get-rate initiate-transfer"; g.asked(0) != want {
		t.Errorf("asked %s, want %s", g.asked(0), want)
	}
	for _, token := range g.tokens() {
		if token != sandbox.PayneteasyToken {
			t.Errorf("the token %s was used", token)
		}
	}
}

func TestAServerWithoutTheseCallsIsAskedNoneOfThem(t *testing.T) {
	g := join(t, sandbox.Options{GetRateFirst: true}, kept, func(c *payneteasy.Config) { c.GetRateURL, c.ResultURL = "", "" })
	if a := g.begins(); a.State != providers.Refused || a.Reason != providers.AccessDenied {
		t.Errorf("got %+v", a)
	}
	q, a := g.client.Quote(context.Background(), euros(10000))
	if a.State != providers.Approved || q != (providers.Quote{}) || a.HTTPStatus != 0 {
		t.Errorf("the quote is %+v, %+v", q, a)
	}
	if a := g.client.Ask(context.Background(), providers.Watch{ProviderRef: "x"}); a.State != providers.Unknown {
		t.Errorf("the result is %+v", a)
	}
	if g.asked(0) != "initiate-transfer" {
		t.Errorf("asked %s", g.asked(0))
	}
}

func TestAQuoteTellsLimitsAndCommissionAndMakesTheTokenKnown(t *testing.T) {
	g := join(t, sandbox.Options{})
	q, a := g.client.Quote(context.Background(), euros(10000))
	want := providers.Quote{Min: euros(1), Max: euros(2_000_000), CommissionMin: "1.50", CommissionMax: "1.50"}
	if a.State != providers.Approved || q != want || a.HTTPStatus != 200 || a.ServerDate.IsZero() {
		t.Fatalf("the quote is %+v, %+v", q, a)
	}
	begun := g.begins()
	if begun.State != providers.HandedOver {
		t.Fatalf("got %+v", begun)
	}
	if want := "request-access-token get-rate initiate-transfer"; g.asked(0) != want {
		t.Errorf("asked %s, want %s", g.asked(0), want)
	}
	told := providers.Attempt{Amount: euros(10000), CommissionMin: begun.CommissionMin, CommissionMax: begun.CommissionMax}
	if q.WithCommission(euros(10000)) != "101.50 EUR" || told.WithCommission() != "101.00 to 102.00 EUR" {
		t.Errorf("in all %s before, %s after", q.WithCommission(euros(10000)), told.WithCommission())
	}
	g.pass(31 * time.Minute)
	if again, a := g.client.Quote(context.Background(), euros(200)); a.State != providers.Approved || again.CommissionMin != "0.03" || a.HTTPStatus != 200 {
		t.Errorf("half an hour later the quote is %+v, %+v", again, a)
	}
}

func TestTheResultIsFollowedUntilItIsThere(t *testing.T) {
	g := join(t, sandbox.Options{})
	for _, row := range []struct {
		finish func(string) error
		state  providers.State
		code   string
	}{{g.box.Approve, providers.Approved, "approved"}, {g.box.Decline, providers.Declined, "declined"}} {
		begun := g.begins()
		w := providers.Watch{Reference: "01JC7QK4", ProviderRef: begun.ProviderRef, Amount: euros(10000)}
		if a := g.client.Ask(context.Background(), w); a.State != providers.HandedOver || a.Code != "pending" || a.ProviderRef != begun.ProviderRef {
			t.Errorf("before: %+v", a)
		}
		if err := row.finish(begun.ProviderRef); err != nil {
			t.Fatal(err)
		}
		a := g.client.Ask(context.Background(), w)
		if a.State != row.state || a.Code != row.code || !providers.Allowed(providers.HandedOver, providers.EventWatched, a.State) {
			t.Errorf("after: %+v", a)
		}
	}
	if a := g.client.Ask(context.Background(), providers.Watch{ProviderRef: "33333333-3333-3333-3333-333333333333"}); a.State != providers.Unknown {
		t.Errorf("of a transfer that nobody began: %+v", a)
	}
}
