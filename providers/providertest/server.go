// Package providertest is what the tests of the providers' clients share: a
// server that keeps what it got, the faults of servers and networks, and the
// look for secrets where none may be.
package providertest

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
)

// Nowhere is the base of clients that send nothing.
const Nowhere = "https://provider.invalid"

// Server is a provider as one test needs it; it keeps what it got.
type Server struct {
	*httptest.Server
	mu     sync.Mutex
	lines  []string
	bodies []string
}

// Serve starts a server that answers every request so, until the test ends.
func Serve(t *testing.T, answer http.HandlerFunc) *Server {
	t.Helper()
	s := &Server{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.lines = append(s.lines, r.Method+" "+r.URL.Path+" "+r.Header.Get("Content-Type"))
		s.bodies = append(s.bodies, string(body))
		s.mu.Unlock()
		answer(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

// Got is what arrived, each request as its line (method, path and type of
// content) and its body.
func (s *Server) Got() (lines, bodies []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lines), slices.Clone(s.bodies)
}

// Ask puts one request to a handler, without any network, and gives its answer
// as a tree.
func Ask(t testing.TB, h http.Handler, path string, body []byte) Node {
	t.Helper()
	ask := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(body))
	ask.Header.Set("Content-Type", "application/json")
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, ask)
	tree, err := ReadTree(answer.Body.Bytes())
	if err != nil {
		t.Fatalf("%s %d: %v: %s", path, answer.Code, err, answer.Body)
	}
	return tree
}

// Says answers with a status and a body.
func Says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

// Gone is the base of a server that was there and is not any more.
func Gone() string {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	return s.URL
}
