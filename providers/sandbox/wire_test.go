package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

// heard is everything that came over one connection, byte by byte.
type heard struct {
	raw    string
	head   string
	body   string   // as it came, chunks and all
	pieces int      // reads that brought something
	ended  bool     // the other side closed
	first  *replied // the first whole answer, nil when there is none
}

type replied struct {
	*http.Response
	body []byte
}

// speak sends a request over a connection of its own, as no HTTP library
// would: nothing is retried, followed or put in order. It listens until the
// sandbox closes, or is silent for as long as patience has it.
func (s *shop) speak(path, body string, patience time.Duration) heard {
	s.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close()
	head := "POST " + path + " HTTP/1.1\r\nHost: " + strings.TrimPrefix(s.url, "http://") + "\r\nContent-Type: application/json\r\nContent-Length: " +
		jsonText(s.t, len(body)) + "\r\n\r\n"
	if _, err := io.WriteString(conn, head+body); err != nil {
		s.t.Fatal(err)
	}
	h := heard{}
	buffer := make([]byte, 1<<20)
	for {
		if patience != afterwards || h.raw != "" {
			_ = conn.SetReadDeadline(time.Now().Add(patience))
		}
		n, err := conn.Read(buffer)
		if n > 0 {
			h.raw += string(buffer[:n])
			h.pieces++
		}
		if err != nil {
			h.ended = !errors.Is(err, os.ErrDeadlineExceeded)
			break
		}
		if h.whole() && patience > time.Minute {
			break // nothing more is due, and the connection may stay open
		}
	}
	h.head, h.body, _ = strings.Cut(h.raw, "\r\n\r\n")
	h.whole()
	return h
}

// whole reads the first answer, if all of it has come.
func (h *heard) whole() bool {
	r, err := http.ReadResponse(bufio.NewReader(strings.NewReader(h.raw)), nil)
	if err != nil {
		return false
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return false
	}
	h.first = &replied{r, body}
	return true
}

// patient is longer than any answer takes; it is never waited for.
const patient = time.Hour

// soon is how long a connection that should say no more is listened to, and
// afterwards the same once it has said something.
const (
	soon       = 50 * time.Millisecond
	afterwards = soon + 1
)

// wires says what each kind must look like to whoever reads the bytes. whole
// is the true answer's body.
var wires = map[FaultKind]struct {
	patience time.Duration
	check    func(h heard, whole string) bool
}{
	Delay:      {patient, func(h heard, whole string) bool { return h.intact(200, whole) }},
	HoldAnswer: {soon, func(h heard, _ string) bool { return h.raw == "" && !h.ended }},
	LoseAnswer: {patient, func(h heard, _ string) bool { return h.raw == "" && h.ended }},
	CutAnswer: {patient, func(h heard, whole string) bool {
		return h.ended && h.first == nil && h.body == whole[:len(whole)/2] && strings.Contains(h.head, "Content-Length: "+jsonNumber(len(whole)))
	}},
	CutAfter: {patient, func(h heard, whole string) bool {
		return h.ended && h.first == nil && strings.Contains(h.body, whole) && !strings.HasSuffix(h.body, "0\r\n\r\n") && !strings.Contains(h.head, "Content-Length")
	}},
	HalfBody: {patient, func(h heard, whole string) bool { return h.intact(200, whole[:len(whole)/2]) }},
	Drip:     {patient, func(h heard, whole string) bool { return h.intact(200, whole) }}, // byte by byte: see the test of its own
	HugeBody: {patient, func(h heard, whole string) bool {
		return h.first != nil && len(h.first.body) > hugeBody && json.Valid(h.first.body) && strings.HasPrefix(h.body, whole[:len(whole)-1])
	}},
	Twice: {patient, func(h heard, whole string) bool { return h.intact(200, whole+whole) }},
	Duplicated: {afterwards, func(h heard, whole string) bool {
		return h.intact(200, whole) && len(h.raw)%2 == 0 && h.raw[:len(h.raw)/2] == h.raw[len(h.raw)/2:] && strings.Count(h.raw, "HTTP/1.1 200 OK") == 2 && !h.ended
	}},
	HTML:        {patient, func(h heard, _ string) bool { return h.page(200) }},
	HTML500:     {patient, func(h heard, _ string) bool { return h.page(500) }},
	BadGateway:  {patient, func(h heard, _ string) bool { return h.page(502) }},
	Unavailable: {patient, func(h heard, _ string) bool { return h.page(503) }},
	TooMany:     {patient, func(h heard, _ string) bool { return h.page(429) && h.first.Header.Get("Retry-After") == "30" }},
	Redirect: {patient, func(h heard, _ string) bool {
		return h.page(307) && h.first.Header.Get("Location") == ledgerAuthorise+"?redirected"
	}},
	WrongTypes: {patient, func(h heard, whole string) bool {
		f, was := h.fields(), object(whole)
		return h.first != nil && f["x_status"].([]any)[0] == was["x_status"] && f["x_code"].([]any)[0] == was["x_code"] && f["signature"] == was["signature"]
	}},
	WrongSignature: {patient, func(h heard, whole string) bool {
		f, was := h.fields(), object(whole)
		forged := f["signature"]
		f["signature"] = was["signature"]
		return forged != was["signature"] && len(forged.(string)) == 64 && jsonSame(f, was) && macOf(f, OxipayKey) != forged
	}},
	Unsigned: {patient, func(h heard, whole string) bool {
		f, was := h.fields(), object(whole)
		_, there := f["signature"]
		delete(was, "signature")
		return !there && jsonSame(f, was)
	}},
	UnknownCode: {patient, func(h heard, _ string) bool {
		f := h.fields()
		return f["x_code"] == "SPRA77" && f["x_status"] == "Success" && f["signature"] == macOf(f, OxipayKey)
	}},
	UnknownStatus: {patient, func(h heard, _ string) bool {
		f := h.fields()
		return f["x_code"] == "SPRA01" && f["x_status"] == "Deferred" && f["signature"] == macOf(f, OxipayKey)
	}},
	Replayed: {patient, func(h heard, whole string) bool { // see the test of its own: here nothing came before
		return h.intact(200, whole)
	}},
	Foreign: {patient, func(h heard, whole string) bool {
		f, was := h.fields(), object(whole)
		return f["x_code"] == "SPRA01" && f["signature"] == macOf(f, OxipayKey) && f["x_purchase_number"] != was["x_purchase_number"] &&
			!jsonSame(f["tracking_data"], was["tracking_data"])
	}},
	Forgotten: {patient, func(h heard, _ string) bool { return h.fields()["x_code"] == "FPRA22" }},
}

func (h heard) intact(status int, body string) bool {
	return h.first != nil && h.first.StatusCode == status && string(h.first.body) == body && strings.HasPrefix(h.first.Header.Get("Content-Type"), "application/json")
}

func (h heard) page(status int) bool {
	return h.first != nil && h.first.StatusCode == status && strings.HasPrefix(h.first.Header.Get("Content-Type"), "text/html") && bytes.Contains(h.first.body, []byte("<html>"))
}

// fields is the answer's JSON object; empty when no whole answer came.
func (h heard) fields() map[string]any {
	if h.first == nil {
		return map[string]any{}
	}
	return object(string(h.first.body))
}

func object(body string) map[string]any {
	m := map[string]any{}
	if json.Unmarshal([]byte(body), &m) != nil {
		return map[string]any{}
	}
	return m
}

func jsonSame(a, b any) bool { return string(encode(a)) == string(encode(b)) }

func jsonNumber(n int) string { return string(encode(n)) }

// macOf signs a reply as it came.
func macOf(reply map[string]any, key string) string {
	fields := map[string]string{}
	for name, value := range reply {
		if text, ok := value.(string); ok {
			fields[name] = text
		}
	}
	return oxipayMAC(fields, key)
}

func TestEachFaultDoesOnTheWireWhatItsNameSaysAndTheLedgerKnowsBetter(t *testing.T) {
	for _, k := range Kinds() {
		t.Run(string(k.Fault), func(t *testing.T) {
			t.Parallel()
			plan := &planned{}
			s := open(t, Options{Fault: plan.play})
			body := seal(t, authorisation("011234", "R-1"), OxipayKey)
			whole := string(s.post(ledgerAuthorise, body).body)
			fault := Fault{Kind: k.Fault}
			if k.Takes > 0 {
				fault.For = 30 * time.Millisecond
			}
			plan.set(fault)
			w, known := wires[k.Fault]
			if !known {
				t.Fatal("nobody says what this looks like on the wire")
			}
			if h := s.speak(ledgerAuthorise, body, w.patience); !w.check(h, whole) {
				t.Errorf("the wire said (%d pieces, ended %t):\n%.800s", h.pieces, h.ended, h.raw)
			}
			// The provider approved once and answered twice, whatever was heard.
			answers := 2
			if k.Fault == Forgotten {
				answers = 1
			}
			if e := s.Ledger(); len(e) != 1 || e[0].Answers != answers || e[0].Amount != "125.50" {
				t.Errorf("ledger %+v", e)
			}
		})
	}
}

func TestAFaultBeforeTheProviderLeavesTheBooksEmpty(t *testing.T) {
	for _, k := range Kinds() {
		if !k.Instead {
			continue
		}
		s := open(t, Options{Fault: (&planned{fault: Fault{Kind: k.Fault, Unprocessed: true}}).play})
		w := wires[k.Fault]
		if h := s.speak(ledgerAuthorise, seal(t, authorisation("011234", "R-1"), OxipayKey), w.patience); !w.check(h, "") {
			t.Errorf("%s: the wire said:\n%.400s", k.Fault, h.raw)
		}
		if b := s.books(""); len(b.Approvals) != 0 || len(b.Calls) != 1 || b.Calls[0].Came != 1 || b.Calls[0].Processed != 0 {
			t.Errorf("%s: the books say %+v", k.Fault, b)
		}
	}
}

func TestADelayedAnswerEndsWithTheClientThatGivesUp(t *testing.T) {
	for _, kind := range []FaultKind{Delay, Drip} {
		s := open(t, Options{Fault: (&planned{fault: Fault{Kind: kind, For: time.Hour}}).play})
		h := s.speak(ledgerAuthorise, seal(t, authorisation("011234", "R-1"), OxipayKey), soon)
		if h.first != nil || h.ended || len(s.Ledger()) != 1 {
			t.Errorf("%s: ended %t, ledger %v:\n%s", kind, h.ended, s.Ledger(), h.raw)
		}
		// open's clean-up waits for the handler: it would hang here for an hour.
	}
}

// flushed is what was sent between one flush and the next.
type flushed struct {
	*httptest.ResponseRecorder
	pieces []string
}

// Flush ends a piece.
func (f *flushed) Flush() {
	f.pieces = append(f.pieces, f.Body.String())
	f.Body.Reset()
}

func TestADrippingAnswerGoesOutByteByByte(t *testing.T) {
	f := &flushed{ResponseRecorder: httptest.NewRecorder()}
	jsonAnswer(200, 12345).transmit(f, httptest.NewRequest(http.MethodPost, ledgerAuthorise, nil), Fault{Kind: Drip, For: time.Millisecond})
	if said := strings.Join(f.pieces, "|"); said != "|1|2|3|4|5" || f.Body.Len() != 0 || f.Header().Get("Content-Length") != "5" {
		t.Errorf("sent %q, then %q", said, f.Body)
	}
}

func TestWhoFollowsARedirectIsSeenInTheLedger(t *testing.T) {
	plan := &planned{fault: Fault{Kind: Redirect}}
	s := open(t, Options{Fault: plan.play})
	follows := &http.Client{Transport: s.client.Transport, CheckRedirect: func(*http.Request, []*http.Request) error { plan.set(Fault{}); return nil }}
	body := seal(t, authorisation("011234", "R-1"), OxipayKey)
	r, err := follows.Post(s.url+ledgerAuthorise, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	b := s.books("?reference=R-1")
	if len(b.Calls) != 2 || b.Calls[1].Path != ledgerAuthorise+"?redirected" || b.Calls[1].SHA256 != b.Calls[0].SHA256 {
		t.Errorf("calls %+v", b.Calls)
	}
}
