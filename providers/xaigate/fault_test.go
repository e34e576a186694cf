package xaigate

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"cashdesk/providers"
)

// faults are what a server or a network does instead of answering.
func faults(release <-chan struct{}) map[providers.Reason][]http.HandlerFunc {
	return map[providers.Reason][]http.HandlerFunc{
		providers.TimedOut: {func(http.ResponseWriter, *http.Request) { <-release }},
		providers.Cut: {
			func(w http.ResponseWriter, _ *http.Request) {
				conn, _, _ := w.(http.Hijacker).Hijack()
				conn.Close()
			},
			func(w http.ResponseWriter, _ *http.Request) { // half a body, then nothing
				w.Header().Set("Content-Length", "500")
				io.WriteString(w, `{"invoiceNo":"INV1",`)
			},
		},
		providers.BadBody: {
			says(200, ""), says(200, "<html><body>Welcome</body></html>"), says(200, created[:100]), says(200, created+created),
			says(200, `[]`), says(200, `null`), says(200, `"INV1"`), says(200, `{"invoiceNo":["INV1"]}`), says(200, `{"name"="Wilson"}`),
		},
		providers.BadStatus: {says(404, "<html>not here</html>"), says(502, ""), says(401, `{}`), says(500, `oops`)},
		providers.TooLarge:  {says(200, strings.Repeat(" ", 10<<20)+created)},
		providers.Redirected: {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}},
	}
}

func TestAFaultAtTheCreationIsRefusedAndSentOnce(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range faults(release) {
		for i, h := range handlers {
			s := serve(t, h)
			c := client(t, s.URL, shortly(reason))
			a := c.Send(context.Background(), prepared(t, c), false)
			if a.State != providers.Refused || a.Reason != reason || a.Link != "" {
				t.Errorf("%s %d gave %+v", reason, i, a)
			}
			_, bodies := s.got()
			if len(bodies) != 1 {
				t.Errorf("%s %d was sent %d times", reason, i, len(bodies))
			}
			hidesTheKey(t, a)
		}
	}
}

func TestAFaultWhileAskingIsNoNews(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	for reason, handlers := range faults(release) {
		for i, h := range handlers {
			c := client(t, serve(t, h).URL, shortly(reason))
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
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	c := client(t, gone.URL)
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
