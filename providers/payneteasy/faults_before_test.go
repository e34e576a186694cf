package payneteasy_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/payneteasy"
	"cashdesk/providers/providertest"
	"cashdesk/providers/sandbox"
)

// spoils has one call's answers go wrong in one way while it is armed.
func spoils(k sandbox.Kind, path string, armed *atomic.Bool) sandbox.Options {
	return sandbox.Options{Fault: func(r *http.Request, _ []byte) sandbox.Fault {
		if !armed.Load() || !strings.HasSuffix(r.URL.Path, path) {
			return sandbox.Fault{}
		}
		fault := sandbox.Fault{Kind: k.Fault}
		if k.Takes > 0 {
			fault.For = time.Millisecond
		}
		return fault
	}}
}

// patience ends the wait for an answer that never comes.
func patience(k sandbox.Kind) (context.Context, context.CancelFunc) {
	if k.Fault == sandbox.HoldAnswer {
		return context.WithTimeout(context.Background(), 50*time.Millisecond)
	}
	return context.WithTimeout(context.Background(), time.Minute)
}

// TestNoFaultBeforeATransferBeginsOne plays each fault in the two calls that
// come before, and then none: the next payment goes through.
func TestNoFaultBeforeATransferBeginsOne(t *testing.T) {
	for _, k := range sandbox.Kinds() {
		for _, path := range []string{"/request-access-token", "/get-rate"} {
			var armed atomic.Bool
			g := join(t, spoils(k, path, &armed))
			r := providertest.Prepared(t, g.client, providers.Order{Kind: providers.Transfer, Reference: "R-1", Amount: euros(10000)})
			ctx, cancel := patience(k)
			armed.Store(true)
			a := g.client.Send(ctx, r, false)
			cancel()
			begun := len(g.box.Books("").Begun)
			if (a.State == providers.HandedOver) != (begun == 1) || a.State != providers.HandedOver && (a.State != providers.Refused || a.Reason == providers.NoReason) {
				t.Errorf("%s of %s: %d begun, and %+v", k.Fault, path, begun, a)
			}
			armed.Store(false)
			g.box.Release()
			if a := g.begins(); a.State != providers.HandedOver {
				t.Errorf("%s of %s: the next one is %+v", k.Fault, path, a)
			}
		}
	}
}

// TestNoFaultOfAResultIsNews plays each fault while a transfer is approved and
// while it is pending.
func TestNoFaultOfAResultIsNews(t *testing.T) {
	for _, k := range sandbox.Kinds() {
		for state, approve := range map[providers.State]bool{providers.Approved: true, providers.HandedOver: false} {
			var armed atomic.Bool
			g := join(t, spoils(k, "/result", &armed))
			w := providers.Watch{ProviderRef: g.begins().ProviderRef, Amount: euros(10000)}
			if approve {
				if err := g.box.Approve(w.ProviderRef); err != nil {
					t.Fatal(err)
				}
			}
			ctx, cancel := patience(k)
			armed.Store(true)
			a := g.client.Ask(ctx, w)
			cancel()
			if a.State != state && (a.State != providers.Unknown || a.Reason == providers.NoReason) {
				t.Errorf("%s while it is %s: %+v", k.Fault, state, a)
			}
			armed.Store(false)
			g.box.Release()
			if a := g.client.Ask(context.Background(), w); a.State != state {
				t.Errorf("%s, asked again: %+v", k.Fault, a)
			}
		}
	}
}

func TestATokenThatCannotBeUsedBeginsNothing(t *testing.T) {
	good := strings.Repeat("T^$0", 8)
	for body, reason := range map[string]providers.Reason{
		`{"session":{"accessToken":"` + good[1:] + `"}}`:                 providers.BadBody,
		`{"session":{"accessToken":"` + strings.Repeat("t", 129) + `"}}`: providers.BadBody,
		`{"session":{"accessToken":"` + good + `\u0007"}}`:               providers.BadBody,
		`{"session":{"accessToken":7}}`:                                  providers.BadBody,
		`{"session":null}`:                                               providers.BadBody,
		`{}`:                                                             providers.BadBody,
		`null`:                                                           providers.BadBody,
		`{"session":{"accessToken":"` + good + `"},"session":{"accessToken":"` + good + `"}}`:           providers.BadBody,
		`{"error":{"cause":"SERVER_UNAVAILABLE","code":7},"session":{"accessToken":"` + good + `"}}`:    providers.ServerFault,
		`{"error":{"cause":"FILTERED","code":"` + good + `"},"session":{"accessToken":"` + good + `"}}`: providers.ProviderSaidNo,
	} {
		s := providertest.Serve(t, providertest.Says(200, body))
		g := join(t, sandbox.Options{}, func(c *payneteasy.Config) { c.AccessTokenURL = s.URL + "/token?for=counter" })
		a := g.begins()
		if a.Reason != reason || a.State != providers.Refused && a.Code != "FILTERED" || g.asked(0) != "" {
			t.Errorf("%s: %+v, and then asked %q", body, a, g.asked(0))
		}
		providertest.Hides(t, a, good)
		if lines, _ := s.Got(); len(lines) != 1 || lines[0] != "GET /token " {
			t.Errorf("%s: it was asked %q", body, lines)
		}
	}
}

func TestARateThatCannotBeReadQuotesNothing(t *testing.T) {
	for body, reason := range map[string]providers.Reason{
		`{"rateInterest":"much"}`: providers.BadBody, `{"rateInterest":-1}`: providers.BadBody, `{"limitMax":1e99}`: providers.BadBody, `{"rateMin":[1]}`: providers.BadBody,
		`[]`: providers.BadBody, ``: providers.BadBody, `{"limitMin":20,"limitMax":10}`: providers.Disagrees,
		`{"error":{"cause":"SERVER_FAILED"}}`: providers.ServerFault, `{"rateInterest":1,"error":{"cause":"OTHER"}}`: providers.Unlisted,
	} {
		s := providertest.Serve(t, providertest.Says(200, body))
		g := join(t, sandbox.Options{}, kept, func(c *payneteasy.Config) { c.GetRateURL = s.URL })
		if q, a := g.client.Quote(context.Background(), euros(10000)); a.State != providers.Refused || a.Reason != reason || q != (providers.Quote{}) {
			t.Errorf("%s: %+v, %+v", body, q, a)
		}
	}
}

func TestTheTokenIsNowhereInWhatTheServerMakesOfIt(t *testing.T) {
	echo := func(w http.ResponseWriter, r *http.Request) {
		providertest.Says(400, fmt.Sprintf(`{"error":{"cause":"%s","code":"%s","message":"%s"}}`, sandbox.PayneteasyToken, sandbox.PayneteasyToken, sandbox.PayneteasyToken))(w, r)
	}
	s := providertest.Serve(t, echo)
	for _, change := range []func(*payneteasy.Config){
		func(c *payneteasy.Config) { c.GetRateURL = s.URL },
		func(c *payneteasy.Config) { c.HTTP.Base = s.URL },
	} {
		g := join(t, sandbox.Options{}, kept, change)
		a := g.begins()
		if a.State != providers.Refused || !strings.Contains(a.Message, "[payneteasy.access_token]") {
			t.Errorf("got %+v", a)
		}
		providertest.Hides(t, a, sandbox.PayneteasyToken)
		_, quoted := g.client.Quote(context.Background(), euros(10000))
		providertest.Hides(t, quoted, sandbox.PayneteasyToken)
	}
}
