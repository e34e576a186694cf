package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"mime"
	"net/http"
	"strings"
)

// maxRequest is the largest request that is read: more than twice the million
// bytes that tracking_data may have.
const maxRequest = 2<<20 + 1<<18

// response is one answer of a provider.
type response struct {
	status      int
	contentType string
	retryAfter  string
	location    string
	body        []byte
	// other is the body as a fault makes it that only the provider could
	// write, such as one rightly signed; nil, or giving nil, where there is
	// none. It is asked without Server.mu, and must not look into the books.
	other func(FaultKind) []byte
}

var (
	page200 = htmlPage(http.StatusOK, "Accept the terms of use to go on-line.")
	page404 = htmlPage(http.StatusNotFound, "There is nothing at this address.")
	page405 = htmlPage(http.StatusMethodNotAllowed, "This address is not asked in this way.")
	page413 = htmlPage(http.StatusRequestEntityTooLarge, "The request is too long.")
	page415 = htmlPage(http.StatusUnsupportedMediaType, "Content-Type must be application/json.")
	page429 = later(htmlPage(http.StatusTooManyRequests, "Ask again in half a minute."), "30")
	page500 = htmlPage(http.StatusInternalServerError, "Something went wrong.")
	page502 = htmlPage(http.StatusBadGateway, "The server behind this one did not answer.")
	page503 = htmlPage(http.StatusServiceUnavailable, "The service cannot be reached.")
)

// htmlPage is an error as a web server in front of an API writes it.
func htmlPage(status int, sentence string) response {
	title := fmt.Sprintf("%d %s", status, http.StatusText(status))
	body := fmt.Sprintf("<!DOCTYPE html>\n<html><head><title>%s</title></head>\n<body><h1>%s</h1><p>%s</p></body></html>\n",
		title, title, html.EscapeString(sentence))
	return response{status: status, contentType: "text/html; charset=utf-8", body: []byte(body)}
}

// later asks the client for a pause, in seconds.
func later(r response, seconds string) response {
	r.retryAfter = seconds
	return r
}

// redirected marks a call that came because a client followed a Redirect.
const redirected = "redirected"

// redirect sends the client to the same call again, at another address.
func redirect(target string) response {
	mark := "?"
	if strings.Contains(target, "?") {
		mark = "&"
	}
	r := htmlPage(http.StatusTemporaryRedirect, "The service has moved.")
	r.location = target + mark + redirected
	return r
}

// jsonAnswer is an unsigned JSON answer.
func jsonAnswer(status int, v any) response {
	return response{status: status, contentType: "application/json; charset=utf-8", body: encode(v)}
}

// encode writes one of this package's own wire types, which all can be.
func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("sandbox: %T cannot be JSON: %v", v, err))
	}
	return b
}

// askFault is the fault that the test wants for a call.
func (s *Server) askFault(r *http.Request, body []byte) Fault {
	if s.options.Fault == nil {
		return Fault{}
	}
	s.asking.Lock()
	defer s.asking.Unlock()
	return s.options.Fault(r, bytes.Clone(body))
}

// serveCall records, processes and answers one call of a provider.
func (s *Server) serveCall(w http.ResponseWriter, r *http.Request, e endpoint) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxRequest+1))
	if err != nil {
		abort()
	}
	came := Recorded{s.options.Now(), r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Clone(), body}
	answer, fault, why, gate := s.process(r, e, came, s.askFault(r, body))
	if s.options.Played != nil && fault != (Fault{}) {
		s.options.Played(Played{came.At, e.call.Name, bodySum(came.Body), fault, why})
	}
	if gate != nil {
		select {
		case <-gate:
		case <-r.Context().Done():
			abort()
		}
	}
	fault.spoil(answer, r.URL.RequestURI()).transmit(w, r, fault)
}

// process keeps the call and lets the provider answer it. The fault that comes
// back is the one to play, and why; the gate is there when the answer must wait.
func (s *Server) process(r *http.Request, e endpoint, came Recorded, asked Fault) (response, Fault, string, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests.add(came)
	fault, why := s.decide(e.call, came, asked)
	s.tally.add(e.call.Name, came, !fault.Unprocessed)
	answer := page503
	if !fault.Unprocessed {
		answer = s.replay(e.call, came, s.answer(r, e, came, fault), fault)
	}
	if fault.Kind == HoldAnswer || e.call.Begins && s.holding {
		return answer, fault, why, s.closeGate(came)
	}
	return answer, fault, why, nil
}

// answer is what the provider makes of a call.
func (s *Server) answer(r *http.Request, e endpoint, came Recorded, fault Fault) response {
	switch {
	case r.Method != e.method:
		return page405
	case len(came.Body) > maxRequest:
		return page413
	case e.method == http.MethodPost && !s.options.Lenient && !isJSON(r.Header.Get("Content-Type")):
		return page415
	}
	return e.answer(&call{now: came.At, origin: origin(r), path: came.Path, query: r.URL.Query(), header: r.Header, body: came.Body, forgotten: fault.Kind == Forgotten})
}

func isJSON(contentType string) bool {
	media, _, err := mime.ParseMediaType(contentType)
	return err == nil && media == "application/json"
}
