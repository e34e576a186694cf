package sandbox

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strconv"
	"time"
)

// wait lets the time of a fault pass, or cuts the connection when the client
// has given up.
func wait(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		abort()
	}
}

// write sends the whole answer.
func (a response) write(w http.ResponseWriter) {
	a.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	// A client that has gone away is no fault of the sandbox.
	_, _ = w.Write(a.body)
}

func (a response) head(w http.ResponseWriter) {
	for name, value := range map[string]string{"Content-Type": a.contentType, "Retry-After": a.retryAfter, "Location": a.location} {
		if value != "" {
			w.Header().Set(name, value)
		}
	}
}

// transmit sends the answer as the fault lets it through.
func (a response) transmit(w http.ResponseWriter, r *http.Request, f Fault) {
	if f.Kind != Drip {
		wait(r.Context(), f.takes())
	}
	switch f.Kind {
	case LoseAnswer:
		abort()
	case CutAnswer:
		a.begin(w, a.body[:len(a.body)/2])
		abort()
	case CutAfter:
		a.head(w)
		w.WriteHeader(a.status)
		// Without a Content-Length the body goes out in chunks, and only the
		// last and empty one says that it was whole.
		_, _ = w.Write(a.body)
		_ = http.NewResponseController(w).Flush()
		abort()
	case Drip:
		a.drip(w, r.Context(), f.takes())
	case Duplicated:
		a.duplicate(w)
	default:
		a.write(w)
	}
}

// begin sends the head of the answer, which promises the whole body, and part
// of it.
func (a response) begin(w http.ResponseWriter, part []byte) {
	a.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(part)
	_ = http.NewResponseController(w).Flush()
}

// drip sends the body one byte at a time, each at its share of the time.
func (a response) drip(w http.ResponseWriter, ctx context.Context, total time.Duration) {
	a.begin(w, nil)
	flush := http.NewResponseController(w)
	for i := range a.body {
		wait(ctx, total/time.Duration(len(a.body)))
		if _, err := w.Write(a.body[i : i+1]); err != nil {
			abort()
		}
		_ = flush.Flush()
	}
}

// lingers is how long a connection with an answer too many stays open for a
// client that takes it for the answer to its next request.
const lingers = 10 * time.Second

// duplicate sends the whole HTTP answer two times.
func (a response) duplicate(w http.ResponseWriter) {
	a.head(w)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	var raw bytes.Buffer
	raw.WriteString("HTTP/1.1 " + strconv.Itoa(a.status) + " " + http.StatusText(a.status) + "\r\n")
	_ = w.Header().Write(&raw) // a buffer takes everything
	raw.WriteString("\r\n")
	raw.Write(a.body)
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil { // no real HTTP server around us
		a.write(w)
		return
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(lingers))
	if _, err := conn.Write(bytes.Repeat(raw.Bytes(), 2)); err == nil {
		_, _ = io.Copy(io.Discard, conn)
	}
}
