package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// clock is driven by the test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pass(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// shop is a sandbox behind a real HTTP server, and a client before it.
type shop struct {
	*Server
	t      *testing.T
	clock  *clock
	url    string
	client *http.Client
}

func open(t *testing.T, o Options) *shop {
	t.Helper()
	c := &clock{now: time.Date(2026, time.November, 21, 14, 7, 0, 0, time.UTC)}
	if o.Now == nil {
		o.Now = c.Now
	}
	s := New(o)
	web := httptest.NewServer(s)
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.Cleanup(func() {
		s.Release()
		web.Close()
	})
	return &shop{Server: s, t: t, clock: c, url: web.URL, client: client}
}

// got is an answer as it came.
type got struct {
	status int
	header http.Header
	body   []byte
}

// try posts JSON and gives what came, or the error.
func (s *shop) try(path, body string) (got, error) {
	r, err := s.client.Post(s.url+path, "application/json", bytes.NewReader([]byte(body)))
	if err != nil {
		return got{}, err
	}
	defer r.Body.Close()
	all, err := io.ReadAll(r.Body)
	return got{r.StatusCode, r.Header, all}, err
}

// post is try where nothing may go wrong.
func (s *shop) post(path, body string) got {
	s.t.Helper()
	g, err := s.try(path, body)
	if err != nil {
		s.t.Fatalf("POST %s: %v", path, err)
	}
	return g
}

// fields reads a JSON object.
func (s *shop) fields(g got) map[string]any {
	s.t.Helper()
	d := json.NewDecoder(bytes.NewReader(g.body))
	d.UseNumber()
	m := map[string]any{}
	if err := d.Decode(&m); err != nil {
		s.t.Fatalf("HTTP %d %q is not a JSON object: %v", g.status, g.body, err)
	}
	return m
}

// with is a request made from another by changing fields; nil removes one.
func with(base map[string]any, changes map[string]any) map[string]any {
	m := maps.Clone(base)
	for name, value := range changes {
		if value == nil {
			delete(m, name)
		} else {
			m[name] = value
		}
	}
	return m
}

func jsonText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// isCut says that the connection ended before the answer did.
func isCut(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}
