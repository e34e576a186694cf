package providers_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cashdesk/providers"
)

// The rules of HTTP are the server's to break: what a counter makes of an
// answer that keeps none of them.

// piped is a server at the other end of a pipe; it counts the connections, and
// what it could write before the client had enough.
type piped struct {
	connections atomic.Int32
	written     atomic.Int64
	over        sync.WaitGroup
}

// hear reads a whole request, and gives its first line and its body.
func hear(conn net.Conn) string {
	r, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return err.Error()
	}
	return r.Method + " " + r.URL.Path + " " + string(readAll(r.Body))
}

// write is one more piece of the answer; it fails once the client is gone.
func (p *piped) write(conn net.Conn, text string) bool {
	n, err := io.WriteString(conn, text)
	p.written.Add(int64(n))
	return err == nil
}

// at makes a way out to a server that reads the request, and then does this.
func (p *piped) at(t *testing.T, answer func(net.Conn), change func(*providers.HTTPOptions)) *providers.HTTP {
	t.Helper()
	return wayOut(t, "http://127.0.0.1:1", func(o *providers.HTTPOptions) {
		o.Dial = func(context.Context, string, string) (net.Conn, error) {
			p.connections.Add(1)
			here, there := net.Pipe()
			p.over.Go(func() {
				defer there.Close()
				hear(there)
				answer(there)
			})
			return here, nil
		}
		if change != nil {
			change(o)
		}
	})
}

func TestWhateverTheServerSaysItIsAskedOnce(t *testing.T) {
	const fine = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
	for name, c := range map[string]struct {
		raw    string
		status int
		reason providers.Reason
		body   string
	}{
		"an answer":                      {fine, 200, "", "{}"},
		"the answer twice":               {fine + fine, 200, "", "{}"},
		"bytes behind the answer":        {fine + "}}}}", 200, "", "{}"},
		"204 and a body":                 {"HTTP/1.1 204 No Content\r\n\r\n{}", 204, "", ""},
		"205":                            {"HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n", 205, "", ""},
		"304":                            {"HTTP/1.1 304 Not Modified\r\n\r\n", 304, providers.Redirected, ""},
		"another type":                   {"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 2\r\n\r\n{}", 200, "", "{}"},
		"HTTP/1.0 without a length":      {"HTTP/1.0 200 OK\r\n\r\n{}", 200, "", "{}"},
		"no headers at all":              {"HTTP/1.1 200\r\n\r\n{}", 200, "", "{}"},
		"two lengths":                    {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 0, providers.Cut, ""},
		"a length and chunks":            {"HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 200, "", "{}"},
		"a broken chunk":                 {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n", 200, providers.Cut, ""},
		"another protocol":               {"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: money\r\n\r\n{}", 101, providers.Cut, ""},
		"status 000":                     {"HTTP/1.1 000 ?\r\nContent-Length: 2\r\n\r\n{}", 0, providers.Cut, ""},
		"status 999":                     {"HTTP/1.1 999 ?\r\nContent-Length: 2\r\n\r\n{}", 999, "", "{}"},
		"HTTP/2 unasked":                 {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, providers.Cut, ""},
		"TLS where plain text was asked": {"\x15\x03\x01\x00\x02\x02\x16", 0, providers.Cut, ""},
		"packed, and not":                {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 200, providers.Cut, ""},
		"a packing that nobody asked":    {"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}", 200, "", "{}"},
		"a header with a line break":     {"HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\n{}", 200, "", "{}"},
		"some hints first":               {strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", 3) + fine, 200, "", "{}"},
		"100 that nobody waits for":      {"HTTP/1.1 100 Continue\r\n\r\n" + fine, 200, "", "{}"},
		"100 and nothing behind it":      {"HTTP/1.1 100 Continue\r\n\r\n", 0, providers.Cut, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var p piped
			reply := p.at(t, func(conn net.Conn) { p.write(conn, c.raw) }, nil).Post(t.Context(), "/", []byte("{}"))
			if reply.Status != c.status || reply.Reason != c.reason || string(reply.Body) != c.body {
				t.Errorf("status %d, reason %q, body %q; want %d, %q, %q", reply.Status, reply.Reason, reply.Body, c.status, c.reason, c.body)
			}
			if p.connections.Load() != 1 {
				t.Errorf("asked on %d connections", p.connections.Load())
			}
		})
	}
}

// TestAnEndlessAnswerCostsABoundedAmountOfMemory: each of these goes on for
// ever, and is left after little more than a mebibyte.
func TestAnEndlessAnswerCostsABoundedAmountOfMemory(t *testing.T) {
	line := strings.Repeat("x", 1000)
	var packed bytes.Buffer
	packer := gzip.NewWriter(&packed)
	packer.Write(make([]byte, 64<<20))
	packer.Close()
	for name, c := range map[string]struct {
		first, again string
		reason       providers.Reason
	}{
		"a body":              {"HTTP/1.1 200 OK\r\n\r\n", line, providers.TooLarge},
		"a body with chunks":  {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "3e8\r\n" + line + "\r\n", providers.TooLarge},
		"a packed body":       {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", packed.String(), providers.TooLarge},
		"a refusal's body":    {"HTTP/1.1 500 No\r\n\r\n", line, providers.TooLarge},
		"a redirect's body":   {"HTTP/1.1 302 No\r\nLocation: /\r\n\r\n", line, providers.Redirected},
		"a header":            {"HTTP/1.1 200 OK\r\nX: ", line, providers.Cut},
		"headers":             {"HTTP/1.1 200 OK\r\n", "X: y\r\n", providers.Cut},
		"cookies":             {"HTTP/1.1 200 OK\r\n", "Set-Cookie: a=" + line + "\r\n", providers.Cut},
		"a status line":       {"HTTP/1.1 200 ", line, providers.Cut},
		"hints":               {"", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", providers.Cut},
		"hints with headers":  {"", "HTTP/1.1 103 Early Hints\r\nLink: " + line + "\r\n\r\n", providers.Cut},
		"a chunk's extension": {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", line, providers.Cut},
		"trailers":            {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: " + line + "\r\n", providers.Cut},
		"empty lines":         {"", "\r\n", providers.Cut},
	} {
		t.Run(name, func(t *testing.T) {
			var p piped
			h := p.at(t, func(conn net.Conn) {
				for ok := p.write(conn, c.first); ok; {
					ok = p.write(conn, c.again)
				}
			}, nil)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			reply := h.Post(t.Context(), "/", []byte("{}"))
			p.over.Wait()
			runtime.ReadMemStats(&after)
			if reply.Reason != c.reason || reply.Body != nil {
				t.Errorf("status %d, reason %q, %d bytes; want %q", reply.Status, reply.Reason, len(reply.Body), c.reason)
			}
			// A slice that grows to a mebibyte is allocated about five times over.
			if took := after.TotalAlloc - before.TotalAlloc; took > 12<<20 || p.written.Load() > 3<<20 {
				t.Errorf("%d bytes were taken from the server, and %d of memory", p.written.Load(), took)
			}
			if p.connections.Load() != 1 {
				t.Errorf("asked on %d connections", p.connections.Load())
			}
		})
	}
}

// TestASlowAnswerEndsWithItsTime runs in a time of its own. What drips never
// begins the waiting anew.
func TestASlowAnswerEndsWithItsTime(t *testing.T) {
	for name, c := range map[string]struct{ first, drop string }{
		"nothing":                  {"", ""},
		"a status line that drips": {"", "H"},
		"headers that drip":        {"HTTP/1.1 200 OK\r\n", "X: y\r\n"},
		"a body that drips":        {"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", " "},
		"chunks that drip":         {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"},
		"hints that drip":          {"", "HTTP/1.1 103 Early Hints\r\n\r\n"},
		"an old answer's end":      {"HTTP/1.0 200 OK\r\n\r\n{}", ""},
		"a whole answer's end":     {"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n{}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var p piped
				left := make(chan struct{})
				h := p.at(t, func(conn net.Conn) {
					for ok := p.write(conn, c.first); ok; {
						select {
						case <-left:
							return
						case <-time.After(9 * time.Second):
						}
						ok = p.write(conn, c.drop)
					}
				}, func(o *providers.HTTPOptions) { o.Timeout = 20 * time.Second })
				begun := time.Now()
				reply := h.Post(t.Context(), "/", []byte("{}"))
				took := time.Since(begun)
				close(left)
				p.over.Wait()
				// Go's own limit of hints may end it sooner; later it never ends.
				if took != 20*time.Second || reply.Reason != providers.TimedOut || reply.Body != nil {
					t.Errorf("%q after %s, %d bytes", reply.Reason, took, len(reply.Body))
				}
				if p.connections.Load() != 1 {
					t.Errorf("asked on %d connections", p.connections.Load())
				}
			})
		})
	}
}

func TestACookieIsNeitherKeptNorSent(t *testing.T) {
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, fmt.Sprint(r.Header["Cookie"], r.Header["Authorization"], r.Header["Referer"]))
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "1"})
		io.WriteString(w, "{}")
	}))
	defer server.Close()
	h := wayOut(t, server.URL, nil)
	for range 3 {
		h.Post(t.Context(), "/", []byte("{}"))
	}
	if len(sent) != 3 || strings.Join(sent, "") != "[] [] [][] [] [][] [] []" {
		t.Errorf("%q", sent)
	}
}

// TestASignedBodyGoesToNoOtherHost: whichever way the server points elsewhere.
func TestASignedBodyGoesToNoOtherHost(t *testing.T) {
	for _, header := range []string{
		"Location: https://evil.example/", "Location: //evil.example/", "Refresh: 0; url=https://evil.example/", "Content-Location: https://evil.example/",
		"Alt-Svc: h2=\"evil.example:443\"; ma=86400", "Link: <https://evil.example/>; rel=preconnect", "Location: \r\nLocation: https://evil.example/",
	} {
		for _, status := range []int{200, 201, 300, 301, 302, 303, 305, 307, 308, 401, 421, 503} {
			var dialled []string
			h := wayOut(t, "http://127.0.0.1:1", func(o *providers.HTTPOptions) {
				o.Dial = func(_ context.Context, _, address string) (net.Conn, error) {
					dialled = append(dialled, address)
					here, there := net.Pipe()
					go func() {
						defer there.Close()
						hear(there)
						fmt.Fprintf(there, "HTTP/1.1 %d ?\r\n%s\r\nContent-Length: 2\r\n\r\n{}", status, header)
					}()
					return here, nil
				}
			})
			for range 2 {
				h.Post(t.Context(), "/", []byte(`{"signature":"secret"}`))
			}
			if strings.Join(dialled, " ") != "127.0.0.1:1 127.0.0.1:1" {
				t.Errorf("%d with %s: dialled %q", status, header, dialled)
			}
		}
	}
}

func TestAServerWithoutTLSGetsNoByteOfTheRequest(t *testing.T) {
	got := make(chan string, 1)
	h := wayOut(t, "https://provider.example", func(o *providers.HTTPOptions) {
		o.Dial = func(context.Context, string, string) (net.Conn, error) {
			here, there := net.Pipe()
			go func() {
				defer there.Close()
				hello := make([]byte, 4096)
				n, _ := there.Read(hello)
				got <- string(hello[:n])
				io.WriteString(there, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
			}()
			return here, nil
		}
	})
	reply := h.Post(t.Context(), "/", []byte(`{"signature":"secret"}`))
	if reply.Reason != providers.Unreachable || reply.Status != 0 {
		t.Errorf("%+v, want unreachable: nothing was sent", reply)
	}
	if hello := <-got; strings.Contains(hello, "signature") || strings.Contains(hello, "POST") {
		t.Errorf("the request went out in plain text: %q", hello)
	}
}
