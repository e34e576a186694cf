//go:build unix

package crash

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"sync"

	"cashdesk/providers/sandbox"
)

// door stands before the sandbox: it counts what comes, keeps the hash of
// every body, and tells at a chosen request.
type door struct {
	box *sandbox.Server

	mu     sync.Mutex
	came   map[string]bool // hashes of bodies that began something
	left   int             // so many requests until tell is called; 0 for never
	moment moment
	tell   func()
}

// moment is when, in the course of a request, the teller is told.
type moment int

const (
	asArrived  moment = iota // nothing was done yet
	asDone                   // the provider has done it and says nothing yet
	asAnswered               // the answer is on its way
)

// on has tell called at the n-th request from now.
func (d *door) on(n int, m moment, tell func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.moment, d.tell = n, m, tell
}

// bodies are the hashes of all that came and begins something.
func (d *door) bodies() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var all []string
	for hash := range d.came {
		all = append(all, hash)
	}
	return all
}

// ServeHTTP lets the request through, and tells when it is the one.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the counter died while it sent: the provider has nothing
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	tell, m := d.note(r.URL.Path, body)
	if m == asArrived {
		tell()
	}
	held := &answer{header: http.Header{}, code: http.StatusOK}
	d.box.ServeHTTP(held, r)
	if m == asDone {
		tell()
	}
	held.to(w)
	if m == asAnswered {
		tell()
	}
}

// begins are the calls that start something with money in it.
var begins = map[string]bool{
	"/oxipay/webapi/v1/ProcessAuthorisation": true, "/oxipay/webapi/v1/Invite": true,
	"/oxapay/merchants/request": true, "/xaigate/api/v1/invoice/create": true,
	"/payneteasy/transfer/initiate-transfer": true,
}

func (d *door) note(path string, body []byte) (tell func(), m moment) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if begins[path] {
		if d.came == nil {
			d.came = map[string]bool{}
		}
		sum := sha256.Sum256(body)
		d.came[hex.EncodeToString(sum[:])] = true
	}
	if d.left--; d.left == 0 {
		return d.tell, d.moment
	}
	return func() {}, asArrived
}

// answer is the sandbox's, held back.
type answer struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

// Header is the answer's own.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader keeps the code.
func (a *answer) WriteHeader(code int) { a.code = code }

// Write keeps p.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

func (a *answer) to(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.code)
	_, _ = w.Write(a.body.Bytes()) // the counter may be dead
	if f, ok := w.(http.Flusher); ok {
		f.Flush()
	}
}
