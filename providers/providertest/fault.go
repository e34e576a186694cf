package providertest

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"cashdesk/providers"
)

// Faults are what a server or a network does instead of answering, by the
// reason that a client should give. answer is a whole good body; one server
// says nothing until release is closed.
func Faults(release <-chan struct{}, answer string) map[providers.Reason][]http.HandlerFunc {
	return map[providers.Reason][]http.HandlerFunc{
		providers.TimedOut: {func(http.ResponseWriter, *http.Request) { <-release }},
		providers.Cut: {
			func(w http.ResponseWriter, _ *http.Request) {
				conn, _, _ := w.(http.Hijacker).Hijack()
				conn.Close()
			},
			func(w http.ResponseWriter, _ *http.Request) { // half a body, then nothing
				w.Header().Set("Content-Length", "5000")
				io.WriteString(w, answer[:len(answer)/2])
			},
		},
		providers.BadBody: {
			Says(200, ""), Says(200, "<html><body>Welcome</body></html>"), Says(200, `[]`), Says(200, `null`),
			Says(200, answer[:len(answer)/2]), Says(200, answer+answer),
		},
		providers.BadStatus: {Says(404, "<html>not here</html>"), Says(502, ""), Says(401, `{}`), Says(500, `oops`)},
		providers.TooLarge:  {Says(200, strings.Repeat(" ", 10<<20)+answer)},
		providers.Redirected: {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}},
	}
}

// Hides fails the test where an answer holds a secret, in any case.
func Hides(t *testing.T, a providers.Answer, secrets ...string) {
	t.Helper()
	text, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if strings.Contains(strings.ToLower(string(text)), strings.ToLower(secret)) {
			t.Errorf("a secret stands in the answer: %s", text)
		}
	}
}

// Prepared is an order's request, which nothing is wrong with.
func Prepared(t testing.TB, g providers.Gateway, o providers.Order) providers.Request {
	t.Helper()
	r, err := g.Prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
