package xaigate

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
	all := providertest.Faults(release, created)
	all[providers.BadBody] = append(all[providers.BadBody], providertest.Says(200, `"INV1"`), providertest.Says(200, `{"invoiceNo":["INV1"]}`), providertest.Says(200, `{"name"="Wilson"}`))
	return all
}

func TestAFaultAtTheCreationIsRefusedAndSentOnce(t *testing.T) {
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
			providertest.Hides(t, a, secret)
		}
	}
}

func TestAFaultWhileAskingIsNoNews(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range faults(release) {
		for i, h := range handlers {
			c := client(t, providertest.Serve(t, h).URL, shortly(reason))
			if a := c.Ask(context.Background(), watch); a.State != providers.Unknown || a.Reason != reason {
				t.Errorf("%s %d gave %+v", reason, i, a)
			}
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
		t.Errorf("the creation gave %+v", a)
	}
	if a := c.Send(context.Background(), prepared(t, c), true); a.State != providers.Unknown {
		t.Errorf("a resend gave %+v", a)
	}
	if a := c.Ask(context.Background(), watch); a.State != providers.Unknown || a.Reason != providers.Unreachable {
		t.Errorf("asking gave %+v", a)
	}
}
