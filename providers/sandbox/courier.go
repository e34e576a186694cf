package sandbox

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha512"
	"encoding/hex"
	"io"
	"net/http"
	"slices"
	"time"
)

// Callback is one try to report something.
type Callback struct {
	At   time.Time // when it was tried
	URL  string
	Body []byte
	MAC  string // of Body, as it went out; empty for none
	Try  int    // counted from 1; there are at most five, or as many as Options.CallbackRetries has and one
	// Status is what was answered, 0 for nothing; OK says that it was 200 with
	// the body ok, after which there is no further try.
	Status int
	OK     bool
}

// parcel is a callback that waits for its next try.
type parcel struct {
	Callback
	due     time.Time
	delayed bool // a fault has held it up already
	other   func(FaultKind) []byte
}

// courier keeps what is to be delivered, and what was.
type courier struct {
	waiting []parcel
	done    []Callback
}

// usualRetries are OxaPay's own 1, 3 and 30 minutes and 3 hours, sixty times as
// fast.
var usualRetries = []time.Duration{time.Second, 3 * time.Second, 30 * time.Second, 3 * time.Minute}

func (c *courier) queue(p parcel) { c.waiting = append(c.waiting, p) }

// take gives the parcel that is due first, if one is.
func (c *courier) take(now time.Time) (parcel, bool) {
	first := -1
	for i, p := range c.waiting {
		if !p.due.After(now) && (first < 0 || p.due.Before(c.waiting[first].due)) {
			first = i
		}
	}
	if first < 0 {
		return parcel{}, false
	}
	p := c.waiting[first]
	c.waiting = slices.Delete(c.waiting, first, first+1)
	return p, true
}

// Callbacks gives the newest tries to report something, oldest first.
func (s *Server) Callbacks() []Callback {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.courier.done)
}

// Deliver reports everything that is due by the sandbox's clock, one after the
// other, and returns when that is done. It happens by itself when an invoice is
// touched, and on the real clock also when time alone changes something or a
// try is due again; on a test's clock that is for the test to say.
func (s *Server) Deliver() {
	s.mu.Lock()
	now := s.options.Now()
	for _, v := range s.invoices {
		s.oxaNote(v, now)
	}
	s.mu.Unlock()
	s.deliver()
}

func (s *Server) deliver() {
	s.delivering.Lock() // one at a time, so that they come in their order
	defer s.delivering.Unlock()
	for {
		s.mu.Lock()
		p, ok := s.courier.take(s.options.Now())
		if !ok {
			s.mu.Unlock()
			return
		}
		wires, held := s.wrap(&p)
		s.mu.Unlock()
		if held {
			continue
		}
		for _, w := range wires {
			p.Status, p.OK = w.post(p.URL)
		}
		s.tried(p, wires)
	}
}

// wire is what really goes out.
type wire struct {
	body []byte
	mac  string
}

// wrap is the parcel as a fault of the plan leaves it: nothing, once or twice.
// held says that it goes later. mu is held.
func (s *Server) wrap(p *parcel) (wires []wire, held bool) {
	call := callNamed("oxapay.callback")
	fault, why := s.decide(call, Recorded{At: s.options.Now(), Method: http.MethodPost, Path: p.URL, Body: p.Body}, Fault{})
	if p.delayed {
		fault = Fault{}
	}
	if s.options.Played != nil && fault != (Fault{}) {
		s.options.Played(Played{s.options.Now(), call.Name, bodySum(p.Body), fault, why})
	}
	whole := wire{p.Body, p.MAC}
	switch fault.Kind {
	case NoFault:
		return []wire{whole}, false
	case LoseAnswer, HoldAnswer, BadGateway, Unavailable, TooMany, HTML, HTML500, Redirect:
		return nil, false // lost on its way
	case Delay, Drip:
		p.delayed, p.due = true, s.options.Now().Add(fault.takes())
		s.courier.queue(*p)
		s.lookAgain(fault.takes())
		return nil, true
	case Duplicated:
		return []wire{whole, whole}, false
	case Unsigned:
		return []wire{{p.Body, ""}}, false
	case WrongSignature:
		return []wire{{p.Body, oxaMAC(p.Body, another(OxaPayMerchant))}}, false
	case Replayed:
		if n := len(s.courier.done); n > 0 {
			return []wire{{s.courier.done[n-1].Body, s.courier.done[n-1].MAC}}, false
		}
		return []wire{whole}, false
	}
	spoilt := fault.spoil(response{body: p.Body, other: p.other}, p.URL).body
	w := wire{spoilt, p.MAC}
	switch fault.Kind {
	case WrongTypes, UnknownStatus, Foreign, HugeBody:
		w.mac = oxaMAC(spoilt, OxaPayMerchant) // the provider itself wrote it so
	case CutAnswer, CutAfter:
		w.body = p.Body[:len(p.Body)/2]
	}
	return []wire{w}, false
}

// tried keeps the try, and plans the next one where it was not taken.
func (s *Server) tried(p parcel, wires []wire) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.options.Now()
	p.At, p.Try = now, p.Try+1
	told := p.Callback
	if len(wires) > 0 {
		told.Body, told.MAC = wires[0].body, wires[0].mac
	}
	if s.courier.done = append(s.courier.done, told); len(s.courier.done) > maxRecorded {
		s.courier.done = s.courier.done[1:]
	}
	retries := s.options.CallbackRetries
	if retries == nil {
		retries = usualRetries
	}
	if p.OK || p.Try > len(retries) {
		return
	}
	pause := retries[p.Try-1]
	p.due = now.Add(pause)
	s.courier.queue(p)
	s.lookAgain(pause)
}

// lookAgain has everything looked at after a pause, on the real clock only.
func (s *Server) lookAgain(pause time.Duration) {
	if s.realClock {
		time.AfterFunc(pause, s.Deliver)
	}
}

// post sends it, and says what was answered, and whether that is the answer
// which ends all further tries.
func (w wire) post(link string) (status int, ok bool) {
	request, err := http.NewRequest(http.MethodPost, link, bytes.NewReader(w.body))
	if err != nil {
		return 0, false
	}
	request.Header.Set("Content-Type", "application/json")
	if w.mac != "" {
		request.Header["HMAC"] = []string{w.mac}
	}
	client := &http.Client{
		Timeout:       reportWithin,
		Transport:     &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, false
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
	return answer.StatusCode, err == nil && answer.StatusCode == http.StatusOK && string(said) == "ok"
}

// oxaMAC signs a report: the lower-case hex HMAC-SHA512 of its bytes.
func oxaMAC(body []byte, key string) string {
	mac := hmac.New(sha512.New, []byte(key))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
