package sandbox

import (
	"bytes"
	"net/http"
	"time"
)

// The most that is kept of what came: requests, and bytes of their bodies.
const (
	maxRecorded      = 1000
	maxRecordedBytes = 16 << 20
)

// Recorded is one call as it came, before anything was made of it.
type Recorded struct {
	At     time.Time
	Method string
	Path   string // as sent, not cleaned
	Query  string
	Header http.Header
	Body   []byte
}

// recorder keeps the newest calls.
type recorder struct {
	kept  []Recorded
	bytes int
}

func (k *recorder) add(r Recorded) {
	k.kept = append(k.kept, r)
	k.bytes += len(r.Body)
	for len(k.kept) > maxRecorded || len(k.kept) > 1 && k.bytes > maxRecordedBytes {
		k.bytes -= len(k.kept[0].Body)
		k.kept = k.kept[1:]
	}
}

// Requests gives the newest calls of the providers' APIs, oldest first (at
// most 1,000, and 16 MiB of bodies). The pages for people are not among them.
func (s *Server) Requests() []Recorded {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Recorded, len(s.requests.kept))
	for i, r := range s.requests.kept {
		r.Header = r.Header.Clone()
		r.Body = bytes.Clone(r.Body)
		all[i] = r
	}
	return all
}
