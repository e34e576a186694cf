package sim

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"cashdesk/providers"
)

// sends is what has gone out of an attempt.
type sends struct {
	n         int
	at        time.Time // of the first, in real time
	run       *run      // that made the first
	yes       bool      // a person allowed one more
	closed    bool
	suspected bool
	key       string // that signed it
	keys      int    // how often the key had become another one when
	after     int    // so many sends went out that it did not sign
	clean     bool   // an answer came whole, signed, of this request, and in time
}

// begins says that a path is that of a call that begins something.
func begins(path string) bool {
	for _, end := range []string{"/ProcessAuthorisation", "/ProcessSalesAdjustment", "/ProcessSalesAdjustmentReversal", "/Invite", "/merchants/request", "/invoice/create", "/initiate-transfer"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// arrived checks a request that has gone out: the journal had it before, and it
// may be sent. What it gives is nil unless the call begins something.
func (w *world) arrived(r *run, path string, body []byte) *sends {
	w.count(counts{Requests: 1})
	if !begins(path) {
		return nil
	}
	sum := sha256.Sum256(body)
	hash := hex.EncodeToString(sum[:])
	a, ok := w.recorded(r, hash)
	if !ok {
		w.fail(unrecorded, "a request to %s was not in the journal as sent before it went out", path)
		return nil
	}
	s := w.sendsOf(a.ID)
	w.mu.Lock()
	w.hashes[hash] = a.ID
	s.n++
	w.mu.Unlock()
	w.tell("  network: send %d of %s", s.n, w.label(a.ID))
	w.oldBytes(s, a)
	if a.State == providers.Unknown {
		w.count(counts{Resends: 1})
		w.mayResend(r, s, a)
	}
	if a.State == providers.Sent && s.n > 1 || a.Sends < s.n {
		w.fail(unrecorded, "at send %d of %s the journal says %s after %d sends", s.n, w.label(a.ID), a.State, a.Sends)
	}
	return s
}

// recorded finds the attempt whose request has a hash, in the journal alone,
// as it stands there. Two transfers can be the same bytes: the one that was not
// seen yet is meant.
func (w *world) recorded(r *run, hash string) (providers.Attempt, bool) {
	w.mu.Lock()
	ids := w.bodies[hash]
	w.mu.Unlock()
	for _, id := range ids {
		a, err := r.journal.Attempt(context.Background(), id)
		if err != nil {
			w.fail(otherwise, "the journal does not know %s: %v", w.label(id), err)
			continue
		}
		if a.State == providers.Unknown || a.State == providers.Sent && (len(ids) == 1 || w.sendsOf(id).n == 0) {
			return a, true
		}
	}
	return providers.Attempt{}, false
}

// read notes the hash of a request that the journal holds.
func (w *world) read(r *run, a providers.Attempt) {
	body, err := r.journal.Body(context.Background(), a.ID)
	if err != nil {
		w.fail(otherwise, "the request of %s cannot be read: %v", w.label(a.ID), err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bodies[body.Hash] = append(w.bodies[body.Hash], a.ID)
}

// mayResend holds the rules of sending again: an authorisation, or money that
// goes back; by itself
// inside the window, and not after it was closed or the key was suspected;
// otherwise once for each yes of a person.
func (w *world) mayResend(r *run, s *sends, a providers.Attempt) {
	if a.Kind != providers.Authorise && !a.Kind.Returns() {
		w.fail(unasked, "%s was sent again, and it is a %s", w.label(a.ID), a.Kind)
	}
	age := time.Since(s.at)
	if r != s.run {
		age = r.saidAge(a)
	}
	inside := age >= -time.Second && age < resendWindow+time.Second
	if inside && !s.closed && !s.suspected {
		return
	}
	if !s.yes {
		w.fail(unasked, "%s was sent again without a person's yes: %s after the first, closed %t, key suspected %t", w.label(a.ID), age, s.closed, s.suspected)
	}
	s.yes = false
}

// saidAge is how old the first send of an earlier run is, as far as a later one
// can know: what the clock on the wall said at its start, and the time since.
func (r *run) saidAge(a providers.Attempt) time.Duration {
	return r.startedAt.Sub(a.SentAt) + r.age()
}

// sendsOf is what has gone out of an attempt.
func (w *world) sendsOf(id string) *sends {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.sends[id]
	if s == nil {
		s = &sends{}
		w.sends[id] = s
	}
	return s
}
