// Package sandbox is the dummy servers of all four providers as one
// http.Handler: for the demo, for tests, and for anybody who wants to try a
// client without an account.
//
// It shares nothing with the clients: its own wire types, its own signing, its
// own tables, so that a mistake on one side cannot agree with itself on the
// other. Where the providers' documentation is silent it takes the reading
// that is hardest on the client; Options.Lenient accepts what foreign clients
// send.
//
// Nothing here is a secret and nothing here is safe: it serves one machine's
// loopback.
package sandbox

import (
	"crypto/rand"
	"io"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Options are the choices for New; the zero value is a strict sandbox on the
// real clock without faults.
type Options struct {
	// Now is the clock for every date and every expiry, also for the HTTP Date
	// header; nil for the real one.
	Now func() time.Time
	// Lenient accepts numbers as text and text as numbers, any content type,
	// unknown fields, codes of any length and // in paths.
	Lenient bool
	// AutoStep moves an unpaid invoice by itself, one step (New, Waiting,
	// Confirming, Paid) each time so much has passed; 0 leaves it to Pay, Step
	// and the page.
	AutoStep time.Duration
	// Confirm is how long a payment stays Confirming before it is Paid; 0 for
	// at once.
	Confirm time.Duration
	// Rand gives the ids; nil for crypto/rand.
	Rand io.Reader
	// Fault is asked for every call of a provider, one at a time, before the
	// call is processed; nil for no faults.
	Fault func(r *http.Request, body []byte) Fault
	// Plan is asked for every call that Fault has no fault for; the zero value
	// has none.
	Plan Plan
	// GetRateFirst has Payneteasy's initiate turn the published token away too
	// unless get-rate was asked with it in the last 30 minutes.
	GetRateFirst bool
	// FaultCodes makes pre-approval codes play faults, as FaultWays lists them,
	// and customers who have to confirm (codes 81, 82 and 83).
	FaultCodes bool
	// CallbackRetries are the pauses before each further try to report to
	// OxaPay's callbackUrl; nil for OxaPay's own four, sixty times as fast.
	CallbackRetries []time.Duration
	// Played is told of every fault before it is played, by whichever
	// goroutine plays it; nil to tell nobody.
	Played func(Played)
}

// Server is the sandbox. It is safe for concurrent use.
type Server struct {
	options   Options
	realClock bool // Options had no clock
	endpoints map[string]endpoint

	asking     sync.Mutex // held while Options.Fault is asked
	delivering sync.Mutex // held while callbacks are posted

	mu       sync.Mutex // guards everything below
	requests recorder
	tally    tally
	oxipay   oxipayBooks
	invoices []*invoice  // in the order of their creation
	handed   []*transfer // in the order of their creation
	issued   map[string]bool
	admitted map[string]admission // Payneteasy's tokens
	answered map[string]told      // the last call, by path

	courier courier
	next    next
	player  player
	codes   codes
	holding bool
	held    chan Recorded // tells who holds which answers are waiting
	gate    chan struct{} // closed by Release; nil while nothing waits
}

// endpoint is one call of one provider.
type endpoint struct {
	call   *Call
	method string
	answer func(*call) response // called with Server.mu held
}

// call is one request as an endpoint sees it.
type call struct {
	now    time.Time
	origin string // scheme and host as the client reached us
	path   string
	query  map[string][]string
	header http.Header
	body   []byte
	// forgotten: this call finds no earlier answer to the same bytes.
	forgotten bool
}

// New makes a sandbox.
func New(o Options) *Server {
	realClock := o.Now == nil
	if realClock {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	s := &Server{
		options:   o,
		realClock: realClock,
		endpoints: map[string]endpoint{},
		oxipay:    newOxipayBooks(),
		issued:    map[string]bool{},
		admitted:  map[string]admission{},
		answered:  map[string]told{},
		tally:     newTally(),
		player:    newPlayer(o.Plan),
		codes:     codes{},
	}
	s.addOxipay()
	s.addOxaPay()
	s.addXaiGate()
	s.addPayneteasy()
	return s
}

// add makes a call known; a name that calls does not list is a mistake here.
func (s *Server) add(name, method, path string, answer func(*call) response) {
	c := callNamed(name)
	if c == nil {
		panic("sandbox: no call is named " + name)
	}
	s.endpoints[path] = endpoint{c, method, answer}
}

// endpoint finds the call at an address; OxaPay's v1 has the track_id in it.
func (s *Server) endpoint(target string) (endpoint, bool) {
	e, ok := s.endpoints[target]
	if id, under := strings.CutPrefix(target, oxaV1PaymentPath); !ok && under && id != "" && !strings.Contains(id, "/") {
		e, ok = s.endpoints[oxaV1PaymentPath], true
	}
	return e, ok
}

// ServeHTTP answers the providers' calls below their own paths, and people
// everywhere else.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Date", s.options.Now().UTC().Format(http.TimeFormat))
	target := r.URL.Path
	if s.options.Lenient && strings.Contains(target, "//") {
		target = path.Clean(target)
	}
	if e, ok := s.endpoint(target); ok {
		s.serveCall(w, r, e)
		return
	}
	s.servePeople(w, r)
}

// origin is how the client reached us, so that links lead back the same way.
func origin(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
