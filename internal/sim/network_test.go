package sim

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// listener hands the server's ends of new connections to its HTTP server.
type listener struct {
	conns chan net.Conn
	once  sync.Once
	done  chan struct{}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.done) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// wire is the server's end of a connection. Its first bytes back take the time
// that the plan says.
type wire struct {
	net.Conn
	run  *run
	plan plan
	once sync.Once
}

// Write brings the answer, late.
func (c *wire) Write(b []byte) (int, error) {
	c.once.Do(func() {
		c.run.point("the provider has answered")
		time.Sleep(c.plan.after)
	})
	return c.Conn.Write(b)
}

// dial connects to the sandbox, unless the program is dead or the network is.
func (r *run) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	r.point("about to connect")
	if r.dead.Load() || ctx.Err() != nil {
		return nil, errors.New("the program is dead")
	}
	if !r.w.fair.Load() && r.w.network.one(25) {
		r.w.tell("  network: no connection")
		time.Sleep(20*time.Millisecond + r.w.apart())
		return nil, errors.New("connection refused")
	}
	client, server := net.Pipe()
	c := &wire{Conn: server, run: r}
	r.mu.Lock()
	r.wires[c] = true
	r.mu.Unlock()
	r.w.listener.conns <- c
	return client, nil
}

// cut ends all connections, as the end of the process does.
func (r *run) cut() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.wires {
		_ = c.Conn.Close()
	}
}

type wireKey struct{}

// serve puts an HTTP server between the network and the sandbox.
func (w *world) serve() {
	w.listener = &listener{conns: make(chan net.Conn), done: make(chan struct{})}
	server := &http.Server{
		Handler: http.HandlerFunc(w.receive),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, wireKey{}, c)
		},
		ErrorLog: log.New(complaints{w}, "", 0),
	}
	go func() { _ = server.Serve(w.listener) }()
}

// complaints are the HTTP server's: a handler that panicked.
type complaints struct{ w *world }

func (c complaints) Write(b []byte) (int, error) {
	c.w.fail(otherwise, "the server complains: %s", b)
	return len(b), nil
}

// receive is a request reaching the provider, or nearly.
func (w *world) receive(rw http.ResponseWriter, req *http.Request) {
	c := req.Context().Value(wireKey{}).(*wire)
	body, err := io.ReadAll(req.Body)
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	s := w.arrived(c.run, req.URL.Path, body)
	c.plan = w.planFor(req.URL.Path)
	if s != nil && c.plan.harmless() {
		s.clean = true
	}
	c.run.point("a request has gone out")
	time.Sleep(c.plan.before + w.apart())
	req.Body = io.NopCloser(bytes.NewReader(body))
	ctx := context.WithValue(req.Context(), planKey{}, c.plan.fault)
	w.server.ServeHTTP(rw, req.WithContext(ctx))
}
