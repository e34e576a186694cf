package sandbox

import (
	"bytes"
	"crypto/sha256"
	"net/http"
)

// FaultKind is one way in which an answer goes wrong.
type FaultKind string

// The faults.
const (
	NoFault        FaultKind = ""
	LoseAnswer     FaultKind = "lose answer"     // the connection is cut before the first byte
	CutAnswer      FaultKind = "cut mid-answer"  // the connection is cut in the middle of the body
	HoldAnswer     FaultKind = "hold answer"     // the answer waits for Release
	HTML500        FaultKind = "html 500"        // a web server's error page instead
	WrongSignature FaultKind = "wrong signature" // signed with another key, where answers are signed
	Unsigned       FaultKind = "unsigned"        // without its signature, where answers are signed
	HalfBody       FaultKind = "half body"       // a whole HTTP answer with half of the body in it
	HugeBody       FaultKind = "huge body"       // ten MiB, which begin like the true answer
	TooMany        FaultKind = "too many"        // 429 with Retry-After, instead of the answer
	Unavailable    FaultKind = "unavailable"     // 503 from a web server in front, instead of the answer
	UnknownCode    FaultKind = "unknown code"    // rightly signed, with a code that nobody documented; where answers are signed
	Replayed       FaultKind = "replayed"        // the true answer to the last other request of the same call
	Twice          FaultKind = "twice"           // the answer's body two times
	Forgotten      FaultKind = "forgotten"       // identical bytes are not known again: the code counts as used
)

// Fault is what goes wrong with one call. The kinds that cut a connection need
// a real HTTP server around the handler: they end it as http.ErrAbortHandler.
type Fault struct {
	Kind FaultKind
	// Unprocessed says that the request never reached the provider: nothing is
	// approved, burnt or created. Kinds that need a true answer give a 503
	// page then.
	Unprocessed bool
}

// hugeBody is the length of a HugeBody, in bytes.
const hugeBody = 10 << 20

// LoseNext lets the provider process the next call that begins something (an
// authorisation, an invitation, an invoice, a transfer), and then cuts the
// connection before the first byte of the answer. Calling it again before that
// changes nothing.
func (s *Server) LoseNext() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.losing = true
}

// Losing says whether LoseNext still waits for its call.
func (s *Server) Losing() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.losing
}

// Hold keeps the answer to every call that begins something waiting, after it
// was processed, until Release. The channel gives each call whose answer has
// begun to wait (also by a HoldAnswer fault); it holds 64, more are not told.
func (s *Server) Hold() <-chan Recorded {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = true
	s.held = make(chan Recorded, 64)
	return s.held
}

// Release sends every answer that waits, and ends Hold.
func (s *Server) Release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holding = false
	if s.gate != nil {
		close(s.gate)
		s.gate = nil
	}
}

// closeGate makes the caller wait for the next Release; mu is held.
func (s *Server) closeGate(r Recorded) <-chan struct{} {
	if s.gate == nil {
		s.gate = make(chan struct{})
	}
	select {
	case s.held <- r:
	default: // nobody listens, or nobody keeps up
	}
	return s.gate
}

// spoil is the answer as the fault leaves it.
func (f Fault) spoil(a response) response {
	switch f.Kind {
	case HTML500:
		return page500
	case WrongSignature:
		if a.forged != nil {
			a.body = a.forged
		}
	case Unsigned:
		if a.bare != nil {
			a.body = a.bare
		}
	case TooMany:
		return page429
	case Unavailable:
		return page503
	case UnknownCode:
		if a.strange != nil {
			a.body = a.strange
		}
	case Twice:
		a.body = append(bytes.Clone(a.body), a.body...)
	case HalfBody:
		a.body = a.body[:len(a.body)/2]
	case HugeBody:
		a.body = pad(a.body)
	}
	return a
}

// replay gives the answer to the last other request of this call, as a cache
// that mixes them up would, if there was one; and keeps the true one for the
// next. mu is held.
func (s *Server) replay(came Recorded, answer response, f Fault) response {
	last, this := s.answered[came.Path], told{sha256.Sum256(came.Body), answer}
	s.answered[came.Path] = this
	if f.Kind == Replayed && last.answer.body != nil && last.request != this.request {
		return last.answer
	}
	return answer
}

// told is a request and its true answer.
type told struct {
	request [sha256.Size]byte
	answer  response
}

// pad makes a JSON object ten MiB long without making it invalid.
func pad(body []byte) []byte {
	head := bytes.TrimSuffix(bytes.TrimSpace(body), []byte("}"))
	huge := append(bytes.Clone(head), `,"padding":"`...)
	huge = append(huge, bytes.Repeat([]byte("x"), hugeBody)...)
	return append(huge, `"}`...)
}

// abort cuts the connection: nothing that was not flushed goes out, and the
// client sees it end.
func abort() { panic(http.ErrAbortHandler) }
