package payneteasy

import (
	"context"
	"net/http"
	"testing"
	"time"

	"cashdesk/providers"
	"cashdesk/providers/providertest"
)

// faults are everybody's and what this server can do besides.
func faults(release <-chan struct{}) map[providers.Reason][]http.HandlerFunc {
	all := providertest.Faults(release, begun)
	all[providers.BadBody] = append(all[providers.BadBody], providertest.Says(200, `{}`), providertest.Says(200, `{"endpointId":["1"]}`), providertest.Says(200, `{"error":"no"}`), providertest.Says(200, `{"error":true}`))
	all[providers.BadStatus] = append(all[providers.BadStatus], providertest.Says(400, "<html>bad JSON</html>"), providertest.Says(405, ""), providertest.Says(406, "<html></html>"),
		providertest.Says(415, "<html></html>"), providertest.Says(500, `{}`), providertest.Says(500, begun))
	all[providers.AccessDenied] = []http.HandlerFunc{providertest.Says(403, ""), providertest.Says(403, "<html></html>"), providertest.Says(403, begun)}
	return all
}

func TestAFaultAtTheBeginningIsRefusedAndSentOnce(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range faults(release) {
		for i, h := range handlers {
			s := providertest.Serve(t, h)
			c := client(t, s.URL, shortly(reason))
			a := c.Send(context.Background(), prepared(t, c), false)
			if a.State != providers.Refused || a.Reason != reason || a.Link != "" {
				t.Errorf("%s %d gave %+v", reason, i, a)
			}
			_, bodies := s.Got()
			if len(bodies) != 1 {
				t.Errorf("%s %d was sent %d times", reason, i, len(bodies))
			}
			providertest.Hides(t, a, secret, control)
		}
	}
}

// shortly gives only the server that never answers a short time-out.
func shortly(reason providers.Reason) func(*Config) {
	return func(c *Config) {
		if reason == providers.TimedOut {
			c.HTTP.Timeout = 300 * time.Millisecond
		}
	}
}

func TestWithoutAConnectionNothingWasSent(t *testing.T) {
	c := client(t, providertest.Gone())
	if a := c.Send(context.Background(), prepared(t, c), false); a.State != providers.Refused || a.Reason != providers.Unreachable {
		t.Errorf("the beginning gave %+v", a)
	}
	if a := c.Send(context.Background(), prepared(t, c), true); a.State != providers.Unknown {
		t.Errorf("a resend gave %+v", a)
	}
}
