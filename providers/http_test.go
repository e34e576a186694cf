package providers_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"cashdesk/providers"
)

// wayOut makes the way out to a base URL; change may be nil.
func wayOut(t *testing.T, base string, change func(*providers.HTTPOptions)) *providers.HTTP {
	t.Helper()
	o := providers.HTTPOptions{Base: base, Timeout: 20 * time.Second}
	if change != nil {
		change(&o)
	}
	h, err := providers.NewHTTP(o)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// counter is a server that counts what arrives before it answers.
type counter struct {
	*httptest.Server
	requests, connections atomic.Int32
}

func serve(t *testing.T, answer http.HandlerFunc) *counter {
	t.Helper()
	c := &counter{}
	c.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.requests.Add(1)
		// A server that closes with an unread body resets the connection, and
		// the client may lose an answer that was already on its way.
		r.Body = io.NopCloser(bytes.NewReader(readAll(r.Body)))
		answer(w, r)
	}))
	c.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			c.connections.Add(1)
		}
	}
	c.Start()
	t.Cleanup(c.Close)
	return c
}

// expect checks what one exchange gave, and that it went out exactly once.
func (c *counter) expect(t *testing.T, got providers.Reply, status int, reason providers.Reason) {
	t.Helper()
	if got.Status != status || got.Reason != reason {
		t.Errorf("status %d, reason %q; want %d, %q", got.Status, got.Reason, status, reason)
	}
	if reason != providers.NoReason && got.Body != nil {
		t.Errorf("a body of %d bytes came with reason %q", len(got.Body), reason)
	}
	if c.requests.Load() != 1 || c.connections.Load() != 1 {
		t.Errorf("%d requests on %d connections, want one each", c.requests.Load(), c.connections.Load())
	}
}

func TestARequestGoesOutAsItWasBuilt(t *testing.T) {
	var got *http.Request
	var body []byte
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got, body = r, readAll(r.Body)
		w.Header().Set("Date", "Mon, 02 Mar 2026 12:00:00 GMT")
		w.Header().Set("Retry-After", "7")
		io.WriteString(w, `{"ok":true}`)
	})
	reply := wayOut(t, server.URL+"/base/", nil).Post(t.Context(), "/call", []byte(`{"a":"é & <b>"}`))
	server.expect(t, reply, 200, providers.NoReason)
	if !reply.OK() || string(reply.Body) != `{"ok":true}` || !reply.Date.Equal(noon) || reply.RetryAfter != 7*time.Second {
		t.Errorf("reply %+v", reply)
	}
	if got.Method != "POST" || got.URL.Path != "/base/call" || string(body) != `{"a":"é & <b>"}` {
		t.Errorf("%s %s with %s", got.Method, got.URL.Path, body)
	}
	if got.ContentLength != int64(len(body)) || len(got.TransferEncoding) != 0 || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("length %d, encoding %q, headers %v", got.ContentLength, got.TransferEncoding, got.Header)
	}
}

func readAll(r io.Reader) []byte {
	body, _ := io.ReadAll(r) // what is missing shows in the comparison
	return body
}

func TestAPauseIsAtMostAnHour(t *testing.T) {
	for header, want := range map[string]time.Duration{"30": 30 * time.Second, "999999999": time.Hour, "-5": 0, "soon": 0, "": 0} {
		server := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", header)
			w.WriteHeader(http.StatusTooManyRequests)
		})
		reply := wayOut(t, server.URL, nil).Get(t.Context(), "/")
		server.expect(t, reply, 429, providers.NoReason)
		if reply.RetryAfter != want || reply.OK() {
			t.Errorf("Retry-After %q gives %v, want %v", header, reply.RetryAfter, want)
		}
	}
}

func TestNobodyThereMeansNothingWasSent(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + closed.Addr().String()
	closed.Close()
	if got := wayOut(t, base, nil).Post(t.Context(), "/", []byte("{}")); got.Reason != providers.Unreachable || got.Status != 0 {
		t.Errorf("%+v, want unreachable", got)
	}
	slow := wayOut(t, "https://provider.example", func(o *providers.HTTPOptions) {
		o.Timeout = time.Millisecond
		o.Dial = func(ctx context.Context, _, _ string) (net.Conn, error) { <-ctx.Done(); return nil, ctx.Err() }
	})
	if got := slow.Post(t.Context(), "/", []byte("{}")); got.Reason != providers.Unreachable {
		t.Errorf("time-out while dialling: %+v, want unreachable, since no byte went out", got)
	}
}

// TestACutConnectionIsSentOnceAndNeverCertain: the server may have read it.
func TestACutConnectionIsSentOnceAndNeverCertain(t *testing.T) {
	cut := func(first string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				panic(err)
			}
			io.WriteString(conn, first)
			conn.Close()
		}
	}
	for name, c := range map[string]struct {
		first  string
		status int
	}{
		"before any answer":            {"", 0},
		"in the status line":           {"HTTP/1.1 2", 0},
		"in the headers":               {"HTTP/1.1 200 OK\r\nContent-Type: app", 0},
		"in the body":                  {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"ok\":", 200},
		"in a chunk":                   {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\n{\"ok\":", 200},
		"by something that is no HTTP": {"SSH-2.0-OpenSSH\r\n", 0},
		"with too many headers":        {"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 1<<20) + "\r\n\r\n", 0},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, cut(c.first))
			reply := wayOut(t, server.URL, nil).Post(t.Context(), "/", []byte(`{"amount":"125.50"}`))
			server.expect(t, reply, c.status, providers.Cut)
		})
	}
}

func TestAServerThatClosesWithoutReadingIsTriedOnce(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var connections atomic.Int32
	var accepting sync.WaitGroup
	accepting.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			connections.Add(1)
			conn.Close()
		}
	})
	reply := wayOut(t, "http://"+listener.Addr().String(), nil).Post(t.Context(), "/", []byte("{}"))
	listener.Close()
	accepting.Wait()
	if reply.Reason != providers.Cut || connections.Load() != 1 {
		t.Errorf("reason %q after %d connections; want cut after one", reply.Reason, connections.Load())
	}
}

func TestEachCallHasAConnectionOfItsOwn(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "{}") })
	h := wayOut(t, server.URL, nil)
	for range 3 {
		if reply := h.Post(t.Context(), "/", []byte("{}")); reply.Reason != providers.NoReason {
			t.Fatal(reply.Reason)
		}
	}
	if server.connections.Load() != 3 || server.requests.Load() != 3 {
		t.Errorf("%d connections for %d requests", server.connections.Load(), server.requests.Load())
	}
}

func TestNoAnswerInTimeMayHaveBeenSent(t *testing.T) {
	for name, first := range map[string]string{"at all": "", "after the headers": "{"} {
		t.Run(name, func(t *testing.T) {
			over := make(chan struct{})
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if first != "" {
					io.WriteString(w, first)
					w.(http.Flusher).Flush()
				}
				<-over
			})
			defer close(over)
			h := wayOut(t, server.URL, func(o *providers.HTTPOptions) { o.Timeout = 200 * time.Millisecond })
			reply := h.Post(t.Context(), "/", []byte("{}"))
			server.expect(t, reply, map[string]int{"": 0, "{": 200}[first], providers.TimedOut)
		})
	}
}

func TestAPersonWhoStopsWaitingLeavesItUncertain(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	over := make(chan struct{})
	server := serve(t, func(w http.ResponseWriter, r *http.Request) { cancel(); <-over })
	defer close(over)
	server.expect(t, wayOut(t, server.URL, nil).Post(ctx, "/", []byte("{}")), 0, providers.Cut)
}

func TestARedirectIsNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		elsewhere := serve(t, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"ok":true}`) })
		server := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, status) })
		server.expect(t, wayOut(t, server.URL, nil).Post(t.Context(), "/", []byte("{}")), status, providers.Redirected)
		if elsewhere.connections.Load() != 0 {
			t.Errorf("%d led elsewhere", status)
		}
	}
}

func TestOnlyOneMebibyteIsRead(t *testing.T) {
	plain := func(size int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { w.Write(bytes.Repeat([]byte("x"), size)) }
	}
	server := serve(t, plain(providers.MaxReply))
	reply := wayOut(t, server.URL, nil).Post(t.Context(), "/", []byte("{}"))
	server.expect(t, reply, 200, providers.NoReason)
	if len(reply.Body) != providers.MaxReply {
		t.Errorf("%d bytes of exactly one mebibyte were read", len(reply.Body))
	}
	for name, answer := range map[string]http.HandlerFunc{
		"one byte more": plain(providers.MaxReply + 1),
		"ten megabytes": plain(10_000_000),
		"a small body that unpacks to ten megabytes": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			packer := gzip.NewWriter(w)
			packer.Write(make([]byte, 10_000_000))
			packer.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, answer)
			server.expect(t, wayOut(t, server.URL, nil).Post(t.Context(), "/", []byte("{}")), 200, providers.TooLarge)
		})
	}
}

// secure serves TLS and tells which versions the client offered.
func secure(t *testing.T, most uint16) (base string, requests *atomic.Int32, offered func() []uint16) {
	t.Helper()
	requests = &atomic.Int32{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { requests.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // the refused handshake is what the test is about
	var mu sync.Mutex
	var versions []uint16
	server.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: most, GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		mu.Lock()
		defer mu.Unlock()
		versions = append(versions, hello.SupportedVersions...)
		return nil, nil
	}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL, requests, func() []uint16 { mu.Lock(); defer mu.Unlock(); return versions }
}

func TestOldTLSIsNotEvenOffered(t *testing.T) {
	base, requests, offered := secure(t, tls.VersionTLS11)
	reply := wayOut(t, base, nil).Post(t.Context(), "/", []byte("{}"))
	if reply.Reason != providers.Unreachable || requests.Load() != 0 {
		t.Errorf("TLS 1.1: reason %q, %d requests; want unreachable and none", reply.Reason, requests.Load())
	}
	if len(offered()) == 0 {
		t.Fatal("no handshake was begun")
	}
	for _, v := range offered() {
		if v < tls.VersionTLS12 {
			t.Errorf("%s was offered", tls.VersionName(v))
		}
	}
}

func TestACertificateThatNobodyVouchesForGetsNothing(t *testing.T) {
	base, requests, offered := secure(t, tls.VersionTLS13)
	reply := wayOut(t, base, nil).Post(t.Context(), "/", []byte("{}"))
	if reply.Reason != providers.Unreachable || requests.Load() != 0 || len(offered()) == 0 {
		t.Errorf("reason %q, %d requests, %d versions offered", reply.Reason, requests.Load(), len(offered()))
	}
}

func TestOnlyTheProxyOfTheSettingsIsUsed(t *testing.T) {
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"} {
		t.Setenv(name, "http://environment.example:3128")
	}
	for proxy, want := range map[string]string{"": "provider.example:443", "http://proxy.example:8080": "proxy.example:8080"} {
		var dialled []string
		h := wayOut(t, "https://provider.example", func(o *providers.HTTPOptions) {
			o.Proxy = proxy
			o.Dial = func(_ context.Context, _, address string) (net.Conn, error) {
				dialled = append(dialled, address)
				return nil, errors.New("no network here")
			}
		})
		h.Post(t.Context(), "/", []byte("{}"))
		if len(dialled) != 1 || dialled[0] != want {
			t.Errorf("with proxy %q it dialled %q, want %s once", proxy, dialled, want)
		}
	}
	for _, o := range []providers.HTTPOptions{{Base: "https://host", Proxy: "proxy"}, {Base: "https://host", Proxy: "://"}, {Base: "http://host"}} {
		if _, err := providers.NewHTTP(o); providers.KindOf(err) != providers.Input {
			t.Errorf("%+v: %v, want an input error", o, err)
		}
	}
}

// TestACallThatNobodyLimitedEndsAllTheSame runs in a time of its own: half a
// minute passes at once.
func TestACallThatNobodyLimitedEndsAllTheSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{}) // the transport goes on dialling for whoever comes next
		defer close(release)
		for _, timeout := range []time.Duration{0, -time.Second} {
			h := wayOut(t, "https://provider.example", func(o *providers.HTTPOptions) {
				o.Timeout = timeout
				o.Dial = func(context.Context, string, string) (net.Conn, error) { <-release; return nil, net.ErrClosed }
			})
			begun := time.Now()
			if got := h.Post(t.Context(), "/", []byte("{}")); got.Reason != providers.Unreachable || time.Since(begun) != providers.DefaultTimeout {
				t.Errorf("%+v after %s", got, time.Since(begun))
			}
		}
	})
}

// TestAHeaderOfOneWayIsNotOnAnother: a key in a header goes where it belongs,
// written as the provider writes it, and not along with a redirect.
func TestAHeaderOfOneWayIsNotOnAnother(t *testing.T) {
	var got []http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	})
	plain := wayOut(t, s.URL, nil)
	keyed := plain.With("merchant_api_key", "one")
	keyed.Get(context.Background(), "/x")
	keyed.With("merchant_api_key", "two").Post(context.Background(), "/x", []byte("{}"))
	plain.Get(context.Background(), "/x")
	want := []string{"one", "two", ""}
	if len(got) != len(want) {
		t.Fatalf("%d requests came, want %d", len(got), len(want))
	}
	for i, header := range got {
		if value := header.Get("merchant_api_key"); value != want[i] {
			t.Errorf("request %d has %q, want %q", i, value, want[i])
		}
	}
}
