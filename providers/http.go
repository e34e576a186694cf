package providers

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"sync/atomic"
	"time"
)

// MaxReply is the largest reply that is read, in bytes.
const MaxReply = 1 << 20

// HTTP is the way out to one provider: TLS 1.2 at least, no redirects, no
// proxy but the one given, replies of at most MaxReply bytes.
type HTTP struct {
	base   string
	client *http.Client
	extra  http.Header
}

// DefaultTimeout is how long one call may take where nobody says otherwise.
const DefaultTimeout = 30 * time.Second

// HTTPOptions are the choices for NewHTTP.
type HTTPOptions struct {
	Base    string        // base URL, see CheckBase
	Timeout time.Duration // for one whole call; DefaultTimeout unless it is above 0
	Proxy   string        // proxy URL, empty for none (the environment is not asked)
	// Dial replaces the dialler, for a network in memory; nil for the real one.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// NewHTTP makes the way out to one provider.
func NewHTTP(o HTTPOptions) (*HTTP, error) {
	base, err := CheckBase(o.Base)
	if err != nil {
		return nil, err
	}
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	dial := o.Dial
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	transport := &http.Transport{
		DialContext:         dial,
		TLSClientConfig:     &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: 10 * time.Second,
		ForceAttemptHTTP2:   true,
		// A fresh connection for each call: on a kept one, a server that has
		// just closed it would turn a sure "not sent" into "not known".
		DisableKeepAlives: true,
		// A reply's headers are limited as its body is.
		MaxResponseHeaderBytes: 64 << 10,
	}
	if o.Proxy != "" {
		proxy, err := url.Parse(o.Proxy)
		if err != nil || proxy.Host == "" {
			return nil, Invalid("proxy", "the proxy is not an absolute address", "write it like http://host:3128")
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	return &HTTP{base: base, client: &http.Client{
		Transport:     transport,
		Timeout:       o.Timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Reply is what came back for one request. When Reason is set, Body is not to
// be trusted for a verdict.
type Reply struct {
	Status     int // 0 when nothing came
	Body       []byte
	Reason     Reason // TimedOut, Cut, Unreachable, TooLarge, Redirected, or none
	Date       time.Time
	RetryAfter time.Duration
}

// OK says that the HTTP status is 2xx.
func (r Reply) OK() bool { return r.Status >= 200 && r.Status < 300 }

// Answer begins the answer to a request in a state, with what the way there
// says; a Reason in it means that the body is not to be read.
func (r Reply) Answer(s State) Answer {
	return Answer{State: s, Reason: r.Reason, HTTPStatus: r.Status, ServerDate: r.Date, RetryAfter: r.RetryAfter}
}

// Post sends one JSON body to a path below the base URL, exactly once.
func (h *HTTP) Post(ctx context.Context, path string, body []byte) Reply {
	return h.do(ctx, http.MethodPost, path, body)
}

// Get asks a path below the base URL.
func (h *HTTP) Get(ctx context.Context, path string) Reply {
	return h.do(ctx, http.MethodGet, path, nil)
}

// With is the same way with one more header, its name as it is written: for a
// key that does not travel in the body.
func (h *HTTP) With(name, value string) *HTTP {
	more := *h
	if more.extra = h.extra.Clone(); more.extra == nil {
		more.extra = http.Header{}
	}
	more.extra[name] = []string{value}
	return &more
}

func (h *HTTP) do(ctx context.Context, method, path string, body []byte) Reply {
	// Whether a connection was ever handed to the request decides between
	// "certainly not sent" and "it may have arrived".
	var connected atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { connected.Store(true) },
	})
	// A plain reader, not bytes.Reader: net/http then has no GetBody and can
	// never replay the request on a new connection by itself.
	var reader io.Reader
	if body != nil {
		reader = io.MultiReader(bytes.NewReader(body))
	}
	req, err := http.NewRequestWithContext(ctx, method, h.base+path, reader)
	if err != nil {
		return Reply{Reason: Unreachable}
	}
	if body != nil {
		req.ContentLength = int64(len(body))
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "cashdesk")
	maps.Copy(req.Header, h.extra)
	res, err := h.client.Do(req)
	if err != nil {
		return Reply{Reason: transportReason(err, connected.Load())}
	}
	defer res.Body.Close()
	return readReply(res)
}

func readReply(res *http.Response) Reply {
	r := Reply{Status: res.StatusCode}
	if date, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		r.Date = Plausible(date)
	}
	if seconds, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && seconds > 0 {
		r.RetryAfter = min(time.Duration(seconds)*time.Second, time.Hour)
	}
	if res.StatusCode < 200 {
		// 101 hands the connection over, and 000 is none: no answer came.
		r.Reason = Cut
		return r
	}
	if res.StatusCode >= 300 && res.StatusCode < 400 {
		r.Reason = Redirected
		return r
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, MaxReply+1))
	switch {
	case err != nil:
		r.Reason = transportReason(err, true)
	case len(body) > MaxReply:
		r.Reason = TooLarge
	default:
		r.Body = body
	}
	return r
}

func transportReason(err error, connected bool) Reason {
	if !connected {
		return Unreachable
	}
	var timeout interface{ Timeout() bool }
	if errors.Is(err, context.DeadlineExceeded) || errors.As(err, &timeout) && timeout.Timeout() {
		return TimedOut
	}
	return Cut
}
