package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"net/http"
)

// hugeBody is the length of a HugeBody, in bytes.
const hugeBody = 10 << 20

// instead are the pages that come in place of the provider's answer.
var instead = map[FaultKind]response{
	HTML:        page200,
	HTML500:     page500,
	BadGateway:  page502,
	Unavailable: page503,
	TooMany:     page429,
}

// spoil is the answer as the fault leaves it; target is the call's address.
func (f Fault) spoil(a response, target string) response {
	if page, ok := instead[f.Kind]; ok {
		return page
	}
	if a.other != nil {
		if body := a.other(f.Kind); body != nil {
			a.body = body
			return a
		}
	}
	switch f.Kind {
	case Redirect:
		return redirect(target)
	case Twice:
		a.body = append(bytes.Clone(a.body), a.body...)
	case HalfBody:
		a.body = a.body[:len(a.body)/2]
	case HugeBody:
		a.body = pad(a.body)
	case WrongTypes:
		a.body = retype(a.body)
	}
	return a
}

// replay gives the answer to the last other request of this call, as a cache
// that mixes them up would, if there was one; and keeps the true one for the
// next. mu is held.
func (s *Server) replay(c *Call, came Recorded, answer response, f Fault) response {
	name, what := came.Path, sha256.Sum256(came.Body)
	if came.Method == http.MethodGet { // what is asked stands in the address
		name, what = c.Name, sha256.Sum256([]byte(came.Path+"?"+came.Query))
	}
	last, this := s.answered[name], told{what, answer}
	s.answered[name] = this
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

// retype gives every value of a JSON object another type. The signature stays
// text: a client that reads lists as the text in them finds it right. A body
// that is no object stays as it is.
func retype(body []byte) []byte {
	object, err := parseObject(body)
	if err != nil {
		return body
	}
	for name, raw := range object {
		if name == "signature" {
			continue
		}
		switch raw[0] {
		case '"', '{':
			object[name] = json.RawMessage("[" + string(raw) + "]")
		case '[':
			object[name] = json.RawMessage(`{"0":` + string(raw) + `}`)
		default:
			object[name] = json.RawMessage(`"` + string(raw) + `"`)
		}
	}
	return encode(object)
}
